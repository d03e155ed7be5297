// SPDX-License-Identifier: Apache-2.0
// GoRules' Zen engine: a decision of one expression node, which holds two expressions for each criterion, when it is
// surely met and when surely not. It is handed the fields that they read, dates as day numbers.
import { readFileSync } from 'node:fs';

import { ZenDecisionContent, ZenEngine } from '@gorules/zen-engine';

import { Tally, dataFile, lines, policy, serve } from './serve.mjs';
import { day } from './truth.mjs';

const { fields, musts, names, zen } = policy();
const expressions = zen.flatMap(([met, unmet], index) => [
  { id: `met_${index}`, key: `met_${index}`, value: met },
  { id: `unmet_${index}`, key: `unmet_${index}`, value: unmet },
]);
const content = {
  contentType: 'application/vnd.gorules.decision',
  nodes: [
    { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
    { id: 'judge', type: 'expressionNode', name: 'judge', position: { x: 1, y: 0 }, content: { expressions } },
    { id: 'out', type: 'outputNode', name: 'out', position: { x: 2, y: 0 } },
  ],
  edges: [
    { id: 'a', type: 'edge', sourceId: 'in', targetId: 'judge' },
    { id: 'b', type: 'edge', sourceId: 'judge', targetId: 'out' },
  ],
};
const decision = new ZenEngine().createDecision(new ZenDecisionContent(content));

await serve('zen-engine', async () => {
  const tally = new Tally(names, musts);
  const truths = new Uint8Array(names.length);
  for (const line of lines(readFileSync(dataFile))) {
    const record = JSON.parse(line);
    const context = {};
    for (const { name, kind } of fields) context[name] = kind === 'date' ? day(record[name]) : record[name];
    const { result } = await decision.evaluate(context);
    for (let index = 0; index < names.length; ++index) {
      truths[index] = result[`met_${index}`] ? 1 : result[`unmet_${index}`] ? 2 : 0;
    }
    tally.add(truths);
  }
  return tally.counts();
});
