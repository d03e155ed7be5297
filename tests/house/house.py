#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks how the house is built: which room includes which, the length of files, licences, the pages and cases
that every diagnostic must have, and words that do not belong.    house.py [MUSTER]"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CODE = {'.cpp', '.h', '.py', '.mjs', '.cmake', ''}
LICENSED = CODE | {'.def', '.yml', '.yaml'}
LONGEST = 500
# The doors: only here may a program meet the outside world.
DOORS = ('cli/', 'tests/', 'bench/')


def tracked_files():
    listed = subprocess.run(['git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
                            cwd=ROOT, capture_output=True, check=True).stdout.decode().split('\0')
    return sorted(path for path in listed if path and (ROOT / path).is_file())


def text_of(path):
    return (ROOT / path).read_text(encoding='utf-8', errors='replace')


def read_rooms():
    """room -> (kind, rooms it sees, whether its line gives a reason)"""
    rooms = {}
    for line in text_of('cmake/rooms.cmake').splitlines():
        found = re.match(r'room\((\S+)\s+(\w+)\s*([^)]*)\)\s*(#.*)?', line)
        if found:
            rooms[found[1]] = (found[2], found[3].split(), bool(found[4]))
    return rooms


def check_table(rooms):
    for room, (kind, sees, reason) in rooms.items():
        for seen in sees:
            if seen not in rooms:
                yield f'cmake/rooms.cmake: {room} sees {seen}, which is no room'
            elif kind == 'noun' and rooms[seen][0] != 'noun':
                yield f'cmake/rooms.cmake: {room} is a noun and sees the {rooms[seen][0]} {seen}'
            elif kind == 'verb' and rooms[seen][0] != 'noun' and not reason:
                yield f'cmake/rooms.cmake: the verb {room} sees the {rooms[seen][0]} {seen} without a reason on its line'
    finished, open_rooms = set(), []

    def visit(room):
        if room in open_rooms:
            return [f'cmake/rooms.cmake: a cycle: {" -> ".join(open_rooms[open_rooms.index(room):] + [room])}']
        if room in finished or room not in rooms:
            return []
        open_rooms.append(room)
        found = [problem for seen in rooms[room][1] for problem in visit(seen)]
        open_rooms.pop()
        finished.add(room)
        return found

    for room in rooms:
        yield from visit(room)


def check_includes(files, rooms):
    for path in files:
        if not path.endswith(('.cpp', '.h')) or path.startswith(('tests/', 'bench/')):
            continue
        room = str(pathlib.PurePath(path).parent)
        if room not in rooms:
            yield f'{path}: stands in no room of cmake/rooms.cmake'
            continue
        for number, line in enumerate(text_of(path).splitlines(), 1):
            found = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
            if not found:
                continue
            seen = str(pathlib.PurePath(found[1]).parent)
            if not (ROOT / found[1]).is_file():
                yield f'{path}:{number}: {found[1]} is not written from the root'
            elif seen != room and seen not in rooms[room][1]:
                yield f'{path}:{number}: {room} may not see {seen}'


def check_doors(files):
    """Below the doors nothing prints, reads a clock or the environment, or exits; PEGTL stays in the grammar."""
    outside = re.compile(r'std::(cout|cerr|cin|exit|abort|getenv)\b|\b(printf|getenv)\(|_clock::now|#include <iostream>')
    for path in files:
        if not path.endswith(('.cpp', '.h')) or path.startswith(DOORS):
            continue
        text = text_of(path)
        for number, line in enumerate(text.splitlines(), 1):
            if outside.search(line):
                yield f'{path}:{number}: only a door meets the outside world: {line.strip()}'
        if '<tao/pegtl' in text and not path.startswith(('grammar/rules/', 'grammar/parse/')):
            yield f'{path}: PEGTL stays in grammar/rules and grammar/parse'
        if re.search(r'using namespace tao', text):
            yield f'{path}: `using namespace` of PEGTL collides with names of the library'


def check_regular_expressions(files):
    # RE2 takes linear time; libstdc++'s doesn't, and stops the build of the sanitizers with a warning of its own.
    for path in files:
        if path.endswith(('.cpp', '.h')) and '#include <reg' 'ex>' in text_of(path):
            yield f'{path}: regular expressions are RE2\'s, in tests too'


def check_length(files):
    for path in files:
        if pathlib.PurePath(path).suffix in CODE and path not in ('LICENSE', '.clang-format', '.gitignore'):
            count = text_of(path).count('\n')
            if count > LONGEST:
                yield f'{path}: {count} lines; what second subject has moved in?'


def check_licence(files):
    for path in files:
        pure = pathlib.PurePath(path)
        licensed = pure.suffix in LICENSED or pure.name == 'CMakeLists.txt'
        if not licensed or pure.name in ('LICENSE', '.gitignore', '.clang-format') or path.startswith('tests/fuzz/corpus/'):
            continue
        # What `muster init` writes belongs to whoever called it.
        if path.startswith('starter/project/'):
            continue
        if not any('SPDX-License-Identifier: Apache-2.0' in line for line in text_of(path).splitlines()[:2]):
            yield f'{path}: no SPDX line'


def check_codes(files):
    codes = re.findall(r'^MUSTER_DIAGNOSTIC\((\d+),', text_of('base/diagnostic_codes.def'), re.M)
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f'base/diagnostic_codes.def: MU{code} stands twice'
    here = set(files)
    expected = set()
    for code in codes:
        page = f'docs/codes/MU{code}.md'
        expected.add(page)
        if page not in here:
            yield f'{page} is missing'
        elif not text_of(page).startswith(f'# MU{code}'):
            yield f'{page}: the heading must begin with `# MU{code}`'
        elif any(f'\n## {part}\n' not in text_of(page) for part in ('Bad', 'Good')):
            yield f'{page}: a bad and a good example are missing, under `## Bad` and `## Good`'
        for kind in ('', '_deep', '_near_miss'):
            case = f'tests/golden/codes/MU{code}{kind}.case'
            expected.add(case)
            if case not in here:
                yield f'{case} is missing'
                continue
            reported = f'[MU{code}]' in text_of(case).partition('\n--- expect\n')[2]
            if reported != (kind != '_near_miss'):
                yield f'{case}: {"reports" if reported else "does not report"} MU{code}'
    for path in files:
        if path.startswith(('docs/codes/', 'tests/golden/codes/')) and path not in expected and re.search(r'/MU\d+(_deep|_near_miss)?\.\w+$', path):
            yield f'{path}: there is no such diagnostic'


def check_words(files):
    # Written in pieces, so that this file doesn't find itself.
    toys = re.compile(r'\b(TO' r'DO|FIX' r'ME|X' r'XX|HA' r'CK|not imple' r'mented|unimple' r'mented|for n' r'ow|place' r'holder)\b|\bst' r'ub\b')
    machine = re.compile(r'(?<![\w.])/(wo' r'rk/|ho' r'me/|ro' r'ot/|tmp/w' r't-)\w')
    for path in files:
        if path.startswith('tests/fuzz/corpus/') or path == 'LICENSE':
            continue
        # Documents may speak of such words.
        may_be_toys = not path.startswith('docs/')
        for number, line in enumerate(text_of(path).splitlines(), 1):
            if may_be_toys and toys.search(line):
                yield f'{path}:{number}: a word of a toy: {line.strip()}'
            if machine.search(line):
                yield f'{path}:{number}: a path of one machine: {line.strip()}'


def main():
    files = tracked_files()
    rooms = read_rooms()
    checks = {
        'the table of rooms': check_table(rooms),
        'includes': check_includes(files, rooms),
        'doors': check_doors(files),
        'regular expressions': check_regular_expressions(files),
        'length': check_length(files),
        'licences': check_licence(files),
        'diagnostics': check_codes(files),
        'words': check_words(files),
    }
    failed = 0
    for name, found in checks.items():
        problems = list(found)
        failed += bool(problems)
        for problem in problems:
            print(f'{name}: {problem}')
    print(f'{len(checks) - failed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
