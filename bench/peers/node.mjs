// SPDX-License-Identifier: Apache-2.0
// Node: JSON.parse, then the criteria as a person would write them in JavaScript.
import { readFileSync } from 'node:fs';

import { Tally, dataFile, folder, lines, serve } from './serve.mjs';

const { judge, musts, names } = await import(`${folder}/criteria.mjs`);

await serve(`Node ${process.version}`, () => {
  const tally = new Tally(names, musts);
  const truths = new Uint8Array(names.length);
  for (const line of lines(readFileSync(dataFile))) {
    judge(JSON.parse(line), truths);
    tally.add(truths);
  }
  return tally.counts();
});
