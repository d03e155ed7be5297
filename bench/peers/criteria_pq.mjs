// SPDX-License-Identifier: Apache-2.0
// bench/policies/pq.muster in JavaScript.
import {
  all, among, any, at_least, at_most, bool, both, count, count_at_least, count_at_most, count_is, day, either, is, less,
  list, more, no, number, opposite, rank,
} from './truth.mjs';

export const names = Array.from({ length: 20 }, (_, index) => `q_${index}`);
export const musts = names.slice(0, 5);

const kLow = 0;
const kMedium = 1;
const kHigh = 2;
const kCritical = 3;
const kSeverities = new Map([['low', kLow], ['medium', kMedium], ['high', kHigh], ['critical', kCritical]]);
const kToday = day('2026-11-23');

const read = (finding) => ({
  severity: rank(finding.severity, kSeverities),
  found: day(finding.found),
  score: number(finding.score),
  fixed: bool(finding.fixed),
});
const implies = (a, b) => either(opposite(a), b);

export function judge(record, truths) {
  const findings = list(record.findings)?.map(read) ?? null;
  truths[0] = no(findings, (f) => both(both(is(f.severity, kCritical), at_least(f.score, 85)), opposite(f.fixed)));
  truths[1] = all(findings, (f) => either(f.fixed, less(f.score, 95)));
  truths[2] = count_at_most(
    count(findings, (f) => both(both(opposite(f.fixed), at_least(f.severity, kHigh)), at_least(f.score, 50))), 1);
  truths[3] = either(any(findings, (f) => f.fixed), is(findings === null ? null : findings.length, 0));
  truths[4] = all(findings, (f) =>
    implies(is(f.severity, kCritical), either(at_most(f.found, day('2026-11-30')), less(f.score, 90))));
  truths[5] = any(findings, (f) => is(f.severity, kLow));
  truths[6] = all(findings, (f) => at_least(f.score, 20));
  truths[7] = no(findings, (f) => at_least(f.severity, kHigh));
  truths[8] = count_at_least(count(findings, (f) => f.fixed), 2);
  truths[9] = count_at_most(count(findings, (f) => more(f.score, 60)), 1);
  truths[10] = count_is(count(findings, (f) => is(f.severity, kMedium)), 1);
  truths[11] = any(findings, (f) => both(opposite(f.fixed), at_least(f.found, kToday - 180)));
  truths[12] = all(findings, (f) => implies(at_least(f.severity, kHigh), f.fixed));
  truths[13] = no(findings, (f) => both(more(f.found, kToday), f.fixed));
  truths[14] = any(findings, (f) => both(is(f.severity, kHigh), at_least(f.score, 40)));
  truths[15] = count_at_least(count(findings, (f) => less(f.score, 30)), 2);
  const open = count(findings, (f) => opposite(f.fixed));
  truths[16] = both(count_at_least(open, 1), count_at_most(open, 2));
  truths[17] = any(findings, (f) =>
    both(among(f.severity, (1 << kLow) | (1 << kCritical)), both(at_least(f.score, 25), at_most(f.score, 75))));
  truths[18] = count_at_least(count(findings, (f) => at_least(f.found, day('2025-09-01'))), 3);
  truths[19] = all(findings, (f) => implies(f.fixed, at_least(f.score, 10)));
}
