"""Whether a contact matches a filter, which clauses fail, and when the answer may change.

Pure; the database asks the same question in SQL (`adapters/postgres/filter_sql.py`), and a property
test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from kwabo.domain.contacts.filters import numbers, times
from kwabo.domain.contacts.filters.document import Clause, Group, Node, clauses
from kwabo.domain.contacts.filters.facts import ContactFacts
from kwabo.domain.contacts.filters.fields import FieldKind, Predicate
from kwabo.domain.contacts.filters.folding import folded_text
from kwabo.domain.contacts.filters.times import FromNow, Present

NUMBER: Final = re.compile(r"-?[0-9]{1,60}(?:\.[0-9]{1,60})?")


def matches(node: Node, facts: ContactFacts, present: Present) -> bool:
    """Whether the contact is let through."""
    if isinstance(node, Clause):
        return clause_holds(node, facts, present)
    if node.word == "not":
        return not matches(node.parts[0], facts, present)
    holds = (matches(part, facts, present) for part in node.parts)
    return all(holds) if node.word == "all" else any(holds)


def failing(node: Node, facts: ContactFacts, present: Present) -> Iterator[Node]:
    """The smallest parts of a filter that keep the contact out: clauses, and `not` groups."""
    if matches(node, facts, present):
        return
    if isinstance(node, Group) and node.word != "not":
        for part in node.parts:
            yield from failing(part, facts, present)
    else:
        yield node


def clause_holds(clause: Clause, facts: ContactFacts, present: Present) -> bool:
    """The clause's answer, inverted when it says so."""
    return _holds(clause, facts, present) != clause.inverted


def value_of(clause: Clause, facts: ContactFacts) -> str | datetime | tuple[str, ...] | None:
    """What the contact has in the clause's field; None: nothing, or nothing of its kind."""
    name, kind = clause.field.name, clause.field.kind
    if not clause.field.is_property:
        value = facts.data.get(name) or None
        if value is None or kind is FieldKind.TEXT:
            return value
        fits = NUMBER.fullmatch(value) if kind is FieldKind.NUMBER else times.looks_like_time(value)
        return value if fits else None
    return property_value(name, facts)


def property_value(name: str, facts: ContactFacts) -> str | datetime | tuple[str, ...] | None:
    """A property of the contact."""
    if name == "number_country":
        found = (numbers.country_of(number) for number in facts.numbers)
        return tuple(country for country in found if country is not None)
    if name == "number_type":
        return tuple(numbers.type_of(number) for number in facts.numbers)
    if name == "callable":
        return "true" if facts.callable else "false"
    if name in ("language", "time_zone", "created_at"):
        plain: str | datetime | None = getattr(facts, name)
        return plain or None
    calls = facts.anywhere if name.endswith("_anywhere") else facts.here
    value = getattr(calls, name.removesuffix("_anywhere"))
    return str(value) if isinstance(value, int) else value


def _holds(clause: Clause, facts: ContactFacts, present: Present) -> bool:
    value = value_of(clause, facts)
    if clause.predicate is Predicate.IS_EMPTY:
        return value is None or value == ()
    if value is None:
        return False
    if isinstance(value, tuple):
        return not set(value).isdisjoint(clause.operands)
    if isinstance(value, datetime):
        return _time_holds(clause, value, present)
    match clause.field.kind:
        case FieldKind.NUMBER:
            return _compare(clause.predicate, Decimal(value), clause.operands)
        case FieldKind.DATE:
            return _time_holds(clause, value, present)
        case FieldKind.YES_NO:
            return value == clause.operands[0]
    return _text_holds(clause, value)


def _text_holds(clause: Clause, value: str) -> bool:
    operands = [str(operand) for operand in clause.operands]
    if not clause.exact:
        value, operands = folded_text(value), [folded_text(operand) for operand in operands]
    match clause.predicate:
        case Predicate.CONTAINS:
            return operands[0] in value
        case Predicate.BEGINS_WITH:
            return value.startswith(operands[0])
        case Predicate.ENDS_WITH:
            return value.endswith(operands[0])
    return _compare(clause.predicate, value, operands)


def _compare(predicate: Predicate, value: Any, operands: Sequence[Any]) -> bool:
    first = operands[0]
    match predicate:
        case Predicate.EQUALS:
            return bool(value == first)
        case Predicate.LESS:
            return bool(value < first)
        case Predicate.LESS_EQUAL:
            return bool(value <= first)
        case Predicate.GREATER:
            return bool(value > first)
        case Predicate.GREATER_EQUAL:
            return bool(value >= first)
        case Predicate.BETWEEN:
            return bool(first <= value <= operands[1])
        case Predicate.IN:
            return value in operands
    raise AssertionError(predicate)


def _time_holds(clause: Clause, value: str | datetime, present: Present) -> bool:
    predicate = clause.predicate
    bounds = [
        times.resolve(operand, present, as_day=predicate in (Predicate.EQUALS, Predicate.IN))
        for operand in clause.operands
        if not isinstance(operand, str | Decimal)
    ]
    if isinstance(value, datetime):
        sides = [_side_of_instant(value, bound) for bound in bounds]
    else:
        sides = [_side_of_date(value, bound) for bound in bounds]
    match predicate:
        case Predicate.BEFORE:
            return sides[0] < 0
        case Predicate.AFTER:
            return sides[0] > 0
        case Predicate.BETWEEN:
            return sides[0] >= 0 and sides[1] <= 0
    return 0 in sides


def _side_of_instant(value: datetime, bound: times.Bound) -> int:
    """-1 before the bound, 0 at it (on its day), 1 after it."""
    if value < bound.start:
        return -1
    if bound.is_day:
        return 0 if value < bound.end else 1
    return 0 if value == bound.start else 1


def _side_of_date(value: str, bound: times.Bound) -> int:
    text = value[:10] if bound.is_day else times.local_text(value)
    return (text > bound.text) - (text < bound.text)


def next_change(node: Node, facts: ContactFacts, present: Present) -> datetime | None:
    """The earliest instant after the present at which passing time may change the answer.

    None: only a change of the contact or of the filter can.
    """
    found: datetime | None = None
    for clause in clauses(node):
        value = value_of(clause, facts) if clause.is_relative else None
        if value is None or isinstance(value, tuple):
            continue
        for operand in clause.operands:
            if isinstance(operand, FromNow):
                for at in _turns(clause, operand, value, present):
                    if at > present.now and (found is None or at < found):
                        found = at
    return found


def _turns(
    clause: Clause, operand: FromNow, value: str | datetime, present: Present
) -> list[datetime]:
    """When the moving bound passes the value. A second is added: bounds may be exclusive."""
    zone = present.zone
    if clause.predicate in (Predicate.EQUALS, Predicate.IN):
        if isinstance(value, datetime):
            day = value.astimezone(zone).date()
        elif (read := times.instant_of(value, zone)) is not None:
            day = read.astimezone(zone).date()
        else:
            return []
        edges = [times.midnight(day, zone), times.midnight(_after(day), zone)]
    else:
        at = value if isinstance(value, datetime) else times.instant_of(value, zone)
        edges = [] if at is None else [at]
    turns = []
    for edge in edges:
        try:
            turns.append(edge - operand.offset + timedelta(seconds=1))
        except OverflowError:
            continue
    return turns


def _after(day: date) -> date:
    try:
        return day + timedelta(days=1)
    except OverflowError:
        return day
