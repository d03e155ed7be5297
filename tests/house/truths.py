#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the examples to their truths.    truths.py MUSTER

An example may have a script tests/truth.py, which works out its verdicts from the same files without Muster. For each of
its DATES every status, gate, level, score and shown value of every subject is compared with `muster eval`, and there may
be none that only one of them has. The example's tests in the language must show every status that a criterion has. A
script whose policy is tested elsewhere names the files in TESTS, from the repository's root. One of an example with
several policies names them in POLICIES instead of POLICY, and takes one beside the date."""
import collections
import importlib.util
import itertools
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
KINDS = ['criteria', 'gates', 'levels', 'scores', 'shown']


def load(script):
    spec = importlib.util.spec_from_file_location('truth', script)
    truth = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(truth)
    return truth


def judged(muster, policy, as_of):
    """(subject or file and line of an unreadable record, verdict) in the order of the results"""
    done = subprocess.run([muster, 'eval', policy, '--format', 'ndjson', '--as-of', as_of],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=60, check=False)
    for line in done.stdout.splitlines():
        result = json.loads(line)
        if 'error' in result:
            yield pathlib.PurePath(result['error']['source']).name, {}
            continue
        criteria = {name: criterion['status'] for name, criterion in result['criteria'].items()}
        yield result['subject'], {**result, 'criteria': criteria}


def flat(verdict):
    """(kind, name) -> value"""
    return {(kind, name): value for kind in KINDS for name, value in verdict.get(kind, {}).items()}


def same(kind, one, other):
    """Scores are rationals on the one side and doubles on the other."""
    if kind == 'levels':
        return (one or {}) == (other or {})
    if kind != 'scores' or None in (one, other) or one.keys() != other.keys():
        return one == other
    return all(one[end] == other[end] if end == 'none' else abs(one[end] - other[end]) <= 1e-9 for end in one)


def compare(example, as_of, wanted, found):
    """Counts what was compared; yields a line for each difference."""
    compared, problems = collections.Counter(), []
    if [subject for subject, _ in wanted] != [subject for subject, _ in found]:
        problems.append(f'subjects are {[subject for subject, _ in found]}, not {[subject for subject, _ in wanted]}')
    for (subject, truth), (_, verdict) in zip(wanted, found):
        right, judged_values = flat(truth), flat(verdict)
        compared['subjects'] += 1
        for kind, name in right | judged_values:
            compared[kind] += 1
            one, other = right.get((kind, name)), judged_values.get((kind, name))
            # A level of which none is reached, surely or possibly, is left out.
            absent = kind != 'levels' and ((kind, name) in right) != ((kind, name) in judged_values)
            if absent or not same(kind, one, other):
                problems.append(f'{subject}: {kind} {name} is {other}, not {one}')
    return compared, [f'{example} as of {as_of}: {problem}' for problem in problems]


def untested(truth, example, seen):
    """Statuses that the data show and no test in the language expects, and those that every criterion has."""
    tests = [ROOT / name for name in truth.TESTS] if hasattr(truth, 'TESTS') else example.glob('*_test.muster')
    text = '\n'.join(path.read_text(encoding='utf-8') for path in tests)
    expected = set(re.findall(r'\bexpect (\w+) (met|unmet|na|waived|unknown)\b', text))
    needed = seen | {(name, status) for name, _ in seen for status in ('met', 'unmet', 'waived', 'unknown')}
    return [f'{example.name}: no test expects {name} {status}' for name, status in sorted(needed - expected)]


def main():
    muster = pathlib.Path(sys.argv[1]).resolve()
    passed = failed = 0
    for script in sorted((ROOT / 'examples').glob('*/tests/truth.py')):
        truth, example, seen = load(script), script.parents[1], set()
        several = getattr(truth, 'POLICIES', [])
        for policy, as_of in itertools.product(several or [truth.POLICY], truth.DATES):
            wanted = list(truth.verdicts(as_of, policy) if several else truth.verdicts(as_of))
            name = f'{example.name}/{policy}' if several else example.name
            compared, problems = compare(name, as_of, wanted, list(judged(muster, example / policy, as_of)))
            seen |= {criterion for _, verdict in wanted for criterion in verdict.get('criteria', {}).items()}
            print(f'{name} as of {as_of}: compared ' + ', '.join(f'{number} {kind}' for kind, number in compared.items()), *problems, sep='\n')
            failed += bool(problems) or not compared['criteria']
            passed += not problems and bool(compared['criteria'])
        missing = untested(truth, example, seen)
        print(*missing, sep='\n', end='\n' if missing else '')
        failed += bool(missing)
        passed += not missing
    print(f'{passed} passed, {failed} failed')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
