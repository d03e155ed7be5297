#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every engine gives the same bytes: documents, messages and exit codes of all examples, of portfolios that were
damaged, and of long ones, in every format, with one thread and several.    engines.py MUSTER"""
import itertools
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ['best-practices-badge/badge.muster', 'contoso/contoso.muster', 'contoso/contoso_health.muster',
            'first-steps/partners.muster', 'first-steps/exceptions.muster', 'go-live/partners.muster',
            'kubernetes-prr/prr.muster', 'operational-review/review.muster', 'service-maturity/maturity.muster']
FORMATS = [['--format', 'ndjson'], ['--format', 'json'], ['--format', 'csv'], ['--format', 'summary'],
           ['--format', 'table'], ['--format', 'ndjson', '--only', 'fail', '--limit', '3'],
           ['--format', 'table', '--only', 'undecided', '--limit', '2']]
failures = []
passed = 0


def run(muster, arguments, engine, jobs):
    done = subprocess.run([muster, 'eval', *arguments, '--engine', engine, '--jobs', str(jobs)], cwd=ROOT,
                          capture_output=True, timeout=120, check=False)
    return done.returncode, done.stdout, done.stderr


def other_engines(muster):
    """Those that this build has, the choice of one too, but for the reference engine."""
    text = subprocess.run([muster, 'doctor'], capture_output=True, text=True, check=True).stdout
    line = next(line for line in text.splitlines() if line.startswith('engines'))
    return [name for name in line.split(None, 1)[1].split(', ') if name != 'reference' and (name != 'jit' or 'LLVM' in text)]


def compare(what, muster, arguments, engines, jobs=(1, 3)):
    global passed
    expected = run(muster, arguments, 'reference', 1)
    if expected[0] in (2, 3):
        failures.append(what)
        print(f'{what}: nothing was judged: {expected[2].decode()}')
    for engine, threads in itertools.product(engines, jobs):
        # Compiling takes its time, and what is printed doesn't depend on it; `auto` is one of the others at first.
        if engine in ('auto', 'jit') and (threads == 1 or arguments[-1] not in ('ndjson', 'summary')):
            continue
        found = run(muster, arguments, engine, threads)
        if found == expected:
            passed += 1
            continue
        failures.append(what)
        print(f'{what}, {engine} with {threads} threads: {first_difference(expected, found)}')


def first_difference(expected, found):
    if expected[0] != found[0]:
        return f'exit code {found[0]}, not {expected[0]}'
    for part, name in ((1, 'stdout'), (2, 'stderr')):
        for number, (a, b) in enumerate(itertools.zip_longest(expected[part].split(b'\n'), found[part].split(b'\n')), 1):
            if a != b:
                return f'{name} line {number}:\n  wanted {a!r}\n  seen   {b!r}'
    return 'nothing'


def damaged(lines, random_):
    """The same records as people send them: broken, twice, blank, with values of another kind, with keys twice."""
    for line in lines:
        kind = random_.randrange(8)
        if kind == 0:
            line = line[:random_.randrange(len(line))]
        elif kind == 1:
            at = random_.randrange(len(line))
            line = line[:at] + random_.choice('{}[]",:0x \\é') + line[at + 1:]
        elif kind == 2:
            yield line
        elif kind == 3:
            yield '  '
        elif kind == 4 and ':' in line:
            at = random_.choice([i for i, c in enumerate(line) if c == ':'])
            line = line[:at + 1] + random_.choice(['null,"x":', '"soon",', '[],', '{},', '-0.0,', '1e999,']) + line[at + 1:]
        elif kind == 5 and line.startswith('{'):
            line = '{' + random_.choice(['"id":"again",', '"name":1,', '"name":"\\ud800",']) + line[1:]
        yield line


def examples(muster, engines):
    for example, format_ in itertools.product(EXAMPLES, FORMATS):
        compare(f'{example} {" ".join(format_)}', muster, [f'examples/{example}', '--as-of', '2026-11-23', *format_], engines)
    compare('one subject', muster, ['examples/go-live/partners.muster', '--as-of', '2026-11-23', '--subject', 'maple'],
            engines)


def portfolios(muster, engines, folder):
    random_ = random.Random(20261123)
    for example, data in (('first-steps/partners.muster', 'first-steps/partners.ndjson'),
                          ('go-live/partners.muster', 'go-live/partners.ndjson'),
                          ('best-practices-badge/badge.muster', 'best-practices-badge/projects.ndjson'),
                          ('operational-review/review.muster', 'operational-review/services.ndjson')):
        lines = (ROOT / 'examples' / data).read_text(encoding='utf-8').splitlines()
        for number in range(3):
            path = folder / f'{number}.ndjson'
            path.write_text('\n'.join(damaged(lines * 4, random_)), encoding='utf-8')
            for format_ in (['--format', 'ndjson'], ['--format', 'summary']):
                compare(f'{example} on damaged records {number} {format_[1]}', muster,
                        [f'examples/{example}', '--as-of', '2026-11-23', '--data', str(path), *format_], engines)
    # Several chunks and batches, and keys that stand again far from where they stood first.
    lines = (ROOT / 'examples/first-steps/partners.ndjson').read_text(encoding='utf-8').splitlines()
    path = folder / 'long.ndjson'
    with path.open('w', encoding='utf-8') as file:
        for number in range(12_000):
            file.write(lines[number % len(lines)].replace('"id":"', f'"id":"{number % 11_000}-', 1) + '\n')
    for format_ in (['--format', 'csv'], ['--format', 'summary'], ['--format', 'table']):
        compare(f'a long portfolio {format_[1]}', muster,
                ['examples/first-steps/partners.muster', '--as-of', '2026-11-23', '--data', str(path), *format_], engines)


def main():
    muster = str(pathlib.Path(sys.argv[1]).resolve())
    engines = other_engines(muster)
    examples(muster, engines)
    with tempfile.TemporaryDirectory() as folder:
        portfolios(muster, engines, pathlib.Path(folder))
    print(f'{passed} passed, {len(failures)} failed')
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
