"""Contacts of a campaign with their course in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.ports.contacts import Contact, ContactSearch

# Reasons that something which people take away again has given.
REOPENED = ("DNC_LISTED", "NO_CALLABLE_NUMBER", "CONTACT_UNCALLABLE")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCourse:
    """Where a contact stands in a campaign."""

    contact: Contact
    place: tuple[int, int]  # of the contact in its list's order of arrival
    state: str  # untouched | open | in_progress | finished
    attempts: int  # dialled ones
    last_result: str | None
    last_attempt_at: datetime | None
    next_attempt_at: datetime | None
    reason: str  # code: why it waits or is finished


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseQuery:
    """Which contacts of a campaign."""

    campaign_id: UUID
    search: ContactSearch  # its order is not looked at
    state: str | None = None  # untouched | open | in_progress | finished
    after: tuple[int, int] | None = (
        None  # the place of the last one read; the page goes on behind this one
    )
    limit: int = 50


class CourseStore(Protocol):
    """The courses of the transaction's organisation."""

    async def find(self, query: CourseQuery) -> Sequence[ContactCourse]:
        """In the list's order of arrival."""
        ...

    async def reopen(
        self, reasons: Sequence[str], numbers: Sequence[str], now: datetime
    ) -> Mapping[UUID, int]:
        """Have contacts with one of these numbers, finished for one of `REOPENED`, looked at again;
        how many of each campaign."""
        ...
