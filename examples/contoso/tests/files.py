# SPDX-License-Identifier: Apache-2.0
"""What the files of this example say of a partner, read without Muster into the facts that the go-live review's second
working-out takes, and those that Contoso and its health division add."""
import collections
import csv
import datetime
import json
import pathlib
import re

import facts
from facts import (CALL, DRILLS, FAR_OFF, LONG_AGO, MAIL, OPTIONS, PLANS, TEST_KINDS, WAYS, CHANNELS, RUNS, Hole, days_in, instant, iso_day, many,
                   maybe, minutes, one, plus_months, record, seconds, severity, share, text, version, whole, yes_or_no)

HERE = pathlib.Path(__file__).resolve().parent.parent
CONTRACTS = {'ProDirect': 'pro_direct', **{name.capitalize(): name for name in PLANS}}
REGIONS = {'EU': 'europe', 'West Europe': 'europe', 'North Europe': 'europe', 'UK': 'britain', 'UK South': 'britain', 'US': 'america', 'East US': 'america',
           'West US': 'america', 'APAC': 'asia', 'Southeast Asia': 'asia'}
EXPOSURES = {'office': 'internal', 'VPN': 'internal', 'internet': 'internet'}


class Partner(facts.Partner):
    """One partner on one day, whose early users are written down as in the other example. `rows` are those that the joined files have of it."""

    def __init__(self, row, rows, today, pentest_months):
        self.row, self.rows, self.today, self.pentest_months = row, rows, today, pentest_months
        self.now = datetime.datetime.combine(today, datetime.time.max, datetime.timezone.utc)
        written = json.dumps([row, rows], ensure_ascii=False)
        self.days = [LONG_AGO, FAR_OFF, today, *sorted(set(days_in(written)))]
        self.names = [' ', 'somebody else', *sorted(set(re.findall(r'"(?:name|raisedBy)": "([^"]+)"', written)))]
        self.lengths = self.counts = [0, 1, 10 ** 9]
        self.answers, self.points = [False, True], [0, 100]
        self.releases = [(0,) * 6, *[version(name) for name in re.findall(r'v(\d+\.\d+\.\d+)', written)]]
        self.services = ['a service', *sorted(set(row['services']))]
        self.facts = {'today': today, 'now': self.now, **self.project(), **self.people(), **self.beta(), **self.tests(), **self.plans(), **self.monitoring(), **self.joined(),
                      **self.security(), **self.health()}

    def project(self):
        promised = self.row['promised']
        return {
            'launch': one(self.row, 'goLive', iso_day, self.days),
            'services': self.row['services'],
            'release': version(self.row['release']),
            'recovery_promised': one(promised, 'recoveryTime', seconds, self.lengths),
            'loss_promised': one(promised, 'dataLoss', seconds, self.lengths),
            'availability_promised': one(promised, 'availability', share, self.points),
            'promised_regions': [REGIONS[name] for name in self.row['promisedRegions']],
            'status_page': maybe(self.row, 'statusPage', text, ['http://', 'https://']),
            'next': record(self.row, 'nextStage', lambda row: {
                'goal': one(row, 'goal', text, self.names), 'owner': maybe(row, 'owner', text, self.names), 'starts': maybe(row, 'starts', iso_day, self.days)})}

    def people(self):
        ideal = {'name': Hole(*self.names), 'can_raise': True, 'can_track': True}
        return {
            'stakeholders': many(self.row, 'stakeholders', lambda row: {
                'name': one(row, 'name', text, self.names), 'can_raise': one(row, 'canRaiseTicket', yes_or_no, self.answers),
                'can_track': one(row, 'canTrackTicket', yes_or_no, self.answers)}, ideal, ideal),
            'tickets': many(self.row, 'testTickets', lambda row: {
                'raised': one(row, 'raised', iso_day, self.days), 'by': one(row, 'raisedBy', text, self.names),
                'answered': maybe(row, 'answeredWithin', seconds, self.lengths)}),
            **{fact: record(self.row, key, self.answer) for fact, key in {'briefing': 'supportBriefing', 'slas_understood': 'slasUnderstood', 'considered': 'servicesConsidered'}.items()}}

    def answer(self, row):
        return self.dated(row, 'collected', 6, lambda row: {'yes': one(row, 'answer', yes_or_no, self.answers), 'note': maybe(row, 'note', text, self.names)})

    def tests(self):
        release = version(self.row['release'])
        return {
            'runs': many(self.row, 'testRuns', lambda row: {
                'kind': one(row, 'kind', lambda name: RUNS.get(name, name), TEST_KINDS), 'release': one(row, 'release', version, self.releases),
                'finished': one(row, 'finished', iso_day, self.days), 'passed': one(row, 'passed', whole, self.counts), 'failed': one(row, 'failed', whole, self.counts)},
                *[{'kind': kind, 'release': release, 'finished': LONG_AGO, 'passed': 1, 'failed': 0} for kind in [*TEST_KINDS, 'accessibility']]),
            'any_run': Hole(None, {'passed': 0, 'failed': 0}, {'passed': 1, 'failed': 0}),
            'coverage': record(self.row, 'testCoverage', lambda row: {'release': one(row, 'release', version, self.releases), 'lines': one(row, 'lines', share, self.points)}),
            'defects': many(self.row, 'defects', lambda row: {'severity': one(row, 'severity', severity, range(4)), 'closed': maybe(row, 'closed', iso_day, self.days)})}

    def plans(self):
        def recovery(row):
            options = [WAYS[option] for option in row['options']] if 'options' in row else Hole([], OPTIONS)
            return {'owner': one(row, 'owner', text, self.names), 'rto': one(row, 'rto', seconds, self.lengths), 'rpo': one(row, 'rpo', seconds, self.lengths), 'options': options}

        def failback(row):
            return {'decides': one(row, 'decidedBy', text, self.names), 'loss': maybe(row, 'dataLoss', seconds, self.lengths),
                    'accepted_by': maybe(row, 'dataLossAcceptedBy', text, self.names)}
        return {
            'recovery': record(self.row, 'recovery', lambda row: self.dated(row, 'collected', 12, recovery)),
            'failback': record(self.row, 'failback', lambda row: self.dated(row, 'collected', 12, failback)),
            'slas': many(self.row, 'slas', lambda row: {'service': one(row, 'service', text, self.services), 'availability': one(row, 'availability', share, self.points)},
                         *[{'service': service, 'availability': 100} for service in self.services]),
            'pipeline': record(self.row, 'pipeline', lambda row: {'steps': one(row, 'manualSteps', whole, self.counts), 'rollback': maybe(row, 'lastRollback', iso_day, self.days)})}

    def monitoring(self):
        moments = [instant('1900-01-01'), instant('2900-01-01'), self.now]
        return {
            'components': [{'name': name, 'heard': maybe(each, 'lastTelemetry', instant, moments)} for name, each in self.row['components'].items()],
            'dashboards': self.row.get('dashboards', Hole([], list(self.row['components']))),
            'routes': many(self.row, 'alertRoutes', lambda row: {'channel': one(row, 'channel', CHANNELS.__getitem__, MAIL + CALL), 'reaches': one(row, 'reaches', text, self.names)},
                           {'channel': 'email', 'reaches': 'ops'}, {'channel': 'sms', 'reaches': 'ops'}),
            'any_alert_test': Hole(None, {'date': Hole(LONG_AGO, self.today), 'reached': Hole(None, 'ops'), 'after': Hole(None, *self.lengths),
                                          'customers_first': Hole(*self.answers)}),
            'alert_tests': many(self.row, 'alertTests', lambda row: {
                'date': one(row, 'date', iso_day, self.days), 'reached': maybe(row, 'reached', text, self.names), 'after': maybe(row, 'after', seconds, self.lengths),
                'customers_first': one(row, 'customersNoticedFirst', yes_or_no, self.answers)},
                {'date': self.today, 'reached': 'ops', 'after': 0, 'customers_first': False}),
            'shifts': many(self.row, 'onCall', lambda row: {
                'name': one(row, 'name', text, self.names), 'starts': one(row, 'starts', iso_day, self.days), 'ends': one(row, 'ends', iso_day, self.days)},
                {'name': 'one', 'starts': LONG_AGO, 'ends': FAR_OFF}, {'name': 'another', 'starts': LONG_AGO, 'ends': FAR_OFF})}

    def joined(self):
        """Contracts and rehearsals are closed worlds: no row is none."""
        contract = self.only('contracts', lambda row: {
            'plan': one(row, 'plan', lambda name: PLANS.index(CONTRACTS[name]), range(5)), 'starts': one(row, 'from', iso_day, self.days),
            'ends': one(row, 'until', iso_day, self.days), 'response': one(row, 'answered within (min)', minutes, self.lengths),
            'covers': [name.strip() for name in row['covers'].split(';')] if row.get('covers') else Hole([], self.services)}, if_none=None)
        return {
            'contract': contract,
            'any_drill': Hole(None, {'date': Hole(LONG_AGO, self.today), 'passed': Hole(*self.answers), 'took': Hole(None, *self.lengths)}),
            'drills': [{'kind': one(row, 'what', lambda name: {name: name for name in DRILLS}[name], DRILLS), 'date': one(row, 'held', iso_day, self.days),
                        'passed': one(row, 'outcome', {'passed': True, 'failed': False}.__getitem__, self.answers), 'took': maybe(row, 'minutes', minutes, self.lengths)}
                       for row in self.rows['rehearsals']]}

    def security(self):
        def footprint(row):
            return {
                'exposure': one(row, 'reachable from', EXPOSURES.__getitem__, ['internal', 'internet']),
                'regions': [REGIONS[name.strip()] for name in row['data in'].split(';')] if row.get('data in') else Hole([], ['europe'], ['asia']),
                'secrets': maybe(row, 'secrets exchanged', iso_day, self.days)}

        def findings(row):
            return {'findings': many(row, 'findings', lambda row: {'severity': one(row, 'severity', severity, range(4)), 'fixed': maybe(row, 'fixed', iso_day, self.days)},
                                     {'severity': 0, 'fixed': LONG_AGO})}

        def report(row):
            # The day of the report stays known when what it found is too old to count.
            return {**self.dated(row, 'reported', self.pentest_months, findings), 'reported': one(row, 'reported', instant, [instant('1900-01-01'), self.now])}
        return {'footprint': self.only('footprints', footprint, if_none=footprint({})), 'pentest': self.only('pentests', report, if_none=None)}

    def health(self):
        def clinical(row):
            return {'patients': one(row, 'patient data', yes_or_no, self.answers), 'officer': maybe(row, 'safety officer', str.strip, self.names),
                    'paper': maybe(row, 'paper drill', iso_day, self.days)}

        def assessment(row):
            return self.dated(row, 'decided', 12, lambda row: {'approved': one(row, 'decision', {'approved': True, 'rejected': False}.__getitem__, self.answers)})
        return {'clinical': self.only('clinical', clinical, if_none=clinical({})), 'assessment': self.only('assessments', assessment, if_none=None)}

    def only(self, name, fields, if_none):
        """The one row of a file. Two contradict each other; where there may be none, there may be none then, too."""
        rows = self.rows[name]
        if not rows:
            return if_none
        return fields(rows[0]) if len(rows) == 1 else fields({}) if if_none else Hole(None, fields({}))

    def dated(self, row, key, months, fields):
        """Evidence that counts for so many months, from its day on."""
        at = one(row, key, instant, [])
        known = not isinstance(at, Hole) and at.astimezone(datetime.timezone.utc).date() <= self.today and plus_months(at, months) >= self.now
        return fields(row if known else {})


def rows_of(name):
    with open(HERE / name, newline='', encoding='utf-8') as file:
        if name.endswith('.ndjson'):
            return [json.loads(line) for line in file]
        return [{column: cell or None for column, cell in row.items()} for row in csv.DictReader(file)]


def partners(today, pentest_months):
    """(key, facts) in the order of the portfolio; of a line that can't be read its file and number, and none."""
    joined = {}
    for name in ['contracts.csv', 'rehearsals.csv', 'footprints.csv', 'pentests.ndjson', 'clinical.csv', 'assessments.csv']:
        joined[name.split('.')[0]] = rows = collections.defaultdict(list)
        for row in rows_of(name):
            rows[row['partner']].append(row)
    for number, line in enumerate((HERE / 'partners.ndjson').read_text(encoding='utf-8').splitlines(), 1):
        try:
            row = json.loads(line)
        except ValueError:
            yield f'partners.ndjson:{number}', None
            continue
        key = row['partner']
        yield key, Partner(row, {name: rows[key] for name, rows in joined.items()}, today, pentest_months).facts
