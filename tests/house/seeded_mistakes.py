#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Seeds two hundred mistakes into the policies of the examples, one at a time, and says what finds each: an error or a lint
of `muster check`, or a test of the example. Four in five must be found.    seeded_mistakes.py MUSTER [--all]

The mistakes are those that people make: operators flipped, thresholds crossed, guards dropped, names misspelled. They are
the same in each run. Prints how many of each kind were found by what, and those that nothing found; with --all each one."""
import collections
import concurrent.futures
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
WANTED, LEAST = 200, 0.8
# Texts and comments are no place for a mistake in what is asked.
QUIET = re.compile(r'r?"(?:\\.|[^"\\\n])*"|//[^\n]*|`[^`\n]*`')
# Lints that ask for the day: some day the examples' own dates have passed.
BY_TIME = ['--ignore', 'MU1020', '--ignore', 'MU1033']
FLIPPED = {'<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '!=', '!=': '==', 'and': 'or', 'or': 'and',
           'any': 'all', 'all': 'no', 'no': 'any', 'present': 'absent', 'absent': 'present'}


def masked(text):
    return QUIET.sub(lambda found: ' ' * len(found[0]), text)


def edits(text):
    """(kind, begin, end, replacement) of every mistake that could be made."""
    code = masked(text)

    def of(kind, pattern, replacement, flags=re.M):
        for found in re.finditer(pattern, code, flags):
            made = replacement(found) if callable(replacement) else replacement
            if made is not None:
                yield kind, found.start(), found.end(), made

    yield from of('operator flipped', r'(?<=\s)(<=|>=|==|!=|<|>)(?=\s)', lambda found: FLIPPED[found[1]])
    yield from of('operator flipped', r'\b(and|or)\b(?=\s)', lambda found: FLIPPED[found[1]])
    yield from of('operator flipped', r'\b(any|all|no)\b(?= \w+ in )', lambda found: FLIPPED[found[1]])
    yield from of('operator flipped', r'(?<=\bis )(present|absent)\b', lambda found: FLIPPED[found[1]])
    yield from of('operator flipped', r'\bnot (?!in\b|known\b|present\b)', '')
    yield from of('threshold crossed', r'(?<=[<>=] )(\d+)(?=%| days| hours| months|\b)(?!-)',
                  lambda found: str(int(found[1]) * 10 + 1) if len(found[1]) < 4 else None)
    yield from of('threshold crossed', r'(?<== )(\d+)(?=%? in | days in | months in )', lambda found: str(int(found[1]) * 100 + 1))
    yield from of('threshold crossed', r'(?<=at least )(\d+)\b', lambda found: str(int(found[1]) + 7))
    yield from of('guard dropped', r'^ +when\b[^\n]*\n', '')
    yield from of('guard dropped', r'^ +require [^\n]* is present\b[^\n]*\n', '')
    yield from of('guard dropped', r'\b[\w.]+ is (?:present|absent) (?:and|or|implies) ', '')
    yield from of('guard dropped', r' where [^:()\n]+(?=:)', '')
    yield from of('guard dropped', r'^ +require size\([^\n]*\n', '')
    yield from of('name misspelled', r'(?<=require )([a-z]\w{4,})\b', lambda found: found[1][:2] + found[1][3] + found[1][2] + found[1][4:]
                  if found[1][2] != found[1][3] else None)


def seeds():
    """The same two hundred each time, of each kind and file about as many as it has places."""
    found = []
    for path in sorted(ROOT.glob('examples/*/*.muster')):
        if path.name.endswith('_test.muster'):
            continue
        # Without a test beside it nobody says what a module shall mean.
        if not list(path.parent.glob('*_test.muster')):
            continue
        text = path.read_text(encoding='utf-8')
        for kind, begin, end, made in edits(text):
            key = hashlib.sha256(f'{path.relative_to(ROOT)} {begin} {kind} {made}'.encode()).hexdigest()
            found.append((key, path, kind, begin, end, made))
    by_kind = collections.defaultdict(list)
    for each in sorted(found):
        by_kind[each[2]].append(each)
    # Kind after kind in turns, so that the rarest are all there.
    chosen = []
    while len(chosen) < WANTED and any(by_kind.values()):
        for kind in sorted(by_kind):
            if by_kind[kind] and len(chosen) < WANTED:
                chosen.append(by_kind[kind].pop(0))
    return chosen


def run(muster, *arguments):
    return subprocess.run([muster, *arguments], capture_output=True, text=True, timeout=60, check=False)


def finder(muster, seed):
    """What finds the mistake, and how it reads."""
    _, path, kind, begin, end, made = seed
    text = path.read_text(encoding='utf-8')
    changed = text[:begin] + made + text[end:]
    line = text.count('\n', 0, begin) + 1
    shown = f'{path.relative_to(ROOT)}:{line}: {text.splitlines()[line - 1].strip()[:70]}'
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder) / path.parent.name
        shutil.copytree(path.parent, place)
        (place / path.name).write_text(changed, encoding='utf-8')
        checked = run(muster, 'check', '--deny', 'warnings', *BY_TIME, str(place))
        if checked.returncode:
            code = re.search(r'(error|warning)\[(MU\d+)\]', checked.stdout)
            what = f'{"error" if code[1] == "error" else "lint"} {code[2]}' if code else 'check'
        else:
            what = 'test' if run(muster, 'test', str(place)).returncode else ''
    return kind, shown, what


def main():
    muster = pathlib.Path(sys.argv[1]).resolve()
    chosen = seeds()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        results = list(pool.map(lambda seed: finder(muster, seed), chosen))
    table = collections.defaultdict(collections.Counter)
    for kind, shown, what in results:
        table[kind][what.split()[0] if what else 'nothing'] += 1
        if not what or '--all' in sys.argv:
            print(f'{what or "nothing":<13} {kind:<18} {shown}')
    print(f'{"":<20}{"error":>8}{"lint":>8}{"test":>8}{"nothing":>9}')
    for kind, counts in sorted(table.items()):
        print(f'{kind:<20}' + ''.join(f'{counts[what]:>8}' for what in ('error', 'lint', 'test')) + f'{counts["nothing"]:>9}')
    found = sum(bool(what) for _, _, what in results)
    print(f'{found} of {len(results)} are found')
    enough = len(results) >= WANTED and found >= LEAST * len(results)
    print(f'{int(enough)} passed, {int(not enough)} failed')
    return not enough


if __name__ == '__main__':
    sys.exit(main())
