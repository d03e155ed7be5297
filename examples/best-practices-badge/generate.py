#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns a catalogue of criteria into a policy.    python3 generate.py CRITERIA.json > badge.muster

The catalogue is a JSON list with an entry for each criterion at each level: `level`, `section`, `subsection`, `id`,
`category`, and four flags, which say what an answer needs to count; perhaps `title`, `why` and `see`. What is wrong
with it is told on stderr, a line each, and the exit code is 2. The policy is laid out as `muster fmt` does it."""
import json
import pathlib
import re
import sys
import textwrap

LEVELS = ['passing', 'silver', 'gold']
KINDS = {'MUST': 'must', 'SHOULD': 'should', 'SUGGESTED': 'may'}
TEXTS = ['level', 'section', 'subsection', 'id', 'category']
FLAGS = ['na_allowed', 'na_justification_required', 'met_justification_required', 'met_url_required']
OPTIONAL = ['title', 'why', 'see']
RESERVED = set('and or not implies if then else in is where true false none unknown'.split())
SNAKE_CASE = re.compile(r'[a-z][a-z0-9]*(_[a-z0-9]+)*')
# The formatter's.
WIDTH = 100

HEAD = '''\
// SPDX-License-Identifier: Apache-2.0
// Which badge has a project earned? It answers for itself, criterion by criterion.
// Written by generate.py from {catalogue}, {number} criteria: change those, not this.

/// What nobody has answered yet has none of these, and isn't absent either. It is unknown.
enum Status {{ met = "Met", unmet = "Unmet", na = "N/A" }}

/// An answer as it was given. The source is complete, so one without a justification is known to have none.
record Answer {{ status: Status  justification: text? }}
'''

SUBJECT = '''\

/// A project, and what it says of itself.
subject Project { key id: text  answers: Answers }

source projects = ndjson "projects.ndjson" complete
'''

RULE = '''\

/// How many characters make a reason.
param min_reason: int = 5 in 1..500

/// A justification that begins with `// ` is a note among its authors.
define is_note(justification: text): bool = justification starts with "// "

define has_reason(answer: Answer): bool =
  answer.justification is present
    and not is_note(answer.justification)
    and length(answer.justification) >= min_reason

define has_url(answer: Answer): bool =
  answer.justification is present
    and not is_note(answer.justification)
    and answer.justification matches r"https?://[^ ]{5}"

define unmet_with_reason(answer: Answer): bool = answer.status == unmet and has_reason(answer)
define na_with_reason(answer: Answer): bool = answer.status == na and has_reason(answer)

/// An answer that doesn't say Met, in words.
define said(answer: Answer): text = choose {
  unmet_with_reason(answer) => "Unmet with a reason",
  answer.status == unmet => "Unmet without a reason",
  na_with_reason(answer) => "N/A with a reason",
  else => "N/A without a reason"
}
'''

SCORE = '''
  /// The share that is published: of all criteria, and no answer never counts.
  score {level} {{
    of criterion in {level}
    na met
    unknown unmet
    round half_up to 1%
    cap 99% unless all met
  }}'''


# From an entry to its criterion

def when_clauses(entry):
    """The answers that do no harm, though they don't say Met."""
    if entry['na_allowed']:
        if entry['na_justification_required']:
            yield 'when not na_with_reason(answer) else "N/A: {answer.justification}"'
        else:
            yield 'when answer.status != na else "N/A"'
    if entry['category'] == 'SHOULD':
        yield 'when not unmet_with_reason(answer) else "Unmet: {answer.justification}"'
    if entry['category'] == 'SUGGESTED':
        yield 'when answer.status != unmet else "Unmet, and only suggested"'


def require_clauses(entry):
    """Without an answer all of them are unknown, whatever was noted beside it: what isn't said isn't wrong."""
    clause = 'require answer.status == met else "it takes Met, not {said(answer)}"'
    if entry['category'] == 'SUGGESTED' and entry['na_allowed'] and not entry['na_justification_required']:
        clause += '  // muster: allow(MU1013) of what is only suggested, every other answer does no harm'
    yield clause
    if entry['met_url_required']:
        yield 'require answer.status == met implies has_url(answer) else "Met without a URL"'
    if entry['met_justification_required']:
        yield 'require answer.status == met implies has_reason(answer) else "Met without a reason"'


def criterion(entry, name):
    title = entry.get('title', in_words(entry['id'], '' if name == slug(entry['id']) else entry['level']))
    yield f'    {KINDS[entry["category"]]} {quoted_name(name)} {literal(title)} {{'
    yield from assigned('      let answer', f'answers.{slug(entry["id"])}')
    for clause in [*when_clauses(entry), *require_clauses(entry)]:
        yield f'      {clause}'
    if 'why' in entry:
        yield from message('      why', entry['why'])
    if 'see' in entry:
        yield f'      see {literal(entry["see"])}'
    tags = dict.fromkeys([slug(entry['section']), slug(entry['subsection'])])
    yield f'      tags {", ".join(quoted_name(tag) for tag in tags)}'
    yield '    }'


def text_of(entries, catalogue):
    """The policy. Where a piece ends its own line, an empty one follows."""
    return '\n'.join(policy(entries, catalogue)) + '\n'


def policy(entries, catalogue):
    levels = [level for level in LEVELS if any(entry['level'] == level for entry in entries)]
    names = names_of(entries)
    # An id that is no name, as `require_2FA`, has to be bound.
    ids = {entry['id']: slug(entry['id']) for entry in entries}
    bound = [f'answers.{name} <- answers.{key(identifier)}' for identifier, name in ids.items() if name != identifier]
    yield HEAD.format(catalogue=catalogue, number=len(entries))
    yield from fields('record Answers', [f'{name}: Answer' for name in ids.values()])
    yield SUBJECT
    yield from fields('bind Project from projects', bound)
    yield RULE
    yield '/// Met is a Met that has what it needs. What needn\'t be met (N/A; Unmet, where that is excused) is na.'
    yield 'policy badge for Project "Which badge has it earned?" {'
    for level in levels:
        yield f'  section {level} "{level.capitalize()}" {{'
        here = [entry for entry in entries if entry['level'] == level]
        for place, entry in enumerate(here):
            yield from [''] * (place > 0)
            yield from criterion(entry, names[level, entry['id']])
        yield '  }\n'
    for level in levels:
        yield f'  gate {level}_badge "{level.capitalize()}" {{ require every criterion in {level} }}'
    yield f'  levels badge {{ {" ".join(level + "_badge" for level in levels)} }}'
    for level in levels:
        yield SCORE.format(level=level)
    yield '}'


def fields(head, members):
    """Braces, on one line if they fit there."""
    line = f'{head} {{ {"  ".join(members)} }}' if members else f'{head} {{}}'
    return [line] if len(line) <= WIDTH else [f'{head} {{', *(f'  {member}' for member in members), '}']


# Names

def names_of(entries):
    """(level, id) -> name. The lowest level that asks for something calls it by its id; a higher one appends itself."""
    names, taken = {}, set()
    for entry in sorted(entries, key=lambda entry: LEVELS.index(entry['level'])):
        level, identifier = entry['level'], entry['id']
        names[level, identifier] = slug(identifier) + (f'_{level}' if identifier in taken else '')
        taken.add(identifier)
    return names


def slug(text):
    return re.sub('[^a-z0-9]+', '_', text.lower()).strip('_')


def in_words(identifier, level):
    words = identifier.replace('_', ' ')
    return words[0].upper() + words[1:] + (f' ({level})' if level else '')


# Spelling and layout

def quoted_name(name):
    return f'`{name}`' if name in RESERVED else name


def key(text):
    return text if re.fullmatch('[A-Za-z_][A-Za-z0-9_]*', text) else literal(text)


def escaped(text):
    text = text.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n').replace('\t', '\\t')
    return re.sub('[\x00-\x1f\x7f]', lambda found: f'\\u{{{ord(found[0]):X}}}', text)


def literal(text):
    return f'"{escaped(text)}"'


def message(head, text):
    """A text in which braces would be read as values; over several lines, where it is long."""
    text = escaped(text.replace('{', '{{').replace('}', '}}'))
    # The head, a blank and two quotes stand around the first line, and it is the longest.
    lines = textwrap.wrap(text, WIDTH - len(head) - 3, drop_whitespace=False, replace_whitespace=False,
                          expand_tabs=False, break_long_words=False, break_on_hyphens=False)
    indent = ' ' * (len(head) - len(head.lstrip()) + 2)
    return [f'{head} "{lines[0]}"', *(f'{indent}"{line}"' for line in lines[1:])]


def assigned(head, value):
    line = f'{head} = {value}'
    indent = ' ' * (len(head) - len(head.lstrip()) + 2)
    return [line] if len(line) <= WIDTH else [f'{head} =', f'{indent}{value}']


# What may be wrong with a catalogue

def is_text(value):
    return isinstance(value, str) and bool(value.strip())


def problems_of(entry):
    if not isinstance(entry, dict):
        return ['is no object']
    found = [f'has no `{key}`' for key in TEXTS + FLAGS if key not in entry]
    found += [f'has a key `{key}`, which means nothing here' for key in entry if key not in TEXTS + FLAGS + OPTIONAL]
    found += [f'`{key}` is no text' for key in TEXTS + OPTIONAL if key in entry and not is_text(entry[key])]
    found += [f'`{key}` is neither true nor false' for key in FLAGS if not isinstance(entry.get(key, False), bool)]
    if found:
        return found
    for key, known in (('level', LEVELS), ('category', list(KINDS))):
        if entry[key] not in known:
            found.append(f'`{entry[key]}` is no {key}; there are {", ".join(f"`{each}`" for each in known)}')
    for key in ('section', 'subsection', 'id'):
        if not SNAKE_CASE.fullmatch(slug(entry[key])):
            found.append(f'the {key} `{entry[key]}` makes no name, which begins with a letter from a to z')
    if entry['na_justification_required'] and not entry['na_allowed']:
        found.append('`na_justification_required`, but not `na_allowed`')
    return found


def problems(entries):
    if not isinstance(entries, list):
        yield 'is no list of criteria'
        return
    if not entries:
        yield 'holds no criterion'
    seen, sound = {}, True
    for number, entry in enumerate(entries, 1):
        found = problems_of(entry)
        place = (entry.get('level'), entry.get('id')) if isinstance(entry, dict) else (None, None)
        what = f'entry {number}' + (f' (`{place[1]}`)' if isinstance(place[1], str) else '')
        if not found and place in seen:
            found = [f'stands at {place[0]} already, in entry {seen[place]}']
        if not found:
            seen[place] = number
        sound = sound and not found
        yield from (f'{what}: {problem}' for problem in found)
    if sound:
        yield from shared_names(entries)


def shared_names(entries):
    owners = {}
    for (level, identifier), name in names_of(entries).items():
        if name in owners:
            yield f'`{identifier}` at {level} would be called `{name}`, as `{owners[name]}` is'
        owners[name] = identifier


def main():
    if len(sys.argv) != 2:
        print(__doc__.splitlines()[0], file=sys.stderr)
        return 2
    path = pathlib.Path(sys.argv[1])
    try:
        entries = json.loads(path.read_text(encoding='utf-8'))
    except (OSError, ValueError) as trouble:
        print(f'{path}: can\'t be read: {trouble}', file=sys.stderr)
        return 2
    found = list(problems(entries))
    if found:
        print(*(f'{path}: {problem}' for problem in found), sep='\n', file=sys.stderr)
        return 2
    sys.stdout.reconfigure(encoding='utf-8', newline='\n')
    print(text_of(entries, path.name), end='')
    return 0


if __name__ == '__main__':
    sys.exit(main())
