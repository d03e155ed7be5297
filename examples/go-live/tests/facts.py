# SPDX-License-Identifier: Apache-2.0
"""What the files of this example say of a partner, read without Muster.

A fact is a value, None where it is known that there is none, or a Hole. Records are dicts of facts, lists are lists of
them. A hole names enough of the values that it may have for every rule to find one on each side of its threshold."""
import collections
import contextlib
import csv
import datetime
import fractions
import json
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent.parent
LONG_AGO, FAR_OFF = datetime.date(1900, 1, 1), datetime.date(2900, 1, 1)
DAY = datetime.timedelta(1)

PLANS = ['basic', 'developer', 'standard', 'pro_direct', 'unified']
SEVERITIES = ['low', 'medium', 'high', 'critical']
TEST_KINDS = ['unit', 'integration', 'end_to_end', 'performance', 'security']
DRILLS = ['tabletop', 'restore', 'failover', 'failback']
OPTIONS = ['backup_and_restore', 'pilot_light', 'warm_standby', 'active_active']
BETAS = ['early_adopters', 'private_beta', 'public_beta']
MAIL, CALL = ['email', 'chat'], ['sms', 'phone', 'push', 'pager']

# The words of the data.
CARE = {'Care Developer': 'developer', 'Care Standard': 'standard', 'Care ProDirect': 'pro_direct', 'Care Unified': 'unified'}
EXERCISES = {'table-top': 'tabletop', 'restore': 'restore', 'failover': 'failover', 'fail-back': 'failback'}
RUNS = {**{kind: kind for kind in TEST_KINDS}, 'end-to-end': 'end_to_end', 'load': 'performance', 'penetration': 'security'}
WAYS = {name.replace('_', sign): name for name in OPTIONS for sign in '_ -'}
ADOPTERS = {name.replace('_', sign): name for name in BETAS for sign in '_ '}
CHANNELS = {**{name: name for name in MAIL + CALL}, 'SMS': 'sms'}


class Hole:
    """What nobody knows, by the values that it may have."""

    def __init__(self, *options):
        self.options = options


class Nothing(dict):
    """An object of which it is known that it isn't there. Nor is anything in it."""

    def __contains__(self, key):
        return True


# Readers: a value of the data to a value, or an error.

def iso_day(text):
    return datetime.date.fromisoformat(text)


def dotted_day(text):
    return datetime.datetime.strptime(text, '%d.%m.%Y').date()


def days_in(text):
    for reader, form in [(iso_day, r'\b\d{4}-\d\d-\d\d'), (dotted_day, r'\b\d\d\.\d\d\.\d{4}')]:
        for found in re.findall(form, text):
            with contextlib.suppress(ValueError):
                yield reader(found)


def instant(text):
    at = datetime.datetime.fromisoformat(text.replace('Z', '+00:00'))
    return at if at.tzinfo else at.replace(tzinfo=datetime.timezone.utc)


def seconds(text):
    units = {'second': 1, 'minute': 60, 'hour': 3600, 'day': 86400}
    if found := re.fullmatch(r'(\d+) (second|minute|hour|day)s?', text):
        return int(found[1]) * units[found[2]]
    found = re.fullmatch(r'PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?', text)
    return sum(int(number or 0) * size for number, size in zip(found.groups(), [3600, 60, 1]))


def hours(value):
    return fractions.Fraction(str(value)) * 3600


def minutes(value):
    return fractions.Fraction(str(value)) * 60


def share(value):
    """Points. There is no value beyond the range."""
    points = fractions.Fraction(str(value).removesuffix('%').strip())
    return {True: points}[0 <= points <= 100]


def ratio(value):
    return share(fractions.Fraction(str(value)) * 100)


def whole(value):
    return {True: int(str(value))}[int(str(value)) >= 0]


def yes_or_no(value):
    return value if isinstance(value, bool) else {'yes': True, 'true': True, '1': True, 'no': False, 'false': False, '0': False}[value.lower()]


def version(text):
    numbers = [int(number) for number in text.removeprefix('v').split('.')]
    return tuple(numbers + [0] * (6 - len(numbers)))


def severity(name):
    return SEVERITIES.index(name.lower())


def text(value):
    return {True: value}[isinstance(value, str)]


def plus_months(day, months):
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = (datetime.date(year + month // 12, month % 12 + 1, 1) - DAY).day
    return day.replace(year=year, month=month, day=min(day.day, last))


def one(row, key, reader, options):
    """A field that there has to be: the value, or a hole."""
    if row.get(key) is None:
        return Hole(*options)
    try:
        return reader(row[key])
    except (KeyError, ValueError, TypeError, AttributeError):
        return Hole(*options)


def maybe(row, key, reader, options):
    """A field that may be absent."""
    return None if key in row and row.get(key) is None else one(row, key, reader, [None, *options])


def record(row, key, fields):
    """A record that may be absent, by a function from its row to its fields."""
    return maybe(row, key, lambda inner: fields(inner if isinstance(inner, dict) else {}), [fields({})])


def many(row, key, fields, *ideal):
    """A list of records. One that isn't known may be empty, or as bad or as good as can be."""
    if not isinstance(row.get(key), list):
        return Hole([], [fields({})], list(ideal))
    return [fields(each if isinstance(each, dict) else {}) for each in row[key]]


def pieces(row, key, sign, *options):
    """A text that is a list."""
    if not isinstance(row.get(key), str):
        return Hole(*options)
    return [piece.strip() for piece in row[key].split(sign)] if row[key] else []


class Partner:
    """One partner on one day."""

    def __init__(self, row, contracts, drills, forms, today):
        self.row, self.today = row, today
        self.now = datetime.datetime.combine(today, datetime.time.max, datetime.timezone.utc)
        written = json.dumps([row, contracts, drills], ensure_ascii=False)
        # What a hole may be. Of values that are only compared with each other those that occur are enough, and one more.
        self.days = [LONG_AGO, FAR_OFF, today, *sorted(set(days_in(written)))]
        self.names = [' ', 'somebody else', *sorted(set(re.findall(r'"(?:name|raisedBy)": "([^"]+)"', written)))]
        self.lengths = self.counts = [0, 1, 10 ** 9]
        self.answers, self.points = [False, True], [0, 100]
        self.releases = [(0,) * 6, *[version(name) for name in re.findall(r'v(\d+\.\d+\.\d+)', written)]]
        offered = [row.get('stack') or '', *[each['Scope'] or '' for each in contracts], *[each['service'] for each in row.get('slas') or []]]
        self.services = ['a service', *[name.strip().lower() for line in offered for name in line.split(',') if name]]
        self.facts = {'today': today, 'now': self.now, **self.project(), **self.support(), **self.beta(), **self.tests(), **self.recovery(),
                      **self.failback(), **self.monitoring(), 'contract': self.contract(contracts), 'drills': [self.drill(each) for each in drills],
                      'briefing': self.answer(forms, 'briefed', 'briefed on', 'briefed note'),
                      'slas_understood': self.answer(forms, 'slas understood', 'slas on', 'slas note'),
                      'considered': self.answer(forms, 'services considered', 'services on', 'services note')}

    def under(self, key):
        """The object that holds the end of a path."""
        return Nothing() if self.row.get(key, {}) is None else self.row.get(key, {})

    def project(self):
        go_live, promises = self.under('goLive'), self.under('promises')
        services = pieces(self.row, 'stack', ',', [], *[[name] for name in self.services])
        return {
            'launch': one(go_live, 'day', dotted_day, self.days),
            'services': services if isinstance(services, Hole) else [name.lower() for name in services],
            'recovery_promised': one(promises, 'backWithin', hours, self.lengths),
            'loss_promised': one(promises, 'lossUpTo', minutes, self.lengths),
            'availability_promised': one(promises, 'uptime', ratio, self.points),
            'next': record(self.row, 'next stage', lambda row: {
                'goal': one(row, 'goal', text, self.names), 'owner': maybe(row, 'owner', text, self.names), 'starts': maybe(row, 'starts', iso_day, self.days)})}

    def support(self):
        ideal = {'name': Hole(*self.names), 'can_raise': True, 'can_track': True}
        return {
            'stakeholders': many(self.row, 'people', lambda row: {
                'name': one(row, 'name', text, self.names), 'can_raise': one(row, 'canRaiseTicket', yes_or_no, self.answers),
                'can_track': one(row, 'canTrackTicket', yes_or_no, self.answers)}, ideal, ideal),
            'tickets': many(self.under('support'), 'trials', lambda row: {
                'raised': one(row, 'raised', iso_day, self.days), 'by': one(row, 'raisedBy', text, self.names),
                'answered': maybe(row, 'answeredWithin', seconds, self.lengths)})}

    def beta(self):
        heard = {'received': self.today, 'severity': None, 'closed': None}
        return {
            'beta': record(self.row, 'beta', lambda row: {
                'kind': one(row, 'kind', ADOPTERS.__getitem__, BETAS), 'started': one(row, 'started', iso_day, self.days),
                'ended': maybe(row, 'ended', iso_day, self.days), 'users': one(row, 'users', whole, self.counts)}),
            'feedback': many(self.row, 'feedback', lambda row: {
                'received': one(row, 'received', iso_day, self.days), 'severity': maybe(row, 'severity', severity, range(4)),
                'closed': maybe(row, 'closed', iso_day, self.days)}, *[heard] * 5),
            'any_validation': Hole(None, {'date': Hole(LONG_AGO, self.today), 'passed': Hole(*self.answers)}),
            'validations': many(self.row, 'validations', lambda row: {
                'what': one(row, 'what', ['application', 'deployment'].index, range(2)), 'date': one(row, 'date', iso_day, self.days),
                'passed': one(row, 'passed', yes_or_no, self.answers)})}

    def tests(self):
        release = one(self.under('goLive'), 'tag', lambda tag: version(tag.removeprefix('release/')), self.releases)
        quality = self.under('quality')
        coverage = {'release': one(quality, 'measuredOn', version, self.releases), 'lines': one(quality, 'lineRate', ratio, self.points)}
        return {
            'release': release,
            'runs': many(self.row, 'testRuns', lambda row: {
                'kind': one(row, 'kind', RUNS.__getitem__, TEST_KINDS), 'release': one(row, 'release', version, self.releases),
                'finished': one(row, 'finished', iso_day, self.days), 'passed': one(row, 'passed', whole, self.counts), 'failed': one(row, 'failed', whole, self.counts)},
                *[{'kind': kind, 'release': release, 'finished': LONG_AGO, 'passed': 1, 'failed': 0} for kind in TEST_KINDS]),
            'any_run': Hole(None, {'passed': 0, 'failed': 0}, {'passed': 1, 'failed': 0}),
            # There is a figure as soon as one of its two parts is there.
            'coverage': coverage if {'measuredOn', 'lineRate'} & set(quality) else Hole(None, coverage),
            'defects': many(quality, 'bugs', lambda row: {'severity': one(row, 'severity', severity, range(4)), 'closed': maybe(row, 'closed', iso_day, self.days)})}

    def recovery(self):
        def plan(row):
            row = row if self.in_time(row, 'collected', 12) else {}
            options = [WAYS.get(option, Hole(*OPTIONS)) for option in row['options']] if 'options' in row else Hole([], OPTIONS)
            return {'owner': one(row, 'owner', text, self.names), 'rto': one(row, 'rto', seconds, self.lengths), 'rpo': one(row, 'rpo', seconds, self.lengths), 'options': options}
        return {
            'recovery': record(self.under('plans'), 'recovery', plan),
            'slas': many(self.row, 'slas', lambda row: {'service': one(row, 'service', text, self.services), 'availability': one(row, 'availability', share, self.points)},
                         *[{'service': service, 'availability': 100} for service in self.services]),
            'any_drill': Hole(None, {'date': Hole(LONG_AGO, self.today), 'passed': Hole(*self.answers), 'took': Hole(None, *self.lengths)})}

    def failback(self):
        def plan(row):
            row = row if self.in_time(row, 'collected', 12) else {}
            return {'decides': one(row, 'decidedBy', text, self.names), 'loss': maybe(row, 'dataLoss', seconds, self.lengths),
                    'accepted_by': maybe(row, 'dataLossAcceptedBy', text, self.names)}
        return {
            'failback': record(self.under('plans'), 'backOut', plan),
            'pipeline': record(self.row, 'delivery', lambda row: {'steps': one(row, 'manualSteps', whole, self.counts), 'rollback': maybe(row, 'lastRollback', iso_day, self.days)})}

    def monitoring(self):
        alerting, parts = self.under('alerting'), self.row.get('parts')
        moments = [instant('1900-01-01'), instant('2900-01-01'), self.now]
        return {
            'components': [{'name': name, 'heard': maybe(each, 'lastTelemetry', instant, moments)} for name, each in parts.items()] if isinstance(parts, dict)
            else Hole([], [{'name': 'a part', 'heard': Hole(None, self.now)}]),
            'dashboards': pieces(alerting, 'dashboards', ';', [], ['a part', *(parts or {})]),
            'routes': many(alerting, 'routes', lambda row: {'channel': one(row, 'channel', CHANNELS.__getitem__, MAIL + CALL), 'reaches': one(row, 'reaches', text, self.names)},
                           {'channel': 'email', 'reaches': 'ops'}, {'channel': 'sms', 'reaches': 'ops'}),
            'any_alert_test': Hole(None, {'date': Hole(LONG_AGO, self.today), 'reached': Hole(None, 'ops'), 'after': Hole(None, *self.lengths),
                                          'customers_first': Hole(*self.answers)}),
            'alert_tests': many(alerting, 'trials', lambda row: {
                'date': one(row, 'date', iso_day, self.days), 'reached': maybe(row, 'reached', text, self.names), 'after': maybe(row, 'after', seconds, self.lengths),
                'customers_first': one(row, 'customersNoticedFirst', yes_or_no, self.answers)},
                {'date': self.today, 'reached': 'ops', 'after': 0, 'customers_first': False}),
            'shifts': many(self.row, 'onCall', lambda row: {
                'name': one(row, 'name', text, self.names), 'starts': one(row, 'starts', iso_day, self.days), 'ends': one(row, 'ends', iso_day, self.days)},
                {'name': 'one', 'starts': LONG_AGO, 'ends': FAR_OFF}, {'name': 'another', 'starts': LONG_AGO, 'ends': FAR_OFF})}

    def contract(self, rows):
        """Contracts are a closed world: no row is no contract. Two rows are a riddle."""
        def read(row):
            return {'plan': one(row, 'Product', lambda name: PLANS.index(CARE[name]), range(5)), 'starts': one(row, 'From', dotted_day, self.days),
                    'ends': one(row, 'Until', dotted_day, self.days), 'response': one(row, 'Critical (min)', minutes, self.lengths),
                    'covers': [name.lower() for name in pieces({'Scope': row['Scope'] or ''}, 'Scope', ',')] if row else Hole([], self.services)}
        return None if not rows else read(rows[0]) if len(rows) == 1 else Hole(None, read({}))

    def drill(self, row):
        return {'kind': one(row, 'exercise', lambda name: EXERCISES[name.lower()], DRILLS), 'date': one(row, 'held', iso_day, self.days),
                'passed': one(row, 'outcome', lambda name: {'passed': True, 'failed': False}[name.lower()], self.answers), 'took': maybe(row, 'minutes', minutes, self.lengths)}

    def answer(self, rows, answer, collected, note):
        """One row is an answer; without a row, or with two, nobody knows what was said, or whether anything was."""
        unknown = {'yes': Hole(*self.answers), 'note': Hole(None, *self.names)}
        if len(rows) != 1:
            return Hole(None, unknown)
        row = rows[0]
        return {'yes': one(row, answer, yes_or_no, self.answers), 'note': row[note]} if self.in_time(row, collected, 6) else unknown

    def in_time(self, row, key, months):
        """Whether evidence is dated, and no older than so many months."""
        at = one(row, key, instant, [])
        if isinstance(at, Hole) or at.astimezone(datetime.timezone.utc).date() > self.today:
            return False
        until = plus_months(at, months)
        return until >= self.now and not (row.get('expires') and instant(row['expires']) < self.now)


def rows_of(name, key, delimiter):
    rows = collections.defaultdict(list)
    with open(HERE / name, newline='', encoding='utf-8') as file:
        for row in csv.DictReader(file, delimiter=delimiter):
            # A row that is too long can't be read.
            if None not in row:
                rows[row[key].lower()].append({column: cell or None for column, cell in row.items()})
    return rows


def partners(today):
    """(key, facts) in the order of the portfolio; of a line that can't be read its file and number, and none."""
    contracts, drills, forms = rows_of('contracts.csv', 'Customer', ';'), rows_of('drills.csv', 'partner', ','), rows_of('attestations.csv', 'partner', ',')
    for number, line in enumerate((HERE / 'partners.ndjson').read_text(encoding='utf-8').splitlines(), 1):
        try:
            row = json.loads(line)
        except ValueError:
            yield f'partners.ndjson:{number}', None
            continue
        key = row['partnerId']
        yield key, Partner(row, contracts[key], drills[key], forms[key], today).facts
