// SPDX-License-Identifier: Apache-2.0
// CEL (@marcbachmann/cel-js): two compiled conditions for each criterion, when it is surely met and when surely not;
// the second is asked where the first doesn't hold. Nulls are taken out of the record, so that `has` says what is
// known.
import { readFileSync } from 'node:fs';

import { Environment } from '@marcbachmann/cel-js';

import { Tally, dataFile, lines, policy, serve } from './serve.mjs';

const { cel, fields, musts, names } = policy();
const environment = new Environment().registerVariable('s', 'map');
const compiled = cel.map((conditions) => conditions.map((condition) => environment.parse(condition)));

await serve('cel-js', () => {
  const tally = new Tally(names, musts);
  const truths = new Uint8Array(names.length);
  for (const line of lines(readFileSync(dataFile))) {
    const s = JSON.parse(line);
    for (const { name } of fields) if (s[name] === null) delete s[name];
    const context = { s };
    compiled.forEach(([met, unmet], index) => {
      truths[index] = met(context) ? 1 : unmet(context) ? 2 : 0;
    });
    tally.add(truths);
  }
  return tally.counts();
});
