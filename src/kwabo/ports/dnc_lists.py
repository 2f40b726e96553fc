"""DNC lists: what must not be called, by number or by a column of contacts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.dnc_lists.providers import ProviderSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class DncProviderState:
    """How an external provider fares."""

    last_answer_at: datetime | None = None
    last_silence_at: datetime | None = None
    last_silence: str = ""  # code of the last request that had no answer


@dataclass(frozen=True, slots=True, kw_only=True)
class DncList:
    """A named list. One with a provider has no entries of its own: the provider is asked."""

    dnc_list_id: UUID
    name: str
    key_column: str | None = None  # None: by number; else by this column of contacts; stays
    channel: str = "any"  # see domain/dnc_lists/values.py; 'any' and 'voice' stand against calls
    organisation_wide: bool = False  # for every campaign
    provider: ProviderSettings | None = None
    provider_state: DncProviderState | None = None
    screening_authority: str | None = None  # set: the list of TPS …, kept by its files alone
    screening_days: int | None = None  # how old its content may be; None: as the law says
    screened_at: datetime | None = None  # when its last whole copy was complete
    entries: int = 0  # of a provider: numbers whose answer is known
    campaigns: tuple[str, ...] = ()  # names of those that name the list
    version: int = 1
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DncEntry:
    """A number or value on a list. One that has expired no longer counts."""

    value: str  # E.164, or a column's value in the form of domain/dnc_lists/values.py
    reason: str
    source: str  # user | agent | upload | api
    user_id: UUID | None
    created_at: datetime
    expires_at: datetime | None  # None: for ever
    user_name: str | None = None  # whose `user_id` is


@dataclass(frozen=True, slots=True, kw_only=True)
class DncListing:
    """One list on which something stands, or one provider's answer about it."""

    dnc_list: DncList
    value: str
    reason: str
    source: str  # user | agent | upload | api | provider
    user_name: str | None
    created_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """What a whole copy did to a list's content."""

    values: int  # in the copy
    added: int
    removed: int
    reopened: Sequence[str]  # of what was removed: numbers, at most 10,000


class DncListStore(Protocol):
    """The DNC lists of the transaction's organisation."""

    async def add(self, dnc_list: DncList) -> None:
        """With its provider. Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, dnc_list_id: UUID) -> DncList | None:
        """With its provider, without counts."""
        ...

    async def get_for_change(self, dnc_list_id: UUID) -> DncList | None:
        """The list, locked until the transaction ends: no campaign begins to name it meanwhile."""
        ...

    async def all(self) -> Sequence[DncList]:
        """By name, with counts."""
        ...

    async def count(self, dnc_list_id: UUID) -> int:
        """How many entries it has; of a provider, how many answers are known."""
        ...

    async def change(self, dnc_list: DncList) -> None:
        """Name, channel, scope and provider; version goes up. Raises Conflict `NAME_TAKEN`."""
        ...

    async def delete(self, dnc_list_id: UUID) -> None: ...

    async def existing(self, dnc_list_ids: Collection[UUID]) -> frozenset[UUID]:
        """Those that there are; none of them goes away before the transaction ends."""
        ...

    async def against_calls(self, campaign_id: UUID) -> bool:
        """Whether any list stands against the campaign's calls."""
        ...

    async def campaigns_using(self, dnc_list_id: UUID) -> Sequence[str]:
        """Names of campaigns that name this list."""
        ...

    async def put_entries(self, dnc_list_id: UUID, entries: Sequence[DncEntry]) -> tuple[int, int]:
        """Add or replace; how many were added and how many replaced. Values occur once each.

        What is listed already keeps the time since when it is, unless it had expired.
        """
        ...

    async def replace_entries(
        self,
        dnc_list_id: UUID,
        import_id: UUID,
        *,
        reason: str,
        user_id: UUID | None,
        now: datetime,
    ) -> Replacement | None:
        """Have the staged values of an upload take the place of the list's content, at once; None,
        and nothing done, when it has staged none."""
        ...

    async def remove_entries(self, dnc_list_id: UUID, values: Sequence[str]) -> Sequence[str]:
        """Remove; those that were there."""
        ...

    async def entries(
        self,
        dnc_list_id: UUID,
        *,
        search: str | None = None,
        exact: str | None = None,
        after_value: str | None,
        limit: int,
    ) -> Sequence[DncEntry]:
        """By value; `search` is a part of it, `exact` the whole."""
        ...

    async def listings(self, number: str | None, value: str) -> Sequence[DncListing]:
        """Where a number and a column's value stand, entries that have expired included."""
        ...
