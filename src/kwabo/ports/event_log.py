"""The event log: what went wrong or deserves notice, counted where it repeats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEvent:
    """Something that happened once, or several times within an hour."""

    event_id: int
    level: str
    category: str
    code: str
    subject_kind: str
    subject_id: str
    subject_name: str  # of then
    campaign_id: UUID | None
    contact_list_id: UUID | None
    trunk_id: UUID | None
    params: Mapping[str, Any]  # of the newest time
    times: int
    first_at: datetime
    last_at: datetime
    seen_at: datetime | None
    seen_by: UUID | None
    seen_by_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """Something to be logged; level and category follow from the code."""

    code: str
    subject_kind: str
    subject_id: str
    subject_name: str
    at: datetime
    campaign_id: UUID | None = None
    contact_list_id: UUID | None = None
    trunk_id: UUID | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    repeats: str = ""  # '': a line of its own; else what makes two times the same


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQuery:
    """Which events; each filter that is empty lets all through."""

    levels: Sequence[str] = ()
    categories: Sequence[str] = ()
    campaign_id: UUID | None = None
    contact_list_id: UUID | None = None
    trunk_id: UUID | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None
    search: str = ""
    codes_found: Sequence[str] = ()  # whose sentence holds the search, too
    unseen: bool = False
    before: tuple[datetime, int] | None = None  # last_at and id of the last one seen
    limit: int = 50


class EventLogStore(Protocol):
    """The event log of the transaction's organisation."""

    async def add(self, event: NewEvent) -> None:
        """Log it, or count it where the same was logged in this hour."""
        ...

    async def find(self, query: EventQuery) -> Sequence[LoggedEvent]:
        """The newest first."""
        ...

    async def count_unseen(self, at_most: int) -> Mapping[str, int]:
        """How many warnings and errors nobody has seen, each counted up to `at_most`."""
        ...

    async def mark_seen(
        self, event_ids: Sequence[int] | None, until: datetime, user_id: UUID, at: datetime
    ) -> int:
        """Mark those (None: all) that have not happened again after `until`; how many."""
        ...

    async def forget_before(self, before: datetime) -> int:
        """Remove those that last happened before."""
        ...
