#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the policies P10, P40 and P200: criteria of three comparisons each, of which 40 in 100 ask about an enum, 30
about a date and 30 about a number. The same seed gives the same policy everywhere.

    policies.py SHAPE CRITERIA    prints the module

Where the comparisons lie is chosen so that the gate, which wants every `must`, lets about half of all subjects pass."""
import dataclasses
import sys

import shapes

AS_OF = '2026-11-23'
MUSTS = {10: 3, 40: 12, 200: 20}
# How three leaves are put together, as nested tuples, and how often that holds if each leaf holds with chance q.
FORMS = [
    (('and', 0, ('or', 1, 2)), lambda q: q * (1 - (1 - q) ** 2)),
    (('or', 0, ('and', 1, 2)), lambda q: 1 - (1 - q) * (1 - q * q)),
    (('or', ('or', 0, 1), 2), lambda q: 1 - (1 - q) ** 3),
    (('and', ('and', 0, 1), 2), lambda q: q ** 3),
    (('or', ('not', 0), ('and', 1, 2)), lambda q: 1 - q * (1 - q * q)),
    (('implies', 0, ('or', 1, 2)), lambda q: 1 - q * (1 - q) ** 2),
]


@dataclasses.dataclass(frozen=True)
class Leaf:
    """A comparison of a field. The value is a word, a tuple of words (`in`), or a number as shapes.Field has it; `age`
    says that a policy writes it as the days since then."""
    field: shapes.Field
    op: str
    value: object
    age: bool = False


@dataclasses.dataclass(frozen=True)
class Criterion:
    name: str
    level: str
    tree: object


@dataclasses.dataclass(frozen=True)
class Policy:
    name: str
    shape: str
    fields: list
    criteria: list


class Random:
    """SplitMix64, as in generate.cpp."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        word = self.state
        word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & mask
        word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & mask
        return (word ^ (word >> 31)) * limit >> 64

    def pick(self, things):
        return things[self.below(len(things))]

    def shuffle(self, things):
        for left in range(len(things), 1, -1):
            other = self.below(left)
            things[left - 1], things[other] = things[other], things[left - 1]


def enum_leaf(random, field, chance):
    count = len(field.words)
    wanted = min(max(round(chance * count), 1), count - 1)
    if field.kind == 'ordered' and random.below(2):
        return Leaf(field, '>=', field.words[count - wanted])
    if wanted == 1:
        return Leaf(field, '==', random.pick(field.words))
    if wanted == count - 1:
        return Leaf(field, '!=', random.pick(field.words))
    words = list(field.words)
    random.shuffle(words)
    return Leaf(field, 'in', tuple(word for word in field.words if word in words[:wanted]))


def ordered_leaf(random, field, chance):
    """Of a date or number: how much of its range lies on the right side of the value."""
    part = round((field.high - field.low) * chance)
    if field.kind == 'date':
        age = random.below(2) == 0
        if random.below(3):
            return Leaf(field, '>=', field.high - part, age)
        return Leaf(field, '<', field.low + part, age)
    op = random.pick(['<', '<=', '>', '>='])
    return Leaf(field, op, field.low + part if op[0] == '<' else field.high - part)


def chance_of_leaf(holds, wanted):
    """The first q, in steps of 1 in 100, for which a form holds as often as wanted."""
    rising = holds(0.9) > holds(0.1)
    return next((step / 100 for step in range(5, 96) if (holds(step / 100) >= wanted) == rising), 0.95)


def leaf_kinds(random, criteria):
    """The kind of each leaf: 40, 30 and 30 in 100, shuffled."""
    leaves = 3 * criteria
    kinds = [['enum', 'ordered']] * round(leaves * 0.4) + [['date']] * round(leaves * 0.3)
    kinds += [['int', 'number', 'percent']] * (leaves - len(kinds))
    random.shuffle(kinds)
    return kinds


def make(shape, count, seed=1):
    random = Random(seed * 1000 + count)
    fields = shapes.asked_fields(shape)
    kinds = leaf_kinds(random, count)
    musts = MUSTS.get(count, max(count // 4, 1))
    criteria = []
    for index in range(count):
        must = index * musts // count != (index + 1) * musts // count
        wanted = 0.5 ** (1 / musts) if must else (30 + random.below(50)) / 100
        form, holds = random.pick(FORMS[:3] if must else FORMS)
        leaves = []
        for kind in kinds[3 * index:3 * index + 3]:
            others = [field for field in fields if field.kind in kind and field not in [leaf.field for leaf in leaves]]
            field = random.pick(others or [field for field in fields if field.kind in kind])
            make_leaf = enum_leaf if field.words else ordered_leaf
            leaves.append(make_leaf(random, field, chance_of_leaf(holds, wanted)))
        level = 'must' if must else random.pick(['should', 'may'])
        criteria.append(Criterion(f'c_{index}', level, with_leaves(form, leaves)))
    asked = {leaf.field.name for criterion in criteria for leaf in leaves_of(criterion.tree)}
    return Policy(f'p_{count}', shape, [field for field in fields if field.name in asked], criteria)


def with_leaves(form, leaves):
    if isinstance(form, int):
        return leaves[form]
    return (form[0], *(with_leaves(part, leaves) for part in form[1:]))


def leaves_of(tree):
    if isinstance(tree, Leaf):
        return [tree]
    return [leaf for part in tree[1:] for leaf in leaves_of(part)]


def literal(field, value):
    if field.kind == 'date':
        return shapes.day_text(value)
    text = shapes.decimal_text(value, field.places)
    return text + '%' if field.kind == 'percent' else text


def leaf_text(leaf):
    name = leaf.field.name
    if leaf.op == 'in':
        return f'{name} in [{", ".join(leaf.value)}]'
    if leaf.field.words:
        return f'{name} {leaf.op} {leaf.value}'
    if leaf.age:
        turned = {'>=': '<=', '<': '>'}[leaf.op]
        return f'today - {name} {turned} {shapes.day_number(AS_OF) - leaf.value} days'
    return f'{name} {leaf.op} {literal(leaf.field, leaf.value)}'


def condition_text(tree, outer=''):
    if isinstance(tree, Leaf):
        return leaf_text(tree)
    word, *parts = tree
    if word == 'not':
        return f'not ({condition_text(parts[0])})'
    text = f' {word} '.join(condition_text(part, word) for part in parts)
    return f'({text})' if outer and outer != word else text


def type_name(field):
    return ''.join(part.capitalize() for part in field.name.split('_'))


def module_text(policy):
    """Of its own lines, one for each criterion."""
    lines = ['// SPDX-License-Identifier: Apache-2.0', f'// {len(policy.criteria)} criteria over the shape {policy.shape}, made by policies.py.', '']
    for field in policy.fields:
        if field.words:
            lines.append(f'{"ordered " if field.kind == "ordered" else ""}enum {type_name(field)} {{ {", ".join(field.words)} }}')
    lines += ['', 'subject Service {', '  key id: text']
    lines += [f'  {field.name}: {type_name(field) if field.words else field.kind}' for field in policy.fields]
    lines += ['}', '', f'policy {policy.name} for Service "{len(policy.criteria)} criteria" {{']
    for criterion in policy.criteria:
        lines += [f'  {criterion.level} {criterion.name} "{criterion.name}" {{ require {condition_text(criterion.tree)} }}']
    lines += ['', '  gate ready "Ready" { require every must }', '}', '']
    return '\n'.join(lines)


if __name__ == '__main__':
    print(module_text(make(sys.argv[1], int(sys.argv[2]))), end='')
