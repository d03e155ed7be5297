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

from facts import PLANS, SEVERITIES, instant, iso_day, plus_months
from files import partners
from review import LIMITED, LIMITS, LISTED, MATURITY, RULES, SHOWN, WEIGHTS, at_least, both, every, judged, kind_passed, last, level, named, on_release, recent, said, score, shown_values, \
    status, word
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


def found_by(policy, facts, as_of):
    """What each criterion may be, and which of them count in scores: those that are in force."""
    facts = {**policy['limits'], **facts}
    found = judged({name: policy['rules'][name] for name in policy['listed']}, facts)
    upcoming = [name for name, day in policy['effective'].items() if as_of < day]
    return {**found, **{name: {'na'} for name in upcoming}}, [name for name in policy['listed'] if name not in upcoming]


def readiness(policy, found, counting):
    weights = {name: policy['weights'].get(name, WEIGHTS[policy['listed'][name][1]]) for name in counting}
    return score(found, weights, {'met': 1, 'unmet': 0, 'waived': 0})


def contoso(policy, facts, as_of):
    found, counting = found_by(policy, facts, as_of)
    names = policy['listed']
    points = readiness(policy, found, counting)
    # A score of which the weight says nothing of `may` counts it once; a criterion's own weight goes first.
    security = score(found, {name: policy['weights'].get(name, {'must': 3, 'should': 1}[names[name][1]]) for name in named(names, 'must', 'should', topics=['security'])},
                     {'met': 1, 'unmet': 0, 'waived': 1})
    ready = every(found, named(names, 'must'))
    limited = both(every(found, [*named(names, 'must', topics=LIMITED), 'recovery_plan']), every(found, named(names, 'must', topics=['security'])))
    return found, {'readiness': points, 'security_score': security}, {'ready': ready, 'limited': limited}


def later_gates(found, scores, gates, names):
    """The gates that ask for `ready`, whatever it asks for."""
    return {'thorough': both(gates['ready'], every(found, named(names, 'should'))),
            'listed': both(gates['ready'], at_least(scores['readiness'], 90), at_least(scores['security_score'], 100))}


def safety(found, names):
    """Of the criteria of patients alone. There is none where none of them applies."""
    ends, none = set(), False
    for world in itertools.product(*[found[name] for name in named(names, 'must', 'should', 'may', topics=['patients'])]):
        counting = [outcome for outcome in world if outcome != 'na']
        none = none or not counting
        ends |= {100 * sum(outcome != 'unmet' for outcome in counting) / len(counting)} if counting else set()
    return {**({'low': min(ends), 'high': max(ends)} if ends else {}), **({'none': 'possible' if ends else True} if none else {})}


def verdict(policy, facts, as_of):
    found, scores, gates = contoso(policy, facts, as_of)
    names = policy['listed']
    levels = {'maturity': MATURITY, 'marketplace': ['limited', 'ready', 'listed']}
    if policy is HEALTH:
        gates['ready'] = both(gates['ready'], at_least(scores['readiness'], 85))
        gates['limited'] = both(gates['limited'], gates['ready'])
    gates |= later_gates(found, scores, gates, names)
    told = {name: {'low': low, 'high': high} for name, (low, high) in scores.items()}
    if policy is HEALTH:
        gates['hospitals'] = both(gates['ready'], every(found, named(names, 'must', 'should', 'may', topics=['patients'])))
        levels['medical'] = ['ready', 'hospitals']
        told['safety'] = safety(found, names)
    return {
        'gates': {name: word(truth) for name, truth in gates.items()},
        'levels': {name: level(gates, order) for name, order in levels.items()},
        'scores': told,
        'criteria': {name: status(found[name]) for name in names},
        'shown': shown_values(policy['shown'], facts),
    }


def verdicts(as_of, policy):
    """(subject, verdict) in the order of the portfolio; a verdict holds what the results of Muster hold."""
    mine = {'contoso.muster': CONTOSO, 'contoso_health.muster': HEALTH}.get(policy)
    for key, facts in partners(iso_day(as_of), mine['pentest_months'] if mine else 12):
        yield key, {} if facts is None else verdict(mine, facts, as_of) if mine else review.verdict(facts)


if __name__ == '__main__':
    for date, policy in itertools.product(sys.argv[1:] or DATES, POLICIES):
        for subject, result in verdicts(date, policy):
            print(json.dumps({'policy': policy, 'as_of': date, 'subject': subject, **result}, ensure_ascii=False))
