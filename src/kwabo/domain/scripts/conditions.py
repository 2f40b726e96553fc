"""Conditions of a script's parts, and whether they hold. The browser asks the same.

    {"all": [{"of": "column", "name": "solde", "value_type": "NUMERIC",
              "operator": "GREATER_THAN", "value": "0"},
             {"any": [{"of": "answer", "name": "accord", "value_type": "STRING",
                       "operator": "EQUALS", "value": "yes"},
                      {"not": {"of": "language", "operator": "EQUALS", "value_type": "STRING",
                               "value": "fr"}}]}]}

A statement does not hold of a missing or unreadable value (but `IS_EMPTY` does). Text is compared
without regard to case. Numbers have at most one decimal comma or point; times have no zone: they
are those of the contact's clock, as lists keep them. `tests/shared/script-cases.json` holds this
module and `web/src/features/scripts/conditions.ts` to the same answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final, Protocol

SOURCES: Final = ("column", "answer", "language", "campaign", "agent")
NAMED: Final = ("column", "answer", "agent")  # sources whose statements carry a name
AGENT_FACTS: Final = ("display_name", "language")
GROUPS: Final = ("all", "any", "not")
_ORDER = ("EQUALS", "LESS_THAN", "LESS_THAN_EQUALS", "GREATER_THAN", "GREATER_THAN_EQUALS")
OPERATORS: Final[Mapping[str, tuple[str, ...]]] = {
    "STRING": ("EQUALS", "CONTAINS", "BEGINS_WITH", "ENDS_WITH", "IS_EMPTY"),
    "NUMERIC": (*_ORDER, "IS_EMPTY"),
    "DATETIME": ("BEFORE", "AFTER", "EQUALS", "IS_EMPTY"),
    "PERIOD": (*_ORDER[1:], "IS_EMPTY"),  # minutes since then; before now is positive
}
_SPACE: Final = " \t\r\n\u00a0\u202f"
_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(?:[.,][0-9]{1,40})?")
_TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?)?", re.ASCII
)

Value = str | tuple[str, ...]  # several: a field of which several choices may be taken


class Known(Protocol):
    """What statements are about."""

    @property
    def now(self) -> str:
        """Of the clock that times are told by, "2026-11-26T10:00"."""
        ...

    def found(self, of: str, name: str) -> Value:
        """The value of a statement's source; '' when there is none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the statements of scripts are about."""

    columns: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Value] = field(default_factory=dict)  # by field, see `answers.effective`
    language: str = ""  # the contact's, as a code
    campaign: str = ""  # its name
    agent: Mapping[str, str] = field(default_factory=dict)
    now: str = ""  # of the contact's clock, "2026-11-26T10:00"

    def found(self, of: str, name: str) -> Value:
        """See `Known`."""
        match of:
            case "column":
                return self.columns.get(name) or ""
            case "answer":
                return self.answers.get(name) or ""
            case "language":
                return self.language
            case "campaign":
                return self.campaign
            case "agent":
                return self.agent.get(name) or ""
        return ""


def holds(condition: Mapping[str, Any] | None, facts: Known) -> bool:
    """Whether a condition holds; no condition always does."""
    if not condition:
        return True
    if "all" in condition:
        return all(holds(one, facts) for one in condition["all"])
    if "any" in condition:
        return any(holds(one, facts) for one in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], facts)
    return _statement(condition, facts) != (condition.get("inverted") is True)


def statements(
    condition: Mapping[str, Any] | None, path: str = ""
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every statement of a well-formed condition with its path."""
    if not condition:
        return
    for word in ("all", "any"):
        if word in condition:
            for index, one in enumerate(condition[word]):
                yield from statements(one, f"{path}.{word}.{index}")
            return
    if "not" in condition:
        yield from statements(condition["not"], f"{path}.not")
        return
    yield path, condition


def read_decimal(text: str) -> Decimal | None:
    """A number; None for anything else."""
    text = text.strip(_SPACE)
    return Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def read_moment(text: str) -> datetime | None:
    """A date, or a time of the contact's clock; None for anything else."""
    match = _TIME.fullmatch(text.strip(_SPACE))
    if match is None:
        return None
    try:
        return datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None


def _statement(one: Mapping[str, Any], facts: Known) -> bool:
    found = facts.found(str(one.get("of")), str(one.get("name", "")))
    operator = str(one.get("operator"))
    values = (found,) if isinstance(found, str) else tuple(found)
    values = tuple(value for value in values if value.strip(_SPACE))
    if operator == "IS_EMPTY":
        return not values
    if not values:
        return False
    wanted = str(one.get("value", ""))
    match one.get("value_type"):
        case "NUMERIC":
            number, bound = read_decimal(values[0]), read_decimal(wanted)
            return number is not None and bound is not None and _ordered(operator, number, bound)
        case "PERIOD":
            at, now, bound = read_moment(values[0]), read_moment(facts.now), read_decimal(wanted)
            if at is None or now is None or bound is None:
                return False
            return _ordered(operator, Decimal((now - at) // timedelta(seconds=1)), bound * 60)
        case "DATETIME":
            return _times(operator, values[0], wanted)
    if isinstance(found, str):
        return _text(operator, values[0].lower(), wanted.lower())
    if operator == "EQUALS":
        return [value.lower() for value in values] == [wanted.lower()]
    if operator == "CONTAINS":
        return any(value.lower() == wanted.lower() for value in values)
    return any(_text(operator, value.lower(), wanted.lower()) for value in values)


def _times(operator: str, found: str, wanted: str) -> bool:
    left, right = read_moment(found), read_moment(wanted)
    if left is None or right is None:
        return False
    if operator == "BEFORE":
        return left < right
    if operator == "AFTER":
        return left > right
    if len(wanted.strip(_SPACE)) == 10:  # a day: any time of it
        return left.date() == right.date()
    return left == right


def _text(operator: str, left: str, right: str) -> bool:
    match operator:
        case "CONTAINS":
            return right in left
        case "BEGINS_WITH":
            return left.startswith(right)
        case "ENDS_WITH":
            return left.endswith(right)
    return left == right


def _ordered(operator: str, left: Decimal, right: Decimal) -> bool:
    match operator:
        case "LESS_THAN":
            return left < right
        case "LESS_THAN_EQUALS":
            return left <= right
        case "GREATER_THAN":
            return left > right
        case "GREATER_THAN_EQUALS":
            return left >= right
    return left == right


def all_of(conditions: Sequence[Mapping[str, Any] | None]) -> dict[str, Any] | None:
    """The condition that all of these hold."""
    given = [dict(one) for one in conditions if one]
    if len(given) < 2:
        return given[0] if given else None
    return {"all": given}
