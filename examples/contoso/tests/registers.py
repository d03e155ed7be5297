# SPDX-License-Identifier: Apache-2.0
"""The waivers of this example, as the registers say and as the modules declare, read without Muster."""
import collections
import csv
import datetime
import pathlib

HERE = pathlib.Path(__file__).resolve().parent.parent

# Where several hold, the one that ends last shows; of those the one that stands last here.
Waiver = collections.namedtuple('Waiver', 'criterion subjects condition first last by')


def day(text):
    return datetime.date.fromisoformat(text)


# What the modules themselves declare, besides their registers.
DECLARED = [
    Waiver('pen_test', ['woodgrove'], None, day('2026-11-01'), day('2027-01-31'), 'security office'),
    Waiver('status_page', [], lambda p: p.footprint.exposure == 'internal', None, day('2027-06-30'), 'site reliability'),
]


class Register:
    """The waivers that concern a policy: those that hold for one of its criteria, those that hold for nothing that it
    still has, and how many rows say nothing or waive what they may not."""

    def __init__(self, name, lineage, criteria, replaced, locked):
        self.waivers, self.idle, self.unreadable, self.refused = list(DECLARED), [], 0, 0
        with open(HERE / name, newline='', encoding='utf-8') as file:
            for row in csv.DictReader(file):
                self.add(row, lineage, criteria, replaced, locked)
        self.idle += [waiver for waiver in self.waivers if waiver.criterion not in criteria]
        self.waivers = [waiver for waiver in self.waivers if waiver.criterion in criteria]

    def add(self, row, lineage, criteria, replaced, locked):
        policy, criterion = row['criterion'].split('.')
        try:
            waiver = Waiver(criterion, [row['partner']], None, day(row['from']) if row['from'] else None, day(row['until']), row['granted by'])
        except ValueError:
            self.unreadable += 1
            return
        if policy not in lineage:
            return
        if criterion not in lineage[policy]:
            self.unreadable += 1
        elif criterion in locked:
            self.refused += 1
        # What was replaced after it, or dropped, is another question.
        elif criterion in criteria and criterion not in replaced.get(policy, ()):
            self.waivers.append(waiver)
        else:
            self.idle.append(waiver)

    def in_force(self, today):
        return [waiver for waiver in self.waivers if is_in_force(waiver, today)]

    def counts(self, today, shown):
        """What the summary says, if these are shown somewhere."""
        everything = self.waivers + self.idle
        holding = [waiver for waiver in everything if is_in_force(waiver, today)]
        return {
            'in_force': sum(waiver in shown for waiver in holding),
            'unused': sum(waiver not in shown for waiver in holding),
            'expiring_30_days': sum((waiver.last - today).days <= 30 for waiver in holding),
            'expired': sum(waiver.last < today for waiver in everything),
            'upcoming': sum(waiver.first is not None and today < waiver.first for waiver in everything),
            'unreadable': self.unreadable,
            'refused': self.refused,
        }


def is_in_force(waiver, today):
    return waiver.last >= today and (waiver.first is None or waiver.first <= today)
