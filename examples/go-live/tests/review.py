# SPDX-License-Identifier: Apache-2.0
"""The review of docs/golive.md worked out a second time, without Muster, from facts (facts.py says what those are).

Each rule is written for a partner of whom everything is known. Where something isn't, the rule is tried in every world
that the holes leave possible; only those that it looks into are filled."""
import datetime

from facts import CALL, DAY, FAR_OFF, MAIL, PLANS, SEVERITIES, TEST_KINDS, Hole, plus_months

# The thresholds that policies of one's own move. Any of a partner's facts may stand in for them.
LIMITS = {
    'min_support_plan': 'standard',
    'max_first_response': 3600,
    'min_beta_users': 5,
    'min_coverage': 80,
    'max_drill_age': 6,
    'max_alert_delay': 900,
}

CRITERIA = {
    'support': 'must support_contract, must support_in_force, must support_contacts, must support_ticket, should support_scope',
    'beta': 'should beta_programme, should beta_feedback, must beta_blockers, should application_validated, should deployment_validated',
    'tests': 'must tests_passed, must no_blockers, should coverage, must tests_before_launch',
    'recovery': 'must recovery_plan, must recovery_objectives, should recovery_slas, should recovery_options, must recovery_tested, should recovery_in_time',
    'fail-back': 'must failback_plan, must failback_rehearsed, should deployment_pipeline, must data_loss_accepted',
    'monitoring': 'must monitoring_dashboards, must monitoring_telemetry, must monitoring_alerts, must alert_proven, must on_call',
    'next stage': 'should next_stage, may next_services',
}
# criterion -> (topic, level)
LISTED = {each.split()[1]: (topic, each.split()[0]) for topic, line in CRITERIA.items() for each in line.split(', ')}
LIMITED = ['support', 'tests', 'fail-back', 'monitoring']
MATURITY = ['limited', 'ready', 'thorough']
WEIGHTS = {'must': 3, 'should': 2, 'may': 1}
APPLICATION, DEPLOYMENT = range(2)


# What isn't known, and the worlds that it leaves.

class World:
    """One way to fill the holes: a list of choices, in the order in which they are asked for."""

    def __init__(self, choices):
        self.choices, self.filled, self.known = choices, [], {}

    def open(self, thing):
        while isinstance(thing, Hole):
            if id(thing) not in self.known:
                choice = self.choices[len(self.filled)] if len(self.filled) < len(self.choices) else 0
                self.filled.append((choice, len(thing.options)))
                self.known[id(thing)] = thing.options[choice]
            thing = self.known[id(thing)]
        return Fact(self, thing) if isinstance(thing, dict) else Facts(self, thing) if isinstance(thing, list) else thing


class Fact:
    def __init__(self, world, fields):
        self.world, self.fields = world, fields

    def __getattr__(self, name):
        return self.world.open(self.fields[name])


class Facts:
    def __init__(self, world, elements):
        self.world, self.elements = world, elements

    def __iter__(self):
        return map(self.world.open, self.elements)

    def __len__(self):
        return len(self.elements)


def possible(rule, facts):
    """What a rule says in the worlds that the facts leave possible."""
    said, to_do = set(), [[]]
    while to_do:
        world = World(to_do.pop())
        said.add(rule(world.open(facts)))
        chosen = [choice for choice, _ in world.filled]
        for place in range(len(world.choices), len(world.filled)):
            to_do += [chosen[:place] + [other] for other in range(1, world.filled[place][1])]
    return said


# The rules, for a partner of whom everything is known.

def said(words):
    return words is not None and words.strip() != ''


def recent(day, today, months):
    return plus_months(today, -months) <= day <= today


def is_open(each, today):
    return each.closed is None or each.closed > today


def blocks(each, today):
    return each.severity is not None and each.severity >= SEVERITIES.index('high') and is_open(each, today)


def last(p, found, day, any_of_them):
    """The last one up to today; of several on one day the one that stands last. One whose day isn't known may be the
    last, so that nothing is known of it."""
    if any(isinstance(each.fields[day], Hole) for each in found):
        return p.world.open(p.fields[any_of_them])
    past = [each for each in found if getattr(each, day) <= p.today]
    return max(reversed(past), key=lambda each: getattr(each, day), default=None)


def rehearsed(p, *kinds):
    return last(p, [each for each in p.drills if each.kind in kinds], 'date', 'any_drill')


def validated(p, what):
    def may_be_the_last(each):
        return isinstance(each.fields['what'], Hole) and (isinstance(each.fields['date'], Hole) or each.date <= p.today)

    if any(may_be_the_last(each) for each in p.validations):
        found = p.world.open(p.fields['any_validation'])
    else:
        found = last(p, [each for each in p.validations if each.what == what], 'date', 'any_validation')
    return found is not None and found.passed and recent(found.date, p.today, 6)


def on_release(p):
    return [run for run in p.runs if run.release == p.release]


def kind_passed(p, kind):
    run = last(p, [run for run in on_release(p) if run.kind == kind], 'finished', 'any_run')
    return run is not None and run.passed >= 1 and run.failed == 0


def beta_end(p):
    return min(p.beta.ended or FAR_OFF, p.today)


def beta_length(p):
    return beta_end(p) - p.beta.started


def passed_in_time(p, kind):
    return any(run.kind == kind and run.finished <= min(p.launch - 2 * DAY, p.today) and run.passed >= 1 and run.failed == 0 for run in on_release(p))


def alerted(p):
    test = last(p, list(p.alert_tests), 'date', 'any_alert_test')
    return (test is not None and recent(test.date, p.today, 3) and said(test.reached) and test.after is not None
            and test.after <= p.max_alert_delay and not test.customers_first)


def lowest_sla(p):
    used = list(p.services)
    return min(sla.availability for sla in p.slas if sla.service in used)


# criterion -> (whether it applies, whether it holds)
RULES = {
    'support_contract': (None, lambda p: p.contract is not None and p.contract.plan >= PLANS.index(p.min_support_plan)
                         and p.contract.response <= p.max_first_response),
    'support_in_force': (lambda p: p.contract is not None, lambda p: p.contract.starts <= p.launch and p.contract.ends >= plus_months(p.launch, 3)),
    'support_contacts': (None, lambda p: sum(each.can_raise and each.can_track for each in p.stakeholders) >= 2),
    'support_ticket': (None, lambda p: any(recent(ticket.raised, p.today, 12) and ticket.answered is not None and ticket.answered <= 8 * 3600 and said(ticket.by)
                                           and ticket.by in [each.name for each in p.stakeholders] for ticket in p.tickets)),
    'support_scope': (lambda p: p.contract is not None, lambda p: len(p.services) > 0 and all(service in list(p.contract.covers) for service in p.services)
                      and p.briefing is not None and p.briefing.yes),
    'beta_programme': (None, lambda p: p.beta is not None and p.beta.users >= p.min_beta_users and beta_length(p).days >= 28 and recent(beta_end(p), p.today, 12)),
    'beta_feedback': (lambda p: p.beta is not None, lambda p: sum(p.beta.started <= each.received <= p.today for each in p.feedback) >= 5),
    'beta_blockers': (lambda p: p.beta is not None or len(p.feedback) > 0, lambda p: not any(blocks(each, p.today) for each in p.feedback)),
    'application_validated': (None, lambda p: validated(p, APPLICATION)),
    'deployment_validated': (None, lambda p: validated(p, DEPLOYMENT)),
    'tests_passed': (None, lambda p: all(kind_passed(p, kind) for kind in TEST_KINDS)),
    'no_blockers': (None, lambda p: not any(blocks(each, p.today) for each in p.defects)),
    'coverage': (None, lambda p: p.coverage is not None and p.coverage.release == p.release and p.coverage.lines >= p.min_coverage),
    'tests_before_launch': (None, lambda p: all(passed_in_time(p, kind) for kind in TEST_KINDS)),
    'recovery_plan': (None, lambda p: p.recovery is not None and said(p.recovery.owner)),
    'recovery_objectives': (lambda p: p.recovery is not None, lambda p: p.recovery.rto <= p.recovery_promised and p.recovery.rpo <= p.loss_promised),
    'recovery_slas': (None, lambda p: len(p.services) > 0 and all(service in [sla.service for sla in p.slas] for service in p.services)
                      and lowest_sla(p) >= p.availability_promised and p.slas_understood is not None and p.slas_understood.yes),
    'recovery_options': (lambda p: p.recovery is not None, lambda p: len(set(p.recovery.options)) >= 2),
    'recovery_tested': (None, lambda p: rehearsed(p, 'restore', 'failover') is not None and rehearsed(p, 'restore', 'failover').passed
                        and recent(rehearsed(p, 'restore', 'failover').date, p.today, p.max_drill_age)),
    'recovery_in_time': (lambda p: p.recovery is not None and rehearsed(p, 'restore', 'failover') is not None,
                         lambda p: rehearsed(p, 'restore', 'failover').took is not None and rehearsed(p, 'restore', 'failover').took <= p.recovery.rto),
    'failback_plan': (None, lambda p: p.failback is not None and said(p.failback.decides)),
    'failback_rehearsed': (None, lambda p: rehearsed(p, 'failback') is not None and rehearsed(p, 'failback').passed and recent(rehearsed(p, 'failback').date, p.today, p.max_drill_age)),
    'deployment_pipeline': (None, lambda p: p.pipeline is not None and p.pipeline.steps <= 0 and p.pipeline.rollback is not None and recent(p.pipeline.rollback, p.today, 3)),
    'data_loss_accepted': (lambda p: p.failback is not None, lambda p: p.failback.loss is not None and p.failback.loss <= p.loss_promised and said(p.failback.accepted_by)),
    'monitoring_dashboards': (None, lambda p: len(p.components) > 0 and all(part.name in list(p.dashboards) for part in p.components)),
    'monitoring_telemetry': (None, lambda p: len(p.components) > 0 and all(part.heard is not None and datetime.timedelta(0) <= p.now - part.heard <= DAY
                                                                         for part in p.components)),
    'monitoring_alerts': (None, lambda p: all(any(route.channel in channels and said(route.reaches) for route in p.routes)
                                              for channels in [MAIL, CALL])),
    'alert_proven': (None, alerted),
    'on_call': (None, lambda p: len({shift.name for shift in p.shifts if shift.starts <= p.launch <= shift.ends and said(shift.name)}) >= 2),
    'next_stage': (None, lambda p: p.next is not None and said(p.next.goal) and said(p.next.owner) and p.next.starts is not None
                   and plus_months(p.launch, -6) <= p.next.starts <= plus_months(p.launch, 6)),
    'next_services': (None, lambda p: p.considered is not None and p.considered.yes and said(p.considered.note)),
}
SHOWN = {
    'days_to_launch': lambda p: (p.launch - p.today).days,
    'beta_kind': lambda p: p.beta and p.beta.kind,
    'recovery_rehearsed': lambda p: (drill := rehearsed(p, 'restore', 'failover')) and str(drill.date),
    'expected_data_loss': lambda p: p.failback and p.failback.loss if p.failback is None or p.failback.loss is None else in_words(p.failback.loss),
}


def in_words(number):
    """Seconds in the largest unit that divides them."""
    unit, size = next((unit, size) for unit, size in [('day', 86400), ('hour', 3600), ('minute', 60), ('second', 1)] if number % size == 0)
    return f'{number // size} {unit}' + ('' if abs(number // size) == 1 else 's')


# The verdict of what each criterion may be. What a gate may say is a set of truths.

def judged(rules, facts):
    def outcome(p, applies, holds):
        return 'na' if applies and not applies(p) else 'met' if holds(p) else 'unmet'
    return {name: possible(lambda p, rule=rule: outcome(p, *rule), facts) for name, rule in rules.items()}


def status(found):
    if len(found) == 1:
        return next(iter(found))
    return 'unknown' if 'unmet' in found else 'waived' if 'waived' in found else 'met'


def named(listed, *levels, topics=()):
    return [name for name, (topic, level) in listed.items() if level in levels and (not topics or topic in topics)]


def every(found, names):
    return both(*[{True} if 'unmet' not in found[name] else {False} if found[name] == {'unmet'} else {False, True} for name in names])


def both(*truths):
    """What all of them together may be."""
    return {False} if {False} in truths else {True} if all(truth == {True} for truth in truths) else {False, True}


def at_least(score, points):
    return {True} if score['low'] >= points else {False} if score['high'] < points else {False, True}


def word(truth):
    return 'undecided' if len(truth) == 2 else 'pass' if True in truth else 'fail'


def level_reached(gates, order):
    """The sure and the possible one; without those that there aren't."""
    found = {}
    for how, wanted in {'sure': [{True}], 'possible': [{True}, {False, True}]}.items():
        for name in order:
            if gates[name] not in wanted:
                break
            found[how] = name
    return found


def score(found, weights, points):
    """The least and the greatest share: of each criterion that counts the worst and the best that it may be."""
    def share(choose):
        chosen = {name: choose(found[name], key=lambda outcome: points.get(outcome, 0.5)) for name in weights}
        counting = [name for name in weights if chosen[name] in points]
        weight = sum(weights[name] for name in counting)
        return 100 * sum(weights[name] * points[chosen[name]] for name in counting) / weight if weight else 100
    return share(min), share(max)


def shown_values(rules, facts):
    shown = {name: possible(rule, facts) for name, rule in rules.items()}
    return {name: next(iter(values)) for name, values in shown.items() if len(values) == 1}


def verdict(facts):
    found = judged(RULES, {**LIMITS, **facts})
    ready = every(found, named(LISTED, 'must'))
    gates = {'ready': ready,
             'limited': every(found, [*named(LISTED, 'must', topics=LIMITED), 'recovery_plan']),
             'thorough': both(ready, every(found, named(LISTED, 'should')))}
    low, high = score(found, {name: WEIGHTS[level] for name, (_, level) in LISTED.items()}, {'met': 1, 'unmet': 0})
    return {
        'gates': {name: word(truth) for name, truth in gates.items()},
        'levels': {'maturity': level_reached(gates, MATURITY)},
        'scores': {'readiness': {'low': low, 'high': high}},
        'criteria': {name: status(possible) for name, possible in found.items()},
        'shown': shown_values(SHOWN, facts),
    }
