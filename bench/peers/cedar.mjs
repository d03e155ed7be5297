// SPDX-License-Identifier: Apache-2.0
// Cedar (cedar-wasm): two policies for each criterion, one that permits where it is surely met and one where surely
// not; a single request for each subject says which of them held. The policies are parsed once. The context holds what
// is known, dates as day numbers and decimals in units of their last place, since Cedar compares whole numbers.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { Tally, dataFile, lines, policy, serve } from './serve.mjs';
import { day } from './truth.mjs';

const { preparsePolicySet, statefulIsAuthorized } = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs');
const { cedar, fields, musts, names } = policy();
const permit = (condition) => `permit(principal, action, resource) when { ${condition} };`;
const staticPolicies = {};
cedar.forEach(([met, unmet], index) => {
  staticPolicies[`met ${index}`] = permit(met);
  staticPolicies[`unmet ${index}`] = permit(unmet);
});
const parsed = preparsePolicySet('criteria', { staticPolicies });
if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed.errors));
const request = {
  principal: { type: 'User', id: 'u' },
  action: { type: 'Action', id: 'judge' },
  resource: { type: 'Service', id: 's' },
  preparsedPolicySetId: 'criteria',
  entities: [],
};

function contextOf(record) {
  const context = {};
  for (const { name, kind, places } of fields) {
    const member = record[name];
    if (member === null) continue;
    if (kind === 'date') context[name] = day(member);
    else context[name] = typeof member === 'number' ? Math.round(member * 10 ** places) : member;
  }
  return context;
}

await serve('cedar-wasm', () => {
  const tally = new Tally(names, musts);
  const truths = new Uint8Array(names.length);
  for (const line of lines(readFileSync(dataFile))) {
    const { type, response } = statefulIsAuthorized({ ...request, context: contextOf(JSON.parse(line)) });
    if (type !== 'success' || response.diagnostics.errors.length > 0) throw new Error('Cedar could not judge');
    truths.fill(0);
    for (const held of response.diagnostics.reason) {
      const [status, index] = held.split(' ');
      truths[index] = status === 'met' ? 1 : 2;
    }
    tally.add(truths);
  }
  return tally.counts();
});
