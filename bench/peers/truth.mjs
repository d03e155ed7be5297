// SPDX-License-Identifier: Apache-2.0
// Three truth values for the peers in JavaScript: 1 is true, 2 false, 0 unknown. Below them, how a member of a record
// is read; null is a value that nobody knows. The criteria that spellings.py writes call these functions.

export const both = (a, b) => (a & b & 1) | ((a | b) & 2);
export const either = (a, b) => ((a | b) & 1) | (a & b & 2);
export const opposite = (a) => ((a & 1) << 1) | (a >> 1);
// `if`, also of the comparisons that a `choose` stands in.
export const when = (condition, a, b) => (condition === 1 || a === b ? a : condition === 2 ? b : 0);

export const is = (value, other) => (value === null ? 0 : value === other ? 1 : 2);
export const is_not = (value, other) => (value === null ? 0 : value !== other ? 1 : 2);
export const less = (value, limit) => (value === null || limit === null ? 0 : value < limit ? 1 : 2);
export const at_most = (value, limit) => (value === null || limit === null ? 0 : value <= limit ? 1 : 2);
export const more = (value, limit) => less(limit, value);
export const at_least = (value, limit) => at_most(limit, value);
// `ranks` has a bit for each that is meant.
export const among = (rank, ranks) => (rank === null ? 0 : (ranks >> rank) & 1 ? 1 : 2);

export const rank = (member, ranks) => ranks.get(member) ?? null;

const kNumber = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$/;

export function number(member) {
  if (typeof member === 'number') return member;
  return typeof member === 'string' && kNumber.test(member) ? Number(member) : null;
}

export function text(member) {
  if (typeof member === 'string') return member;
  return typeof member === 'number' || typeof member === 'boolean' ? String(member) : null;
}

export function bool(member) {
  if (typeof member === 'boolean') return member ? 1 : 2;
  if (typeof member !== 'string') return 0;
  const word = member.toLowerCase();
  return ['true', 'yes', '1'].includes(word) ? 1 : ['false', 'no', '0'].includes(word) ? 2 : 0;
}

export const list = (member) => (Array.isArray(member) ? member : null);

const kDaysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const lastDay = (year, month) => (month === 2 && isLeap(year) ? 29 : kDaysOfMonths[month - 1]);

// Days since 1970 of `2026-11-23`, or of a time that begins so.
export function day(member) {
  if (typeof member !== 'string' || member.length < 10 || (member.length > 10 && member[10] !== 'T')) return null;
  let digits = 0;
  for (let index = 0; index < 10; ++index) {
    if (index === 4 || index === 7) {
      if (member[index] !== '-') return null;
      continue;
    }
    const digit = member.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return null;
    digits = digits * 10 + digit;
  }
  const year = Math.floor(digits / 10000);
  const month = Math.floor(digits / 100) % 100;
  const dayOfMonth = digits % 100;
  if (year < 1 || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > lastDay(year, month)) return null;
  return dayNumber(year, month, dayOfMonth);
}

function dayNumber(year, month, dayOfMonth) {
  // Years that begin in March, so that the day which may be missing is their last.
  const shifted = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + dayOfMonth - 1;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leapDays + dayOfYear - 719468;
}

export function add_months(day, months) {
  if (day === null) return null;
  const date = new Date(day * 86400000);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const year = Math.floor(month / 12);
  return dayNumber(year, (month % 12) + 1, Math.min(date.getUTCDate(), lastDay(year, (month % 12) + 1)));
}

// Quantifiers over a list: `holds` gives a truth for each element. Of how many it surely and of how many it perhaps
// holds decides; an unknown list may have any number.
export function count(elements, holds) {
  if (elements === null) return { low: 0, high: Infinity };
  let low = 0;
  let high = 0;
  for (const element of elements) {
    const truth = holds(element);
    low += truth === 1 ? 1 : 0;
    high += truth === 2 ? 0 : 1;
  }
  return { low, high };
}

export const count_at_least = ({ low, high }, limit) => (low >= limit ? 1 : high < limit ? 2 : 0);
export const count_at_most = (counted, limit) => opposite(count_at_least(counted, limit + 1));
export const count_is = (counted, limit) => both(count_at_least(counted, limit), count_at_most(counted, limit));
export const any = (elements, holds) => count_at_least(count(elements, holds), 1);
export const no = (elements, holds) => opposite(any(elements, holds));
export const all = (elements, holds) => no(elements, (element) => opposite(holds(element)));
