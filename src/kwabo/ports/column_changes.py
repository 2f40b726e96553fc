"""Changes of the columns of lists in use: what is kept of them, and the rewriting of contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from kwabo.domain.contacts.column_change import ChangeKind, ChangeSettings, ColumnUse
from kwabo.domain.contacts.columns import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChange:
    """A change and how far it is."""

    column_change_id: UUID
    organisation_id: UUID
    contact_list_id: UUID
    user_id: UUID | None
    kind: ChangeKind
    column_name: str
    settings: ChangeSettings
    state: str  # see domain.contacts.column_change
    after_added_in: int  # the place among the list's contacts from which to go on
    after_position: int
    contacts_done: int  # in this state
    contacts_total: int
    report: Mapping[str, Any]
    error: str | None  # of the last try; it is tried again
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class ValueAt:
    """A contact's value in a column, and the contact's place in its list."""

    contact_id: UUID
    added_in: int
    position: int
    value: str  # "" when it has none
    numbers: tuple[str, ...]
    phones: tuple[str, ...]  # what is kept in the phone columns asked for


@dataclass(frozen=True, slots=True)
class NewValue:
    """A contact's value after a conversion; `left_over` None: nothing goes to the other column."""

    contact_id: UUID
    value: str
    left_over: str | None


class ColumnChangeStore(Protocol):
    """The changes of the transaction's organisation."""

    async def add(self, change: ColumnChange) -> None:
        """Raises Conflict `COLUMN_CHANGE_OPEN` when the list has one that is not done."""
        ...

    async def get(self, column_change_id: UUID) -> ColumnChange | None: ...

    async def get_for_change(self, column_change_id: UUID) -> ColumnChange | None:
        """The change, locked until the transaction ends."""
        ...

    async def of_list(self, contact_list_id: UUID, *, limit: int) -> Sequence[ColumnChange]:
        """Newest first."""
        ...

    async def open_in(self, contact_list_id: UUID) -> ColumnChange | None:
        """The list's change that is not done; holds off the beginning of one (a shared lock)."""
        ...

    async def change(self, change: ColumnChange) -> None:
        """Write settings, state, place, counts, report, error and times; the lease stays."""
        ...

    async def uses(self, contact_list_id: UUID, name: str) -> list[ColumnUse]:
        """Where the column is used outside the list itself."""
        ...

    async def rename_in_uses(self, contact_list_id: UUID, old: str, new: str) -> None:
        """In scripts, required fields, the key and templates of the list's scheduled imports."""
        ...

    # ── For the worker ───────────────────────────────────────────────────────────────────────────

    async def waiting(self) -> list[tuple[UUID, UUID]]:
        """(change, organisation) of every change that nobody works on, of all organisations."""
        ...

    async def claim(
        self, column_change_id: UUID, worker: str, lease_seconds: float
    ) -> ColumnChange | None:
        """Take it, or hold it longer; None when it is not to be had."""
        ...

    async def release(self, column_change_id: UUID, worker: str) -> None:
        """Others may take it at once."""
        ...

    async def values_after(
        self, change: ColumnChange, phone_columns: Sequence[str], *, limit: int
    ) -> list[ValueAt]:
        """The next contacts' values, in the order of the list."""
        ...

    async def values_since(
        self, change: ColumnChange, phone_columns: Sequence[str], since: datetime
    ) -> list[ValueAt]:
        """Values of contacts that have been written since then."""
        ...

    async def lock(self, contact_ids: Sequence[UUID]) -> set[UUID]:
        """Those of the contacts that nobody else holds, locked until the transaction ends."""
        ...

    async def fill(self, contact_ids: Sequence[UUID], name: str, value: str) -> None:
        """Give the column to contacts that lack it."""
        ...

    async def copy(self, contact_ids: Sequence[UUID], old: str, new: str) -> None: ...

    async def drop(self, contact_ids: Sequence[UUID], name: str) -> None: ...

    async def put(self, values: Sequence[NewValue], name: str, left_over: str) -> None: ...

    async def derive(self, contact_ids: Sequence[UUID], columns: Sequence[Column]) -> None:
        """Numbers, labels, time zone and language anew, from the values in these columns."""
        ...
