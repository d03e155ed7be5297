// SPDX-License-Identifier: Apache-2.0
// bench/policies/pn.muster in JavaScript. What is computed with a value that nobody knows is such a value.
import { absolute, larger, minus, over, plus, smaller, times } from './numbers.mjs';
import { add_months, at_least, at_most, day, less, more, number, rank, when } from './truth.mjs';

export const names = Array.from({ length: 20 }, (_, index) => `n_${index}`);
export const musts = names.slice(0, 4);

const kPlans = new Map(['free', 'basic', 'standard', 'pro', 'enterprise'].map((word, index) => [word, index]));
const kToday = day('2026-11-23');

export function judge(record, truths) {
  const plan = rank(record.plan, kPlans);
  const launch = day(record.launch);
  const [users, replicas, uptime] = ['users', 'replicas', 'uptime'].map((name) => number(record[name]));
  const thousands = times(replicas, 2000);

  truths[0] = at_most(over(users, replicas), 12000);
  truths[1] = at_most(add_months(launch, 6), day('2028-01-01'));
  truths[2] = at_least(plus(times(users, 2), times(replicas, 1000)), 9000);
  truths[3] = at_least(minus(uptime, 2), 89);
  truths[4] = at_least(minus(add_months(launch, 3), 14), kToday);
  truths[5] = at_most(over(minus(users, times(replicas, 1500)), 2), 9000);
  truths[6] = at_most(absolute(minus(users, 25000)), times(replicas, 900));
  truths[7] = at_least(over(minus(launch, day('2024-01-01')), 365.25), 1.5);
  truths[8] = less(minus(larger(users, thousands), smaller(users, thousands)), 15000);
  truths[9] = at_most(add_months(launch, 12), add_months(kToday, 9));
  truths[10] = at_most(plus(over(users, 50000), over(replicas, 24)), over(uptime, 90));
  truths[11] = more(minus(times(users, replicas), over(users, 3)), 200000);
  truths[12] = when(at_least(plan, 2), at_least(times(users, 2), 30000), at_least(times(users, 3), 30000));
  const weighed = times(replicas, 7);
  truths[13] = when(more(users, 40000), at_most(weighed, 140),
    when(more(users, 20000), at_most(weighed, 110), at_most(weighed, 60)));
  truths[14] = more(add_months(launch, -2), kToday - 45);
  truths[15] = at_most(minus(add_months(launch, 18), 90), day('2027-10-01'));
  truths[16] = at_most(plus(over(users, plus(replicas, 4)), 250), 2600);
  truths[17] = at_least(over(plus(users, 1), plus(users, 1000)), 0.95);
  truths[18] = at_least(add_months(launch, -10), day('2025-03-31'));
  truths[19] = at_least(plus(times(minus(kToday, launch), 40), users), 20000);
}
