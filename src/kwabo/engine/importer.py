"""The importer: turns uploaded files into contacts, one block per transaction.

Any number of processes may run one. Each import has one worker at a time, under a lease that every
stored block renews; a worker that was killed or frozen is replaced when its lease has lapsed, and
can no longer write. The next block is read while the last one is being stored. A block that fails
three times at the same place ends the import with the error; it can then be resumed by a person.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

import structlog

from kwabo.engine.import_work import (
    ContactsOfFile,
    EntriesOfFile,
    ImportWork,
    Lease,
    note_upload,
    swap_in,
)
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import KwaboError, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.imports import BlockSource, Import, PreparedBlock
from kwabo.ports.uploads import UploadStore
from kwabo.services.consent_imports import note_consents
from kwabo.services.unit_of_work import Stores, UnitOfWork

LEASE_SECONDS: Final = 15.0
POLL_SECONDS: Final = 1.0
MAX_FAILURES: Final = 3

log = structlog.get_logger(__name__)


class LostImport(Exception):
    """The import was cancelled, or another worker has it."""


class Importer:
    """See the module. `worker` names this process among all that share the database."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        blocks: BlockSource,
        uploads: UploadStore,
        clock: Clock,
        ids: IdFactory,
        worker: str,
        lease_seconds: float = LEASE_SECONDS,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._blocks = blocks
        self._uploads = uploads
        self._clock = clock
        self._ids = ids
        self._worker = worker
        self._lease_seconds = lease_seconds
        self._failures: dict[UUID, tuple[int, int]] = {}  # import → (place in the file, times)
        self.healthy = True  # the last look at the database went well
        self.healthy_since: datetime = clock.now()

    async def run(self) -> None:
        """Work until cancelled."""
        try:
            while True:
                if not await self._try_to_work():
                    await self._clock.sleep(POLL_SECONDS)
        finally:
            await self._blocks.close()

    async def _try_to_work(self) -> bool:
        try:
            worked = await self.work_once()
        except Exception:
            self._note_health(False)
            log.exception("import.look_failed")
            return False
        self._note_health(True)
        return worked

    def _note_health(self, healthy: bool) -> None:
        if healthy != self.healthy:
            self.healthy, self.healthy_since = healthy, self._clock.now()

    async def work_once(self) -> bool:
        """Run every import that waits now; False when there was none to be had."""
        async with self._unit_of_work.begin_outside() as stores:
            waiting = await stores.imports.waiting()
        worked = False
        for import_id, organisation_id in waiting:
            worked = await self._claim_and_run(import_id, organisation_id) or worked
        return worked

    async def _claim_and_run(self, import_id: UUID, organisation_id: UUID) -> bool:
        async with self._unit_of_work.begin(organisation_id) as stores:
            record = await stores.imports.claim(
                import_id, self._worker, self._lease_seconds, self._clock.now()
            )
            if record is None:
                return False
            work = await self._work(stores, record)
        log.info("import.begun", import_id=str(import_id), bytes_done=record.bytes_done)
        try:
            if work is None:
                return False
            await self._run(record, work)
        except LostImport:
            log.info("import.given_up", import_id=str(import_id))
        except (OSError, NotFound) as error:
            message = error.message if isinstance(error, KwaboError) else str(error)
            log.warning("import.file_unreadable", import_id=str(import_id), error=message)
            await self._finish(record, "failed", "FILE_UNREADABLE", _FILE_UNREADABLE)
        except Exception as error:
            log.exception("import.block_failed", import_id=str(import_id))
            await self._note_failure(record, error)
        return True

    async def _work(self, stores: Stores, record: Import) -> ImportWork | None:
        """What becomes of the file; None when its target is gone."""
        if record.dnc_list_id is not None:
            dnc_list = await stores.dnc_lists.get(record.dnc_list_id)
            organisation = await stores.organisations.get()
            if dnc_list is None or organisation is None:
                return None
            return EntriesOfFile(
                self._blocks, self._uploads, dnc_list, organisation.region, self._ids, self._clock
            )
        if record.contact_list_id is None:
            return None
        contact_list = await stores.contact_lists.get(record.contact_list_id)
        if contact_list is None:
            return None
        return ContactsOfFile(self._blocks, self._uploads, contact_list, self._ids, self._clock)

    async def _run(self, record: Import, work: ImportWork) -> None:
        await work.begin(record)
        block = await work.prepare(record, record.bytes_done, record.lines_done + 1)
        while True:
            upcoming: asyncio.Task[PreparedBlock] | None = None
            try:
                async with asyncio.TaskGroup() as group:
                    if not block.at_end:
                        upcoming = group.create_task(
                            work.prepare(record, block.next_offset, block.next_line)
                        )
                    await self._store(record, block, work)
            except ExceptionGroup as errors:
                raise errors.exceptions[0] from None
            record = replace(record, bytes_done=block.next_offset, lines_done=block.next_line - 1)
            if upcoming is None:
                break
            block = upcoming.result()
        if await self._finish(record, "complete", None, None):
            await self._uploads.remove(record.file_path)
            if record.workbook_path is not None:
                await self._uploads.remove(record.workbook_path)
            self._failures.pop(record.import_id, None)
            log.info("import.completed", import_id=str(record.import_id))

    async def _store(self, record: Import, block: PreparedBlock, work: ImportWork) -> None:
        lease = Lease(worker=self._worker, seconds=self._lease_seconds, now=self._clock.now())
        async with self._unit_of_work.begin(record.organisation_id) as stores:
            if not await work.store(stores, record, block, lease):
                raise LostImport

    async def _note_failure(self, record: Import, error: Exception) -> None:
        """Leave the import to the next try (its lease lapses), or end it when that is no use."""
        try:
            async with self._unit_of_work.begin(record.organisation_id) as stores:
                now = await stores.imports.get(record.import_id)
        except Exception:
            log.exception("import.look_failed", import_id=str(record.import_id))
            return
        place = now.bytes_done if now else 0
        known_place, times = self._failures.get(record.import_id, (place, 0))
        times = times + 1 if known_place == place else 1
        self._failures[record.import_id] = (place, times)
        if times >= MAX_FAILURES:
            del self._failures[record.import_id]
            code = error.code if isinstance(error, KwaboError) else "IMPORT_FAILED"
            await self._finish(record, "failed", code, _FAILED)

    async def _finish(
        self, record: Import, state: str, code: str | None, error: str | None
    ) -> bool:
        async with self._unit_of_work.begin(record.organisation_id) as stores:
            now = self._clock.now()
            if state == "complete" and not await swap_in(stores, self._ids, record, now):
                state, code, error = "failed", "DNC_REPLACEMENT_EMPTY", _EMPTY_COPY
            done = await stores.imports.finish(
                record.import_id, self._worker, state=state, code=code, error=error, now=now
            )
            if not done and record.mapping.get("replace"):
                raise LostImport  # what was swapped in is taken back
            if done and record.dnc_list_id is not None:
                await note_upload(stores, record.import_id, state, now)
            elif done and (ended := await stores.imports.get(record.import_id)):
                await note_consents(stores, ended, now)
            return done and state == "complete"


_FILE_UNREADABLE = "The uploaded file can no longer be read on the server. Upload it again."
_EMPTY_COPY = (
    "The file has nothing that can be listed, so the list's content was left as it was. Look at "
    "the report, choose the right column, and upload again."
)
_FAILED = (
    "A part of the file could not be stored, three times. What was stored before it stays. "
    "Resume the import; if it fails again, the server's log names the cause."
)
