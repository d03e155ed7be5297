// SPDX-License-Identifier: Apache-2.0
// bench/policies/pa.muster in JavaScript. What is computed with a value that nobody knows is such a value.
import { absolute, larger, minus, over, plus, smaller, times } from './numbers.mjs';
import {
  add_months, at_least, at_most, bool, day, is, less, list, more, number, opposite, rank, when,
} from './truth.mjs';

export const names = Array.from({ length: 20 }, (_, index) => `a_${index}`);
export const musts = names.slice(0, 5);

const kPlans = new Map(['free', 'basic', 'standard', 'pro', 'enterprise'].map((word, index) => [word, index]));
const kTiers = new Map(['bronze', 'silver', 'gold', 'platinum'].map((word, index) => [word, index]));
const kToday = day('2026-11-23');

// Of the elements for which `counts` isn't false.
function sum(elements, counts, value) {
  let total = elements === null ? null : 0;
  for (const element of elements ?? []) {
    const truth = counts(element);
    if (truth !== 2) total = plus(total, truth === 1 ? value(element) : null);
  }
  return total;
}

export function judge(record, truths) {
  const plan = rank(record.plan, kPlans);
  const tier = rank(record.tier, kTiers);
  const [launch, created, reviewed, renewed, rehearsed] =
    ['launch', 'created', 'reviewed', 'renewed', 'rehearsed'].map((name) => day(record[name]));
  const [users, requests, failed, replicas, memory, incidents, coverage, uptime, latency, budget, cost, floor] = [
    'users', 'requests', 'failed', 'replicas', 'memory_mb', 'incidents', 'coverage', 'uptime', 'latency', 'budget',
    'cost', 'floor_price',
  ].map((name) => number(record[name]));
  const findings = list(record.findings);
  const score = (finding) => number(finding.score);

  truths[0] = less(over(failed, requests), 0.05);
  truths[1] = at_most(minus(cost, budget), times(budget, 9.5));
  truths[2] = at_most(add_months(created, 6), add_months(renewed, 60));
  truths[3] = at_least(plus(times(replicas, memory), users), 20000);
  truths[4] = at_most(sum(findings, (finding) => opposite(bool(finding.fixed)), score), 160);
  truths[5] = at_most(over(minus(cost, budget), budget), 0.25);
  truths[6] = at_least(add_months(reviewed, 6), rehearsed);
  truths[7] = at_most(minus(launch, reviewed), 120);
  truths[8] = more(plus(minus(times(users, 3), over(requests, 100)), times(incidents, 250)), 60000);
  truths[9] = at_least(minus(add_months(launch, 12), 14), kToday);
  truths[10] = when(is(tier, 3), at_most(latency, 200),
    when(is(tier, 2), at_most(latency, 400), when(is(tier, 1), at_most(latency, 600), at_most(latency, 800))));
  truths[11] = when(at_least(plan, 2), at_least(minus(coverage, 20), 30), at_least(coverage, 15));
  truths[12] = at_least(over(minus(reviewed, created), 365.25), 4);
  truths[13] = at_most(sum(findings, () => 1, score), 150);
  truths[14] = at_least(over(coverage, uptime), 0.4);
  truths[15] = less(minus(larger(cost, budget), smaller(cost, budget)), times(floor, 100));
  truths[16] = at_most(absolute(minus(memory, times(replicas, 2500))), 15000);
  truths[17] = more(add_months(rehearsed, 3), plus(reviewed, 90));
  truths[18] = at_most(plus(over(times(latency, replicas), 2), floor), 2500);
  const weighed = times(incidents, 7);
  truths[19] = when(more(users, 40000), at_most(weighed, 240),
    when(more(users, 20000), at_most(weighed, 160),
      when(more(users, 5000), at_most(weighed, 120), at_most(weighed, 60))));
}
