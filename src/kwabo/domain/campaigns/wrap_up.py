"""What an outcome needs, and what is wrong with one that was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.contacts.columns import ColumnKind, read_value

LONGEST_NOTES = 10_000
LONGEST_CALLBACK_NOTE = 500
LATEST_CALLBACK = timedelta(days=366)
EDITABLE_KINDS = frozenset({ColumnKind.TEXT, ColumnKind.NUMBER, ColumnKind.DATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedCallback:
    """A promise to call again."""

    due_at: datetime
    mine: bool  # False: anyone's
    number: str | None  # E.164; None: the number of this call
    note: str = ""
    latest_at: datetime | None = None  # not after it


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedOutcome:
    """What an agent says came of a conversation."""

    notes: str
    fields: Mapping[str, str]  # column → value, to be written to the contact
    callback: WantedCallback | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeNeeds:
    """What the chosen code and the list ask for."""

    flags: frozenset[str]
    required_fields: tuple[str, ...]
    columns: Mapping[str, ColumnKind]
    key_columns: frozenset[str]  # make the contact's key: changed in its record only


def read_outcome(
    wanted: WantedOutcome, needs: OutcomeNeeds, now: datetime
) -> tuple[dict[str, str], list[Objection]]:
    """The fields in canonical form, and everything wrong."""
    found: list[Objection] = []
    fields: dict[str, str] = {}
    for name, written in wanted.fields.items():
        kind = needs.columns.get(name)
        if kind is None:
            found.append(_objection(f"fields.{name}", "FIELD_UNKNOWN"))
        elif kind not in EDITABLE_KINDS or name in needs.key_columns:
            found.append(_objection(f"fields.{name}", "FIELD_FIXED"))
        else:
            value, code = read_value(kind, written.strip())
            fields[name] = value
            if code:
                found.append(_objection(f"fields.{name}", code))
    for name in needs.required_fields:
        if name == "notes":
            if not wanted.notes.strip():
                found.append(_objection("notes", "NOTES_NEEDED"))
        elif name in needs.columns and not wanted.fields.get(name, "").strip():
            found.append(_objection(f"fields.{name}", "FIELD_NEEDED"))
    if len(wanted.notes) > LONGEST_NOTES:
        found.append(_objection("notes", "NOTES_TOO_LONG"))
    return fields, found + _callback(wanted.callback, needs, now)


def _callback(
    callback: WantedCallback | None, needs: OutcomeNeeds, now: datetime
) -> list[Objection]:
    if callback is None:
        return [_objection("callback", "CALLBACK_NEEDED")] if "callback" in needs.flags else []
    if "do_not_call" in needs.flags:
        return [_objection("callback", "CALLBACK_FORBIDDEN")]
    if callback.due_at <= now:
        return [_objection("callback.due_at", "CALLBACK_PAST")]
    if callback.due_at > now + LATEST_CALLBACK:
        return [_objection("callback.due_at", "CALLBACK_TOO_LATE")]
    if callback.latest_at is not None and callback.latest_at <= callback.due_at:
        return [_objection("callback.latest_at", "CALLBACK_LATEST")]
    if len(callback.note) > LONGEST_CALLBACK_NOTE:
        return [_objection("callback.note", "NOTE_TOO_LONG")]
    return []


_MESSAGES: Mapping[str, str] = {
    "FIELD_UNKNOWN": "The contact list has no such column.",
    "FIELD_FIXED": "Numbers, keys, time zones and languages are changed in the contact's record.",
    "FIELD_NEEDED": "This outcome needs a value here.",
    "NUMBER_FORMAT": "Write a number: digits with at most one decimal comma or point.",
    "DATE_FORMAT": "Write a date: day/month/year or year-month-day.",
    "NOTES_NEEDED": "This outcome needs notes.",
    "NOTES_TOO_LONG": f"Shorten the notes to {LONGEST_NOTES:,} characters.",
    "CALLBACK_NEEDED": "This outcome needs a callback: say when.",
    "CALLBACK_FORBIDDEN": "Somebody who must not be called cannot be promised a callback.",
    "CALLBACK_PAST": "Choose a time in the future.",
    "CALLBACK_TOO_LATE": "Choose a time within a year.",
    "CALLBACK_LATEST": "The latest time must be after the callback's time.",
    "NOTE_TOO_LONG": f"Shorten the note to {LONGEST_CALLBACK_NOTE} characters.",
}


def _objection(field: str, code: str) -> Objection:
    return Objection(field=field, code=code, message=_MESSAGES.get(code, code))
