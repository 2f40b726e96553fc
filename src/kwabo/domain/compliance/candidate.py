"""What the rules know of a contact and of the campaign that would call it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kwabo.domain.callbacks.terms import (
    DEFAULT_CALLBACKS,
    DEFAULT_RECORDS,
    CallbackTerms,
    RecordTerms,
)
from kwabo.domain.compliance.attempt_limits import AttemptLimit, EarlierCall
from kwabo.domain.compliance.callable_time import CallableTime
from kwabo.domain.compliance.callable_time_set import CallableTimeSet
from kwabo.domain.compliance.consents import ConsentLine
from kwabo.domain.compliance.dnc import DncCheck, DncMatch
from kwabo.domain.compliance.law import NO_LAW, Law
from kwabo.domain.contacts.filters.facts import ContactFacts
from kwabo.domain.contacts.filters.in_use import EVERYBODY, Choice
from kwabo.kernel.records import quickly_made


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateNumber:
    """One of a contact's numbers."""

    number: str  # E.164
    label: str
    callable: bool
    time_zone: str | None = None  # of the column that belongs to the number's own


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateCourse:
    """The contact's standing in this campaign; a contact never looked at has none."""

    state: str  # open | in_progress | finished
    attempts: int  # dialled ones
    last_attempt_at: datetime | None
    last_result: str | None
    next_attempt_at: datetime | None
    reason: str
    result_counts: Mapping[str, int] = field(default_factory=dict)  # result → how often


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateCallback:
    """An open promise to call back."""

    callback_id: UUID
    due_at: datetime
    number: str
    owner_user_id: UUID | None
    owner_active: bool = True  # false: the owner's account is closed
    owner_name: str = ""
    latest_at: datetime | None = None  # not after it; None: the campaign's hours count


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateOwner:
    """The agent to whom the list gives a contact."""

    name: str  # as the list has it
    user_id: UUID | None  # None: no active user is called so
    display_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCalls:
    """Earlier calls to one number by the organisation, as far as its presets look back."""

    dialled_at: tuple[datetime, ...] = ()
    abandoned_at: datetime | None = None  # the last one that a person answered and nobody took
    machine_at: datetime | None = None  # the last one that call analysis took for a machine
    refused_at: datetime | None = None  # the last conversation that ended in a refusal


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A contact that might be called."""

    contact_id: UUID
    numbers: tuple[CandidateNumber, ...]
    callable: bool
    uncallable_reason: str | None
    time_zone: str | None  # IANA; the contact's own
    course: CandidateCourse | None
    live_elsewhere: bool  # an attempt on this contact is in progress, in any campaign
    dialled_at: datetime | None  # the last attempt on this contact in any campaign
    dnc: tuple[DncMatch, ...] = ()  # entries of the lists that apply, also those that have run out
    dnc_checks: tuple[DncCheck, ...] = ()  # one for each number and provider that apply
    callback: CandidateCallback | None = None
    owner: CandidateOwner | None = None  # None: the record is anyone's
    previewed: bool = False  # always in front of an agent before it is dialled
    past_calls: Mapping[str, PastCalls] = field(default_factory=dict)  # by number
    consents: Mapping[str, tuple[ConsentLine, ...]] = field(default_factory=dict)  # by number
    facts: ContactFacts | None = None  # read for campaigns with filters
    list_time_zone: str | None = None
    zone_source: str = "list"  # what the list says of numbers: one of number_zones.ZONE_SOURCES
    persons: Mapping[str, UUID] = field(default_factory=dict)  # number → to whom it belongs
    # Of the contact, and of all numbers of its persons as far back as the limits count.
    calls: tuple[EarlierCall, ...] = ()

    @property
    def owed(self) -> bool:
        """A callback, due or not yet, is still to be made."""
        if self.callback is None:
            return False
        course = self.course
        # A call that came to an end would have closed the callback; a record skipped was no call.
        taken_back = course is not None and course.last_result in ("cancelled", "skipped")
        return taken_back or not self.tried_since_due

    @property
    def tried_since_due(self) -> bool:
        """The contact was called since its callback fell due."""
        if self.callback is None or self.course is None or self.course.last_attempt_at is None:
            return False
        return self.course.last_attempt_at >= self.callback.due_at


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignTerms:
    """What the rules know of the campaign."""

    campaign_id: UUID
    callable_time: CallableTime
    max_attempts: int
    minimum_gap_seconds: int
    callbacks: CallbackTerms = DEFAULT_CALLBACKS
    records: RecordTerms = DEFAULT_RECORDS
    law: Law = NO_LAW
    choice: Choice = EVERYBODY
    list_time_zone: str = "UTC"
    callable_time_set: CallableTimeSet | None = None  # in place of `callable_time`
    attempt_limits: tuple[AttemptLimit, ...] = ()  # the organisation's and those the campaign names
    number_order: str = "turns"  # see `number_order`
    number_labels: tuple[str, ...] = ()  # labels of numbers that come first
