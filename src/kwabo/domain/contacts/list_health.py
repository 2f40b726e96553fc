"""How good a list's numbers are: by kind of line, country and operator.

Operators come from the library's carrier data by a number's first digits; where it knows none, or
numbers may have been carried to another operator without its knowing, the operator is "unknown" or
the one that was given the range.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import phonenumbers

from kwabo.domain.contacts.phone_numbers import kind_of

UNKNOWN: Final = "unknown"
PREFIX_LENGTH: Final = 10  # characters of an E.164 number by which kind and operator are told
MOST_SHOWN: Final = 30  # countries and operators; the rest is summed up


@dataclass(frozen=True, slots=True)
class PrefixCount:
    """Numbers that begin alike."""

    example: str  # one of them, E.164
    numbers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedList:
    """What the database counts of a list."""

    contacts: int
    contacts_uncallable: int  # marked as a whole
    contacts_without_number: int  # no number, or all of them marked
    numbers: int  # over all contacts; one that two contacts have counts twice
    numbers_uncallable: int  # marked by agents
    numbers_dead: int  # whose last attempt found that they do not exist
    duplicates_inside: int  # numbers that more than one contact of the list has
    duplicates_outside: int  # numbers that other lists have too
    rows_rejected: int  # of imports into the list
    rejected_by_code: Mapping[str, int]
    numbers_converted: int  # by imports: written in Benin's old eight digits
    prefixes: tuple[PrefixCount, ...] = ()


@dataclass(slots=True)
class _Plan:
    kinds: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    operators: Counter[str] = field(default_factory=Counter)


def health_of(counted: CountedList) -> dict[str, Any]:
    """What is kept and shown of a list."""
    plan = _by_plan(counted.prefixes)
    return {
        "contacts": counted.contacts,
        "contacts_uncallable": counted.contacts_uncallable,
        "contacts_without_number": counted.contacts_without_number,
        "numbers": counted.numbers,
        "numbers_uncallable": counted.numbers_uncallable,
        "numbers_dead": counted.numbers_dead,
        "duplicates_inside": counted.duplicates_inside,
        "duplicates_outside": counted.duplicates_outside,
        "rows_rejected": counted.rows_rejected,
        "rejected_by_code": dict(counted.rejected_by_code),
        "numbers_converted": counted.numbers_converted,
        "kinds": _sorted(plan.kinds),
        "countries": _sorted(plan.countries),
        "operators": _sorted(plan.operators),
    }


def _by_plan(prefixes: Iterable[PrefixCount]) -> _Plan:
    plan = _Plan()
    for one in prefixes:
        kind, country, operator = numbering_of(one.example)
        plan.kinds[kind] += one.numbers
        plan.countries[country] += one.numbers
        plan.operators[operator] += one.numbers
    return plan


def numbering_of(number: str) -> tuple[str, str, str]:
    """(kind of line, country's two letters, operator) of an E.164 number."""
    from phonenumbers import carrier  # its table is large: for who asks only

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return "other", UNKNOWN, UNKNOWN
    country = phonenumbers.region_code_for_number(parsed)
    if country is None or country == "001":
        country = UNKNOWN
    return kind_of(number).value, country, carrier.name_for_number(parsed, "en") or UNKNOWN


def _sorted(counter: Counter[str]) -> list[dict[str, Any]]:
    """The largest first; what is unknown, and the sum of the rest, come last."""
    named = [(name, count) for name, count in counter.most_common() if name != UNKNOWN]
    shown, rest = named[:MOST_SHOWN], named[MOST_SHOWN:]
    found = [{"name": name, "numbers": count} for name, count in shown]
    if rest:
        found.append({"name": "rest", "numbers": sum(count for _, count in rest)})
    if counter[UNKNOWN]:
        found.append({"name": UNKNOWN, "numbers": counter[UNKNOWN]})
    return found
