"""Runs scheduled imports: looks at the source, fetches what is new, follows the imports, tidies up.

A content is imported by a schedule once: its hash and its import are one transaction. A run whose
worker was killed is taken up by another when the lease has lapsed: it looks at the source again,
what has been fetched is known, and what has been imported is moved or deleted.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Final, TypeVar
from uuid import UUID

import structlog

from kwabo.domain.contacts.import_timing import next_run
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.organisations.permissions import ADMINISTRATOR
from kwabo.engine.leased_work import LeasedWork
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, KwaboError, Unavailable
from kwabo.kernel.ids import IdFactory
from kwabo.ports.import_schedules import ImportSchedule, ScheduleFile, ScheduleRun
from kwabo.ports.import_sources import (
    ConnectedSource,
    FoundFile,
    ImportSources,
    SourceFailed,
    Validators,
)
from kwabo.ports.imports import Import
from kwabo.ports.secret_box import SecretBox
from kwabo.services.import_schedules import opened, refused_source
from kwabo.services.imports import ImportService, ImportStart
from kwabo.services.unit_of_work import UnitOfWork

LEASE_SECONDS: Final = 60.0
MOST_FILES: Final = 200  # of a run; the others wait for the next one
FOLLOW_SECONDS: Final = 1.0
_NO_ID: Final = UUID(int=0)

log = structlog.get_logger(__name__)


class LostSchedule(Exception):
    """Another worker has the schedule, or it was removed."""


class ContentKnown(Exception):
    """The schedule has had this content already."""


@dataclass(slots=True)
class _Course:
    """A run as it goes."""

    schedule: ImportSchedule
    run: ScheduleRun
    organisation: str  # slug
    asker: Asker


class ScheduledImporter(LeasedWork):
    """See the module. `worker` names this process among all that share the database."""

    name = "scheduled_imports"

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        imports: ImportService,
        sources: ImportSources,
        secret_box: SecretBox,
        clock: Clock,
        ids: IdFactory,
        worker: str,
        lease_seconds: float = LEASE_SECONDS,
    ) -> None:
        super().__init__(clock)
        self._unit_of_work = unit_of_work
        self._imports = imports
        self._sources = sources
        self._secret_box = secret_box
        self._ids = ids
        self._worker = worker
        self._lease_seconds = lease_seconds
        self._group: asyncio.TaskGroup | None = None
        self._running: set[UUID] = set()

    async def run(self) -> None:
        """Work until cancelled; a long run holds up no other."""
        async with asyncio.TaskGroup() as group:
            self._group = group
            await super().run()

    async def work_once(self) -> bool:
        """Begin every run that is due; without `run` around it, wait for them."""
        async with self._unit_of_work.begin_outside() as stores:
            due = await stores.import_schedules.due(self._clock.now())
        worked = False
        for import_schedule_id, organisation_id in due:
            if import_schedule_id in self._running:
                continue
            self._running.add(import_schedule_id)
            if self._group is None:
                await self._run(import_schedule_id, organisation_id)
                worked = True
            else:
                self._group.create_task(self._run(import_schedule_id, organisation_id))
        return worked

    async def _run(self, import_schedule_id: UUID, organisation_id: UUID) -> None:
        try:
            course = await self._begin(import_schedule_id, organisation_id)
            if course is not None:
                await self._go_on(course)
        except LostSchedule:
            log.info("scheduled_import.given_up", import_schedule_id=str(import_schedule_id))
        except Exception:
            # The lease lapses and the run is taken up again.
            log.exception("scheduled_import.failed", import_schedule_id=str(import_schedule_id))
        finally:
            self._running.discard(import_schedule_id)

    async def _begin(self, import_schedule_id: UUID, organisation_id: UUID) -> _Course | None:
        """Claim the schedule; its run that was cut off, or a new one."""
        now = self._clock.now()
        async with self._unit_of_work.begin(organisation_id) as stores:
            schedule = await stores.import_schedules.claim(
                import_schedule_id, self._worker, self._lease_seconds
            )
            organisation = await stores.organisations.get()
            if schedule is None or organisation is None:
                return None
            run = await stores.import_schedules.open_run(import_schedule_id)
            if run is None:
                run = ScheduleRun(
                    import_schedule_run_id=self._ids.new(),
                    import_schedule_id=import_schedule_id,
                    state="running",
                    asked_by_person=schedule.wanted_at is not None,
                    files_seen=0,
                    files_imported=0,
                    files_known=0,
                    files_failed=0,
                    error_code=None,
                    error=None,
                    started_at=now,
                    ended_at=None,
                )
                await stores.import_schedules.add_run(run)
                schedule = replace(
                    schedule,
                    wanted_at=None,
                    next_run_at=next_run(schedule.timing, now) if schedule.active else None,
                )
                await stores.import_schedules.note(schedule)
        asker = Asker(
            user_id=schedule.created_by or _NO_ID,
            organisation_id=organisation_id,
            display_name=schedule.name,
            language=organisation.language,
            role=ADMINISTRATOR,
            permissions=frozenset({"contacts.write", "lists.write"}),
        )
        return _Course(schedule, run, organisation.slug, asker)

    async def _go_on(self, course: _Course) -> None:
        error: KwaboError | None = None
        lost = False
        try:
            async with asyncio.TaskGroup() as group:
                holding = group.create_task(self._hold(course))
                try:
                    async with self._connected(course) as source:
                        await self._fetch(course, source)
                        await self._follow(course)
                        await self._tidy(course, source)
                finally:
                    holding.cancel()
        except* SourceFailed as failed:
            error = refused_source(_first(failed, SourceFailed))
        except* KwaboError as refused:
            error = _first(refused, KwaboError)
        except* LostSchedule:
            lost = True
        if lost:
            raise LostSchedule
        await self._end(course, error)

    def _connected(self, course: _Course) -> AbstractAsyncContextManager[ConnectedSource]:
        schedule = course.schedule
        return self._sources.connected(
            schedule.source,
            secret=opened(self._secret_box, schedule),
            organisation=course.organisation,
            known=Validators(etag=schedule.etag, last_modified=schedule.last_modified),
        )

    async def _hold(self, course: _Course) -> None:
        """Renew the lease while the run goes on. Raises LostSchedule."""
        while True:
            await self._clock.sleep(self._lease_seconds / 4)
            async with self._unit_of_work.begin(course.schedule.organisation_id) as stores:
                mine = await stores.import_schedules.claim(
                    course.schedule.import_schedule_id, self._worker, self._lease_seconds
                )
            if mine is None:
                raise LostSchedule

    # ── Fetching ─────────────────────────────────────────────────────────────────────────────────

    async def _fetch(self, course: _Course, source: ConnectedSource) -> None:
        files = (await source.files())[:MOST_FILES]
        async with self._unit_of_work.begin(course.schedule.organisation_id) as stores:
            fetched = await stores.import_schedules.known_fingerprints(
                course.schedule.import_schedule_id,
                [file.fingerprint for file in files if file.fingerprint],
            )
        known = failed = 0
        for file in files:
            if file.fingerprint in fetched:
                known += 1
                continue
            try:
                if not await self._fetch_one(course, source, file):
                    failed += 1
            except ContentKnown:
                known += 1
        course.run = replace(course.run, files_seen=len(files), files_known=known)
        if source.validators != Validators(
            etag=course.schedule.etag, last_modified=course.schedule.last_modified
        ):
            course.schedule = replace(
                course.schedule,
                etag=source.validators.etag,
                last_modified=source.validators.last_modified,
            )

    async def _fetch_one(self, course: _Course, source: ConnectedSource, file: FoundFile) -> bool:
        """Whether the file is being imported. Raises ContentKnown, SourceFailed."""
        content = hashlib.sha256()

        async def chunks() -> AsyncIterator[bytes]:
            async for chunk in source.read(file):
                content.update(chunk)
                yield chunk

        try:
            record, seen = await self._imports.receive(
                course.asker,
                file_name=file.name,
                chunks=chunks(),
                contact_list_id=course.schedule.contact_list_id,
                import_template_id=course.schedule.import_template_id,
            )
        except Unavailable:
            raise  # disk or database: the content is not at fault
        except KwaboError as error:
            await self._note_failed(course, file, content.digest(), error)
            return False
        try:
            left_out = [column.name for column in seen.left_out]
            await self._start(course, file, content.digest(), record, left_out)
        except ContentKnown:
            await self._imports.discard(record)
            raise
        except (Conflict, Unavailable):
            await self._imports.discard(record)
            raise  # the list is busy: the next run tries again
        except KwaboError as error:
            await self._imports.discard(record)
            await self._note_failed(course, file, content.digest(), error)
            return False
        return True

    async def _start(
        self,
        course: _Course,
        file: FoundFile,
        content_hash: bytes,
        record: Import,
        left_out: Sequence[str],
    ) -> None:
        """Import and hash in one transaction: both are kept, or neither."""
        schedule = course.schedule
        record = replace(record, user_id=schedule.created_by, on_duplicate=schedule.on_duplicate)
        async with self._unit_of_work.begin(schedule.organisation_id) as stores:
            added = await stores.import_schedules.add_file(
                replace(
                    self._file(course, file, content_hash, import_id=record.import_id),
                    columns_left_out=left_out,
                )
            )
            if added:
                await stores.imports.add(record)
                start = ImportStart(
                    mapping=record.mapping,
                    contact_list_id=schedule.contact_list_id,
                    on_duplicate="skip" if schedule.on_duplicate == "skip" else "update",
                )
                await self._imports.begin(stores, course.asker, record, start)
        if not added:
            raise ContentKnown

    async def _note_failed(
        self, course: _Course, file: FoundFile, content_hash: bytes, error: KwaboError
    ) -> None:
        """A content that cannot be read is told once, and not fetched again."""
        async with self._unit_of_work.begin(course.schedule.organisation_id) as stores:
            added = await stores.import_schedules.add_file(
                replace(
                    self._file(course, file, content_hash, import_id=None),
                    error_code=error.code,
                    error=error.message,
                )
            )
        if not added:
            raise ContentKnown

    def _file(
        self, course: _Course, file: FoundFile, content_hash: bytes, *, import_id: UUID | None
    ) -> ScheduleFile:
        return ScheduleFile(
            import_schedule_id=course.schedule.import_schedule_id,
            content_hash=content_hash,
            import_schedule_run_id=course.run.import_schedule_run_id,
            import_id=import_id,
            error_code=None,
            error=None,
            file_name=file.name,
            fingerprint=file.fingerprint,
            disposed_at=None,
            created_at=self._clock.now(),
        )

    # ── Afterwards ───────────────────────────────────────────────────────────────────────────────

    async def _follow(self, course: _Course) -> None:
        """Wait until no import of the run is under way."""
        while True:
            async with self._unit_of_work.begin(course.schedule.organisation_id) as stores:
                files = await stores.import_schedules.files_of_run(
                    course.run.import_schedule_run_id
                )
            if not any(file.import_state in ("waiting", "running") for file in files):
                return
            await self._clock.sleep(FOLLOW_SECONDS)

    async def _tidy(self, course: _Course, source: ConnectedSource) -> None:
        """Move or delete what has been imported whole, of earlier runs too."""
        schedule = course.schedule
        if schedule.done_file == "keep":
            return
        async with self._unit_of_work.begin(schedule.organisation_id) as stores:
            done = await stores.import_schedules.to_dispose(schedule.import_schedule_id)
        there = {file.fingerprint: file for file in await source.files()} if done else {}
        for file in done:
            found = there.get(file.fingerprint)
            if found is not None:  # else it is gone, or holds something else by now
                await (source.move if schedule.done_file == "move" else source.delete)(found)
            async with self._unit_of_work.begin(schedule.organisation_id) as stores:
                await stores.import_schedules.note_disposed(
                    schedule.import_schedule_id, file.content_hash, self._clock.now()
                )

    async def _end(self, course: _Course, error: KwaboError | None) -> None:
        schedule, run = course.schedule, course.run
        async with self._unit_of_work.begin(schedule.organisation_id) as stores:
            mine = await stores.import_schedules.claim(
                schedule.import_schedule_id, self._worker, self._lease_seconds
            )
            if mine is None:
                raise LostSchedule
            files = await stores.import_schedules.files_of_run(run.import_schedule_run_id)
            bad = [f for f in files if f.import_id is None or f.import_state == "failed"]
            code, message = None, None
            if error is not None:
                code, message = error.code, error.message
            elif bad:
                code, message = "FILES_FAILED", f"{bad[0].file_name}: {bad[0].error or ''}"
            run = replace(
                run,
                state="failed" if code else "complete",
                files_imported=sum(f.import_state == "complete" for f in files),
                files_failed=len(bad),
                error_code=code,
                error=message,
                ended_at=self._clock.now(),
            )
            await stores.import_schedules.change_run(run)
            await stores.import_schedules.note(
                replace(
                    schedule,
                    wanted_at=mine.wanted_at,
                    next_run_at=mine.next_run_at,
                    failures=schedule.failures + 1 if code else 0,
                )
            )
            await stores.import_schedules.release(schedule.import_schedule_id, self._worker)
        log.info(
            "scheduled_import.done",
            import_schedule_id=str(schedule.import_schedule_id),
            state=run.state,
            code=code,
            files=run.files_imported,
        )


_Failure = TypeVar("_Failure", bound=Exception)


def _first(group: ExceptionGroup[_Failure], kind: type[_Failure]) -> _Failure:
    found: BaseException = group
    while isinstance(found, BaseExceptionGroup):
        found = found.exceptions[0]
    assert isinstance(found, kind)
    return found
