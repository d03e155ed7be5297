#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds docs/golive.md to std.golive, and to the checklist that the review was made from.    golive_document.py MUSTER

Every criterion stands on a line of the checklist and in the tables of criteria, with its level; every param stands with
its default and range. Where the checklist is at hand (../shared/mission), each of its lines has its row, known by words
of that line; where it isn't, that test is left out and says so."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
POLICY = (ROOT / 'stdlib/std/golive.muster').read_text(encoding='utf-8')
DOCUMENT = (ROOT / 'docs/golive.md').read_text(encoding='utf-8')
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
    tests = {'criteria': check_criteria, 'params': check_params, 'clauses': check_clauses}
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
