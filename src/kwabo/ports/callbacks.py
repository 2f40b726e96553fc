"""Callbacks: promises to call a contact again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """A promise, with what people need to keep it."""

    callback_id: UUID
    campaign_id: UUID
    campaign_name: str
    contact_id: UUID
    contact_name: str  # from name columns, else its first text; '' when it has none
    time_zone: str  # of the contact
    attempt_id: UUID | None  # the call in which it was promised
    owner_user_id: UUID | None  # None: anyone's
    owner_name: str | None
    owner_active: bool
    number: str
    due_at: datetime
    first_due_at: datetime | None  # as promised, when it has moved
    latest_at: datetime | None  # not after it; None: the campaign's hours count
    note: str
    state: str  # open | done | missed | expired | cancelled
    attempt_state: str | None  # of the live call that keeps it
    reason: str  # why it moved or ended: a code, or a person's words
    changed_at: datetime | None
    changed_by_name: str | None
    created_at: datetime
    queue_name: str | None = None  # of the queue in which it keeps a place
    waiting_since: datetime | None = None  # there
    tries: int = 0  # calls that have not reached the person


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackQuery:
    """Which callbacks, and where the page begins."""

    view: str  # waiting | due | missed | done | cancelled
    now: datetime
    campaign_id: UUID | None = None
    owner_user_id: UUID | None = None
    anyones: bool = False  # only those without an owner
    due_from: datetime | None = None
    due_until: datetime | None = None  # exclusive
    after: tuple[datetime, UUID] | None = None  # due time and id of the last one read
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackCounts:
    """How many of an organisation's callbacks stand how."""

    waiting: int  # open ones, due or not
    due: int
    overdue: int  # due for longer than their campaign's minutes for a takeover
    missed: int  # missed or expired since `since`


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackChange:
    """New values of a callback, by a person."""

    callback_id: UUID
    state: str
    owner_user_id: UUID | None
    due_at: datetime
    latest_at: datetime | None
    reason: str
    at: datetime
    user_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCallback:
    """A promise that is made outside a call."""

    callback_id: UUID
    campaign_id: UUID
    contact_id: UUID
    attempt_id: UUID | None  # the call that asked for it
    owner_user_id: UUID
    number: str
    due_at: datetime
    note: str
    at: datetime


class CallbackStore(Protocol):
    """The callbacks of the transaction's organisation."""

    async def open_for(self, user_id: UUID, limit: int) -> Sequence[Callback]:
        """Open ones of the user, and anyone's in campaigns of the user's queues; earliest first."""
        ...

    async def missed_of(self, user_id: UUID, since: datetime, limit: int) -> Sequence[Callback]:
        """The user's own that were missed or expired, the newest first."""
        ...

    async def open_of_contact(self, campaign_id: UUID, contact_id: UUID) -> Callback | None: ...

    async def get(self, callback_id: UUID) -> Callback | None:
        """In whatever state."""
        ...

    async def get_for_change(self, callback_id: UUID) -> Callback | None:
        """The callback; the contact's course in the campaign is locked until the end."""
        ...

    async def find(self, query: CallbackQuery) -> Sequence[Callback]:
        """Waiting ones the earliest first, so the overdue lead; ended ones the newest first."""
        ...

    async def counts(self, now: datetime, since: datetime) -> CallbackCounts: ...

    async def promise(self, new: NewCallback) -> None:
        """Add it in place of the contact's open one, and have the contact's course wait for it."""
        ...

    async def change(self, change: CallbackChange) -> None:
        """Write it, and set the contact's course after it: due with it, or finished."""
        ...

    async def end_overdue(self, now: datetime) -> int:
        """End those of campaigns that do not run whose owner's hours or latest time are over."""
        ...
