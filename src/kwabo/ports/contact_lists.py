"""Contact lists and their columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.contacts.columns import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactList:
    """A list of contacts with typed columns."""

    contact_list_id: UUID
    organisation_id: UUID
    name: str
    region: str  # ISO 3166, for numbers without a country code
    time_zone: str  # of contacts that have none
    columns: tuple[Column, ...]  # in their order
    key_columns: tuple[str, ...]  # whose values make the duplicate key; none: no duplicates
    version: int
    created_at: datetime
    updated_at: datetime
    zone_source: str = "number_then_list"  # who says where numbers are: number_zones.ZONE_SOURCES


class ContactListStore(Protocol):
    """The lists of the transaction's organisation."""

    async def add(self, contact_list: ContactList) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, contact_list_id: UUID) -> ContactList | None: ...

    async def get_for_change(self, contact_list_id: UUID) -> ContactList | None:
        """The list, locked until the transaction ends."""
        ...

    async def find(
        self, *, search: str | None, after_name: str | None, limit: int
    ) -> Sequence[ContactList]:
        """In the order of names; `search` is a part of the name."""
        ...

    async def count(self, *, search: str | None) -> int: ...

    async def change(self, contact_list: ContactList) -> None:
        """Write name, region, time zone, columns and key columns; version goes up by one.

        Raises Conflict `NAME_TAKEN`.
        """
        ...

    async def remove(self, contact_list_id: UUID) -> None:
        """With its contacts and imports. Raises Conflict `LIST_IN_USE` when a campaign has it."""
        ...

    async def count_contacts(self, contact_list_ids: Sequence[UUID]) -> dict[UUID, int]: ...
