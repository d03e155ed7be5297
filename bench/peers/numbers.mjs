// SPDX-License-Identifier: Apache-2.0
// Arithmetic for the peers in JavaScript: what is computed with a value that nobody knows is such a value.

const lift = (work) => (a, b) => (a === null || b === null ? null : work(a, b));

export const plus = lift((a, b) => a + b);
export const minus = lift((a, b) => a - b);
export const times = lift((a, b) => a * b);
export const over = lift((a, b) => (b === 0 ? null : a / b));
export const larger = lift(Math.max);
export const smaller = lift(Math.min);
export const absolute = (value) => (value === null ? null : Math.abs(value));
