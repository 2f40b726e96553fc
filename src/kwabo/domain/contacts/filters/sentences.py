"""Filters in words: which part keeps a contact out, with the values, in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from kwabo.domain.contacts.filters.document import Clause, Node, Operand
from kwabo.domain.contacts.filters.evaluate import failing, value_of
from kwabo.domain.contacts.filters.facts import ContactFacts
from kwabo.domain.contacts.filters.fields import Predicate
from kwabo.domain.contacts.filters.times import Day, FromNow, LocalTime, Present

MOST: Final = 5  # parts that are told of one filter


def why_not(name: str, node: Node, facts: ContactFacts, present: Present, language: str) -> str:
    """Why a filter keeps the contact out; '' when it does not."""
    parts = list(failing(node, facts, present))
    if not parts:
        return ""
    told = [_part(part, facts, present, language) for part in parts[:MOST]]
    more = len(parts) - len(told)
    if language == "fr":
        tail = f" ; et {more} autres" if more else ""
        return f"Filtre « {name} » : {' ; '.join(told)}{tail}."
    tail = f"; and {more} more" if more else ""
    return f"Filter '{name}': {'; '.join(told)}{tail}."


def _part(part: Node, facts: ContactFacts, present: Present, language: str) -> str:
    french = language == "fr"
    if not isinstance(part, Clause):
        inner = "cette partie ne doit pas être vraie" if french else "this part must not hold"
        return f"{part.path} – {inner}"
    value = _value(part, facts, present, french)
    wanted = _wanted(part, present, french)
    name = _PROPERTY_NAMES.get(part.field.name, (part.field.name, part.field.name))
    field = name[0 if french else 1] if part.field.is_property else part.field.name
    if french:
        return f"{part.path} – {field} {wanted} (valeur : {value})"
    return f"{part.path} – {field} {wanted} (value: {value})"


def _wanted(clause: Clause, present: Present, french: bool) -> str:
    words = _PREDICATES[clause.predicate][(0 if french else 2) + clause.inverted]
    join = " et " if french else " and "
    if clause.predicate is Predicate.IN:
        join = ", "
    shown = [_operand(operand, french) for operand in clause.operands[:10]]
    if len(clause.operands) > 10:
        shown.append("…")
    return f"{words} {join.join(shown)}".strip()


def _value(clause: Clause, facts: ContactFacts, present: Present, french: bool) -> str:
    value = value_of(clause, facts)
    if value is None or value == ():
        raw = None if clause.field.is_property else facts.data.get(clause.field.name)
        nothing = "aucune" if french else "none"
        return (
            f"{nothing}, « {raw} »" if raw and french else f"{nothing}, '{raw}'" if raw else nothing
        )
    if isinstance(value, tuple):
        return ", ".join(dict.fromkeys(value))
    if isinstance(value, datetime):
        return f"{value.astimezone(present.zone):%Y-%m-%d %H:%M}"
    return value.replace("T", " ") if clause.field.kind == "date" else value[:100]


def _operand(operand: Operand, french: bool) -> str:
    match operand:
        case Day(day):
            return day.isoformat()
        case LocalTime(at):
            return f"{at:%Y-%m-%d %H:%M}"
        case FromNow(offset, _):
            return _moved(offset, french)
        case Decimal():
            return f"{operand:f}"
    return f"« {operand} »" if french else f"'{operand}'"


def _moved(offset: timedelta, french: bool) -> str:
    if not offset:
        return "maintenant" if french else "now"
    seconds = abs(int(offset.total_seconds()))
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [
        f"{number} {unit}"
        for number, unit in (
            (days, "j" if french else "d"), (hours, "h"), (minutes, "min"), (seconds, "s")
        )
        if number
    ]  # fmt: skip
    length = " ".join(parts)
    if french:
        return f"il y a {length}" if offset < timedelta() else f"dans {length}"
    return f"{length} ago" if offset < timedelta() else f"in {length}"


# Predicate → French, French inverted, English, English inverted: what should be, and is not.
_PREDICATES: Final[Mapping[Predicate, tuple[str, str, str, str]]] = {
    Predicate.EQUALS: (
        "doit être égal à", "doit être différent de", "must equal", "must not equal",
    ),
    Predicate.LESS: (
        "doit être inférieur à", "ne doit pas être inférieur à", "must be less than",
        "must not be less than",
    ),
    Predicate.LESS_EQUAL: (
        "doit être au plus", "ne doit pas être au plus", "must be at most", "must not be at most",
    ),
    Predicate.GREATER: (
        "doit être supérieur à", "ne doit pas être supérieur à", "must be greater than",
        "must not be greater than",
    ),
    Predicate.GREATER_EQUAL: (
        "doit être au moins", "ne doit pas être au moins", "must be at least",
        "must not be at least",
    ),
    Predicate.CONTAINS: (
        "doit contenir", "ne doit pas contenir", "must contain", "must not contain",
    ),
    Predicate.BEGINS_WITH: (
        "doit commencer par", "ne doit pas commencer par", "must begin with",
        "must not begin with",
    ),
    Predicate.ENDS_WITH: (
        "doit finir par", "ne doit pas finir par", "must end with", "must not end with",
    ),
    Predicate.BEFORE: (
        "doit être avant", "ne doit pas être avant", "must be before", "must not be before",
    ),
    Predicate.AFTER: (
        "doit être après", "ne doit pas être après", "must be after", "must not be after",
    ),
    Predicate.BETWEEN: (
        "doit être entre", "ne doit pas être entre", "must be between", "must not be between",
    ),
    Predicate.IN: (
        "doit être l’un de", "ne doit être aucun de", "must be one of", "must be none of",
    ),
    Predicate.IS_EMPTY: (
        "doit être vide", "ne doit pas être vide", "must be empty", "must not be empty",
    ),
}  # fmt: skip

_PROPERTY_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "language": ("langue", "language"),
    "time_zone": ("fuseau horaire", "time zone"),
    "number_country": ("pays du numéro", "number's country"),
    "number_type": ("type de numéro", "number's type"),
    "callable": ("appelable", "callable"),
    "created_at": ("ajouté le", "added at"),
    "attempts": ("tentatives dans cette campagne", "attempts in this campaign"),
    "last_attempt_at": ("dernière tentative dans cette campagne", "last attempt in this campaign"),
    "last_result": ("dernier résultat dans cette campagne", "last result in this campaign"),
    "last_wrap_up_code_id": (
        "dernière qualification dans cette campagne",
        "last wrap-up code in this campaign",
    ),
    "attempts_anywhere": ("tentatives au total", "attempts anywhere"),
    "last_attempt_at_anywhere": ("dernière tentative", "last attempt anywhere"),
    "last_result_anywhere": ("dernier résultat", "last result anywhere"),
    "last_wrap_up_code_id_anywhere": ("dernière qualification", "last wrap-up code anywhere"),
}
