#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Takes each datum of a ready project away, one at a time.    golive_missing.py MUSTER

Not knowing must never help: each criterion stays what it was or becomes unknown, each gate passes or is undecided, and
the score's low end doesn't rise. Something must become unknown for every datum that a criterion reads."""
import copy
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
AS_OF = '2026-11-23'


def places(value, path=()):
    """every key of every object in it"""
    if isinstance(value, dict):
        for key, part in value.items():
            yield path + (key,)
            yield from places(part, path + (key,))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from places(part, path + (index,))


def without(project, path):
    project = copy.deepcopy(project)
    at = project
    for step in path[:-1]:
        at = at[step]
    del at[path[-1]]
    return project


def judge(muster, projects):
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / 'projects.ndjson'
        data.write_text(''.join(json.dumps(project) + '\n' for project in projects), encoding='utf-8')
        done = subprocess.run([muster, 'eval', 'std.golive', '--data', data, '--as-of', AS_OF, '--format', 'ndjson'],
                              stdout=subprocess.PIPE, text=True, timeout=300, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def worsened(before, after):
    """what became better, or turned into something else than unknown"""
    for name, was in before['criteria'].items():
        now = after['criteria'][name]['status']
        if now not in (was['status'], 'unknown'):
            yield f'{name} turned from {was["status"]} to {now}'
    for name, was in before['gates'].items():
        if after['gates'][name] not in (was, 'undecided'):
            yield f'gate {name} turned from {was} to {after["gates"][name]}'
    for name, was in before['scores'].items():
        if after['scores'][name]['low'] > was['low'] or after['scores'][name]['high'] < was['high']:
            yield f'score {name} of {was} became {after["scores"][name]}, which is no wider'


def main():
    muster = sys.argv[1]
    ready = json.loads((ROOT / 'examples/go-live/ready.json').read_text(encoding='utf-8'))[0]
    taken = [path for path in places(ready) if path != ('id',)]
    before, *after = judge(muster, [ready] + [dict(without(ready, path), id=f'{i}') for i, path in enumerate(taken)])
    failed, felt = 0, 0
    if before['gates']['thorough'] != 'pass':
        print(f'the project is not ready: {before["gates"]}')
        failed += 1
    if len(after) != len(taken):
        print(f'{len(taken)} projects were judged, and {len(after)} have results')
        failed += 1
    for path, result in zip(taken, after):
        found = list(worsened(before, result))
        felt += any(each['status'] == 'unknown' for each in result['criteria'].values())
        failed += bool(found)
        for problem in found:
            print(f'without {".".join(map(str, path))}: {problem}')
    print(f'{len(taken)} data taken away, {felt} of them missed by a criterion')
    if felt * 2 < len(taken):
        print('too few of them matter')
        failed += 1
    print(f'{len(taken) + 2 - failed} passed, {failed} failed')
    return 1 if failed else 0


sys.exit(main())
