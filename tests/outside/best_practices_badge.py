#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds examples/best-practices-badge to the real catalogue and its published percentages, which stand outside this
repository: in the folder `data` of $MUSTER_SHARED, else of ../shared. A policy is generated from the 145 criteria, and
the share that it shows of each project at each level is the published one. Skips (exit 77) where the data are not
there.    best_practices_badge.py MUSTER"""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
GENERATE = ROOT / 'examples' / 'best-practices-badge' / 'generate.py'
LEVELS = ['passing', 'silver', 'gold']


def published_shares(data):
    """(project, level) -> percentage"""
    with open(data / 'expected.csv', newline='', encoding='utf-8') as file:
        return {(row['id'], level): float(row[level]) for row in csv.DictReader(file) for level in LEVELS}


def shown_shares(muster, policy, data):
    done = subprocess.run([muster, 'eval', policy, '--data', data / 'projects.ndjson', '--as-of', '2026-11-23', '--format', 'ndjson'],
                          stdout=subprocess.PIPE, text=True, timeout=60, check=False)
    results = [json.loads(line) for line in done.stdout.splitlines()]
    # The score shows it: `unknown unmet` counts what nobody answered as not met, whatever it may still become.
    return {(result['subject'], level): result['scores'][level]['shown'] for result in results for level in LEVELS}


def main():
    muster = pathlib.Path(sys.argv[1]).resolve()
    data = pathlib.Path(os.environ.get('MUSTER_SHARED') or ROOT.parent / 'shared') / 'data' / 'best-practices-badge'
    if not data.is_dir():
        print(f'skipped: no real catalogue in {data}; MUSTER_SHARED names the folder that holds `data`')
        return 77
    with tempfile.TemporaryDirectory() as folder:
        policy = pathlib.Path(folder, 'badge.muster')
        generated = subprocess.run([sys.executable, GENERATE, data / 'criteria.json'], stdout=subprocess.PIPE, timeout=60, check=True)
        policy.write_bytes(generated.stdout)
        problems = []
        for command in (['check', '--deny', 'warnings'], ['fmt', '--check']):
            done = subprocess.run([muster, *command, policy], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, check=False)
            problems += [f'muster {" ".join(command)}: {done.stdout.strip()}'] if done.returncode else []
        shown = shown_shares(muster, policy, data)
    published = published_shares(data)
    problems += [f'{project} at {level}: {shown.get((project, level))}%, not {share}%' for (project, level), share in published.items()
                 if shown.get((project, level)) != share]
    problems += [f'{project} at {level}: {share}%, of which nothing is published' for (project, level), share in shown.items()
                 if (project, level) not in published]
    print(*problems, sep='\n', end='\n' if problems else '')
    print(f'{len(published) + 2 - len(problems)} passed, {len(problems)} failed')
    return 1 if problems or not published else 0


if __name__ == '__main__':
    sys.exit(main())
