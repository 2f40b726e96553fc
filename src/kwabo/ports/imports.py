"""Imports of contacts from files: what is kept of them, and how blocks of rows are stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from kwabo.domain.contacts.consent_columns import ReadConsent
from kwabo.domain.contacts.import_plan import ImportPlan, ReportedProblem
from kwabo.domain.dnc_lists.upload import UploadPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """An uploaded file and how far it has become contacts."""

    import_id: UUID
    organisation_id: UUID
    contact_list_id: UUID | None  # None until it is started
    contact_list_name: str | None
    user_id: UUID | None
    file_name: str  # as the person's machine calls it
    file_path: str  # where the bytes lie
    file_bytes: int
    state: str  # see domain.contacts.import_states
    encoding: str
    delimiter: str
    mapping: dict[str, Any]
    key_columns: tuple[str, ...]
    on_duplicate: str
    bytes_done: int  # a restart goes on here; the first byte of a row
    lines_done: int
    rows_read: int
    rows_added: int
    rows_updated: int
    rows_duplicate: int
    rows_rejected: int
    error_code: str | None
    error: str | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    workbook_path: str | None = None  # the file as it was uploaded, when it is a workbook
    sheet: str | None = None  # of the workbook, from which file_path was made
    sheets: tuple[str, ...] = ()
    reading: Mapping[str, Any] = field(default_factory=dict)  # see domain.contacts.import_reading
    import_template_id: UUID | None = None
    numbers_converted: int = 0  # written in Benin's old eight digits
    consents_added: int = 0  # lines of the ledger that the file's rows gave
    rows_removed: int = 0  # entries that a replacing upload took away
    dnc_list_id: UUID | None = None  # set: the file becomes entries of this DNC list


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A line of an import's report."""

    line_number: int
    column: str
    value: str
    code: str
    row_kept: bool  # True: a warning; the contact was taken


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedBlock:
    """Rows of a file made ready for the store. `staged` is in the store's own format."""

    staged: bytes
    staged_rows: int
    reported: tuple[ReportedProblem, ...]
    rows_read: int
    rows_rejected: int
    repeated: int  # rows whose key came twice in the block
    next_offset: int
    next_line: int
    at_end: bool
    converted: int = 0  # numbers that were written in Benin's old eight digits
    consents: tuple[ReadConsent, ...] = ()


class BlockSource(Protocol):
    """Reads files into blocks, out of the way of the process's other work."""

    async def prepare(
        self, plan: ImportPlan, file_path: str, offset: int, line_number: int, base_id: UUID
    ) -> PreparedBlock:
        """The block at `offset`; its contacts' ids count up from `base_id`. Raises OSError."""
        ...

    async def prepare_entries(
        self, plan: UploadPlan, file_path: str, offset: int, line_number: int
    ) -> PreparedBlock:
        """The block at `offset` of a file for a DNC list. Raises OSError."""
        ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class BlockCounts:
    """What a stored block did."""

    added: int
    updated: int
    duplicate: int


class ImportStore(Protocol):
    """The imports of the transaction's organisation."""

    async def add(self, record: Import) -> None: ...

    async def get(self, import_id: UUID) -> Import | None: ...

    async def get_for_change(self, import_id: UUID) -> Import | None:
        """The import, locked until the transaction ends."""
        ...

    async def find(
        self,
        *,
        contact_list_id: UUID | None = None,
        dnc_list_id: UUID | None = None,
        before: tuple[datetime, UUID] | None,
        limit: int,
    ) -> Sequence[Import]:
        """Newest first; without `dnc_list_id` those into contact lists."""
        ...

    async def change(self, record: Import) -> None:
        """Write list, state, format, mapping, duplicates, file, error, end; frees the lease."""
        ...

    async def active_in_list(self, contact_list_id: UUID) -> int:
        """How many imports into the list are waiting or running."""
        ...

    async def waiting(self) -> list[tuple[UUID, UUID]]:
        """(import, organisation) of every import that nobody works on, of all organisations."""
        ...

    async def claim(
        self, import_id: UUID, worker: str, lease_seconds: float, now: datetime
    ) -> Import | None:
        """Take an import that waits, or whose worker is gone; None when it is not to be had."""
        ...

    async def store_block(
        self,
        record: Import,
        block: PreparedBlock,
        *,
        worker: str,
        lease_seconds: float,
        phone_columns_missing: bool,
        now: datetime,
    ) -> BlockCounts | None:
        """Contacts, report and progress of the block that follows `record.bytes_done`.

        None: the import is no longer this worker's, or was cancelled, or is already further; the
        transaction must then be given up. `phone_columns_missing`: the list has phone columns that
        the file has not, so an updated contact's numbers are made anew from all its columns.
        """
        ...

    async def note_replacement(self, import_id: UUID, added: int, removed: int) -> None:
        """A replacing upload has done its work: what was new and what went."""
        ...

    async def count_consents(self, import_id: UUID, added: int) -> None:
        """Add to `consents_added`, in the block's transaction."""
        ...

    async def store_entries(
        self,
        record: Import,
        block: PreparedBlock,
        *,
        worker: str,
        lease_seconds: float,
        now: datetime,
    ) -> BlockCounts | None:
        """As `store_block`, for a file that becomes entries of a DNC list."""
        ...

    async def finish(
        self,
        import_id: UUID,
        worker: str,
        *,
        state: str,
        code: str | None,
        error: str | None,
        now: datetime,
    ) -> bool:
        """End an import that this worker holds; False when it no longer does."""
        ...  # fmt: skip

    async def rejections(
        self, import_id: UUID, *, after: int, limit: int
    ) -> list[tuple[int, Rejection]]:
        """In the file's order; the numbers are places to go on from."""
        ...
