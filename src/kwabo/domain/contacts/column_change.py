"""Changes of the columns of a list in use.

The list stays dialable: contacts are rewritten in small batches, attempts, courses and callbacks
are not touched. A change goes through these states; `checking` only counts, so that a person sees
what a change would do before it is done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from kwabo.domain.contacts.columns import Column, ColumnKind, read_value
from kwabo.domain.contacts.import_file import MAX_COLUMNS
from kwabo.domain.contacts.phone_numbers import E164, read_cell
from kwabo.domain.contacts.problems import shown
from kwabo.kernel.machine import Machine

MOST_SAMPLES: Final = 20

COLUMN_CHANGE_STATES: Final = Machine(
    name="column change",
    initial="running",
    transitions={
        ("checking", "counted"): "checked",
        ("checking", "cancel"): "cancelled",
        ("checked", "apply"): "running",
        ("checked", "cancel"): "cancelled",
        ("running", "rewritten"): "cleaning",
        ("running", "finish"): "complete",
        ("cleaning", "finish"): "complete",
    },
    final=frozenset({"complete", "cancelled"}),
)


class ChangeKind(StrEnum):
    """What is done to a column."""

    ADD = "add"
    RENAME = "rename"
    LABEL = "label"
    KIND = "kind"
    ORDER = "order"
    REMOVE = "remove"


class UseKind(StrEnum):
    """Where a column is used."""

    KEY = "key"
    SCRIPT = "script"
    REQUIRED_FIELD = "required_field"
    FILTER = "filter"
    SORT = "sort"
    TEMPLATE = "template"
    FLOW_NOTE = "flow_note"


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """A place where a column is used; `shared`: other lists' columns of that name are meant too."""

    kind: UseKind
    name: str  # of the campaign, wrap-up code, filter, template
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSettings:
    """What the change is to do; only what its kind needs is set."""

    name: str = ""  # the new one
    label: str = ""
    kind: ColumnKind = ColumnKind.TEXT  # the new one; of a column that is removed, its own
    default: str = ""  # of an added column, in its canonical form
    unfit: str = "keep"  # keep | clear: values that are not of the new kind
    order: tuple[str, ...] = ()  # names of all columns

    def as_json(self) -> dict[str, Any]:
        """For the database."""
        return {
            "name": self.name,
            "label": self.label,
            "kind": self.kind.value,
            "default": self.default,
            "unfit": self.unfit,
            "order": list(self.order),
        }

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> ChangeSettings:
        """The settings of `as_json`'s answer."""
        kind, order = ColumnKind(value["kind"]), tuple(value.get("order", ()))
        return ChangeSettings(**{**value, "kind": kind, "order": order})


@dataclass(slots=True)
class ChangeReport:
    """What a check has found so far."""

    filled: int = 0  # contacts with a value in the column
    unfit: int = 0  # values that are not of the new kind
    without_number: int = 0  # contacts that would be left with no number
    samples: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For the database and the API."""
        return {
            "filled": self.filled,
            "unfit": self.unfit,
            "without_number": self.without_number,
            "samples": self.samples,
        }

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> ChangeReport:
        """The report of `as_json`'s answer."""
        return ChangeReport(
            filled=value.get("filled", 0),
            unfit=value.get("unfit", 0),
            without_number=value.get("without_number", 0),
            samples=list(value.get("samples", ())),
        )

    def note(self, row: int, contact_id: str, text: str, code: str) -> None:
        """Count a value; `code` says why it does not fit, "" when it does."""
        self.filled += 1
        if code:
            self.unfit += 1
            if len(self.samples) < MOST_SAMPLES:
                self.samples.append(
                    {"row": row, "contact_id": contact_id, "value": shown(text), "code": code}
                )


@dataclass(frozen=True, slots=True)
class Converted:
    """A value as another kind; `left_over` is what did not fit and is kept beside it."""

    value: str
    left_over: str = ""
    code: str = ""


def converted(text: str, kind: ColumnKind, region: str, *, keep: bool) -> Converted:
    """The value in another kind. Converting what has been converted changes nothing.

    Of a phone cell what cannot be read stays in the cell when it is kept, as in an import; a value
    of another kind goes to a column beside it.
    """
    if kind is ColumnKind.PHONE:
        cell = read_cell(text, region)
        code = cell.problems[0].code if cell.problems else ""
        return Converted(cell.text if keep else " / ".join(cell.numbers), "", code)
    value, code = read_value(kind, text)
    return Converted(value, text if code and keep else "", code)


def changed_columns(
    columns: Sequence[Column], kind: ChangeKind, name: str, settings: ChangeSettings
) -> tuple[Column, ...]:
    """The list's columns once the change is done, without the one for what did not fit."""
    if kind is ChangeKind.ADD:
        added = Column(name=settings.name, label=settings.label, kind=settings.kind)
        made = [*columns, added]
    elif kind is ChangeKind.ORDER:
        known = {column.name: column for column in columns}
        made = [known[wanted] for wanted in settings.order]
    elif kind is ChangeKind.REMOVE:
        made = [column for column in columns if column.name != name]
    else:
        made = [_changed(c, kind, settings) if c.name == name else c for c in columns]
    return tuple(replace(column, position=index) for index, column in enumerate(made))


def _changed(column: Column, kind: ChangeKind, settings: ChangeSettings) -> Column:
    if kind is ChangeKind.RENAME:
        label = settings.name if column.label == column.name else column.label
        return replace(column, name=settings.name, label=settings.label or label)
    if kind is ChangeKind.LABEL:
        return replace(column, label=settings.label)
    return replace(column, kind=settings.kind)


def with_left_overs(columns: Sequence[Column], name: str, left_over: str) -> tuple[Column, ...]:
    """The columns with one for the values that did not fit, behind the one they came from."""
    made: list[Column] = []
    for column in columns:
        made.append(column)
        if column.name == name:
            made.append(Column(name=left_over, label=left_over, kind=ColumnKind.TEXT))
    return tuple(replace(column, position=index) for index, column in enumerate(made))


def left_over_name(columns: Sequence[Column], name: str) -> str:
    """A free name for the column of what did not fit."""
    names = {column.name for column in columns}
    wanted = f"{name[:110]} (original)"
    number = 2
    while wanted in names:
        wanted, number = f"{name[:110]} (original {number})", number + 1
    return wanted


def objection(
    columns: Sequence[Column],
    key_columns: Sequence[str],
    kind: ChangeKind,
    name: str,
    settings: ChangeSettings,
) -> tuple[str, str]:
    """(field, code) of why the change cannot be made; two empty texts when it can."""
    known = {column.name: column for column in columns}
    if kind is ChangeKind.ORDER:
        fits = sorted(settings.order) == sorted(known)
        return ("", "") if fits else ("order", "ORDER_INCOMPLETE")
    if kind is not ChangeKind.ADD and name not in known:
        return "column", "COLUMN_UNKNOWN"
    if kind in (ChangeKind.ADD, ChangeKind.RENAME):
        found = _new_name(known, settings.name)
        if found:
            return "name", found
    if kind is ChangeKind.ADD:
        return _addition(columns, settings)
    if kind is ChangeKind.LABEL and not 1 <= len(settings.label) <= 128:
        return "label", "COLUMN_NAME"
    if kind is ChangeKind.KIND and settings.kind is known[name].kind:
        return "kind", "KIND_SAME"
    if kind in (ChangeKind.KIND, ChangeKind.REMOVE):
        if name in key_columns:
            return "column", "COLUMN_IN_KEY"
        phones = [c.name for c in columns if c.kind is ColumnKind.PHONE]
        if phones == [name]:
            return "column", "LAST_PHONE_COLUMN"
    return "", ""


def _new_name(known: Mapping[str, Column], name: str) -> str:
    if not 1 <= len(name) <= 128 or "\0" in name or name != name.strip():
        return "COLUMN_NAME"
    return "COLUMN_TWICE" if name in known else ""


def _addition(columns: Sequence[Column], settings: ChangeSettings) -> tuple[str, str]:
    if len(columns) >= MAX_COLUMNS:
        return "column", "TOO_MANY_COLUMNS"
    if settings.kind is ColumnKind.PHONE:
        # One number for everybody would call one person again and again.
        return ("default", "DEFAULT_PHONE") if settings.default else ("", "")
    value, code = read_value(settings.kind, settings.default)
    if code:
        return "default", code
    return ("", "") if value == settings.default else ("default", "DEFAULT_FORM")


def touches_numbers(kind: ChangeKind, before: Column | None, settings: ChangeSettings) -> bool:
    """Whether contacts' numbers, time zones or languages follow from other columns afterwards."""
    derived = (ColumnKind.PHONE, ColumnKind.TIME_ZONE, ColumnKind.LANGUAGE)
    if kind is ChangeKind.ORDER:
        return True
    if kind is ChangeKind.REMOVE:
        return settings.kind in derived
    if kind is ChangeKind.ADD:
        return bool(settings.default) and settings.kind in derived
    if kind is ChangeKind.LABEL:
        return before is not None and before.kind is ColumnKind.PHONE
    if kind is ChangeKind.RENAME:
        relabelled = before is not None and (settings.label or before.label == before.name)
        return bool(relabelled) and before is not None and before.kind is ColumnKind.PHONE
    return settings.kind in derived or (before is not None and before.kind in derived)


def rewrites_contacts(kind: ChangeKind, before: Column | None, settings: ChangeSettings) -> bool:
    """Whether contacts are written before the list has its new columns."""
    if kind is ChangeKind.REMOVE:
        return False
    if kind is ChangeKind.ADD:
        return bool(settings.default)
    return kind in (ChangeKind.RENAME, ChangeKind.KIND) or touches_numbers(kind, before, settings)


def needs_check(kind: ChangeKind, before: Column | None) -> bool:
    """Whether a person is to see first what the change would do."""
    if kind is ChangeKind.KIND:
        return True
    return kind is ChangeKind.REMOVE and before is not None and before.kind is ColumnKind.PHONE


def has_number(text: str) -> bool:
    """Whether a phone column's kept text holds a number that can be called."""
    return any(E164.fullmatch(part) for part in text.split(" / "))
