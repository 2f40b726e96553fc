"""Answers: read in one form for each kind of field, and what counts as a field's value.

A field's value is its answer; without one, what its column holds; without that, its default. An
answer is kept as text: numbers with a point, dates as ISO 8601, times as HH:MM, `yes` and `no`,
telephone numbers in E.164, choices by their values; several choices as a list.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from kwabo.domain.contacts.columns import ColumnKind, read_value
from kwabo.domain.contacts.phone_numbers import read_number
from kwabo.domain.scripts.conditions import Facts, Value, holds
from kwabo.domain.scripts.document import Field

LONGEST: Final[Mapping[str, int]] = {"text": 500, "long_text": 10_000}
SEVERAL: Final = "; "  # between several choices in a column
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:h]([0-5][0-9])")


def read_answer(field: Field, written: Any, region: str) -> tuple[Value, str]:
    """(answer, problem code): the code is "" when it is good; "" and () are no answer."""
    if field.input == "choices":
        given = written if isinstance(written, list | tuple) else [written] if written else []
        chosen = {str(one) for one in given}
        if not chosen <= set(field.choices):
            return (), "SCRIPT_CHOICE"
        return tuple(one for one in field.choices if one in chosen), ""
    if not isinstance(written, str) or "\0" in written:
        return "", "SCRIPT_TEXT"
    text = written.strip()
    if not text:
        return "", ""
    match field.input:
        case "number" | "date":
            value, code = read_value(ColumnKind(field.input), text)
            return value, code
        case "time":
            clock = _CLOCK.fullmatch(text)
            return (f"{int(clock[1]):02}:{clock[2]}", "") if clock else ("", "SCRIPT_TIME")
        case "yes_no":
            return (text, "") if text in ("yes", "no") else ("", "SCRIPT_CHOICE")
        case "choice":
            return (text, "") if text in field.choices else ("", "SCRIPT_CHOICE")
        case "phone":
            number = read_number(text, region)
            return (number, "") if isinstance(number, str) else ("", "SCRIPT_PHONE")
    most = LONGEST.get(field.input, LONGEST["text"])
    return (text, "") if len(text) <= most else ("", "SCRIPT_TEXT_LONG")


def for_column(field: Field, answer: Value) -> str:
    """What an answer is in the field's column."""
    if isinstance(answer, tuple | list):
        return SEVERAL.join(answer)
    if field.input == "yes_no":
        return field.written.get(answer, answer)
    return answer


def of_column(field: Field, value: str) -> Value:
    """The answer that a column's value stands for; "" when it stands for none."""
    if field.input == "choices":
        held = [one.strip() for one in value.split(";")]
        return tuple(one for one in field.choices if one in held)
    if field.input == "choice":
        return value if value in field.choices else ""
    if field.input == "yes_no":
        for answer in ("yes", "no"):
            if value and value.lower() in (answer, field.written.get(answer, answer).lower()):
                return answer
        return ""
    return value


def effective(
    fields: Mapping[str, Field], answers: Mapping[str, Any], columns: Mapping[str, str]
) -> dict[str, Value]:
    """Each field's value: answer, column, default."""
    found: dict[str, Value] = {}
    for name, field in fields.items():
        given = answers.get(name)
        if name in answers and not field.read_only:
            found[name] = tuple(given) if isinstance(given, list | tuple) else str(given or "")
            continue
        held: Value = ""
        if field.column is not None:
            held = of_column(field, columns.get(field.column) or "")
        if not held and not field.read_only and field.default:
            held = (field.default,) if field.input == "choices" else field.default
        found[name] = held
    return found


def missing(fields: Mapping[str, Field], visited: Collection[str], facts: Facts) -> list[Field]:
    """Required fields that the agent has seen and that have no value."""
    return [
        field
        for field in fields.values()
        if field.required
        and not field.read_only
        and field.page in visited
        and not facts.answers.get(field.id)
        and holds(field.when, facts)
    ]
