#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds docs/golive.md to std.golive, and to the checklist that the review was made from.
golive_document.py MUSTER [--update]    `--update` writes the table of fields as the policy declares them

Every criterion stands on a line of the checklist and in the tables of criteria, with its level; every param stands with
its default and range. Where the checklist is at hand (../shared/mission), each of its lines has its row, known by words
of that line; where it isn't, that test is left out and says so."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
POLICY = (ROOT / 'stdlib/std/golive.muster').read_text(encoding='utf-8')
SHAPES = (ROOT / 'stdlib/std/evidence.muster').read_text(encoding='utf-8')
PAGE = ROOT / 'docs/golive.md'
DOCUMENT = PAGE.read_text(encoding='utf-8')
FIELDS_HEAD = '| field | takes | |\n|---|---|---|\n'
TYPES = {'bool': 'true or false', 'text': 'text', 'int': 'a whole number', 'date': 'a date', 'time': 'a time',
         'duration': 'a duration', 'percent': 'a percent', 'version': 'a version'}
CHECKLIST = ROOT.parent / 'shared/mission/go-live-checklist.md'
LEVELS = {'**must**': 'must', '*should*': 'should', '*may*': 'may'}


def checklist_lines(text):
    """{'0': the title, '1': the first bullet, '1.1': the first below it, ...}"""
    lines, top, below = {}, 0, 0
    for line in text.splitlines():
        if line.startswith('## '):
            lines['0'] = line[3:]
        elif bullet := re.match(r'( *)\* (.*)', line):
            top, below = (top, below + 1) if bullet[1] else (top + 1, 0)
            lines[f'{top}.{below}' if below else f'{top}'] = bullet[2]
    return lines


def mapped_lines():
    """number -> (words, criteria)"""
    rows = re.findall(r'^\| ([\d.]+) \| (.*?) \| (.*?) \|$', DOCUMENT, re.M)
    return {number: (words, re.findall(r'`(\w+)`', asked)) for number, words, asked in rows}


def enum_values(text):
    """What data may say, of each name its first spelling."""
    for name, body in re.findall(r'enum (\w+) \{(.*?)\}', text, re.S):
        members = re.findall(r'(\w+)(?:\s*=\s*"([^"]*)"(?:\s*\|\s*"[^"]*")*)?', body)
        yield name, [spelling or member for member, spelling in members]


def record_fields(text):
    """name -> [(field, type, range, doc)], an evidence with when it was collected"""
    for kind, name, body in re.findall(r'(record|evidence|subject) (\w+) \{\n?(.*?)\}', text, re.S):
        fields = re.findall(r'((?:\s*///[^\n]*\n)*)\s*(?:key |label )?(\w+): ((?:list of )?\w+\??)', body)
        rows = [(field, kind_of, ' '.join(line.strip(' /') for line in doc.strip().splitlines())) for doc, field, kind_of in fields]
        yield name, rows + [('collected', 'time', 'When it was found out.')] * (kind == 'evidence')


def fields_table():
    enums = dict(enum_values(SHAPES)) | dict(enum_values(POLICY))
    records = dict(record_fields(SHAPES)) | dict(record_fields(POLICY))

    def rows(record, before):
        for field, declared, doc in records[record]:
            inner = declared.removeprefix('list of ').removesuffix('?')
            path = before + field + ('[]' if declared.startswith('list of ') else '')
            if inner in records:
                takes = 'a list' if path.endswith('[]') else 'an object'
            else:
                takes = ', '.join(f'`{value}`' for value in enums[inner]) if inner in enums else TYPES[inner]
            yield f'| `{path}` | {takes}{" or `null`" if declared.endswith("?") else ""} | {doc} |'
            if inner in records:
                yield from rows(inner, path + '.')

    return FIELDS_HEAD + '\n'.join(rows('Project', '')) + '\n'


def check_fields():
    if fields_table() not in DOCUMENT:
        yield 'the table of fields is not that of the policy: `--update` writes it'


def update_fields():
    begin = DOCUMENT.index(FIELDS_HEAD)
    rest = DOCUMENT[begin:].split('\n\n', 1)[1:]
    PAGE.write_text('\n'.join([DOCUMENT[:begin] + fields_table(), *rest]), encoding='utf-8')


def check_criteria():
    declared = dict((name, level) for level, name in re.findall(r'^ +(must|should|may) (\w+) "', POLICY, re.M))
    other = set(re.findall(r'^ +(?:gate|levels|score) (\w+)', POLICY, re.M))
    described = {name: LEVELS[level] for name, level in re.findall(r'^\| `(\w+)` (\*+\w+\*+) \|', DOCUMENT, re.M)}
    for name in declared.keys() | described.keys():
        if declared.get(name) != described.get(name):
            yield f'{name} is {declared.get(name, "no criterion")}, and described as {described.get(name, "none")}'
    asked = [name for _, names in mapped_lines().values() for name in names]
    yield from (f'{name} stands on no line of the checklist' for name in declared if name not in asked)
    yield from (f'a line asks for {name}, which is none' for name in asked if name not in declared and name not in other)
    yield from (f'line {number} asks for nothing' for number, (_, names) in mapped_lines().items() if not names)


def check_params():
    declared = re.findall(r'^param (\w+): \w+ = (.+?) in (.+)$', POLICY, re.M)
    described = re.findall(r'^\| `(\w+)` \| (\S.*?) \| ([^|]+\.\.[^|]+) \|$', DOCUMENT, re.M)
    for param in declared:
        if param not in described:
            yield f'the param {" = ".join(param[:2])} in {param[2]} is not described so'
    yield from (f'{param[0]} is described, but not declared so' for param in described if param not in declared)


def check_checklist():
    lines, mapped = checklist_lines(CHECKLIST.read_text(encoding='utf-8')), mapped_lines()
    for number, line in lines.items():
        if number not in mapped:
            yield f'line {number} has no row: {line}'
        elif mapped[number][0].lower() not in line.lower():
            yield f'line {number} is not known by the words "{mapped[number][0]}": {line}'
    yield from (f'row {number} is of no line' for number in mapped if number not in lines)


def check_clauses():
    for criterion in re.findall(r'^ +(?:must|should|may) (\w+) "[^\n]*\{\n(.*?)^    \}', POLICY, re.M | re.S):
        for clause in ['why', 'fix', 'owner', 'see']:
            if not re.search(rf'^      {clause} "', criterion[1], re.M):
                yield f'{criterion[0]} has no `{clause}`'


def main():
    if '--update' in sys.argv:
        update_fields()
        return 0
    tests = {'criteria': check_criteria, 'params': check_params, 'clauses': check_clauses, 'fields': check_fields}
    if CHECKLIST.is_file():
        tests['checklist'] = check_checklist
    else:
        print(f'checklist: left out, there is no ../{CHECKLIST.relative_to(ROOT.parent)}')
    failed = 0
    for name, check in tests.items():
        problems = sorted(check())
        failed += bool(problems)
        for problem in problems:
            print(f'{name}: {problem}')
    print(f'{len(tests) - failed} passed, {failed} failed')
    return 1 if failed else 0


sys.exit(main())
