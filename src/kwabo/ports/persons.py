"""Persons: the addresses that belong to one, and how they came together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMerge:
    """Two persons were found to be one, because a contact had numbers of both."""

    person_merge_id: UUID
    kept_person_id: UUID
    merged_person_id: UUID
    contact_id: UUID
    addresses: tuple[str, ...]  # that went from the one to the other
    merged_at: datetime
    undone_at: datetime | None
    undone_by: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody, as far as addresses tell."""

    person_id: UUID
    numbers: tuple[str, ...]  # E.164, in order
    merges: tuple[PersonMerge, ...]  # into this person, the newest first


class PersonStore(Protocol):
    """The persons of the transaction's organisation."""

    async def of_numbers(self, numbers: Sequence[str]) -> Sequence[Person]:
        """The persons to whom these numbers belong: one, unless people said otherwise."""
        ...

    async def get_merge(self, person_merge_id: UUID) -> PersonMerge | None:
        """The merge; from here to the end nobody else joins or parts persons."""
        ...

    async def part(self, merge: PersonMerge, *, user_id: UUID | None, at: datetime) -> None:
        """Undo a merge: the addresses are another person's again, for good."""
        ...
