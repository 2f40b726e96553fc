"""DNC lists: numbers that must not be called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DncList:
    """A named list of numbers."""

    dnc_list_id: UUID
    name: str
    entries: int
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DncEntry:
    """A number on a list. One that has expired no longer counts."""

    number: str  # E.164
    reason: str
    source: str  # user | agent | upload | api
    user_id: UUID | None
    created_at: datetime
    expires_at: datetime | None  # None: for ever


class DncListStore(Protocol):
    """The DNC lists of the transaction's organisation."""

    async def add(self, dnc_list: DncList) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, dnc_list_id: UUID) -> DncList | None: ...

    async def all(self) -> Sequence[DncList]:
        """By name."""
        ...

    async def delete(self, dnc_list_id: UUID) -> None: ...

    async def campaigns_using(self, dnc_list_id: UUID) -> Sequence[str]:
        """Names of campaigns that keep to this list."""
        ...

    async def put_entries(self, dnc_list_id: UUID, entries: Sequence[DncEntry]) -> tuple[int, int]:
        """Add or replace; how many were added and how many replaced. Numbers occur once each."""
        ...

    async def remove_entries(self, dnc_list_id: UUID, numbers: Sequence[str]) -> Sequence[str]:
        """Remove; those that were there."""
        ...

    async def entries(
        self, dnc_list_id: UUID, *, search: str | None, after_number: str | None, limit: int
    ) -> Sequence[DncEntry]:
        """By number; `search` is a part of the number."""
        ...
