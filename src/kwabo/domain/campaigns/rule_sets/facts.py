"""What rules know of a contact, of one of its numbers, and of the call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kwabo.domain.data_actions.answers import DataAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCall:
    """The newest of some attempts: on a number, or on any of the contact's."""

    at: datetime | None = None
    result: str | None = None
    wrap_up_code_id: UUID | None = None  # of the newest attempt that has one
    wrap_up_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts:
    """A contact, in the campaign that would call it or has called it."""

    contact_id: UUID
    data: Mapping[str, str] = field(default_factory=dict)  # column → value as it is kept
    time_zone: str = "UTC"  # IANA; the contact's own or the list's
    overall: LastCall = LastCall()
    by_number: Mapping[str, LastCall] = field(default_factory=dict)  # E.164 → on that number
    # Data action and E.164 → its answer about the contact with the values it has in the list.
    answers: Mapping[tuple[UUID, str], DataAnswer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFacts:
    """The number that is to be called, or was, and what came of it."""

    number: str  # E.164
    label: str  # the number's label: 'mobile', 'work' …
    result: str | None = None  # of this attempt; None before the call
    wrap_up_code_id: UUID | None = None  # of this attempt
    answer_analysed: bool = False  # call analysis has listened to this call


NO_CALL = LastCall()
