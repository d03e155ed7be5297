#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The three policies of this example worked out a second time, without Muster: the go-live review as examples/go-live
works it out, what Contoso changes in it, and what its health division changes in that. Prints a verdict a line.
    truth.py [DATE]..."""
import itertools
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve()
sys.path[:0] = [str(HERE.parent), str(HERE.parents[2] / 'go-live' / 'tests')]

from facts import SEVERITIES, iso_day, plus_months
from files import partners
from registers import Register
from review import LIMITED, LIMITS, LISTED, MATURITY, RULES, SHOWN, WEIGHTS, at_least, both, every, judged, kind_passed, level_reached, named, possible, recent, said, score, shown_values, status, word
import review

POLICIES = ['partners.muster', 'contoso.muster', 'contoso_health.muster']
TESTS = ['stdlib/std/golive_test.muster', 'examples/contoso/contoso_test.muster', 'examples/contoso/contoso_health_test.muster']
DATES = ['2026-08-31', '2026-11-23', '2027-02-15']
HIGH, CRITICAL = SEVERITIES.index('high'), SEVERITIES.index('critical')


def is_open(finding, today):
    return finding.fixed is None or finding.fixed > today


def open_findings(p):
    return [finding for finding in p.pentest.findings if is_open(finding, p.today)]


def none_open(p, least):
    return p.pentest is not None and all(finding.severity < least for finding in open_findings(p))


def failover_in_a_year(p):
    return any(drill.kind == 'failover' and drill.passed and recent(drill.date, p.today, 12) for drill in p.drills)


def stale_findings(p):
    return len(open_findings(p)) > 0 and p.pentest.reported.date() < plus_months(p.today, -3)


def listed(base, drop=(), move=None, add=None):
    """criterion -> (section, level) of a policy that drops some of another's, gives some other levels, and adds some."""
    found = {name: (topic, (move or {}).get(name, level)) for name, (topic, level) in base.items() if name not in drop}
    return {**found, **(add or {})}


# Contoso.

CONTOSO = {
    'listed': listed(
        LISTED, drop=['next_services'], move={'beta_programme': 'must', 'deployment_pipeline': 'must', 'next_stage': 'may'},
        add={'status_page': ('monitoring', 'should'), 'pen_test': ('security', 'must'), 'data_residency': ('security', 'must'), 'secrets_exchanged': ('security', 'should')}),
    'limits': {**LIMITS, 'min_support_plan': 'pro_direct', 'max_first_response': 1800, 'min_beta_users': 20, 'max_drill_age': 9},
    'pentest_months': 12,
    'rules': {
        **RULES,
        'recovery_tested': (None, lambda p: RULES['recovery_tested'][1](p) and failover_in_a_year(p)),
        'tests_passed': (None, lambda p: RULES['tests_passed'][1](p) and kind_passed(p, 'accessibility')),
        'support_scope': (lambda p: p.contract is not None, lambda p: p.briefing is not None and p.briefing.yes),
        'status_page': (None, lambda p: p.status_page is not None and p.status_page.startswith('https://')),
        'pen_test': (lambda p: p.footprint.exposure == 'internet', lambda p: none_open(p, CRITICAL)),
        'data_residency': (None, lambda p: len(p.footprint.regions) > 0 and all(region in list(p.promised_regions) for region in p.footprint.regions)),
        'secrets_exchanged': (None, lambda p: p.footprint.secrets is not None and recent(p.footprint.secrets, p.today, 6)),
    },
    'effective': {'deployment_pipeline': '2027-02-01'},
    'weights': {'recovery_objectives': 5},
    'shown': {**SHOWN, 'pen_tested': lambda p: p.pentest and p.pentest.reported.strftime('%Y-%m-%dT%H:%M:%SZ')},
}

# The health division.

HEALTH = {
    **CONTOSO,
    'listed': listed(
        CONTOSO['listed'], drop=['status_page'], move={'application_validated': 'must', 'recovery_in_time': 'must', 'beta_feedback': 'may'},
        add={'findings_closed': ('security', 'should'), 'impact_assessed': ('patients', 'must'), 'safety_officer': ('patients', 'must'), 'paper_drill': ('patients', 'should')}),
    'limits': {**CONTOSO['limits'], 'min_beta_users': 10, 'max_drill_age': 6, 'min_coverage': 85, 'max_alert_delay': 300},
    'pentest_months': 6,
    'rules': {
        **CONTOSO['rules'],
        'pen_test': (lambda p: p.footprint.exposure == 'internet', lambda p: none_open(p, HIGH)),
        'data_residency': (None, lambda p: CONTOSO['rules']['data_residency'][1](p)
                           and not (p.clinical.patients and any(region not in ['europe', 'britain'] for region in p.footprint.regions))),
        'findings_closed': (lambda p: p.pentest is not None, lambda p: not stale_findings(p)),
        'impact_assessed': (lambda p: p.clinical.patients, lambda p: p.assessment is not None and p.assessment.approved),
        'safety_officer': (lambda p: p.clinical.patients, lambda p: said(p.clinical.officer)),
        'paper_drill': (lambda p: p.clinical.patients, lambda p: p.clinical.paper is not None and recent(p.clinical.paper, p.today, 6)),
    },
    'weights': {**CONTOSO['weights'], 'secrets_exchanged': 3},
    'shown': {**CONTOSO['shown'], 'safety_officer': lambda p: p.clinical.officer},
}

# The library's policy, Contoso's, and the division's: a waiver of one holds for those that derive from it, but of what they
# replace. What is locked is waived by a register of whoever locks it.
LINEAGE = {'go_live': set(LISTED), 'contoso_go_live': set(CONTOSO['listed'])}
REPLACED = {'go_live': ['support_scope']}
CONTOSO['register'] = Register('exceptions.csv', LINEAGE, CONTOSO['listed'], REPLACED, locked=[])
HEALTH['register'] = Register('health_exceptions.csv', {**LINEAGE, 'health_go_live': set(HEALTH['listed'])}, HEALTH['listed'], REPLACED,
                              locked=['no_blockers', 'data_loss_accepted', 'pen_test'])


def found_by(policy, facts, as_of):
    """What each criterion may be if nothing is waived."""
    found = judged({name: policy['rules'][name] for name in policy['listed']}, {**policy['limits'], **facts})
    return {**found, **{name: {'na'} for name in upcoming(policy, as_of)}}


def upcoming(policy, as_of):
    return [name for name, day in policy['effective'].items() if as_of < day]


def with_waivers(policy, found, facts, key, as_of):
    """What each criterion may be, and of each that may be waived the waiver that shows, if it is sure that one holds."""
    waived, shown = {}, {}
    for waiver in policy['register'].in_force(iso_day(as_of)):
        holds = possible(waiver.condition, facts) if waiver.condition else {key in waiver.subjects}
        waived[waiver.criterion] = waived.get(waiver.criterion, {False}) | holds
        if holds == {True}:
            before = shown.get(waiver.criterion)
            shown[waiver.criterion] = waiver if before is None or waiver.last >= before.last else before
    result = dict(found)
    for name, holds in waived.items():
        if True in holds and 'unmet' in found[name]:
            result[name] = found[name] | {'waived'} if name not in shown else found[name] - {'unmet'} | {'waived'}
    return result, {name: waiver for name, waiver in shown.items() if status(result[name]) == 'waived'}


def scores_of(policy, found, as_of):
    names = {name: level for name, (_, level) in policy['listed'].items() if name not in upcoming(policy, as_of)}
    weights = {name: policy['weights'].get(name, WEIGHTS[level]) for name, level in names.items()}
    # A score that says nothing of `may` would count it once; there is none in that section.
    security = {name: policy['weights'].get(name, {'must': 3, 'should': 1}[level]) for name, level in names.items() if policy['listed'][name][0] == 'security'}
    ends = {'readiness': score(found, weights, {'met': 1, 'unmet': 0, 'waived': 0}), 'security_score': score(found, security, {'met': 1, 'unmet': 0, 'waived': 1})}
    return {name: {'low': low, 'high': high} for name, (low, high) in ends.items()} | ({'safety': safety(found, policy['listed'])} if policy is HEALTH else {})


def safety(found, names):
    """Of the criteria of patients alone. There is none where none of them applies."""
    ends, none = set(), False
    for world in itertools.product(*[found[name] for name in named(names, 'must', 'should', 'may', topics=['patients'])]):
        counting = [outcome for outcome in world if outcome != 'na']
        none = none or not counting
        ends |= {100 * sum(outcome != 'unmet' for outcome in counting) / len(counting)} if counting else set()
    return {**({'low': min(ends), 'high': max(ends)} if ends else {}), **({'none': 'possible' if ends else True} if none else {})}


def gates_of(policy, found, scores):
    names = policy['listed']
    gates = {'ready': every(found, named(names, 'must')),
             'limited': both(every(found, [*named(names, 'must', topics=LIMITED), 'recovery_plan']), every(found, named(names, 'must', topics=['security'])))}
    if policy is HEALTH:
        gates['ready'] = both(gates['ready'], at_least(scores['readiness'], 85))
        gates['limited'] = both(gates['limited'], gates['ready'])
        gates['hospitals'] = both(gates['ready'], every(found, named(names, 'must', 'should', 'may', topics=['patients'])))
    gates['thorough'] = both(gates['ready'], every(found, named(names, 'should')))
    gates['listed'] = both(gates['ready'], at_least(scores['readiness'], 90), at_least(scores['security_score'], 100))
    return gates


def verdict(policy, facts, key, as_of):
    bare = found_by(policy, facts, as_of)
    found, waived = with_waivers(policy, bare, facts, key, as_of)
    scores = scores_of(policy, found, as_of)
    gates = gates_of(policy, found, scores)
    levels = {'maturity': MATURITY, 'marketplace': ['limited', 'ready', 'listed']} | ({'medical': ['ready', 'hospitals']} if policy is HEALTH else {})
    return {
        'gates': {name: word(truth) for name, truth in gates.items()},
        'levels': {name: level_reached(gates, order) for name, order in levels.items()},
        'scores': scores,
        'scores_without_waivers': scores_of(policy, bare, as_of),
        'criteria': {name: status(found[name]) for name in policy['listed']},
        'waived': {name: [str(waiver.last), waiver.by] for name, waiver in waived.items()},
        'shown': shown_values(policy['shown'], facts),
    }


OWN = {'contoso.muster': CONTOSO, 'contoso_health.muster': HEALTH}


def verdicts(as_of, policy):
    """(subject, verdict) in the order of the portfolio; a verdict holds what the results of Muster hold."""
    own = OWN.get(policy)
    for key, facts in partners(iso_day(as_of), own['pentest_months'] if own else 12):
        yield key, {} if facts is None else verdict(own, facts, key, as_of) if own else review.verdict(facts)


def waivers(as_of, policy):
    """What the summary says of waivers."""
    if policy not in OWN:
        return {}
    register, shown = OWN[policy]['register'], []
    for key, facts in partners(iso_day(as_of), OWN[policy]['pentest_months']):
        if facts:
            shown += with_waivers(OWN[policy], found_by(OWN[policy], facts, as_of), facts, key, as_of)[1].values()
    return register.counts(iso_day(as_of), shown)


if __name__ == '__main__':
    for date, policy in itertools.product(sys.argv[1:] or DATES, POLICIES):
        for subject, result in verdicts(date, policy):
            print(json.dumps({'policy': policy, 'as_of': date, 'subject': subject, **result}, ensure_ascii=False))
