"""A filter as a document of nested groups, read and checked against a list.

    {"all": [{"column": "ville", "predicate": "EQUALS", "value": "Cotonou"},
             {"any": [{"column": "solde", "predicate": "GREATER", "value": "5000"},
                      {"property": "last_attempt_at", "predicate": "BEFORE",
                       "value": {"relative": "-P3D"}}]},
             {"not": {"property": "number_type", "predicate": "EQUALS", "value": "fixed_line"}}]}

A group is `all`, `any` or `not`; a clause names a `column` or a `property`, a predicate, and
`value`, or `values` for BETWEEN (two, both included) and IN. `inverted` turns a clause round;
`exact` compares text as it is written, else case and accents do not count. `{"all": []}` lets
everybody through. A clause does not hold of a missing or unreadable value; its inverse does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from kwabo.domain.contacts.columns import read_decimal
from kwabo.domain.contacts.filters.fields import (
    ANYWHERE,
    HERE,
    PREDICATES_OF,
    Field,
    FieldKind,
    Predicate,
    property_named,
)
from kwabo.domain.contacts.filters.problems import FilterInvalid, problem
from kwabo.domain.contacts.filters.times import FromNow, TimeBound, read_duration, read_time

MOST_CLAUSES: Final = 100
DEEPEST: Final = 8
MOST_VALUES: Final = 1000
LONGEST_VALUE: Final = 500
GROUPS: Final = ("all", "any", "not")

Operand = str | Decimal | TimeBound


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One statement about a contact."""

    path: str  # "all[1].any[0]": where it stands in the document
    field: Field
    predicate: Predicate
    operands: tuple[Operand, ...]
    inverted: bool
    exact: bool

    @property
    def is_relative(self) -> bool:
        """Whether its answer changes as time passes."""
        return any(isinstance(operand, FromNow) for operand in self.operands)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Statements of which all, any, or not the one must hold."""

    path: str
    word: str
    parts: tuple[Clause | Group, ...]


Node = Clause | Group
ALL_CONTACTS: Final = Group(path="", word="all", parts=())


def clauses(node: Node) -> Iterator[Clause]:
    """The clauses in the order of the document."""
    if isinstance(node, Clause):
        yield node
    else:
        for part in node.parts:
            yield from clauses(part)


def is_relative(node: Node) -> bool:
    """Whether the filter's answer changes as time passes."""
    return any(clause.is_relative for clause in clauses(node))


def follows_calls(node: Node) -> bool:
    """Whether the filter's answer changes with calls."""
    return any(c.field.is_property and c.field.name in HERE | ANYWHERE for c in clauses(node))


def column_names(node: Node) -> frozenset[str]:
    """The columns that the filter is about."""
    return frozenset(c.field.name for c in clauses(node) if not c.field.is_property)


def read_filter(document: object, columns: Mapping[str, Field]) -> Node:
    """The filter of a document. Raises FilterInvalid with everything that is wrong."""
    reader = _Reader(columns)
    node = reader.node(document, "", 1)
    if reader.clauses > MOST_CLAUSES:
        reader.refuse("", "FILTER_TOO_LARGE", most=str(MOST_CLAUSES))
    if reader.problems or node is None:
        raise FilterInvalid(tuple(reader.problems))
    return node


class _Reader:
    def __init__(self, columns: Mapping[str, Field]) -> None:
        self.columns = columns
        self.problems: list[Any] = []
        self.clauses = 0

    def refuse(self, path: str, code: str, **details: str) -> None:
        if len(self.problems) < 50:
            self.problems.append(problem(path or "filter", code, **details))

    def node(self, written: object, path: str, depth: int) -> Node | None:
        if not isinstance(written, Mapping):
            self.refuse(path, "FILTER_NODE")
            return None
        words = [word for word in GROUPS if word in written]
        if not words:
            return self._clause(written, path)
        if len(written) != 1:
            self.refuse(path, "FILTER_NODE")
            return None
        if depth > DEEPEST:
            self.refuse(path, "FILTER_TOO_DEEP", most=str(DEEPEST))
            return None
        return self._group(words[0], written[words[0]], path, depth)

    def _group(self, word: str, inner: object, path: str, depth: int) -> Group | None:
        at = f"{path}.{word}" if path else word
        if word == "not":
            part = self.node(inner, at, depth + 1)
            return None if part is None else Group(path=at, word=word, parts=(part,))
        if not isinstance(inner, list):
            self.refuse(at, "FILTER_NODE")
            return None
        if not inner and (path or word == "any"):
            self.refuse(at, "FILTER_GROUP_EMPTY")
            return None
        if len(inner) > MOST_CLAUSES:
            self.refuse(at, "FILTER_TOO_LARGE", most=str(MOST_CLAUSES))
            return None
        parts = [self.node(one, f"{at}[{index}]", depth + 1) for index, one in enumerate(inner)]
        if any(part is None for part in parts):
            return None
        return Group(path=at, word=word, parts=tuple(part for part in parts if part is not None))

    def _clause(self, written: Mapping[str, Any], path: str) -> Clause | None:
        self.clauses += 1
        unknown = sorted(set(map(str, written)) - _KEYS)
        if unknown:
            self.refuse(path, "FILTER_KEY", keys=", ".join(unknown)[:200])
            return None
        field = self._field(written, path)
        if field is None:
            return None
        possible = PREDICATES_OF[field.kind]
        predicate = _PREDICATES.get(str(written.get("predicate")))
        if predicate is None or predicate not in possible:
            self.refuse(path, "FILTER_PREDICATE", possible=", ".join(possible))
            return None
        for name in ("inverted", "exact"):
            if not isinstance(written.get(name, False), bool):
                self.refuse(path, "FILTER_FLAG", name=name)
                return None
        operands = self._operands(written, field, predicate, path)
        if operands is None:
            return None
        return Clause(
            path=path or "filter",
            field=field,
            predicate=predicate,
            operands=operands,
            inverted=bool(written.get("inverted", False)),
            exact=bool(written.get("exact", False)),
        )

    def _field(self, written: Mapping[str, Any], path: str) -> Field | None:
        column, name = written.get("column"), written.get("property")
        if (column is None) == (name is None):
            self.refuse(path, "FILTER_FIELD")
            return None
        if column is not None:
            field = self.columns.get(column) if isinstance(column, str) else None
            if field is None:
                columns = ", ".join(self.columns)
                self.refuse(path, "FILTER_COLUMN", column=str(column)[:128], columns=columns[:500])
            return field
        field = property_named(name) if isinstance(name, str) else None
        if field is None:
            self.refuse(path, "FILTER_PROPERTY", property=str(name)[:128])
        return field

    def _operands(
        self, written: Mapping[str, Any], field: Field, predicate: Predicate, path: str
    ) -> tuple[Operand, ...] | None:
        values = _values(written)
        least, most = _COUNTS.get(predicate, (1, 1))
        if values is None or not least <= len(values) <= most:
            self.refuse(path, "FILTER_VALUES", least=str(least), most=str(most))
            return None
        read = []
        for index, value in enumerate(values):
            operand = _operand(value, field)
            if operand is None:
                where = f"{path}.values[{index}]" if "values" in written else f"{path}.value"
                code = _VALUE_CODES[field.kind]
                self.refuse(where.lstrip("."), code, value=str(value)[:100])
            else:
                read.append(operand)
        return tuple(read) if len(read) == len(values) else None


_PREDICATES: Final = {str(predicate): predicate for predicate in Predicate}
_KEYS: Final = frozenset(
    {"column", "property", "predicate", "value", "values", "inverted", "exact"}
)
_COUNTS: Final[Mapping[Predicate, tuple[int, int]]] = {
    Predicate.IS_EMPTY: (0, 0),
    Predicate.BETWEEN: (2, 2),
    Predicate.IN: (1, MOST_VALUES),
}
_VALUE_CODES: Final[Mapping[FieldKind, str]] = {
    FieldKind.TEXT: "FILTER_TEXT",
    FieldKind.CHOICE: "FILTER_TEXT",
    FieldKind.NUMBER: "FILTER_NUMBER",
    FieldKind.DATE: "FILTER_TIME",
    FieldKind.INSTANT: "FILTER_TIME",
    FieldKind.YES_NO: "FILTER_YES_NO",
}


def _values(written: Mapping[str, Any]) -> list[Any] | None:
    """The values that are written; None when they are written in two ways or not as a list."""
    if "value" in written and "values" in written:
        return None
    if "value" in written:
        return [written["value"]]
    values = written.get("values", [])
    return values if isinstance(values, list) else None


def _operand(value: object, field: Field) -> Operand | None:
    if field.kind is FieldKind.YES_NO:
        return _YES_NO.get(value) if isinstance(value, bool | str) else None
    if field.kind in (FieldKind.DATE, FieldKind.INSTANT):
        return _time_operand(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    if field.kind is FieldKind.NUMBER:
        number = read_decimal(text)
        return None if number is None else Decimal(number)
    if not text or len(text) > LONGEST_VALUE or "\0" in text or not _is_text(text):
        return None
    return text


def _time_operand(value: object) -> TimeBound | None:
    if isinstance(value, str):
        return read_time(value.strip())
    if isinstance(value, Mapping) and set(value) == {"relative"}:
        written = value["relative"]
        offset = read_duration(written) if isinstance(written, str) else None
        return None if offset is None else FromNow(offset, str(written))
    return None


_YES_NO: Final[Mapping[object, str]] = {
    True: "true",
    False: "false",
    "true": "true",
    "false": "false",
}


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
