"""What becomes of an uploaded file: contacts of a list, or entries of a DNC list.

The importer reads and stores blocks, holds the lease and gives up; here is what a block is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.contacts.columns import ColumnKind
from kwabo.domain.contacts.consent_columns import ConsentPlan
from kwabo.domain.contacts.file_format import SAMPLE_BYTES, detect
from kwabo.domain.contacts.import_plan import ImportPlan, Mapping, mapped_columns
from kwabo.domain.contacts.import_reading import Reading
from kwabo.domain.dnc_lists.upload import UploadPlan
from kwabo.kernel.clock import Clock
from kwabo.kernel.ids import IdFactory
from kwabo.ports.contact_lists import ContactList
from kwabo.ports.dnc_lists import DncList
from kwabo.ports.imports import BlockSource, Import, PreparedBlock
from kwabo.ports.uploads import UploadStore
from kwabo.services.consent_imports import store_consents
from kwabo.services.dnc_lists import tell_floor
from kwabo.services.reopening import reopen
from kwabo.services.unit_of_work import Stores


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """By which a worker holds an import."""

    worker: str
    seconds: float
    now: datetime


class ImportWork(Protocol):
    """One file on its way into one target."""

    async def begin(self, record: Import) -> None:
        """Look at the file. Raises NotFound `FILE_GONE`."""
        ...

    async def prepare(self, record: Import, offset: int, line_number: int) -> PreparedBlock:
        """The block that begins there. Raises OSError."""
        ...

    async def store(
        self, stores: Stores, record: Import, block: PreparedBlock, lease: Lease
    ) -> bool:
        """Store the block; False when the import is not this worker's any more."""
        ...


class ContactsOfFile:
    """Rows become contacts of a list."""

    def __init__(
        self,
        blocks: BlockSource,
        uploads: UploadStore,
        contact_list: ContactList,
        ids: IdFactory,
        clock: Clock,
    ) -> None:
        self._blocks = blocks
        self._uploads = uploads
        self._list = contact_list
        self._clock = clock
        self._ids = ids
        self._plan: ImportPlan
        self._missing = False  # the list has phone columns that the file has not

    async def begin(self, record: Import) -> None:
        sample = await self._uploads.beginning(record.file_path, SAMPLE_BYTES)
        mapping = Mapping.from_json(record.mapping)
        reading = Reading.from_json(record.reading)
        columns = {column.name: column for column in self._list.columns}
        self._plan = ImportPlan(
            file_format=reading.formatted(
                detect(sample, encoding=record.encoding, delimiter=record.delimiter)
            ),
            mapping=replace(
                mapping,
                columns=tuple(
                    replace(m, column=columns.get(m.column.name) if m.column else None)
                    for m in mapping.columns
                ),
            ),
            key_columns=self._list.key_columns,
            region=self._list.region,
            on_duplicate="skip" if record.on_duplicate == "skip" else "update",
            reading=reading,
            workbook=record.workbook_path is not None,
            consent=self._consents(mapping),
        )
        named = {column.name for column in mapped_columns(self._plan.mapping)}
        self._missing = any(
            column.kind is ColumnKind.PHONE and column.name not in named
            for column in self._list.columns
        )

    def _consents(self, mapping: Mapping) -> ConsentPlan | None:
        if mapping.consent is None:
            return None
        return ConsentPlan(
            columns=mapping.consent, time_zone=self._list.time_zone, now=self._clock.now()
        )

    async def prepare(self, record: Import, offset: int, line_number: int) -> PreparedBlock:
        return await self._blocks.prepare(
            self._plan, record.file_path, offset, line_number, self._ids.new()
        )

    async def store(
        self, stores: Stores, record: Import, block: PreparedBlock, lease: Lease
    ) -> bool:
        # First, since contacts lock their list and all persons until the transaction ends.
        await store_consents(stores, self._ids, record, block.consents, lease.now)
        counts = await stores.imports.store_block(
            record,
            block,
            worker=lease.worker,
            lease_seconds=lease.seconds,
            phone_columns_missing=self._missing,
            now=lease.now,
        )
        return counts is not None


class EntriesOfFile:
    """A column of the file becomes entries of a DNC list; the floor is told of each block."""

    def __init__(
        self,
        blocks: BlockSource,
        uploads: UploadStore,
        dnc_list: DncList,
        region: str,
        ids: IdFactory,
        clock: Clock,
    ) -> None:
        self._blocks = blocks
        self._uploads = uploads
        self._list = dnc_list
        self._region = region
        self._ids = ids
        self._clock = clock
        self._plan: UploadPlan

    async def begin(self, record: Import) -> None:
        sample = await self._uploads.beginning(record.file_path, SAMPLE_BYTES)
        self._plan = UploadPlan(
            file_format=detect(sample, encoding=record.encoding, delimiter=record.delimiter),
            column=int(record.mapping["column"]),
            has_header=bool(record.mapping["has_header"]),
            key_column=self._list.key_column,
            region=self._region,
        )

    async def prepare(self, record: Import, offset: int, line_number: int) -> PreparedBlock:
        return await self._blocks.prepare_entries(self._plan, record.file_path, offset, line_number)

    async def store(
        self, stores: Stores, record: Import, block: PreparedBlock, lease: Lease
    ) -> bool:
        counts = await stores.imports.store_entries(
            record, block, worker=lease.worker, lease_seconds=lease.seconds, now=lease.now
        )
        waits = bool(record.mapping.get("replace"))  # for the whole file
        if counts is not None and counts.added + counts.updated and not waits:
            list_id = self._list.dnc_list_id
            await tell_floor(stores, self._ids, self._clock, list_id, record.user_id)
        return counts is not None


async def swap_in(stores: Stores, ids: IdFactory, record: Import, now: datetime) -> bool:
    """Have a replacing upload take the place of its list's content; False: it holds nothing."""
    if record.dnc_list_id is None or not record.mapping.get("replace"):
        return True
    replaced = await stores.dnc_lists.replace_entries(
        record.dnc_list_id,
        record.import_id,
        reason=record.mapping.get("reason", ""),
        user_id=record.user_id,
        now=now,
    )
    if replaced is None:
        return False
    await stores.imports.note_replacement(record.import_id, replaced.added, replaced.removed)
    dnc_list = await stores.dnc_lists.get(record.dnc_list_id)
    if dnc_list is not None and dnc_list.key_column is None and replaced.reopened:
        reasons = ["DNC_LISTED"]
        await reopen(stores, ids, reasons, replaced.reopened, user_id=record.user_id, now=now)
    await stores.floor_commands.add(
        ids.new(),
        "dnc.added",
        {"dnc_list_id": str(record.dnc_list_id)},
        user_id=record.user_id,
        at=now,
    )
    return True


async def note_upload(stores: Stores, import_id: UUID, state: str, now: datetime) -> None:
    """Keep in the audit log what a file did to a DNC list."""
    record = await stores.imports.get(import_id)
    if record is None or record.dnc_list_id is None:
        return
    await stores.audit.record(
        "dnc_entries.uploaded",
        actor_user_id=record.user_id,
        subject_kind="dnc_list",
        subject_id=record.dnc_list_id,
        at=now,
        details={
            "import_id": str(import_id),
            "file_name": record.file_name,
            "state": state,
            "reason": record.mapping.get("reason", ""),
            "added": record.rows_added,
            "updated": record.rows_updated,
            "removed": record.rows_removed,
            "replaces": bool(record.mapping.get("replace")),
            "rejected": record.rows_rejected,
        },
    )
