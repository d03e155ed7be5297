#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds examples/kubernetes-prr to the real proposals, which stand outside this repository: in the folder `data`
of $MUSTER_SHARED, else of ../shared. The rule is worked out here a second time, without Muster, for all reviewers
and with each of them in turn left out. Skips (exit 77) where the data are not there.    kubernetes_prr.py MUSTER"""
import collections
import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
POLICY = ROOT / 'examples' / 'kubernetes-prr' / 'prr.muster'
# What the repository that the data come from says of itself: its own validator finds no violation.
PUBLISHED = {'met': 414, 'na': 235}


def version(text):
    found = re.fullmatch(r'[vV]?(\d+(?:\.\d+)*)', text or '')
    return tuple(map(int, found[1].split('.'))) if found else None


def expected_statuses(proposals, reviews, approvers):
    """path -> met, unmet or na. No proposal of the data is undecided."""
    by_number = {(review['sig'], review['number']): review for review in reviews}
    statuses = {}
    for proposal in proposals:
        milestone = version(proposal.get('latest-milestone'))
        if proposal['status'] not in ('implementable', 'implemented') or (milestone is not None and milestone < (1, 21)):
            statuses[proposal['path']] = 'na'
            continue
        review = by_number.get((proposal['owning-sig'], proposal['kep-number']), {})
        approver = review.get(proposal.get('stage'), {}).get('approver', '').removeprefix('@').lower()
        statuses[proposal['path']] = 'met' if approver in approvers else 'unmet'
    return statuses


def judged_statuses(muster, data, approvers_file):
    sources = {'keps': data / 'keps.ndjson', 'reviews': data / 'prod-readiness.ndjson', 'approvers': approvers_file}
    done = subprocess.run([muster, 'eval', POLICY, '--format', 'ndjson', '--as-of', '2026-11-23', *[f'--source={name}={file}' for name, file in sources.items()]],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    results = [json.loads(line) for line in done.stdout.splitlines()]
    return {result['subject']: result['criteria']['approved']['status'] for result in results}


def main():
    muster = pathlib.Path(sys.argv[1]).resolve()
    data = pathlib.Path(os.environ.get('MUSTER_SHARED') or ROOT.parent / 'shared') / 'data' / 'kubernetes-prr'
    if not data.is_dir():
        print(f'skipped: no real proposals in {data}; MUSTER_SHARED names the folder that holds `data`')
        return 77
    proposals = [json.loads(line) for line in (data / 'keps.ndjson').read_text().splitlines()]
    reviews = [json.loads(line) for line in (data / 'prod-readiness.ndjson').read_text().splitlines()]
    with open(data / 'approvers.csv', newline='') as file:
        rows = list(csv.DictReader(file))
    logins = {row['login'].lower() for row in rows}

    failed = 0
    for left_out in [None, *sorted(logins)]:
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, 'approvers.csv')
            file.write_text('alias,login\n' + ''.join(f"{row['alias']},{row['login']}\n" for row in rows if row['login'].lower() != left_out))
            judged = judged_statuses(muster, data, file)
        wanted = expected_statuses(proposals, reviews, logins - {left_out})
        counts = dict(collections.Counter(judged.values()))
        right = judged == wanted and (left_out is not None or counts == PUBLISHED)
        failed += not right
        if not right:
            different = [f'{path}: {judged.get(path)}, not {status}' for path, status in wanted.items() if judged.get(path) != status]
            print('\n'.join([f'without {left_out}: {counts}', *different[:10]]))
    print(f'{len(logins) + 1 - failed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
