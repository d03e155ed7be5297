#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The rule of README.md worked out a second time, without Muster: from the same files, by going through every world
that the evidence leaves possible. A fact is the list of values that it may have; what nobody knows may be anything.
Prints a verdict a line.    truth.py [DATE]..."""
import collections
import csv
import datetime
import itertools
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent.parent
POLICY = 'review.muster'
DATES = ['2025-11-23', '2026-11-23', '2027-11-23']

RISKS = ['negligible', 'low', 'medium', 'high']
SEVERITIES = {'SEV1': 'sev1', '1': 'sev1', 'sev1': 'sev1', 'SEV2': 'sev2', '2': 'sev2', 'sev2': 'sev2', 'SEV3': 'sev3', '3': 'sev3', 'sev3': 'sev3'}
# What nobody knows, and what is known not to be there.
UNKNOWN, ABSENT = object(), None
# Where the value of a fact is unknown, one value of each band stands for all of them.
ANY_DAY = [datetime.date(1900, 1, 1), datetime.date(2900, 1, 1)]
ANY_MINUTES = [0, 10, 16, 61, 10 ** 9]
ANY_COUNT = [0, 1, 2, 3, 5, 10 ** 9]


class Unreadable(Exception):
    pass


def read(row, key, reader):
    """The value in a row of the catalogue: a key that isn't there is unknown, a null is absent."""
    if key not in row:
        return UNKNOWN
    if row[key] is None:
        return ABSENT
    try:
        return reader(row[key])
    except (Unreadable, ValueError):
        return UNKNOWN


def day(text):
    return datetime.date.fromisoformat(text)


def launch_day(text):
    return datetime.datetime.strptime(text, '%d %b %Y').date()


def instant(text):
    at = datetime.datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=datetime.timezone.utc)


def whole(value):
    return int(str(value))


def seconds(text):
    if found := re.fullmatch(r'(\d+) (second|minute|hour|day)s?', text):
        return int(found[1]) * {'second': 1, 'minute': 60, 'hour': 3600, 'day': 86400}[found[2]]
    if found := re.fullmatch(r'PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?', text):
        return int(found[1] or 0) * 3600 + int(found[2] or 0) * 60 + int(found[3] or 0)
    raise Unreadable(text)


def minutes(text):
    return seconds(text) / 60


def share(value):
    number = float(str(value).removesuffix('%').strip())
    if not 0 <= number <= 100:
        raise Unreadable(value)
    return number


def plus_months(at, months):
    month = at.month - 1 + months
    year, month = at.year + month // 12, month % 12 + 1
    last = (datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(1)).day
    return at.replace(year=year, month=month, day=min(at.day, last))


def plus_days(at, number):
    return at + datetime.timedelta(number)


def one_known(value):
    """A field that can't be absent: no value is not known either."""
    return UNKNOWN if value is ABSENT else value


def may_be(value, anything):
    return anything if value is UNKNOWN else [value]


def worlds(rule, *facts):
    return {rule(*world) for world in itertools.product(*facts)}


def status(outcomes):
    """What is shown of the outcomes that are possible."""
    if len(outcomes) == 1:
        return next(iter(outcomes))
    return 'unknown' if 'unmet' in outcomes else 'met'


def outcome_of(gate):
    return 'undecided' if len(gate) == 2 else 'pass' if True in gate else 'fail'


class Review:
    """One service on one day."""

    def __init__(self, service, answers, incidents, today):
        self.service, self.incidents, self.today = service, incidents, today
        self.now = datetime.datetime.combine(today, datetime.time.max, datetime.timezone.utc)
        self.answers = self.questionnaire(answers)
        self.stores_data = may_be(one_known(read(service, 'storesData', bool)), [False, True])

    def counts(self, collected, until):
        """Whether evidence of this time may be used today."""
        return collected is not UNKNOWN and collected.date() <= self.today and until(collected) >= self.now

    def questionnaire(self, rows):
        answers = dict.fromkeys(['people', 'paged', 'rollback', 'target'], UNKNOWN)
        if len(rows) != 1:
            return answers
        row = {key: value or None for key, value in rows[0].items()}
        if not self.counts(one_known(read(row, 'answered', instant)), lambda at: plus_months(at, 12)):
            return answers
        answers['people'] = one_known(read(row, 'people on call', whole))
        if answers['people'] is not UNKNOWN and not 0 <= answers['people'] <= 100:
            answers['people'] = UNKNOWN
        answers['paged'] = one_known(read(row, 'paged within', float))
        answers['rollback'] = read(row, 'last rollback', float)
        answers['target'] = one_known(read(row, 'restore target', float))
        return answers

    def tested(self, key, until, fields):
        """The worlds of a test on file: none, or a tuple of its fields, each unknown or a value."""
        test = self.service.get(key, UNKNOWN)
        if test is ABSENT:
            return [ABSENT]
        if test is UNKNOWN:
            return [ABSENT, *itertools.product(*[anything for _, _, anything in fields])]
        collected = one_known(read(test, 'collected', instant))
        good = self.counts(collected, until)
        if test.get('expires') and self.now > instant(test['expires']):
            good = False
        return list(itertools.product(*[may_be(one_known(read(test, name, reader)) if good else UNKNOWN, anything) for name, reader, anything in fields]))

    # The seven risks, each as the set of those that are possible.

    def rehearsal(self):
        days = self.service.get('gameDays', UNKNOWN)
        held = [] if days is UNKNOWN else [one_known(read(each, 'held', day)) for each in days]
        if days is UNKNOWN or UNKNOWN in held:
            return set(RISKS), UNKNOWN
        past = [(when, number) for number, when in enumerate(held) if when <= self.today]
        if not past:
            return {'high'}, ABSENT
        when, number = max(past)
        since = (self.today - when).days
        actions = may_be(one_known(read(days[number], 'openActions', whole)), ANY_COUNT)
        scale = lambda actions: 'high' if since > 365 else 'medium' if since > 180 or actions else 'low' if since > 90 else 'negligible'
        return worlds(scale, actions), since

    def down(self):
        """Minutes of the last 90 days; unknown as soon as a day or a length is."""
        total = 0
        for incident in self.incidents:
            opened, lasted = one_known(read(incident, 'opened', day)), one_known(read(incident, 'minutes', float))
            inside = opened is UNKNOWN or plus_days(self.today, -90) < opened <= self.today
            if inside and UNKNOWN in (opened, lasted):
                return UNKNOWN
            total += lasted if inside else 0
        return total

    def budget(self):
        down, allowed = self.down(), one_known(read(self.service, 'allowedDowntime', float))
        if UNKNOWN in (down, allowed):
            return set(RISKS), UNKNOWN
        used = 'high' if down > allowed else 'medium' if down > allowed * 3 / 4 else 'low' if down > allowed / 2 else 'negligible'
        return {used}, allowed - down

    def data(self):
        tests = self.tested('restoreTest', lambda at: plus_months(at, 12), [('recovered', share, [0, 100]), ('took', minutes, ANY_MINUTES)])
        on_file = self.service.get('restoreTest') or {}
        collected = read(on_file, 'collected', instant)
        long_ago = [False, True] if collected is UNKNOWN else [plus_days(collected.astimezone(datetime.timezone.utc).date(), 180) < self.today]

        def scale(stores, test, target, old):
            if not stores:
                return 'negligible'
            if test is ABSENT or test[0] < 100 or test[1] > 2 * target:
                return 'high'
            return 'medium' if test[1] > target else 'low' if old else 'negligible'
        return worlds(scale, self.stores_data, tests, may_be(self.answers['target'], [1, 40, 10 ** 10]), long_ago)

    def people(self):
        scale = lambda people, paged: 'high' if people < 2 else 'medium' if people < 4 or paged > 15 else 'low' if people < 6 else 'negligible'
        return worlds(scale, may_be(self.answers['people'], ANY_COUNT), may_be(self.answers['paged'], ANY_MINUTES))

    def releases(self):
        scale = lambda took: 'high' if took is ABSENT or took > 60 else 'medium' if took > 15 else 'low' if took > 5 else 'negligible'
        return worlds(scale, may_be(self.answers['rollback'], [ABSENT, *ANY_MINUTES]))

    def peak(self):
        tests = self.tested('loadTest', lambda at: plus_days(at, 180), [('peak', whole, ANY_COUNT)])
        expected = one_known(read(self.service, 'expectedPeak', whole))

        def scale(test, expected):
            if test is ABSENT or test[0] < expected:
                return 'high'
            return 'medium' if 2 * test[0] < 3 * expected else 'low' if test[0] < 2 * expected else 'negligible'
        # So many times nothing is no number.
        if expected == 0 and tests != [ABSENT]:
            return set(RISKS)
        return worlds(scale, tests, may_be(expected, [1, 2, 3, 10 ** 10]))

    def waiting(self):
        dependencies = self.service.get('dependencies', UNKNOWN)
        if dependencies is UNKNOWN:
            return set(RISKS)
        timeouts = [may_be(read(each, 'timeout', seconds), [ABSENT, 1]) for each in dependencies]
        return worlds(lambda *each: RISKS[min(each.count(ABSENT), 3)], *timeouts)

    # Criteria that are no risk.

    def in_time(self):
        def outcome(launch):
            if launch is ABSENT or launch < self.today:
                return 'na'
            return 'met' if launch >= plus_days(self.today, 14) else 'unmet'
        return worlds(outcome, may_be(read(self.service, 'launch', launch_day), [ABSENT, *ANY_DAY, self.today]))

    def runbook(self):
        if self.today < datetime.date(2026, 7, 1):
            return {'na'}
        good = lambda checked: 'met' if checked is not ABSENT and plus_months(checked, 6) >= self.today else 'unmet'
        return worlds(good, may_be(read(self.service, 'runbookChecked', day), [ABSENT, *ANY_DAY]))

    def learned(self):
        def good(severity, opened, learned):
            due = severity == 'sev1' and plus_days(opened, 14) < self.today
            return 'unmet' if due and (learned is ABSENT or learned > plus_days(opened, 14)) else 'met'
        found = []
        for incident in self.incidents:
            severity = SEVERITIES.get(incident['severity'], UNKNOWN)
            facts = [may_be(severity, ['sev1', 'sev2']), may_be(one_known(read(incident, 'opened', day)), ANY_DAY), may_be(read(incident, 'learned', day), [ABSENT, *ANY_DAY])]
            found.append(worlds(good, *facts))
        return worlds(lambda *each: 'unmet' if 'unmet' in each else 'met', *found)

    def verdict(self):
        rehearsal, since = self.rehearsal()
        budget, left = self.budget()
        risks = {'game_day_held': rehearsal, 'budget_left': budget, 'restorable': self.data(), 'reachable': self.people(),
                 'reversible': self.releases(), 'carries_peak': self.peak(), 'gives_up': self.waiting()}
        criteria = {'owned': worlds(lambda team: 'unmet' if team is ABSENT else 'met', may_be(read(self.service, 'team', str), [ABSENT, 'x'])), 'in_time': self.in_time()}
        for name, possible in risks.items():
            criteria[name] = {'met' if risk in ('negligible', 'low') else 'unmet' for risk in possible}
        if False in self.stores_data:
            criteria['restorable'] = criteria['restorable'] | {'na'} if True in self.stores_data else {'na'}
        criteria |= {'runbook': self.runbook(), 'learned': self.learned()}

        limited, launch, worst = set(), set(), set()
        basics = worlds(lambda *each: 'unmet' not in each, criteria['owned'], criteria['in_time'])
        for world in itertools.product(*risks.values()):
            troubled = sum(risk in ('medium', 'high') for risk in world)
            worst.add(max(world, key=RISKS.index))
            limited |= {good and 'high' not in world and troubled <= 2 for good in basics}
            launch |= {good and troubled == 0 for good in basics}
        reached = lambda wanted: 'launch' if launch in wanted and limited in wanted else 'limited' if limited in wanted else None
        names = ['rehearsal', 'budget', 'data', 'people', 'releases', 'peak', 'waiting']
        possible_risks = {'worst_risk': worst, **dict(zip(names, risks.values()))}
        shown = {**{name: next(iter(possible)) for name, possible in possible_risks.items() if len(possible) == 1},
                 'days_since_game_day': since if since in (UNKNOWN, ABSENT) else in_words(since * 1440),
                 'budget_left': UNKNOWN if left is UNKNOWN else in_words(left)}
        levels = {'sure': reached([{True}]), 'possible': reached([{True}, {False, True}])}
        return {
            'gates': {'launch': outcome_of(launch), 'limited': outcome_of(limited)},
            'levels': {'traffic': {name: level for name, level in levels.items() if level}},
            'criteria': {name: status(outcomes) for name, outcomes in criteria.items()},
            'shown': {name: value for name, value in shown.items() if value is not UNKNOWN},
        }


def in_words(number):
    """Minutes in the largest unit that divides them."""
    unit, size = next((unit, size) for unit, size in [('day', 1440), ('hour', 60), ('minute', 1)] if number % size == 0)
    count = int(number // size)
    return f'{count} {unit}' + ('' if abs(count) == 1 else 's')


def rows_of(name):
    rows = collections.defaultdict(list)
    with open(HERE / name, newline='', encoding='utf-8') as file:
        for row in csv.DictReader(file):
            rows[row['service']].append({key: value or None for key, value in row.items()})
    return rows


def verdicts(as_of):
    """(subject, verdict) in the order of the catalogue; a verdict holds what the results of Muster hold."""
    answers, incidents = rows_of('answers.csv'), rows_of('incidents.csv')
    for line in (HERE / 'services.ndjson').read_text(encoding='utf-8').splitlines():
        service = json.loads(line)
        yield service['id'], Review(service, answers[service['id']], incidents[service['id']], day(as_of)).verdict()


if __name__ == '__main__':
    for date in sys.argv[1:] or DATES:
        for subject, found in verdicts(date):
            print(json.dumps({'as_of': date, 'subject': subject, **found}))
