"""What an outcome needs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kwabo.domain.campaigns.wrap_up import (
    OutcomeNeeds,
    WantedCallback,
    WantedOutcome,
    read_outcome,
)
from kwabo.domain.contacts.columns import ColumnKind

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
COLUMNS = {
    "nom": ColumnKind.TEXT,
    "solde": ColumnKind.NUMBER,
    "tel": ColumnKind.PHONE,
    "id": ColumnKind.TEXT,
}


def needs(*flags: str, required: tuple[str, ...] = ()) -> OutcomeNeeds:
    return OutcomeNeeds(
        flags=frozenset(flags),
        required_fields=required,
        columns=COLUMNS,
        key_columns=frozenset({"id"}),
    )


def wanted(notes: str = "", callback: WantedCallback | None = None, **fields: str) -> WantedOutcome:
    return WantedOutcome(notes=notes, fields=fields, callback=callback)


def in_hours(hours: float, note: str = "") -> WantedCallback:
    return WantedCallback(due_at=NOW + timedelta(hours=hours), mine=True, number=None, note=note)


def test_fields_come_out_in_their_canonical_form() -> None:
    fields, objections = read_outcome(wanted(solde="1 234,5", nom=" Awa "), needs(), NOW)
    assert fields == {"solde": "1234.5", "nom": "Awa"}
    assert objections == []


@pytest.mark.parametrize(
    ("outcome", "need", "objection"),
    [
        (wanted(), needs(required=("notes",)), ("notes", "NOTES_NEEDED")),
        (wanted(nom=" "), needs(required=("nom",)), ("fields.nom", "FIELD_NEEDED")),
        (wanted(autre="x"), needs(), ("fields.autre", "FIELD_UNKNOWN")),
        (wanted(tel="97000000"), needs(), ("fields.tel", "FIELD_FIXED")),
        (wanted(id="7"), needs(), ("fields.id", "FIELD_FIXED")),
        (wanted(solde="beaucoup"), needs(), ("fields.solde", "NUMBER_FORMAT")),
        (wanted(notes="x" * 10_001), needs(), ("notes", "NOTES_TOO_LONG")),
        (wanted(), needs("callback"), ("callback", "CALLBACK_NEEDED")),
        (wanted(callback=in_hours(0)), needs(), ("callback.due_at", "CALLBACK_PAST")),
        (wanted(callback=in_hours(24 * 367)), needs(), ("callback.due_at", "CALLBACK_TOO_LATE")),
        (wanted(callback=in_hours(1)), needs("do_not_call"), ("callback", "CALLBACK_FORBIDDEN")),
        (wanted(callback=in_hours(1, "x" * 501)), needs(), ("callback.note", "NOTE_TOO_LONG")),
    ],
)
def test_each_lack_names_its_field(
    outcome: WantedOutcome, need: OutcomeNeeds, objection: tuple[str, str]
) -> None:
    _, found = read_outcome(outcome, need, NOW)
    assert [(one.field, one.code) for one in found] == [objection]


def test_a_required_column_that_the_list_lacks_is_not_asked_for() -> None:
    assert read_outcome(wanted(), needs(required=("pays",)), NOW) == ({}, [])
