"""Erasure of one person: what belongs to somebody, and taking it away."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedContact:
    """A contact of the person, as rules ask about it."""

    contact_id: UUID
    contact_list_id: UUID
    data: Mapping[str, str]
    labels: Mapping[str, str]  # number → label


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whose data it is."""

    person_id: UUID
    numbers: tuple[str, ...]  # E.164
    contacts: tuple[ErasedContact, ...]
    attempt_ids: tuple[UUID, ...]  # of the contacts, or of a number
    other_ids: tuple[UUID, ...]  # callbacks, consents
    campaigns: Mapping[UUID, tuple[tuple[UUID, str], ...]]  # list → its campaigns, with names
    in_call: bool  # or in an agent's work after one
    free_at: datetime | None  # when that work ends at the latest; None: not known
    objected: bool  # by a DNC entry, a withdrawn consent, or a key during a message

    @property
    def values(self) -> frozenset[str]:
        """What the person's contacts say, in every column."""
        return frozenset(value for one in self.contacts for value in one.data.values() if value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """That somebody was erased."""

    erasure_id: UUID
    person_id: UUID
    user_id: UUID | None
    user_name: str | None
    reason: str
    keep_do_not_call: bool
    counts: Mapping[str, int]  # table → rows
    files: int
    erased_at: datetime
    digest: str  # SHA-256 of the receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedFiles:
    """Files that hold something of the person."""

    recordings: Sequence[str]
    uploads: Mapping[UUID, Sequence[str]]  # import → its files: not read to their end, may hold it


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRows:
    """Where something of the person stood in long tables, and since when it has to be sought again.

    The parameters of the store's own statements by name.
    """

    values: Mapping[str, Any]


class ErasureStore(Protocol):
    """Erasures in the transaction's organisation."""

    async def subject(self, person_id: UUID, *, claims_wait: bool) -> Subject | None:
        """The person, or the contact without a number that has this id.

        `claims_wait`: nobody calls them, and their contacts stay as they are, until the
        transaction ends.
        """
        ...

    async def find(self, subject: Subject) -> FoundRows:
        """Read the long tables from end to end."""
        ...

    async def hold(self, numbers: Sequence[str]) -> str | None:
        """The reason of a legal hold on one of the numbers or on the organisation."""
        ...

    async def files(self, subject: Subject) -> ErasedFiles:
        """Where something of the person lies, or may lie."""
        ...

    async def erase(
        self,
        subject: Subject,
        found: FoundRows,
        *,
        questions: Collection[tuple[UUID, str]],
        keep_do_not_call: bool,
        uploads_gone: Collection[UUID],
        at: datetime,
    ) -> Mapping[str, int]:
        """Table → rows out of which something went. `questions`: of data actions, with keys.

        `found`: of the same subject, before.
        """
        ...

    async def add(self, erasure: Erasure) -> None: ...

    async def get(self, erasure_id: UUID) -> Erasure | None: ...

    async def newest(self, limit: int) -> Sequence[Erasure]: ...
