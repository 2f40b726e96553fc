"""What a clause can be about: a list's columns and the properties that every contact has.

Each has a kind, and each kind its predicates. A property "in this campaign" has no value where
nobody names a campaign, as for a filter that is only being tried on a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kwabo.domain.contacts.columns import Column, ColumnKind


class FieldKind(StrEnum):
    """How values are compared."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"  # a day, or a day and a time, in the list's time zone
    INSTANT = "instant"  # shown and compared in the list's time zone
    CHOICE = "choice"  # each of the contact's numbers has one
    YES_NO = "yes_no"


class Predicate(StrEnum):
    """What a clause says of a value (OUT-21). Each can be inverted."""

    EQUALS = "EQUALS"
    LESS = "LESS"
    LESS_EQUAL = "LESS_EQUAL"
    GREATER = "GREATER"
    GREATER_EQUAL = "GREATER_EQUAL"
    CONTAINS = "CONTAINS"
    BEGINS_WITH = "BEGINS_WITH"
    ENDS_WITH = "ENDS_WITH"
    BEFORE = "BEFORE"
    AFTER = "AFTER"
    BETWEEN = "BETWEEN"
    IN = "IN"
    IS_EMPTY = "IS_EMPTY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column, or a property."""

    name: str
    kind: FieldKind
    is_property: bool


_ORDER = (
    Predicate.LESS,
    Predicate.LESS_EQUAL,
    Predicate.GREATER,
    Predicate.GREATER_EQUAL,
)
_TIMES = (
    Predicate.EQUALS,
    Predicate.BEFORE,
    Predicate.AFTER,
    Predicate.BETWEEN,
    Predicate.IN,
    Predicate.IS_EMPTY,
)
PREDICATES_OF: Final[Mapping[FieldKind, tuple[Predicate, ...]]] = {
    FieldKind.TEXT: (
        Predicate.EQUALS,
        Predicate.CONTAINS,
        Predicate.BEGINS_WITH,
        Predicate.ENDS_WITH,
        Predicate.IN,
        *_ORDER,
        Predicate.BETWEEN,
        Predicate.IS_EMPTY,
    ),
    FieldKind.NUMBER: (
        Predicate.EQUALS,
        *_ORDER,
        Predicate.BETWEEN,
        Predicate.IN,
        Predicate.IS_EMPTY,
    ),
    FieldKind.DATE: _TIMES,
    FieldKind.INSTANT: _TIMES,
    FieldKind.CHOICE: (Predicate.EQUALS, Predicate.IN, Predicate.IS_EMPTY),
    FieldKind.YES_NO: (Predicate.EQUALS,),
}

PROPERTIES: Final[Mapping[str, FieldKind]] = {
    "language": FieldKind.TEXT,
    "time_zone": FieldKind.TEXT,  # the contact's, else the list's
    "number_country": FieldKind.CHOICE,
    "number_type": FieldKind.CHOICE,
    "callable": FieldKind.YES_NO,
    "created_at": FieldKind.INSTANT,
    "attempts": FieldKind.NUMBER,  # dialled ones in this campaign
    "last_attempt_at": FieldKind.INSTANT,
    "last_result": FieldKind.TEXT,
    "last_wrap_up_code_id": FieldKind.TEXT,
    "attempts_anywhere": FieldKind.NUMBER,  # over all campaigns
    "last_attempt_at_anywhere": FieldKind.INSTANT,
    "last_result_anywhere": FieldKind.TEXT,
    "last_wrap_up_code_id_anywhere": FieldKind.TEXT,
}
# Properties that calls change, in this campaign and over all of them.
HERE: Final = frozenset({"attempts", "last_attempt_at", "last_result", "last_wrap_up_code_id"})
ANYWHERE: Final = frozenset(f"{name}_anywhere" for name in HERE)

_KIND_OF_COLUMN: Final[Mapping[str, FieldKind]] = {
    ColumnKind.NUMBER: FieldKind.NUMBER,
    ColumnKind.DATE: FieldKind.DATE,
}


def property_named(name: str) -> Field | None:
    """The property, if there is one of this name."""
    kind = PROPERTIES.get(name)
    return None if kind is None else Field(name=name, kind=kind, is_property=True)


def columns_by_name(columns: Iterable[Column]) -> dict[str, Field]:
    """A list's columns as fields. Telephone numbers, zones and languages are compared as text."""
    return columns_of_kinds({column.name: column.kind for column in columns})


def columns_of_kinds(kinds: Mapping[str, str]) -> dict[str, Field]:
    """The same of names and kinds of columns."""
    return {
        name: Field(
            name=name,
            kind=_KIND_OF_COLUMN.get(kind, FieldKind.TEXT),
            is_property=False,
        )
        for name, kind in kinds.items()
    }
