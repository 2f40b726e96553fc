"""Contact list filters: which contacts of a list a campaign calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from kwabo.domain.contacts.filters.document import Node
from kwabo.domain.contacts.filters.times import Present
from kwabo.ports.contacts import Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactListFilter:
    """A named filter of a list."""

    contact_list_filter_id: UUID
    contact_list_id: UUID
    name: str
    document: Mapping[str, Any]  # see domain/contacts/filters/document.py
    column_kinds: Mapping[str, str]  # of the columns it is about, as they were when it was written
    campaigns: tuple[str, ...] = ()  # names of those that use it
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """How many contacts of a list a filter lets through, and some of them."""

    count: int
    contacts: int  # of the list
    exact: bool  # False: both are estimated from a part of the list
    low: int  # the count lies between these (95 %) when it is estimated
    high: int
    sample: Sequence[Contact]  # the first that match, in the list's order
    sample_complete: bool  # False: there was no time to look for more of them


class ContactListFilterStore(Protocol):
    """The filters of the transaction's organisation."""

    async def add(self, one: ContactListFilter) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, contact_list_filter_id: UUID) -> ContactListFilter | None: ...

    async def get_for_change(self, contact_list_filter_id: UUID) -> ContactListFilter | None:
        """The filter, locked until the transaction ends."""
        ...

    async def of_list(self, contact_list_id: UUID) -> Sequence[ContactListFilter]:
        """By name."""
        ...

    async def change(self, one: ContactListFilter) -> Sequence[UUID]:
        """Write name and document; version goes up. Campaigns that use it, told by their ids, go
        through their lists again. Raises Conflict `NAME_TAKEN`."""
        ...

    async def delete(self, contact_list_filter_id: UUID) -> None: ...

    async def matches(
        self, contact_list_id: UUID, node: Node, present: Present, campaign_id: UUID | None
    ) -> Matches:
        """Within about a second: a count that takes longer is estimated."""
        ...
