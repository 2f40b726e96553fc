"""What a campaign does with what flows note: columns, recalls, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.campaigns.attempt_settings import RULED
from kwabo.domain.campaigns.flow_notes import (
    FITTING,
    FlowNote,
    columns_written,
    note_objections,
    noted_recall,
)
from kwabo.domain.campaigns.recall import Ended, Noted, after_attempt
from kwabo.domain.contacts.columns import ColumnKind, read_value
from kwabo.domain.flows.flow import read_document
from kwabo.domain.flows.noted import noted
from kwabo.domain.flows.values import TYPES
from kwabo.domain.interactions.attempt import Result

NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)
NAMES = st.sampled_from(["a", "b", "c"])
VALUES = st.sampled_from(["1", "2", "oui", "", "12,5", "31/12/2026", "x" * 50])
KINDS = st.sampled_from([str(kind) for kind in ColumnKind])
SECONDS = st.none() | st.integers(5, 90 * 24 * 3600)
NOTES = st.lists(
    st.builds(
        FlowNote,
        name=NAMES,
        column=st.sampled_from(["", "A", "B", "C"]),
        recalls=st.dictionaries(VALUES, SECONDS, max_size=3),
    ),
    max_size=4,
)


@given(NOTES, st.dictionaries(NAMES, VALUES), st.dictionaries(st.sampled_from("ABC"), KINDS))
def test_a_column_gets_only_what_can_be_read_as_its_kind(
    notes: list[FlowNote], values: dict[str, str], kinds: dict[str, str]
) -> None:
    for column, value in columns_written(notes, values, kinds).items():
        kind = ColumnKind(kinds[column])
        assert kind in FITTING
        assert read_value(kind, value) == (value, "")
        assert any(note.column == column and note.name in values for note in notes)


@given(NOTES, st.dictionaries(NAMES, VALUES))
def test_the_first_note_whose_value_has_a_recall_decides(
    notes: list[FlowNote], values: dict[str, str]
) -> None:
    deciding = [
        note.recalls[values[note.name]]
        for note in notes
        if note.name in values and values[note.name] in note.recalls
    ]
    assert noted_recall(notes, values) == (Noted(seconds=deciding[0]) if deciding else None)


@given(NOTES)
def test_a_note_is_kept_as_it_was(notes: list[FlowNote]) -> None:
    assert [FlowNote.of_document(note.as_document()) for note in notes] == notes


def after(
    ended: dict[str, Any], seconds: dict[str, int | None], rules: dict[str, Any]
) -> datetime | None:
    course = after_attempt(
        result=Result.PERSON,
        attempts=1,
        max_attempts=9,
        recall_seconds=seconds,
        minimum_gap_seconds=0,
        at=NOW,
        ended=Ended(result=Result.PERSON, at=NOW, dialled_at=NOW, time_zone="UTC", **ended),
        recall_rules=rules,
    )
    return course.next_attempt_at


@given(SECONDS, SECONDS, st.booleans())
def test_noted_value_then_outcome_then_result(
    by_note: int | None, by_result: int | None, ruled: bool
) -> None:
    def at(seconds: int | None) -> datetime | None:
        return None if seconds is None else NOW + timedelta(seconds=seconds)

    seconds = {"person": by_result}
    rule = {"steps": [{"after_seconds": 77}, {"after_seconds": 99}]}
    rules = {"FLOW_LEFT": rule} if ruled else {}
    left: dict[str, Any] = {"outcome": "FLOW_LEFT", "counts": {"FLOW_LEFT": 2, "person": 5}}
    assert after(left | {"noted": Noted(seconds=by_note)}, seconds, rules) == at(by_note)
    assert after(left, seconds, rules) == (at(99) if ruled else at(by_result))
    assert after({"outcome": "FLOW_COMPLETED"}, seconds, rules) == at(by_result)


def test_rules_may_be_given_for_results_and_for_how_a_flow_ended() -> None:
    assert set(RULED) == {*map(str, Result), "FLOW_COMPLETED", "FLOW_LEFT", "FLOW_FAILED"} - {
        "skipped"
    }


DOCUMENT = {
    "languages": ["fr"],
    "start": "menu",
    "variables": [{"name": "date", "type": "date"}, {"name": "nom", "type": "text"}],
    "nodes": [
        {"id": "menu", "type": "menu", "options": [{"key": "1"}, {"key": "2"}], "result": "choix"},
        {"id": "star", "type": "menu", "options": [{"key": "1"}, {"key": "*"}], "result": "suite"},
        {"id": "ask", "type": "survey", "questions": [{"name": "note"}, {"name": "encore"}]},
        {"id": "day", "type": "note", "result": "jour", "value": " {{date}} "},
        {"id": "two", "type": "note", "result": "phrase", "value": "{{date}} {{nom}}"},
        {"id": "menu2", "type": "menu", "options": [{"key": "#"}], "result": "choix"},
        {"id": "silent", "type": "menu", "options": [{"key": "1"}]},
    ],
}


def test_a_flow_tells_by_which_names_it_notes_what() -> None:
    found = noted([read_document(DOCUMENT)])
    assert found == {
        "choix": {"digits", "text"},
        "suite": {"text"},
        "note": {"number"},
        "encore": {"number"},
        "jour": {"date"},
        "phrase": {"text"},
    }
    assert set().union(*found.values()) <= set(TYPES)


@pytest.mark.parametrize(
    ("note", "code", "field"),
    [
        (FlowNote(name="rien"), "FLOW_NOTE_UNKNOWN", "flow_notes.0.name"),
        (FlowNote(name="jour", column="X"), "FLOW_NOTE_COLUMN_UNKNOWN", "flow_notes.0.column"),
        (FlowNote(name="jour", column="tél"), "FLOW_NOTE_COLUMN_FIXED", "flow_notes.0.column"),
        (FlowNote(name="jour", column="clé"), "FLOW_NOTE_COLUMN_FIXED", "flow_notes.0.column"),
        (FlowNote(name="jour", column="âge"), "FLOW_NOTE_COLUMN_KIND", "flow_notes.0.column"),
        (FlowNote(name="phrase", column="le"), "FLOW_NOTE_COLUMN_KIND", "flow_notes.0.column"),
        (FlowNote(name="jour", recalls={"1": 4}), "RECALL_RANGE", "flow_notes.0.recalls.1"),
    ],
)
def test_what_does_not_fit_is_refused(note: FlowNote, code: str, field: str) -> None:
    columns = {"clé": "text", "tél": "phone", "âge": "number", "le": "date", "mot": "text"}
    found = note_objections(
        [note], columns=columns, key_columns=("clé",), noted=noted([read_document(DOCUMENT)])
    )
    assert [(one.code, one.field) for one in found] == [(code, field)]


@pytest.mark.parametrize(
    ("name", "column"), [("jour", "le"), ("note", "âge"), ("phrase", "mot"), ("jour", "mot")]
)
def test_what_fits_is_taken(name: str, column: str) -> None:
    columns = {"âge": "number", "le": "date", "mot": "text"}
    notes = [FlowNote(name=name, column=column, recalls={"1": None, "2": 60})]
    types = noted([read_document(DOCUMENT)])
    assert note_objections(notes, columns=columns, key_columns=(), noted=types) == []
    twice = note_objections([*notes, *notes], columns=columns, key_columns=(), noted=types)
    assert {one.code for one in twice} == {"FLOW_NOTE_TWICE", "FLOW_NOTE_COLUMN_TWICE"}
