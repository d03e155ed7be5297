#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The rule of README.md worked out a second time, without Muster, from the same files. Each question answers with the
set of outcomes that are still possible; scores are worked out exactly, from all of them.
Prints a verdict a line.    truth.py [DATE]..."""
import csv
import datetime
import decimal
import fractions
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent.parent
POLICY = 'maturity.muster'
DATES = ['2025-11-23', '2026-11-23', '2027-11-23']

# criterion -> (level, kind, first day that it counts)
CRITERIA = {
    'owned': (1, 'must', None), 'described': (1, 'must', None),
    'on_call': (2, 'must', None), 'runbook_there': (2, 'must', None), 'restored': (2, 'must', None),
    'objective_met': (3, 'must', None), 'pages_useful': (3, 'must', None), 'quick': (3, 'should', None), 'drawn': (3, 'may', None),
    'fails_over': (4, 'must', None), 'patched': (4, 'must', None), 'runtime_current': (4, 'must', None),
    'little_toil': (5, 'must', None), 'costed': (5, 'must', None), 'rehearsed': (5, 'must', datetime.date(2027, 3, 1)),
}
LEVELS = ['known', 'operated', 'measured', 'resilient', 'effortless']
TIERS = {'experimental': 0, 'standard': 1, 'critical': 2}
SEVERITIES = {'Low': 0, 'low': 0, 'Medium': 1, 'medium': 1, 'Moderate': 1, 'High': 2, 'high': 2, 'Critical': 3, 'critical': 3}
UNKNOWN, ABSENT = object(), None
EITHER, OPEN = {'met', 'unmet'}, {'met', 'unmet', 'na'}
DAY = datetime.timedelta(1)


def read(row, key, reader):
    """A value, ABSENT for null, or UNKNOWN where there is nothing or nothing that can be read."""
    if key not in row:
        return UNKNOWN
    if row[key] is None:
        return ABSENT
    try:
        return reader(row[key])
    except (ValueError, KeyError, TypeError, decimal.InvalidOperation):
        return UNKNOWN


def needed(row, key, reader):
    """The same of a value that can't be absent."""
    value = read(row, key, reader)
    return UNKNOWN if value is ABSENT else value


def day(text):
    return datetime.date.fromisoformat(text)


def moment(text):
    at = datetime.datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=datetime.timezone.utc)


def german_moment(text):
    return datetime.datetime.strptime(text, '%d.%m.%Y').replace(tzinfo=datetime.timezone.utc)


def points(value):
    number = decimal.Decimal(str(value).removesuffix('%').strip())
    if not 0 <= number <= 100:
        raise ValueError(value)
    return number


def hours(text):
    if found := re.fullmatch(r'(\d+) (hour|day|minute)s?', text):
        return fractions.Fraction(found[1]) * {'hour': 1, 'day': 24, 'minute': fractions.Fraction(1, 60)}[found[2]]
    if found := re.fullmatch(r'PT(?:(\d+)H)?(?:(\d+)M)?', text):
        return int(found[1] or 0) + fractions.Fraction(int(found[2] or 0), 60)
    raise ValueError(text)


def release(text):
    """A runtime as (numbers, whether it is the release and not something before it)."""
    found = re.fullmatch(r'[vV]?(\d+(?:\.\d+)*)(-[0-9A-Za-z.-]+)?', text)
    if not found:
        raise ValueError(text)
    numbers = [int(part) for part in found[1].split('.')]
    return numbers + [0] * (6 - len(numbers)), found[2] is None


def yes_or_no(text):
    return {'yes': True, 'true': True, '1': True, 'no': False, 'false': False, '0': False}[text.lower()]


def later(at, months):
    month = at.month - 1 + months
    year, month = at.year + month // 12, month % 12 + 1
    last = (datetime.date(year + month // 12, month % 12 + 1, 1) - DAY).day
    return at.replace(year=year, month=month, day=min(at.day, last))


def judge(good):
    """Of a requirement that holds, doesn't, or of which nobody knows."""
    return EITHER if good is UNKNOWN else {'met'} if good else {'unmet'}


def asked(applies, outcomes):
    """What is left of the outcomes where the question is asked, isn't, or nobody knows whether."""
    return {'na'} | outcomes if applies is UNKNOWN else outcomes if applies else {'na'}


def known(rule, *values):
    return UNKNOWN if UNKNOWN in values else rule(*values)


class Service:
    """One service on one day."""

    def __init__(self, row, rows, today):
        self.row, self.rows, self.today = row, rows, today
        self.now = datetime.datetime.combine(today, datetime.time.max, datetime.timezone.utc)
        self.tier = needed(row, 'tier', TIERS.__getitem__)
        self.no_experiment = known(lambda tier: tier > 0, self.tier)
        self.stores_data = needed(row, 'storesData', bool)

    def counts(self, collected, until):
        return collected is not UNKNOWN and collected.date() <= self.today and until(collected) >= self.now

    def field(self, evidence, key, reader, until):
        """A field of evidence on file, unless it is too old, dated on a day to come, or not dated."""
        return needed(evidence, key, reader) if self.counts(needed(evidence, 'collected', moment), until) else UNKNOWN

    def on_file(self, key, rule):
        """unmet where nothing is on file, open where nobody knows, else what the rule says."""
        evidence = self.row.get(key, UNKNOWN)
        return {'unmet'} if evidence is ABSENT else EITHER if evidence is UNKNOWN else rule(evidence)

    def within(self, rows):
        """(those of the last 90 days, whether each row has a day)"""
        days = [(needed(row, 'day', day), row) for row in rows]
        return [row for on, row in days if on is not UNKNOWN and self.today - 90 * DAY < on <= self.today], all(on is not UNKNOWN for on, _ in days)

    # Level 1

    def owned(self):
        return judge(known(lambda team: team is not ABSENT, read(self.row, 'team', str)))

    def described(self):
        return judge(known(lambda text: len(text.strip()) >= 40, needed(self.row, 'about', str)))

    # Level 2

    def on_call(self):
        people = needed(self.row, 'onCall', lambda text: {name.strip() for name in text.split(',')} if text else set())
        return asked(self.no_experiment, judge(known(lambda names: len(names) >= 3, people)))

    def runbook_there(self):
        return self.on_file('runbook', lambda book: judge(known(lambda steps: steps >= 1, self.field(book, 'steps', int, lambda at: later(at, 6)))))

    def restored(self):
        worked = []
        for row in self.rows['restores']:
            counts = self.counts(needed(row, 'Restored on', german_moment), lambda at: at + 100 * DAY)
            worked.append(needed(row, 'Worked', yes_or_no) if counts else UNKNOWN)
        return asked(self.stores_data, judge(True if True in worked else UNKNOWN if UNKNOWN in worked else False))

    # Level 3

    def objective_met(self):
        def kept(slo):
            until = lambda at: at + 35 * DAY
            target = known(lambda share: share if share >= 50 else UNKNOWN, self.field(slo, 'target', points, until))
            return judge(known(lambda reached, target: reached >= target, self.field(slo, 'reached', points, until), target))
        return asked(self.no_experiment, self.on_file('slo', kept))

    def pages(self):
        """(how many, the fewest and the most that were worth it), or UNKNOWN where a page has no day"""
        recent, all_dated = self.within(self.rows['pages'])
        acted = [needed(row, 'acted', yes_or_no) for row in recent]
        return (len(recent), acted.count(True), acted.count(True) + acted.count(UNKNOWN)) if all_dated else UNKNOWN

    def pages_useful(self):
        pages = self.pages()
        if pages is UNKNOWN:
            return OPEN if not self.within(self.rows['pages'])[0] else EITHER
        number, fewest, most = pages
        return asked(number > 0, judge(True if 2 * fewest >= number else False if 2 * most < number else UNKNOWN))

    def quick(self):
        if not isinstance(self.row.get('releases'), list):
            return OPEN
        recent, all_dated = self.within(self.row['releases'])
        leads = [needed(row, 'lead', hours) for row in recent]
        if not all_dated or UNKNOWN in leads:
            return OPEN
        return asked(bool(leads), judge(sum(leads) <= 48 * len(leads)))

    def drawn(self):
        good = known(lambda drawn: drawn is not ABSENT and later(drawn, 24) >= self.today, read(self.row, 'diagram', day))
        return asked(self.no_experiment, judge(good))

    # Level 4

    def fails_over(self):
        def well(failover):
            until = lambda at: later(at, 12)
            passed, took = self.field(failover, 'passed', bool, until), self.field(failover, 'took', hours, until)
            in_time = known(lambda time: time <= fractions.Fraction(1, 2), took)
            return judge(False if False in (passed, in_time) else UNKNOWN if UNKNOWN in (passed, in_time) else True)
        return asked(known(lambda tier: tier == 2, self.tier), self.on_file('failover', well))

    def findings(self):
        """For each finding whether it is open today, with its severity and the day it was found."""
        for row in self.rows['findings']:
            found = needed(row, 'found', day)
            is_open = known(lambda fixed: fixed is ABSENT or fixed > self.today, read(row, 'fixed', day))
            yield needed(row, 'severity', SEVERITIES.__getitem__), found, is_open

    def patched(self):
        late = []
        for severity, found, is_open in self.findings():
            facts = [known(lambda level: level >= 2, severity), known(lambda on: on + 30 * DAY < self.today, found), is_open]
            late.append(False if False in facts else UNKNOWN if UNKNOWN in facts else True)
        return judge(False if True in late else UNKNOWN if UNKNOWN in late else True)

    def runtime_current(self):
        return judge(known(lambda runtime: runtime >= ([17, 0, 0, 0, 0, 0], True), needed(self.row, 'runtime', release)))

    # Level 5

    def little_toil(self):
        return self.on_file('toil', lambda toil: judge(known(lambda time: time <= 4, self.field(toil, 'aMonth', hours, lambda at: at + 100 * DAY))))

    def costed(self):
        return EITHER

    def rehearsed(self):
        return judge(known(lambda last: last is not ABSENT and later(last, 6) >= self.today, read(self.row, 'lastGameDay', day)))

    # What follows from the criteria

    def outcomes(self):
        for name, (_, _, first_day) in CRITERIA.items():
            yield name, {'na'} if first_day and self.today < first_day else getattr(self, name)()

    def shown(self):
        if (pages := self.pages()) is not UNKNOWN:
            yield 'pages_in_90_days', pages[0]
        slo = self.row.get('slo', UNKNOWN)
        reached = slo if slo in (UNKNOWN, ABSENT) else self.field(slo, 'reached', points, lambda at: at + 35 * DAY)
        if reached is not UNKNOWN:
            yield 'reached', None if reached is ABSENT else float(reached)
        open_findings = list(self.findings())
        # Nobody knows the oldest while one may be open, or older, than can be read.
        here = [(is_open, found) for _, found, is_open in open_findings if is_open is not False and (found is UNKNOWN or found <= self.today)]
        if all(UNKNOWN not in each for each in here):
            days = max(((self.today - found).days for _, found in here), default=None)
            yield 'oldest_finding', None if days is None else f'{days} day' + ('' if days == 1 else 's')


def score(parts, rounded):
    """The worst and the best share of weight that is met, in points, over all that is possible. None: over nothing."""
    sums = {(0, 0)}
    for weight, outcomes in parts:
        sums = {(met + weight * (outcome == 'met'), all_ + weight * (outcome != 'na')) for met, all_ in sums for outcome in outcomes}
    found = set()
    for met, all_ in sums:
        share = 100 * fractions.Fraction(met) / fractions.Fraction(all_) if all_ else None
        if rounded:
            share = 100 if share is None else (share + fractions.Fraction(1, 2)).__floor__()
            share = share if met == all_ else min(share, 99)
        found.add(share)
    shares = found - {None}
    ends = {'low': float(min(shares)), 'high': float(max(shares))} if shares else {}
    return ends | ({'none': 'possible' if shares else True} if None in found else {})


def verdict(service):
    criteria = dict(service.outcomes())
    gates = {}
    for number, level in enumerate(LEVELS, 1):
        musts = [criteria[name] for name, (of, kind, _) in CRITERIA.items() if of == number and kind == 'must']
        gates[level] = False if {'unmet'} in musts else UNKNOWN if any('unmet' in outcomes for outcomes in musts) else True
    # Level 1 of everybody, 3 of what is no experiment, 4 of what is critical; where the tier isn't known, perhaps.
    wanted = [gates['known']]
    for applies, levels in [(service.no_experiment, ['operated', 'measured']), (known(lambda tier: tier == 2, service.tier), ['resilient'])]:
        for level in levels:
            wanted.append(True if applies is False or gates[level] is True else UNKNOWN if UNKNOWN in (applies, gates[level]) else False)
    gates = {'expected': False if False in wanted else UNKNOWN if UNKNOWN in wanted else True, **gates}

    def reached(fits):
        below = 0
        while below < 5 and fits(gates[LEVELS[below]]):
            below += 1
        return LEVELS[below - 1] if below else None
    levels = {'sure': reached(lambda gate: gate is True), 'possible': reached(lambda gate: gate is not False)}
    weights = {'must': 3, 'should': 1, 'may': fractions.Fraction(1, 10)}
    upcoming = [name for name, (_, _, first_day) in CRITERIA.items() if first_day and service.today < first_day]
    return {
        'gates': {name: 'undecided' if gate is UNKNOWN else 'pass' if gate else 'fail' for name, gate in gates.items()},
        'levels': {'level': {name: level for name, level in levels.items() if level}},
        'scores': {'progress': score([(weights[CRITERIA[name][1]], outcomes) for name, outcomes in criteria.items() if name not in upcoming], True),
                   'polish': score([(2, criteria['quick']), (1, criteria['drawn'])], False)},
        'criteria': {name: next(iter(outcomes)) if len(outcomes) == 1 else 'unknown' if 'unmet' in outcomes else 'met' for name, outcomes in criteria.items()},
        'shown': dict(service.shown()),
    }


def table(name, delimiter=','):
    with open(HERE / name, newline='', encoding='utf-8') as file:
        return [{key: cell or None for key, cell in row.items()} for row in csv.DictReader(file, delimiter=delimiter)]


def verdicts(as_of):
    """(subject, verdict) in the order of the catalogue; of a line that can't be read, its place and nothing."""
    restores, pages = table('restores.csv', ';'), table('pages.csv')
    findings = json.loads((HERE / 'scans.json').read_text(encoding='utf-8'))['scan']['findings']
    for number, line in enumerate((HERE / 'services.ndjson').read_text(encoding='utf-8').splitlines(), 1):
        try:
            row = json.loads(line)
        except ValueError:
            yield f'services.ndjson:{number}', {}
            continue
        key = row['id']
        rows = {'restores': [each for each in restores if each['Service'] == key], 'pages': [each for each in pages if each['service'] == key],
                'findings': [each for each in findings if each['component'].lower() == key]}
        yield key, verdict(Service(row, rows, day(as_of)))


if __name__ == '__main__':
    for date in sys.argv[1:] or DATES:
        for subject, found in verdicts(date):
            print(json.dumps({'as_of': date, 'subject': subject, **found}))
