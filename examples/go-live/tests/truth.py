#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The verdicts of this example worked out without Muster: the files are read by facts.py, and judged by review.py. Prints
a verdict a line.    truth.py [DATE]..."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from facts import iso_day, partners
from review import verdict

POLICY = 'partners.muster'
# The policy is the library's, and so are its tests.
TESTS = ['stdlib/std/golive_test.muster']
DATES = ['2025-11-23', '2026-11-23', '2027-11-23']


def verdicts(as_of):
    """(subject, verdict) in the order of the portfolio; a verdict holds what the results of Muster hold."""
    for key, facts in partners(iso_day(as_of)):
        yield key, verdict(facts) if facts else {}


if __name__ == '__main__':
    for date in sys.argv[1:] or DATES:
        for subject, result in verdicts(date):
            print(json.dumps({'as_of': date, 'subject': subject, **result}, ensure_ascii=False))
