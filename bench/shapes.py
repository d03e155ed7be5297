# SPDX-License-Identifier: Apache-2.0
"""Reads shapes.txt, which says how it is written: the fields that the policies and the peers know of a shape."""
import dataclasses
import datetime
import pathlib

FILE = pathlib.Path(__file__).with_name('shapes.txt')
EPOCH = datetime.date(1970, 1, 1)


@dataclasses.dataclass(frozen=True)
class Field:
    """One that the policies P10, P40 and P200 ask about. Dates are days since 1970, decimals stand in units of their
    last place."""
    name: str
    kind: str  # enum, ordered, date, int, number or percent
    words: tuple = ()
    low: int = 0
    high: int = 0
    places: int = 0


def day_number(text):
    return (datetime.date.fromisoformat(text) - EPOCH).days


def day_text(number):
    return (EPOCH + datetime.timedelta(days=number)).isoformat()


def decimal_text(number, places):
    """Of a number in units of its last place, as short as it can be: 805, 1 is 80.5."""
    whole, part = divmod(number, 10 ** places)
    part = str(part).rjust(places, '0').rstrip('0') if places else ''
    return f'{whole}.{part}' if part else str(whole)


def asked_fields(shape):
    """In the order of the file."""
    fields, inside = [], False
    for line in FILE.read_text(encoding='utf-8').splitlines():
        words = line.split()
        if words[:1] == ['shape']:
            inside = words[1] == shape
        elif inside and words[:1] == ['like']:
            fields += asked_fields(words[1])
        elif inside and words[:1] == ['*']:
            fields.append(read_field(words[1], words[2], words[3:words.index('null')] if 'null' in words else words[3:]))
    return fields


def read_field(name, kind, arguments):
    if kind in ('enum', 'ordered'):
        return Field(name, kind, words=tuple(arguments))
    if kind == 'date':
        return Field(name, kind, low=day_number(arguments[0]), high=day_number(arguments[1]))
    places = {'int': 0, 'percent': 1, 'number': int(arguments[-1])}[kind]
    return Field(name, kind, low=int(arguments[0]) * 10 ** places, high=int(arguments[1]) * 10 ** places, places=places)
