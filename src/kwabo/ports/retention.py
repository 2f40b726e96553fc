"""What is kept how long, what is held back from erasure, and what was removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionSettings:
    """What an organisation has chosen; a class that is not named keeps the program's default."""

    days: Mapping[str, int | None] = field(default_factory=dict)  # None: for ever
    version: int = 0
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalHold:
    """Nothing of a number, or of the whole organisation, is erased while this stands."""

    legal_hold_id: UUID
    number: str | None  # E.164; None: the whole organisation
    reason: str
    user_id: UUID | None
    user_name: str | None
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRun:
    """One time that old data was removed."""

    retention_run_id: UUID
    user_id: UUID | None  # None: by itself
    started_at: datetime
    ended_at: datetime | None
    removed: Mapping[str, int]  # class of data → rows
    problem: str  # code; '': none


class RetentionStore(Protocol):
    """The retention of the transaction's organisation."""

    async def get(self) -> RetentionSettings: ...

    async def get_for_change(self) -> RetentionSettings: ...

    async def put(self, settings: RetentionSettings) -> None:
        """Version goes up by one."""
        ...

    async def holds(self) -> Sequence[LegalHold]:
        """Those that stand, the newest first, then the last 50 that have ended."""
        ...

    async def get_hold(self, legal_hold_id: UUID) -> LegalHold | None: ...

    async def add_hold(self, hold: LegalHold) -> None: ...

    async def end_hold(self, legal_hold_id: UUID, user_id: UUID | None, at: datetime) -> None: ...

    async def runs(self, limit: int) -> Sequence[RetentionRun]:
        """The newest first."""
        ...

    async def put_run(self, run: RetentionRun) -> None:
        """Add a run, or write how it ended."""
        ...

    async def forget(self, data_class: str, before: datetime, at_most: int) -> int:
        """Remove some rows of a class that are older and that nothing holds back; how many. Gives
        up by the statement's or a lock's time rather than keep others waiting."""
        ...

    async def import_files(self, before: datetime) -> Sequence[str]:
        """Files of the imports that the next `forget` of imports removes."""
        ...

    async def count(self, data_class: str, before: datetime, at_most: int) -> int:
        """How many `forget` would remove, counted up to `at_most`."""
        ...
