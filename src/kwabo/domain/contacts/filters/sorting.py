"""The order in which a campaign calls a list's contacts: up to four keys (OUT-22, OUT-23).

Each key is a column or a property with one value, ascending or descending, compared as its kind;
a missing or unreadable value comes last, or first where the key says so. A contact's place is one
string of bytes whose plain order is the order asked for, so that one index serves every order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from kwabo.domain.contacts.filters.evaluate import NUMBER, property_value
from kwabo.domain.contacts.filters.facts import ContactFacts
from kwabo.domain.contacts.filters.fields import (
    ANYWHERE,
    HERE,
    Field,
    FieldKind,
    property_named,
)
from kwabo.domain.contacts.filters.folding import folded_text
from kwabo.domain.contacts.filters.problems import FilterInvalid, problem
from kwabo.domain.contacts.filters.times import local_text, looks_like_time

MOST_KEYS: Final = 4
MODES: Final = ("static", "dynamic")
LONGEST: Final = 120  # characters of a text that count


@dataclass(frozen=True, slots=True, kw_only=True)
class SortKey:
    """One key of an order."""

    field: Field
    descending: bool = False
    empty_first: bool = False


def read_sort(document: object, columns: Mapping[str, Field]) -> tuple[SortKey, ...]:
    """The keys of `[{"column": "solde", "descending": true, "empty_first": false}, …]`.

    Raises FilterInvalid with everything that is wrong.
    """
    if not isinstance(document, list | tuple) or len(document) > MOST_KEYS:
        raise FilterInvalid((problem("sort", "SORT_KEYS", most=str(MOST_KEYS)),))
    keys: list[SortKey] = []
    problems = []
    for index, written in enumerate(document):
        path = f"sort[{index}]"
        field = _field(written, columns)
        if field is None:
            shown = written if isinstance(written, Mapping) else {}
            name = str(shown.get("column") or shown.get("property") or "")[:128]
            problems.append(problem(path, "SORT_FIELD", field=name))
        elif any(key.field == field for key in keys):
            problems.append(problem(path, "SORT_TWICE", field=field.name))
        else:
            keys.append(
                SortKey(
                    field=field,
                    descending=bool(written.get("descending", False)),
                    empty_first=bool(written.get("empty_first", False)),
                )
            )
    if problems:
        raise FilterInvalid(tuple(problems))
    return tuple(keys)


def as_document(keys: Sequence[SortKey]) -> list[dict[str, Any]]:
    """The keys as they are kept, with the kind of each."""
    return [
        {
            "property" if key.field.is_property else "column": key.field.name,
            "kind": str(key.field.kind),
            "descending": key.descending,
            "empty_first": key.empty_first,
        }
        for key in keys
    ]


def follows_calls(keys: Sequence[SortKey]) -> bool:
    """Whether the order changes with calls."""
    return any(key.field.is_property and key.field.name in HERE | ANYWHERE for key in keys)


def _field(written: object, columns: Mapping[str, Field]) -> Field | None:
    if not isinstance(written, Mapping):
        return None
    column, name = written.get("column"), written.get("property")
    if isinstance(column, str) and name is None:
        return columns.get(column)
    found = property_named(name) if isinstance(name, str) and column is None else None
    return None if found is None or found.kind is FieldKind.CHOICE else found


def rank(keys: Sequence[SortKey], facts: ContactFacts) -> bytes:
    """The contact's place."""
    return b"".join(_part(key, facts) for key in keys)


def _part(key: SortKey, facts: ContactFacts) -> bytes:
    written = _written(key.field, facts)
    if written is None:
        return b"\x00" if key.empty_first else b"\x02"
    return b"\x01" + (_turned(written) if key.descending else written)


def _written(field: Field, facts: ContactFacts) -> bytes | None:
    if field.is_property:
        value = property_value(field.name, facts)
    else:
        value = facts.data.get(field.name) or None
    if value is None or isinstance(value, tuple):
        return None
    if isinstance(value, datetime):
        return _text(value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f"))
    if field.kind is FieldKind.NUMBER:
        return _number(Decimal(value)) if NUMBER.fullmatch(value) else None
    if field.kind is FieldKind.DATE:
        return _text(local_text(value)) if looks_like_time(value) else None
    return _text(folded_text(value))


def _text(value: str) -> bytes:
    # Ends with a byte that no text has in it, so that a beginning comes before the whole.
    return value[:LONGEST].replace("\0", "").encode("utf-8", "replace") + b"\x00"


def _number(value: Decimal) -> bytes:
    """Sign, power of ten, digits: in order for any numbers of at most 60 digits on each side."""
    if value == 0:
        return b"\x02"
    sign, digits, _ = value.as_tuple()
    first = next(index for index, digit in enumerate(digits) if digit)
    power = value.adjusted() if first == 0 else value.adjusted() - first
    significant = bytes(digit + 1 for digit in digits[first:]).rstrip(b"\x01")
    size = bytes([power + 128]) + significant + b"\x00"
    return b"\x01" + _turned(size) if sign else b"\x03" + size


def _turned(written: bytes) -> bytes:
    return bytes(255 - byte for byte in written)
