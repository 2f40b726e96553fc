"""Contacts: the rows of contact lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.contacts.columns import ColumnKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody to be reached, as a list has them."""

    contact_id: UUID
    organisation_id: UUID
    contact_list_id: UUID
    position: int  # order of arrival; 0 before the database has given one
    external_key: str | None
    data: dict[str, str]  # column name → value in its canonical form
    numbers: tuple[str, ...]  # E.164, in the order of the phone columns
    number_labels: tuple[str, ...]
    uncallable_numbers: tuple[str, ...]
    time_zone: str | None  # None: the list's
    language: str | None
    callable: bool
    uncallable_reason: str | None
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSearch:
    """Which contacts of a list, in which order."""

    contact_list_id: UUID
    numbers: tuple[str, ...] = ()  # one of these; where no contact has any, what follows
    text: str | None = None  # a part of any value, whatever its case
    digits: str | None = None  # or a number with these digits in it
    callable: bool | None = None
    sort_column: str | None = None  # None: order of arrival
    sort_kind: ColumnKind = ColumnKind.TEXT
    descending: bool = False


@dataclass(frozen=True, slots=True)
class SortPlace:
    """Where a page ended: the last contact's sort value and position."""

    value: str | None  # None: it has none (such contacts come last)
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What a stretch of a list holds, looked at from its first position to its last."""

    found: Sequence[Contact]  # that match, in order of arrival, no more than were asked for
    matches: int  # all that match
    looked_at: int  # contacts of the stretch
    last: int | None  # position of its last contact; None: the list has no contact there


@dataclass(frozen=True, slots=True)
class SortedPlace:
    """A contact's place in the order of a column."""

    contact_id: UUID
    position: int
    value: str | None  # None: it has none (such contacts come last)


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedWindow:
    """The best of a stretch of a list, and of what stretches before it had."""

    best: Sequence[SortedPlace]  # in the order of the search
    matches: int  # all of the stretch that match
    looked_at: int  # contacts of the stretch
    last: int | None  # position of its last contact; None: the list has no contact there


class ContactStore(Protocol):
    """The contacts of the transaction's organisation."""

    async def lock_list(self, contact_list_id: UUID) -> None:
        """Wait for every other transaction that adds to the list, and hold off later ones.

        Positions are given before commit. Without this, a contact could become visible behind a
        reader that has already passed its position.
        """
        ...

    async def add(self, contacts: Sequence[Contact]) -> None:
        """Raises Conflict `KEY_TAKEN`."""
        ...

    async def change(self, contacts: Sequence[Contact]) -> None:
        """Write everything that can change; versions go up by one. Raises Conflict `KEY_TAKEN`."""
        ...

    async def clear_number(self, contact_id: UUID, number: str) -> str | None:
        """Take a number's uncallable mark away; why it was there ('': not known), None: no mark."""
        ...

    async def put_in_front(self, contact_list_id: UUID, contact_ids: Sequence[UUID]) -> None:
        """Campaigns of the list call these next, in this order, unless they did so already."""
        ...

    async def forget_looks(self, before: datetime) -> int:
        """Remove notes of changed contacts that no running campaign has yet to follow."""
        ...

    async def get(self, contact_id: UUID) -> Contact | None: ...

    async def get_for_change(self, contact_id: UUID) -> Contact | None:
        """The contact, locked until the transaction ends."""
        ...

    async def lock_by_keys(
        self, contact_list_id: UUID, external_keys: Sequence[str]
    ) -> Sequence[Contact]:
        """The list's contacts with these keys, locked until the transaction ends."""
        ...

    async def remove(
        self, contact_list_id: UUID, contact_ids: Sequence[UUID], external_keys: Sequence[str]
    ) -> int:
        """How many were removed. A contact in the middle of an attempt stays."""
        ...

    async def find(
        self, search: ContactSearch, *, after: SortPlace | None, limit: int
    ) -> list[tuple[Contact, SortPlace]]: ...

    async def positions(self, search: ContactSearch) -> Sequence[int]:
        """Where the contacts that match stand in the list, in the order of the search; eight bytes
        of memory for each.
        """
        ...

    async def at(self, contact_list_id: UUID, positions: Sequence[int]) -> list[Contact]:
        """The contacts at these positions, in their order; of those removed since, none."""
        ...

    async def has_number(self, search: ContactSearch) -> bool:
        """Whether a contact of the list has one of the search's numbers."""
        ...

    async def look(self, search: ContactSearch, *, after: int, window: int, limit: int) -> Window:
        """Look for a part of a text in the next `window` contacts behind a position.

        In the direction of the search, without a sort column.
        """
        ...

    async def look_sorted(
        self,
        search: ContactSearch,
        *,
        after: int,
        window: int,
        behind: SortPlace | None,
        best: Sequence[int],
        limit: int,
    ) -> SortedWindow:
        """The first `limit` in the order of the search's sort column, behind a place of it.

        Of the next `window` contacts behind the position `after`, in order of arrival, and of
        those at the positions `best`.
        """
        ...

    async def with_ids(
        self, contact_list_id: UUID, contact_ids: Sequence[UUID]
    ) -> Sequence[Contact]:
        """These contacts of the list, in this order."""
        ...

    async def count(self, search: ContactSearch, *, up_to: int) -> int:
        """How many match, counted no further than `up_to`."""
        ...
