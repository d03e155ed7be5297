#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The rule of README.md worked out a second time, without Muster: from the catalogue itself, by going through each
answer that the file leaves possible. Prints a verdict a line.    truth.py [DATE]..."""
import itertools
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent.parent
POLICY = 'badge.muster'
# Nothing here grows old.
DATES = ['2026-11-23']

LEVELS = ['passing', 'silver', 'gold']
# A justification that can't be read may be any of these, as far as the rule can tell.
ANY_JUSTIFICATION = [None, 'a reason', 'https://site.example']


def counts(justification):
    return justification is not None and not justification.startswith('// ')


def is_reason(justification):
    return counts(justification) and len(justification) >= 5


def is_url(justification):
    return counts(justification) and bool(re.search('https?://[^ ]{5}', justification))


def outcome(entry, status, justification):
    """met, unmet, or na: not met and still no harm"""
    if status == 'Met':
        lacks_url = entry['met_url_required'] and not is_url(justification)
        lacks_reason = entry['met_justification_required'] and not is_reason(justification)
        return 'unmet' if lacks_url or lacks_reason else 'met'
    if status == 'N/A':
        lacks_reason = entry['na_justification_required'] and not is_reason(justification)
        return 'na' if entry['na_allowed'] and not lacks_reason else 'unmet'
    excused = entry['category'] == 'SUGGESTED' or (entry['category'] == 'SHOULD' and is_reason(justification))
    return 'na' if excused else 'unmet'


def word(possible):
    """The one that shows."""
    return next(iter(possible)) if len(possible) == 1 else 'unknown' if 'unmet' in possible else 'met'


def outcomes(entry, answer):
    """All that a criterion may be. Whatever somebody may answer one day, no answer never counts."""
    status, justification = answer.get('status'), answer.get('justification')
    if status not in ('Met', 'Unmet', 'N/A'):
        return {'unmet'} | {outcome(entry, each, text) for each in ('Met', 'Unmet', 'N/A') for text in ANY_JUSTIFICATION}
    readable = justification is None or isinstance(justification, str)
    return {outcome(entry, status, text) for text in ([justification] if readable else ANY_JUSTIFICATION)}


def percentage(counted, number):
    return 100 if counted == number else min(99, (200 * counted + number) // (2 * number))


def names(entries):
    """The name of each entry in the policy."""
    seen = set()
    for entry in sorted(entries, key=lambda entry: LEVELS.index(entry['level'])):
        yield entry, entry['id'].lower() + (f'_{entry["level"]}' if entry['id'] in seen else '')
        seen.add(entry['id'])


def verdict(entries, answers):
    found = [(entry, name, outcomes(entry, answers.get(entry['id'], {}))) for entry, name in names(entries)]
    levels = [level for level in LEVELS if any(entry['level'] == level for entry in entries)]
    scores, gates = {}, {}
    for level in levels:
        here = [possible for entry, _, possible in found if entry['level'] == level]
        low, high = sum('unmet' not in possible for possible in here), sum(possible != {'unmet'} for possible in here)
        published = percentage(low, len(here))
        scores[level] = {'low': published, 'high': percentage(high, len(here)), 'shown': published}
        gates[f'{level}_badge'] = 'pass' if low == len(here) else 'undecided' if high == len(here) else 'fail'

    def reached(outcome_of_gate):
        return list(itertools.takewhile(lambda gate: gates[gate] in outcome_of_gate, gates))[-1:]
    badge = {'sure': reached(['pass']), 'possible': reached(['pass', 'undecided'])}
    return {
        'gates': gates,
        'levels': {'badge': {name: gate[0] for name, gate in badge.items() if gate}},
        'scores': scores,
        'criteria': {name: word(possible) for _, name, possible in found},
    }


def verdicts(_):
    """(subject, verdict) in the order of the projects"""
    entries = json.loads((HERE / 'criteria.json').read_text(encoding='utf-8'))
    for line in (HERE / 'projects.ndjson').read_text(encoding='utf-8').splitlines():
        project = json.loads(line)
        yield project['id'], verdict(entries, project.get('answers', {}))


if __name__ == '__main__':
    for date in sys.argv[1:] or DATES:
        for subject, found_of_it in verdicts(date):
            print(json.dumps({'as_of': date, 'subject': subject, **found_of_it}))
