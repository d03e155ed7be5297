# SPDX-License-Identifier: Apache-2.0
"""The criteria of policies.py as the peers write them: C++, JavaScript, SQL, CEL, Zen's expressions and Cedar. C++,
JavaScript and SQL have a third truth value, or get one in a few lines; for the others a criterion is two conditions,
when it is surely met and when surely not, each of which asks whether a field is there before it compares it."""
import decimal
import json

import policies
import shapes

TURNED = {'==': '!=', '!=': '==', '<': '>=', '>=': '<', '>': '<=', '<=': '>', 'in': 'not in'}


def fold(tree, leaf, words):
    """A tree as a text: `leaf` writes a comparison, `words` an operator over texts."""
    if isinstance(tree, policies.Leaf):
        return leaf(tree)
    return words[tree[0]](*(fold(part, leaf, words) for part in tree[1:]))


def rank(leaf, word):
    return leaf.field.words.index(word)


def number_text(leaf):
    return shapes.decimal_text(leaf.value, leaf.field.places)


# C++ and JavaScript call functions of the same names: bench/peers/truth.h and bench/peers/truth.mjs. Words are ranks in
# their enum, dates days since 1970.

CALLS = {'and': 'both({}, {})'.format, 'or': 'either({}, {})'.format, 'not': 'opposite({})'.format,
         'implies': 'either(opposite({}), {})'.format}
COMPARISONS = {'==': 'is', '!=': 'is_not', '<': 'less', '<=': 'at_most', '>': 'more', '>=': 'at_least', 'in': 'among'}


def call_of(leaf, prefix=''):
    if leaf.op == 'in':
        value = bin(sum(1 << rank(leaf, word) for word in leaf.value))
    else:
        value = rank(leaf, leaf.value) if leaf.field.words else number_text(leaf)
    return f'{COMPARISONS[leaf.op]}({prefix}{leaf.field.name}, {value})'


def cpp(policy):
    """A header: struct Service, how it is read by a reader of the peer's, and how it is judged."""
    types = {'enum': 'Rank', 'ordered': 'Rank', 'date': 'Day', 'int': 'std::int64_t', 'number': 'double', 'percent': 'double'}
    reads = {'enum': 'word', 'ordered': 'word', 'date': 'day', 'int': 'whole', 'number': 'decimal', 'percent': 'decimal'}
    lines = ['#pragma once', '#include "truth.h"', '']
    for field in policy.fields:
        if field.words:
            lines.append(f'constexpr std::string_view kWordsOf_{field.name}[] = {{{", ".join(json.dumps(word) for word in field.words)}}};')
    lines += ['', 'struct Service {', *(f'  {types[field.kind]} {field.name};' for field in policy.fields), '};', '']
    lines += ['template <class Reader>', 'void read(Reader& reader, Service& s) {']
    for field in policy.fields:
        words = f', kWordsOf_{field.name}' if field.words else ''
        lines.append(f'  s.{field.name} = reader.{reads[field.kind]}("{field.name}"{words});')
    count = len(policy.criteria)
    lines += ['}', '', f'constexpr int kCriteria = {count};']
    lines += [f'constexpr const char* kNames[] = {{{", ".join(json.dumps(each.name) for each in policy.criteria)}}};', '']
    lines += ['inline void judge(const Service& s, Truth* truths) {']
    lines += [f'  truths[{index}] = {fold(each.tree, lambda leaf: call_of(leaf, "s."), CALLS)};' for index, each in enumerate(policy.criteria)]
    lines += ['}', '', 'inline Truth gate(const Truth* truths) {', '  Truth gate = kTrue;']
    lines += [f'  gate = both(gate, truths[{index}]);' for index, each in enumerate(policy.criteria) if each.level == 'must']
    return '\n'.join([*lines, '  return gate;', '}', ''])


def javascript(policy, truth_url):
    """A module like bench/peers/criteria_pq.mjs."""
    reads = {'enum': 'rank', 'ordered': 'rank', 'date': 'day', 'int': 'number', 'number': 'number', 'percent': 'number'}
    lines = [f'import {{ {", ".join(["both", "either", "opposite", *COMPARISONS.values(), *sorted(set(reads.values()))])} }} from {json.dumps(truth_url)};']
    lines += [f'export const names = {json.dumps([each.name for each in policy.criteria])};']
    lines += [f'export const musts = {json.dumps([each.name for each in policy.criteria if each.level == "must"])};']
    lines += [f'const wordsOf_{field.name} = new Map({json.dumps([[word, at] for at, word in enumerate(field.words)])});' for field in policy.fields if field.words]
    lines += ['export function judge(record, truths) {']
    for field in policy.fields:
        words = f', wordsOf_{field.name}' if field.words else ''
        lines.append(f'  const {field.name} = {reads[field.kind]}(record.{field.name}{words});')
    lines += [f'  truths[{index}] = {fold(each.tree, call_of, CALLS)};' for index, each in enumerate(policy.criteria)]
    return '\n'.join([*lines, '}', ''])


# SQL. Enums are types of the database, of the field's name, so that they have an order.

SQL = {'and': '({} and {})'.format, 'or': '({} or {})'.format, 'not': '(not {})'.format, 'implies': '(not {} or {})'.format}


def sql_leaf(leaf):
    name = leaf.field.name
    if leaf.op == 'in':
        return f'{name} in ({", ".join(sql_word(leaf, word) for word in leaf.value)})'
    op = {'==': '=', '!=': '<>'}.get(leaf.op, leaf.op)
    if leaf.field.words:
        return f'{name} {op} {sql_word(leaf, leaf.value)}'
    if leaf.field.kind == 'date':
        return f"{name} {op} date '{shapes.day_text(leaf.value)}'"
    return f'{name} {op} {sql_number(leaf)}'


def sql_word(leaf, word):
    return f"'{word}'::{leaf.field.name}_words"


def sql_number(leaf):
    return number_text(leaf) if leaf.field.kind == 'int' else f"{number_text(leaf)}::double precision"


def sql(policy, count_true):
    """One query that counts: subjects, then of the gate and of each criterion where it is true and where it is known.
    `count_true` is how a database does the former fastest."""
    judged = [f'{fold(each.tree, sql_leaf, SQL)} as {each.name}' for each in policy.criteria]
    gate = ' and '.join(each.name for each in policy.criteria if each.level == 'must')
    counts = ['count(*)']
    counts += [f'{count_true.format(name)}, count({name})' for name in ('gate', *(each.name for each in policy.criteria))]
    return (f'with judged as (select {", ".join(judged)} from services),\n'
            f'gated as (select *, ({gate}) as gate from judged)\n'
            f'select {", ".join(counts)} from gated')


def sql_columns(policy):
    kinds = {'date': 'date', 'int': 'bigint', 'number': 'double precision', 'percent': 'double precision'}
    return [(field.name, f'{field.name}_words' if field.words else kinds[field.kind]) for field in policy.fields]


def sql_types(policy):
    quoted = [(field.name, ', '.join(f"'{word}'" for word in field.words)) for field in policy.fields if field.words]
    return [f'create type {name}_words as enum ({words})' for name, words in quoted]


# Two conditions each. A field that isn't known isn't there.

def guarded(tree, leaf, op_and, op_or, surely=True):
    if isinstance(tree, policies.Leaf):
        return leaf(tree, tree.op if surely else TURNED[tree.op])
    word, *parts = tree
    if word == 'not':
        return guarded(parts[0], leaf, op_and, op_or, not surely)
    turned = [not surely if word == 'implies' else surely, surely]
    texts = [guarded(part, leaf, op_and, op_or, turn) for part, turn in zip(parts, turned)]
    return f'({(op_and if (word == "and") == surely else op_or).join(texts)})'


def two_conditions(policy, leaf, op_and=' && ', op_or=' || '):
    return [[guarded(each.tree, leaf, op_and, op_or, surely) for surely in (True, False)] for each in policy.criteria]


def cel_leaf(leaf, op):
    """Dates are texts, which compare as days do; the numbers of JSON are doubles."""
    name = f's.{leaf.field.name}'
    if 'in' in op:
        asked = f'{"!" * (op == "not in")}({name} in {json.dumps(list(leaf.value))})'
    elif leaf.field.kind == 'ordered':
        asked = among_words(name, leaf, op, '!({} in {})', '{} in {}')
    elif leaf.field.words:
        asked = f'{name} {op} {json.dumps(leaf.value)}'
    elif leaf.field.kind == 'date':
        asked = f'{name} {op} "{shapes.day_text(leaf.value)}"'
    else:
        asked = f'{name} {op} {decimal.Decimal(number_text(leaf)):.2f}'
    return f'(has({name}) && {asked})'


def among_words(name, leaf, op, negative, positive):
    """An order of words, in a language that has none: one of those from here on."""
    if op in ('==', '!='):
        return f'{name} {op} {json.dumps(leaf.value)}'
    words = json.dumps(list(leaf.field.words[rank(leaf, leaf.value):]))
    return (positive if op == '>=' else negative).format(name, words)


def zen_leaf(leaf, op):
    """Dates are day numbers, which the peer makes."""
    name = leaf.field.name
    if 'in' in op:
        asked = f'{name} {op} {json.dumps(list(leaf.value))}'
    elif leaf.field.kind == 'ordered':
        asked = among_words(name, leaf, op, '{} not in {}', '{} in {}')
    elif leaf.field.words:
        asked = f'{name} {op} {json.dumps(leaf.value)}'
    else:
        asked = f'{name} {op} {number_text(leaf)}'
    return f'({name} != null and {asked})'


def cedar_leaf(leaf, op):
    """Whole numbers only: dates are day numbers, decimals stand in units of their last place; the peer makes both."""
    name = f'context.{leaf.field.name}'
    if 'in' in op:
        asked = f'{"!" * (op == "not in")}({json.dumps(list(leaf.value))}.contains({name}))'
    elif leaf.field.kind == 'ordered' and op in ('>=', '<'):
        asked = f'{"!" * (op == "<")}({json.dumps(list(leaf.field.words[rank(leaf, leaf.value):]))}.contains({name}))'
    elif leaf.field.words:
        asked = f'{name} {op} {json.dumps(leaf.value)}'
    else:
        asked = f'{name} {op} {leaf.value}'
    return f'(context has {leaf.field.name} && {asked})'


def description(policy):
    """What the peers in JavaScript and Python read."""
    return {
        'fields': [{'name': field.name, 'kind': field.kind, 'places': field.places} for field in policy.fields],
        'names': [each.name for each in policy.criteria],
        'musts': [each.name for each in policy.criteria if each.level == 'must'],
        'columns': sql_columns(policy),
        'types': sql_types(policy),
        'duckdb': sql(policy, 'count_if({})'),
        'postgres': sql(policy, 'count(*) filter (where {})'),
        'cel': two_conditions(policy, cel_leaf),
        'zen': two_conditions(policy, zen_leaf, ' and ', ' or '),
        'cedar': two_conditions(policy, cedar_leaf),
    }
