"""What a campaign does with what its flows note: a column of its list, a recall of its own.

What a flow notes is text. It is written to a column when it can be read as the column's kind; else
it stays with the call alone. A value with a recall decides when the contact is tried again, before
the rules for outcomes and results.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kwabo.domain.campaigns.objection import Objection
from kwabo.domain.campaigns.recall import Noted
from kwabo.domain.contacts.columns import ColumnKind, read_value

MOST_NOTES: Final = 50
MOST_VALUES: Final = 20
SHORTEST_RECALL_SECONDS: Final = 5
LONGEST_RECALL_SECONDS: Final = 90 * 24 * 3600
# Column kind → types of noted values that may stand in it (`domain.flows.values.TYPES`). Numbers,
# keys, languages and time zones of a contact are not for flows to write.
FITTING: Final[Mapping[str, frozenset[str]]] = {
    "text": frozenset({"text", "number", "amount", "date", "time", "digits", "yes_no"}),
    "number": frozenset({"number", "amount", "digits"}),
    "date": frozenset({"date"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowNote:
    """What is done with the values that flows note by a name."""

    name: str
    column: str = ""  # of the campaign's list; '': none
    recalls: Mapping[str, int | None] = field(default_factory=dict)  # value → seconds; None: none

    @classmethod
    def of_document(cls, document: Mapping[str, Any]) -> FlowNote:
        """The note that was kept."""
        return cls(
            name=str(document["name"]),
            column=str(document.get("column") or ""),
            recalls=dict(document.get("recalls") or {}),
        )

    def as_document(self) -> dict[str, Any]:
        """As it is kept."""
        return {"name": self.name, "column": self.column, "recalls": dict(self.recalls)}


def columns_written(
    notes: Sequence[FlowNote], noted: Mapping[str, str], kinds: Mapping[str, str]
) -> dict[str, str]:
    """Column → value, of what is noted and can be read as its column's kind."""
    found: dict[str, str] = {}
    for note in notes:
        kind = kinds.get(note.column, "")
        if kind not in FITTING or note.name not in noted:
            continue
        value, problem = read_value(ColumnKind(kind), noted[note.name])
        if not problem:
            found[note.column] = value
    return found


def noted_recall(notes: Sequence[FlowNote], noted: Mapping[str, str]) -> Noted | None:
    """The recall of the first note whose value has one; None: nothing noted decides about it."""
    for note in notes:
        value = noted.get(note.name)
        if value is not None and value in note.recalls:
            return Noted(seconds=note.recalls[value])
    return None


def note_objections(
    notes: Sequence[FlowNote],
    *,
    columns: Mapping[str, str] | None,
    key_columns: Collection[str],
    noted: Mapping[str, frozenset[str]] | None,
) -> list[Objection]:
    """Everything wrong with them; `noted`: what the campaign's flows note, None: it has none."""
    if not notes:
        return []
    if len(notes) > MOST_NOTES:
        return [_objection("flow_notes", "FLOW_NOTES_MANY", most=MOST_NOTES)]
    found: list[Objection] = []
    names: set[str] = set()
    written: set[str] = set()
    for index, note in enumerate(notes):
        path = f"flow_notes.{index}"
        types = (noted or {}).get(note.name)
        if types is None:
            known = ", ".join(sorted(noted or {})) or "–"
            found.append(
                _objection(f"{path}.name", "FLOW_NOTE_UNKNOWN", name=note.name, names=known)
            )
        if note.name in names:
            found.append(_objection(f"{path}.name", "FLOW_NOTE_TWICE", name=note.name))
        names.add(note.name)
        found += _column(note, path, columns, key_columns, types or frozenset())
        if note.column and note.column in written:
            found.append(_objection(f"{path}.column", "FLOW_NOTE_COLUMN_TWICE", column=note.column))
        written.add(note.column)
        found += _recalls(note, path)
    return found


def _column(
    note: FlowNote,
    path: str,
    columns: Mapping[str, str] | None,
    key_columns: Collection[str],
    types: frozenset[str],
) -> list[Objection]:
    if not note.column or columns is None:
        return []
    place = f"{path}.column"
    kind = columns.get(note.column)
    if kind is None:
        return [_objection(place, "FLOW_NOTE_COLUMN_UNKNOWN", column=note.column)]
    if kind not in FITTING or note.column in key_columns:
        return [_objection(place, "FLOW_NOTE_COLUMN_FIXED", column=note.column)]
    unfit = sorted(types - FITTING[kind])
    if unfit:
        return [
            _objection(
                place,
                "FLOW_NOTE_COLUMN_KIND",
                name=note.name, types=", ".join(unfit), column=note.column, kind=kind,
            )
        ]  # fmt: skip
    return []


def _recalls(note: FlowNote, path: str) -> list[Objection]:
    if len(note.recalls) > MOST_VALUES:
        return [_objection(f"{path}.recalls", "FLOW_NOTE_VALUES_MANY", most=MOST_VALUES)]
    return [
        _objection(f"{path}.recalls.{value}", "RECALL_RANGE", least=SHORTEST_RECALL_SECONDS)
        for value, seconds in note.recalls.items()
        if seconds is not None and not SHORTEST_RECALL_SECONDS <= seconds <= LONGEST_RECALL_SECONDS
    ]


_MESSAGES: Final[Mapping[str, str]] = {
    "FLOW_NOTES_MANY": "Name at most {most} notes.",
    "FLOW_NOTE_UNKNOWN": "The campaign's flows note nothing by the name '{name}'. "
    "They note: {names}.",
    "FLOW_NOTE_TWICE": "'{name}' is named twice. Put everything about it into one entry.",
    "FLOW_NOTE_COLUMN_UNKNOWN": "The campaign's list has no column '{column}'.",
    "FLOW_NOTE_COLUMN_FIXED": "'{column}' cannot be written from a flow: telephone numbers, keys, "
    "languages and time zones stay as they were imported. Choose another column.",
    "FLOW_NOTE_COLUMN_KIND": "'{name}' is noted as {types}; the column '{column}' holds values of "
    "the kind {kind}. Choose a column of text, or another one that fits.",
    "FLOW_NOTE_COLUMN_TWICE": "Another note is written to the column '{column}' already.",
    "FLOW_NOTE_VALUES_MANY": "Name at most {most} values with a recall.",
    "RECALL_RANGE": "Wait between {least} seconds and 90 days before the next attempt, or none at "
    "all.",
}


def _objection(path: str, code: str, **details: object) -> Objection:
    told = {name: str(value) for name, value in details.items()}
    return Objection(field=path, code=code, message=_MESSAGES[code].format(**told), details=told)
