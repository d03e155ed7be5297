// SPDX-License-Identifier: Apache-2.0
// bench/policies/pt.muster in JavaScript.
import { at_least, at_most, both, either, opposite, text } from './truth.mjs';

export const names = Array.from({ length: 20 }, (_, index) => `t_${index}`);
export const musts = names.slice(0, 5);

const ask = (holds) => (value, ...other) => (value === null ? 0 : holds(value, ...other) ? 1 : 2);
const contains = ask((value, part) => value.includes(part));
const starts = ask((value, part) => value.startsWith(part));
const ends = ask((value, part) => value.endsWith(part));
const matches = ask((value, expression) => expression.test(value));
const among = ask((value, words) => words.includes(value));
const is = (a, b) => (a === null || b === null ? 0 : a === b ? 1 : 2);
const lower = (value) => (value === null ? null : value.toLowerCase());
const upper = (value) => (value === null ? null : value.toUpperCase());
// In code points.
const length = (value) => (value === null ? null : [...value].length);
const strip = (value, prefix) => (value !== null && value.startsWith(prefix) ? value.slice(prefix.length) : value);

export function judge(record, truths) {
  const [name, owner, description, contact, repository, notes, language, runtime, wiki, ticket] = [
    'name', 'owner', 'description', 'contact', 'repository', 'notes', 'language', 'runtime', 'wiki', 'ticket',
  ].map((key) => text(record[key]));

  truths[0] = at_least(length(description), 66);
  truths[1] = opposite(is(owner, 'team-ember'));
  truths[2] = opposite(both(contains(notes, 'slow'), contains(notes, 'quickly')));
  truths[3] = either(matches(repository, /^(https|ssh):\/\//), ends(contact, '.example'));
  truths[4] = both(opposite(is(name, '')), opposite(starts(name, 'west')));
  truths[5] = either(ends(contact, '@contoso.example'), ends(contact, '.test'));
  truths[6] = starts(repository, 'https://git.example/');
  truths[7] = among(language, ['c++', 'go', 'rust', 'zig']);
  truths[8] = contains(description, 'Zürich');
  truths[9] = matches(ticket, /^(OPS|SEC)-[0-9]{2,3}$/);
  truths[10] = either(starts(runtime, 'v21'), starts(runtime, 'v17'));
  truths[11] = contains(description, '"replay"');
  const letters = length(name) === null || length(notes) === null ? null : length(name) + length(notes);
  truths[12] = at_most(letters, 70);
  truths[13] = contains(lower(notes), 'zürich');
  truths[14] = starts(upper(ticket), 'REL');
  truths[15] = among(strip(owner, 'team-'), ['atlas', 'cedar', 'flint']);
  truths[16] = matches(wiki, /runbooks\/[a-r]+$/);
  truths[17] = either(is(description, notes), contains(name, '-'));
  truths[18] = opposite(matches(description, /\b(café|client)\b/));
  truths[19] = either(contains(notes, 'west\\2'), ends(notes, 'writes,'));
}
