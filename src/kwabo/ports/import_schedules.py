"""Scheduled imports: where files come from, when, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.contacts.import_source import ImportSource
from kwabo.domain.contacts.import_timing import ImportTiming


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSchedule:
    """Files that are imported by themselves."""

    import_schedule_id: UUID
    organisation_id: UUID
    name: str
    contact_list_id: UUID
    import_template_id: UUID | None  # None: one that fits, else a guess
    source: ImportSource
    secret: bytes | None  # sealed
    timing: ImportTiming
    done_file: str  # keep | move | delete
    on_duplicate: str  # update | skip
    active: bool
    next_run_at: datetime | None
    wanted_at: datetime | None  # a person asked for a run
    etag: str | None
    last_modified: str | None
    failures: int  # runs in a row that failed
    version: int
    created_by: UUID | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRun:
    """One look at the source, and its imports."""

    import_schedule_run_id: UUID
    import_schedule_id: UUID
    state: str  # running | complete | failed
    asked_by_person: bool
    files_seen: int
    files_imported: int
    files_known: int  # the same content was imported before
    files_failed: int
    error_code: str | None
    error: str | None
    started_at: datetime
    ended_at: datetime | None
    columns_left_out: Sequence[str] = ()  # of its files, as `ScheduleFile` has them


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleFile:
    """A content that was fetched: it is imported once."""

    import_schedule_id: UUID
    content_hash: bytes
    import_schedule_run_id: UUID
    import_id: UUID | None  # None: it could not be read
    error_code: str | None
    error: str | None
    file_name: str
    fingerprint: str
    disposed_at: datetime | None
    created_at: datetime
    import_state: str | None = None  # of the import, as it is now
    columns_left_out: Sequence[str] = ()  # of the file, which its template does not name


class ImportScheduleStore(Protocol):
    """The scheduled imports of the transaction's organisation."""

    async def add(self, schedule: ImportSchedule) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def all(self) -> Sequence[ImportSchedule]:
        """By name."""
        ...

    async def get(self, import_schedule_id: UUID) -> ImportSchedule | None: ...

    async def get_for_change(self, import_schedule_id: UUID) -> ImportSchedule | None:
        """The schedule, locked until the transaction ends."""
        ...

    async def change(self, schedule: ImportSchedule) -> None:
        """Write what a person can change; version goes up by one. Raises Conflict."""
        ...

    async def note(self, schedule: ImportSchedule) -> None:
        """Write the plan, the wish, the validators and the failures only."""
        ...

    async def remove(self, import_schedule_id: UUID) -> None: ...

    async def runs(
        self, import_schedule_id: UUID, *, before: datetime | None, limit: int
    ) -> Sequence[ScheduleRun]:
        """Newest first."""
        ...

    async def last_runs(self) -> dict[UUID, ScheduleRun]:
        """The newest run of each schedule."""
        ...

    async def open_run(self, import_schedule_id: UUID) -> ScheduleRun | None: ...

    async def add_run(self, run: ScheduleRun) -> None: ...

    async def change_run(self, run: ScheduleRun) -> None: ...

    async def add_file(self, file: ScheduleFile) -> bool:
        """False when the schedule has had this content already; its fingerprint is then renewed."""
        ...

    async def files(self, import_schedule_id: UUID, *, limit: int) -> Sequence[ScheduleFile]:
        """Newest first."""
        ...

    async def files_of_run(self, import_schedule_run_id: UUID) -> Sequence[ScheduleFile]: ...

    async def known_fingerprints(
        self, import_schedule_id: UUID, fingerprints: Sequence[str]
    ) -> set[str]: ...

    async def to_dispose(self, import_schedule_id: UUID) -> Sequence[ScheduleFile]:
        """Files whose import is complete, and that are not moved or deleted yet."""
        ...

    async def note_disposed(
        self, import_schedule_id: UUID, content_hash: bytes, at: datetime
    ) -> None: ...

    # ── For the worker ───────────────────────────────────────────────────────────────────────────

    async def due(self, now: datetime) -> list[tuple[UUID, UUID]]:
        """(schedule, organisation) of all that is to run and that nobody runs."""
        ...

    async def claim(
        self, import_schedule_id: UUID, worker: str, lease_seconds: float
    ) -> ImportSchedule | None:
        """Take it, or hold it longer; None when another worker has it."""
        ...

    async def release(self, import_schedule_id: UUID, worker: str) -> None: ...
