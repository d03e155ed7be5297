#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the examples to their truths.    truths.py MUSTER

An example may have a script tests/truth.py, which works out its verdicts from the same files without Muster. For each of
its DATES every status, gate, level, score and shown value of every subject, and who waived what, is compared with
`muster eval`, and there may be none that only one of them has. So is the summary: its counts, means and, of a script
that has `waivers`, what it says of those. The example's tests in the language must show every status that a criterion
has. A script whose policy is tested elsewhere names the files in TESTS, from the repository's root. One of an example
with several policies names them in POLICIES instead of POLICY, and takes one beside the date."""
import collections
import importlib.util
import itertools
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
KINDS = ['criteria', 'waived', 'gates', 'levels', 'scores', 'shown']


def load(script):
    spec = importlib.util.spec_from_file_location('truth', script)
    truth = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(truth)
    return truth


def judged(muster, policy, as_of):
    """What Muster says: (subject or file and line of an unreadable record, verdict) in the order of the results, and
    the summary"""
    done = subprocess.run([muster, 'eval', policy, '--format', 'json', '--as-of', as_of],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=60, check=False)
    found, document = [], json.loads(done.stdout)
    for result in document['results']:
        if 'error' in result:
            found.append((pathlib.PurePath(result['error']['source']).name, {}))
            continue
        criteria = {name: criterion['status'] for name, criterion in result['criteria'].items()}
        waived = {name: [criterion['until'], criterion['by']] for name, criterion in result['criteria'].items() if 'until' in criterion}
        found.append((result['subject'], {**result, 'criteria': criteria, 'waived': waived}))
    return found, document['summary']


def counts_of(verdicts):
    """What a summary counts, by where it says so."""
    counts = collections.Counter()
    for _, verdict in verdicts:
        counts[('subjects',) if verdict else ('unreadable',)] += 1
        counts.update((kind, name, value) for kind in ['gates', 'criteria'] for name, value in verdict.get(kind, {}).items())
        counts.update(('levels', name, how, level.get(how, 'none')) for name, level in verdict.get('levels', {}).items() for how in ['sure', 'possible'])
    return counts


def means_of(verdicts, kind):
    """Of each score the mean of both ends, over the subjects that have it."""
    ends = collections.defaultdict(list)
    for _, verdict in verdicts:
        for name, score in verdict.get(kind, verdict.get('scores', {})).items():
            ends[name] += [(score['low'], score['high'])] if 'low' in score else []
    return {name: {'mean_' + end: sum(values) / len(values) for end, values in zip(['low', 'high'], zip(*found))} if found else {'none': True} for name, found in ends.items()}


def paths(document, path=()):
    """(path, number) of all that isn't zero"""
    if not isinstance(document, dict):
        return {path: document} if document else {}
    return {at: number for key, inner in document.items() for at, number in paths(inner, (*path, key)).items()}


def compare_summary(name, verdicts, summary, waivers):
    """How many numbers were compared, and a line for each that differs."""
    right = {**counts_of(verdicts), **paths({'waivers': waivers, **{kind: means_of(verdicts, kind) for kind in ['scores', 'scores_without_waivers']}})}
    told = ['subjects', 'unreadable', 'gates', 'criteria', 'levels', 'scores', 'scores_without_waivers', 'waivers']
    found = paths({kind: summary.get(kind, {}) for kind in told})
    problems = [f'{name}: in the summary {".".join(path)} is {found.get(path, 0)}, not {right.get(path, 0)}'
                for path in right | found if abs(found.get(path, 0) - right.get(path, 0)) > 1e-9]
    return len(right | found), problems


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


def compare(name, wanted, found):
    """Counts what was compared; yields a line for each difference."""
    compared, problems = collections.Counter(), []
    if [subject for subject, _ in wanted] != [subject for subject, _ in found]:
        problems.append(f'subjects are {[subject for subject, _ in found]}, not {[subject for subject, _ in wanted]}')
    for (subject, truth), (_, verdict) in zip(wanted, found):
        right, judged_values = flat(truth), flat(verdict)
        compared['subjects'] += 1
        for kind, value in right | judged_values:
            compared[kind] += 1
            one, other = right.get((kind, value)), judged_values.get((kind, value))
            # A level of which none is reached, surely or possibly, is left out.
            absent = kind != 'levels' and ((kind, value) in right) != ((kind, value) in judged_values)
            if absent or not same(kind, one, other):
                problems.append(f'{subject}: {kind} {value} is {other}, not {one}')
    return compared, [f'{name}: {problem}' for problem in problems]


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
            asked = [as_of, policy] if several else [as_of]
            name = f'{example.name}/{policy} as of {as_of}' if several else f'{example.name} as of {as_of}'
            wanted, (found, summary) = list(truth.verdicts(*asked)), judged(muster, example / policy, as_of)
            compared, problems = compare(name, wanted, found)
            numbers, of_summary = compare_summary(name, wanted, summary, truth.waivers(*asked) if hasattr(truth, 'waivers') else {})
            problems += of_summary
            seen |= {criterion for _, verdict in wanted for criterion in verdict.get('criteria', {}).items()}
            print(f'{name}: compared ' + ', '.join(f'{number} {kind}' for kind, number in compared.items()) + f', {numbers} counts', *problems, sep='\n')
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
