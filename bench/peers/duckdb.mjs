// SPDX-License-Identifier: Apache-2.0
// DuckDB, one thread: one query over the ndjson file, with the types of the columns declared, so that it neither
// guesses nor reads what the query doesn't ask for. A null is unknown, and SQL's three truth values do the rest. With
// `memory` as a third argument the columns are loaded into a table first, and that is not timed.
import { DuckDBInstance } from '@duckdb/node-api';

import { countsOf, dataFile, policy, serve } from './serve.mjs';

const { columns, duckdb, names, types } = policy();
const inMemory = process.argv[4] === 'memory';
const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();
for (const type of types) await connection.run(type);
const declared = columns.map(([name, type]) => `${name}: '${type}'`).join(', ');
const file = `read_json('${dataFile}', format = 'newline_delimited', columns = {${declared}})`;
await connection.run(`create ${inMemory ? 'table' : 'view'} services as select * from ${file}`);
const version = (await connection.runAndReadAll('select version()')).getRows()[0][0];

await serve(`DuckDB ${version}, 1 thread, ${inMemory ? 'table in memory' : 'ndjson, columns declared'}`, async () => {
  const result = await connection.runAndReadAll(duckdb);
  return countsOf(result.getRows()[0], names);
});
