// SPDX-License-Identifier: Apache-2.0
// How a peer in JavaScript talks with the harness. Its command line is DATA FOLDER: the file of subjects, and where
// policy.json and criteria.mjs stand. It says that it is ready, and for each line of standard input works once, and
// prints how long that took and what it counted.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export const [dataFile, folder] = process.argv.slice(2);
export const policy = () => JSON.parse(readFileSync(`${folder}/policy.json`, 'utf8'));

// The records of a file, which is cut into chunks, so that no string of JavaScript becomes too long.
export function* lines(bytes) {
  const chunk = 1 << 24;
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(start + chunk, bytes.length);
    if (end < bytes.length) end = bytes.lastIndexOf(10, end - 1) + 1;
    for (const line of bytes.toString('utf8', start, end).split('\n')) if (line !== '') yield line;
    start = end;
  }
}

export class Tally {
  constructor(names, musts) {
    this.names = names;
    this.musts = musts.map((name) => names.indexOf(name));
    this.met = new Uint32Array(names.length);
    this.unmet = new Uint32Array(names.length);
    this.gate = { pass: 0, fail: 0, undecided: 0 };
  }

  // Truths as truth.mjs has them.
  add(truths) {
    for (let index = 0; index < truths.length; ++index) {
      if (truths[index] === 1) ++this.met[index];
      else if (truths[index] === 2) ++this.unmet[index];
    }
    let verdict = 'pass';
    for (const index of this.musts) {
      if (truths[index] === 2) verdict = 'fail';
      else if (truths[index] === 0 && verdict === 'pass') verdict = 'undecided';
    }
    ++this.gate[verdict];
  }

  counts() {
    const subjects = this.gate.pass + this.gate.fail + this.gate.undecided;
    const rest = (index) => subjects - this.met[index] - this.unmet[index];
    const each = this.names.map((name, index) => [name, [this.met[index], this.unmet[index], rest(index)]]);
    return { gate: this.gate, criteria: Object.fromEntries(each) };
  }
}

// Counts of SQL: subjects, then of the gate and of each criterion where it is true and where it is known.
export function countsOf(row, names) {
  const [subjects, ...rest] = row.map(Number);
  const three = (at) => [rest[2 * at], rest[2 * at + 1] - rest[2 * at], subjects - rest[2 * at + 1]];
  const [pass, fail, undecided] = three(0);
  const criteria = Object.fromEntries(names.map((name, at) => [name, three(at + 1)]));
  return { gate: { pass, fail, undecided }, criteria };
}

export async function serve(settings, work) {
  console.log(JSON.stringify({ settings }));
  for await (const _ of createInterface({ input: process.stdin })) {
    const begin = performance.now();
    const counts = await work();
    console.log(JSON.stringify({ seconds: (performance.now() - begin) / 1000, ...counts }));
  }
}
