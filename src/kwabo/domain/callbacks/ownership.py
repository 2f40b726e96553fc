"""Who may take a callback or an owned record, and from when on.

A callback of an agent's own is the owner's from its due time. When the owner has not been free to
take it for the campaign's minutes, it may be taken over; when the owner's hours are over, it is
anyone's or missed. An owner whose account is closed is not waited for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kwabo.domain.callbacks.lifecycle import CallbackState
from kwabo.domain.callbacks.terms import CallbackTerms, RecordTerms
from kwabo.domain.compliance.candidate import CampaignTerms, Candidate, CandidateCallback
from kwabo.domain.compliance.contact_rules import owed

ANYONE: frozenset[UUID] | None = None  # as an answer of `takers`: all of the queue

OWNED_BY_OTHER = "OWNED_BY_OTHER"
OWNER_UNKNOWN = "OWNER_UNKNOWN"
CALLBACK_OWNED = "CALLBACK_OWNED"


def latest_of(callback: CandidateCallback, terms: CallbackTerms) -> datetime:
    """The instant from which the callback is not made any more."""
    return callback.latest_at or callback.due_at + terms.latest


def over(callback: CandidateCallback, terms: CallbackTerms, now: datetime) -> CallbackState | None:
    """Whether it has ended without having been made, and how."""
    if now >= latest_of(callback, terms):
        return CallbackState.EXPIRED
    if (
        callback.owner_user_id is not None
        and terms.after_owned == "missed"
        and now >= callback.due_at + terms.owned
    ):
        return CallbackState.MISSED
    return None


def takeover_at(callback: CandidateCallback, terms: CallbackTerms) -> datetime:
    """From when on somebody else may take it over; who, the terms say."""
    if callback.owner_user_id is None or not callback.owner_active:
        return callback.due_at
    return callback.due_at + terms.takeover_after


def free_at(callback: CandidateCallback, terms: CallbackTerms) -> datetime | None:
    """From when on it is anyone's; None: never by itself."""
    if callback.owner_user_id is None:
        return callback.due_at
    instants = []
    if terms.takeover == "anyone":
        instants.append(takeover_at(callback, terms))
    if terms.after_owned == "anyone":
        instants.append(callback.due_at + terms.owned)
    return min(instants, default=None)


def takers(
    callback: CandidateCallback, terms: CallbackTerms, now: datetime
) -> frozenset[UUID] | None:
    """Who may take it now; `ANYONE`: all of the queue. The owner always comes first."""
    free = free_at(callback, terms)
    if callback.owner_user_id is None or (free is not None and free <= now):
        return ANYONE
    found = {callback.owner_user_id}
    if (
        terms.takeover == "deputy"
        and terms.deputy_user_id is not None
        and takeover_at(callback, terms) <= now
    ):
        found.add(terms.deputy_user_id)
    return frozenset(found)


def waiting_since(candidate: Candidate, now: datetime) -> datetime:
    """From when on a record could have been called, had its owner been there."""
    course = candidate.course
    if course is None or course.next_attempt_at is None:
        return now
    return min(course.next_attempt_at, now)


def record_free_at(candidate: Candidate, terms: RecordTerms, now: datetime) -> datetime | None:
    """From when on a record is anyone's; None: it waits for its owner."""
    if not terms.column or candidate.owner is None:
        return now
    if terms.absent != "anyone":
        return None
    return waiting_since(candidate, now) + timedelta(hours=terms.absent_hours)


def record_takers(
    candidate: Candidate, terms: RecordTerms, now: datetime
) -> frozenset[UUID] | None:
    """Who may take the record now; an owner nobody knows is nobody."""
    free = record_free_at(candidate, terms, now)
    if free is not None and free <= now:
        return ANYONE
    owner = candidate.owner.user_id if candidate.owner is not None else None
    return frozenset() if owner is None else frozenset({owner})


def record_code(candidate: Candidate) -> str:
    """Why a record is not everybody's."""
    known = candidate.owner is not None and candidate.owner.user_id is not None
    return OWNED_BY_OTHER if known else OWNER_UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A contact that could be called, by its agent alone."""

    code: str
    owner: str  # display name, or what the list has
    free_at: datetime | None  # from when on it is anyone's; None: it waits


def bound(candidate: Candidate, terms: CampaignTerms, now: datetime) -> Bound | None:
    """For whom a contact waits to which no rule objects; None: for anybody."""
    callback = candidate.callback
    if callback is not None and owed(candidate):
        if takers(callback, terms.callbacks, now) is ANYONE:
            return None
        free = free_at(callback, terms.callbacks)
        return Bound(code=CALLBACK_OWNED, owner=callback.owner_name, free_at=free)
    if record_takers(candidate, terms.records, now) is ANYONE or candidate.owner is None:
        return None
    return Bound(
        code=record_code(candidate),
        owner=candidate.owner.display_name or candidate.owner.name,
        free_at=record_free_at(candidate, terms.records, now),
    )
