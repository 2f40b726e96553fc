"""Imports on PostgreSQL: their course, and the storing of blocks.

A block is one transaction: its contacts, its report and the place in the file from which to go on.
Killed at any moment, the import is either before the block or behind it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres import dnc_entries
from kwabo.adapters.postgres.contacts import PostgresContactStore
from kwabo.adapters.postgres.import_blocks import STAGING_COLUMNS
from kwabo.ports.imports import BlockCounts, Import, PreparedBlock, Rejection

_PART_BYTES = 1 << 18
_SELECT = """
    SELECT i.import_id, i.organisation_id, i.contact_list_id, l.name AS contact_list_name,
           i.user_id, i.file_name, i.file_path, i.file_bytes, i.state, i.encoding, i.delimiter,
           i.mapping, coalesce(l.key_columns, '{}') AS key_columns, i.on_duplicate, i.bytes_done,
           i.lines_done, i.rows_read, i.rows_added, i.rows_updated, i.rows_duplicate,
           i.rows_rejected, i.error_code, i.error, i.created_at, i.started_at, i.ended_at,
           i.workbook_path, i.sheet, i.sheets, i.reading, i.import_template_id,
           i.numbers_converted, i.consents_added, i.rows_removed,
           i.dnc_list_id
    FROM imports i LEFT JOIN contact_lists l USING (contact_list_id)
"""
_ADD = text("""
    INSERT INTO imports (import_id, organisation_id, contact_list_id, user_id, file_name, file_path,
                         file_bytes, state, encoding, delimiter, mapping, created_at, workbook_path,
                         sheet, sheets, reading, import_template_id, on_duplicate, dnc_list_id)
    VALUES (:import_id, current_organisation(), :contact_list_id, :user_id, :file_name, :file_path,
            :file_bytes, :state, :encoding, :delimiter, CAST(:mapping AS jsonb), :created_at,
            :workbook_path, :sheet, CAST(:sheets AS text[]), CAST(:reading AS jsonb),
            :import_template_id, :on_duplicate, :dnc_list_id)
""")
_CHANGE = text("""
    UPDATE imports SET contact_list_id = :contact_list_id, state = :state, encoding = :encoding,
           delimiter = :delimiter, mapping = CAST(:mapping AS jsonb), on_duplicate = :on_duplicate,
           error_code = :error_code, error = :error, ended_at = :ended_at,
           file_bytes = :file_bytes, sheet = :sheet, reading = CAST(:reading AS jsonb),
           import_template_id = :import_template_id,
           worker = NULL, worker_until = NULL
    WHERE import_id = :import_id
""")
# Leases are measured by the database's clock: the machines' clocks may differ.
_CLAIM = text("""
    UPDATE imports SET state = 'running', worker = :worker,
           worker_until = clock_timestamp() + CAST(:lease AS interval),
           started_at = coalesce(started_at, :now)
    WHERE import_id = :import_id AND state IN ('waiting', 'running')
      AND (worker_until IS NULL OR worker_until < clock_timestamp())
    RETURNING import_id
""")
_PROGRESS = text("""
    UPDATE imports SET bytes_done = :next_offset, lines_done = :lines_done,
           rows_read = rows_read + :rows_read, rows_rejected = rows_rejected + :rows_rejected,
           numbers_converted = numbers_converted + :converted,
           worker_until = clock_timestamp() + CAST(:lease AS interval)
    WHERE import_id = :import_id AND worker = :worker AND state = 'running'
      AND bytes_done = :bytes_done
    RETURNING import_id
""")
_COUNTS = text("""
    UPDATE imports SET rows_added = rows_added + :added, rows_updated = rows_updated + :updated,
           rows_duplicate = rows_duplicate + :duplicate
    WHERE import_id = :import_id
""")
_REPLACED = text("""
    UPDATE imports SET rows_duplicate = rows_duplicate + rows_added - :added, rows_added = :added,
           rows_removed = :removed
    WHERE import_id = :import_id
""")
_CONSENTS = text("""
    UPDATE imports SET consents_added = consents_added + :added WHERE import_id = :import_id
""")
_FINISH = text("""
    UPDATE imports SET state = :state, error_code = :code, error = :error, ended_at = :now,
           worker = NULL, worker_until = NULL
    WHERE import_id = :import_id AND worker = :worker AND state = 'running'
    RETURNING import_id
""")
_STAGING = text("""
    CREATE TEMPORARY TABLE IF NOT EXISTS import_staging (
        contact_id uuid, line_number bigint, external_key text, data jsonb, numbers text[],
        number_labels text[], time_zone text, language text
    ) ON COMMIT DELETE ROWS
""")
# Without the wait for the disk: a block that a power failure takes away takes its progress with it,
# and the last transaction of an import, which says that it is complete, waits for all before it.
_NO_WAIT = text("""
    SELECT set_config('synchronous_commit', 'off', true), set_config('kwabo.in_bulk', 'on', true)
""")
# The staged rows come in the order in which they were copied: the order of the file.
_UPSERT = """
    WITH stored AS (
        INSERT INTO contacts AS c (contact_id, organisation_id, contact_list_id, external_key, data,
                                   numbers, number_labels, time_zone, language, created_at,
                                   updated_at)
        SELECT contact_id, current_organisation(), :contact_list_id, external_key, data, numbers,
               number_labels, time_zone, language, :now, :now
        FROM import_staging
        ON CONFLICT (contact_list_id, external_key) WHERE external_key IS NOT NULL {action}
        RETURNING c.version = 1 AS added
    )
    SELECT count(*) FILTER (WHERE added) AS added, count(*) AS stored FROM stored
"""
_SKIP = text(_UPSERT.format(action="DO NOTHING"))
_UPDATE = """DO UPDATE SET data = c.data || EXCLUDED.data, version = c.version + 1,
    updated_at = EXCLUDED.updated_at, numbers = EXCLUDED.numbers,
    number_labels = EXCLUDED.number_labels, {zone} {language}"""
# The numbers of contacts made anew from all phone columns of the list.
_RENUMBER = text("""
    UPDATE contacts c SET numbers = made.numbers, number_labels = made.labels
    FROM (
        SELECT o.contact_id, n.numbers, n.labels
        FROM import_staging s
        JOIN contacts o ON o.contact_list_id = :contact_list_id
                       AND o.external_key = s.external_key,
        LATERAL (
            SELECT array_agg(number ORDER BY position, place) AS numbers,
                   array_agg(label ORDER BY position, place) AS labels
            FROM (SELECT DISTINCT ON (number) number, label, k.position, place
                  FROM contact_list_columns k,
                       regexp_split_to_table(o.data ->> k.name, ' / ')
                           WITH ORDINALITY AS p (number, place)
                  WHERE k.contact_list_id = :contact_list_id AND k.kind = 'phone'
                    AND number ~ '^\\+[1-9][0-9]{6,14}$'
                  ORDER BY number, k.position, place) AS once
        ) AS n
    ) AS made
    WHERE c.contact_id = made.contact_id AND made.numbers <> c.numbers
""")
# Campaigns that have begun with a contact do not call it again for this.
_IN_FRONT = text("""
    INSERT INTO contact_looks (contact_list_id, organisation_id, contact_id, front)
    SELECT :list_id, current_organisation(), c.contact_id, true
    FROM import_staging s JOIN contacts c ON c.contact_list_id = :list_id
        AND (c.contact_id = s.contact_id OR (:known AND c.external_key = s.external_key))
    ORDER BY s.line_number
""")
_REPORT = text("""
    INSERT INTO import_rejections (import_id, organisation_id, line_number, column_name, value,
                                   code, row_kept)
    SELECT :import_id, current_organisation(), * FROM unnest(
        CAST(:lines AS bigint[]), CAST(:columns AS text[]), CAST(:values AS text[]),
        CAST(:codes AS text[]), CAST(:kept AS boolean[]))
""")
_REJECTIONS = text("""
    SELECT place, line_number, column_name, value, code, row_kept FROM import_rejections
    WHERE import_id = :import_id AND place > :after ORDER BY place LIMIT :limit
""")


class PostgresImportStore:
    """See `ports.imports`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, record: Import) -> None:
        values = {name: getattr(record, name) for name in _ADDED}
        values |= {"sheets": list(record.sheets), "reading": dict(record.reading)}
        await self._connection.execute(_ADD, values)

    async def get(self, import_id: UUID) -> Import | None:
        return await self._one("WHERE i.import_id = :id", import_id)

    async def get_for_change(self, import_id: UUID) -> Import | None:
        return await self._one("WHERE i.import_id = :id FOR UPDATE OF i", import_id)

    async def _one(self, condition: str, import_id: UUID) -> Import | None:
        rows = await self._connection.execute(text(f"{_SELECT} {condition}"), {"id": import_id})
        row = rows.mappings().first()
        return _import(row) if row else None

    async def find(
        self,
        *,
        contact_list_id: UUID | None = None,
        dnc_list_id: UUID | None = None,
        before: tuple[datetime, UUID] | None,
        limit: int,
    ) -> Sequence[Import]:
        at, import_id = before or (None, None)
        rows = await self._connection.execute(
            text(f"""{_SELECT}
                WHERE (CAST(:list_id AS uuid) IS NULL OR i.contact_list_id = :list_id)
                  AND i.dnc_list_id IS NOT DISTINCT FROM CAST(:dnc_list_id AS uuid)
                  AND (CAST(:at AS timestamptz) IS NULL OR (i.created_at, i.import_id) < (:at, :id))
                ORDER BY i.created_at DESC, i.import_id DESC LIMIT :limit"""),
            {
                "list_id": contact_list_id,
                "dnc_list_id": dnc_list_id,
                "at": at,
                "id": import_id,
                "limit": limit,
            },
        )
        return [_import(row) for row in rows.mappings()]

    async def change(self, record: Import) -> None:
        values = {name: getattr(record, name) for name in _CHANGED}
        values["reading"] = dict(record.reading)
        await self._connection.execute(_CHANGE, values)

    async def active_in_list(self, contact_list_id: UUID) -> int:
        count = await self._connection.scalar(
            text("""SELECT count(*) FROM imports
                    WHERE contact_list_id = :id AND state IN ('waiting', 'running')"""),
            {"id": contact_list_id},
        )
        return int(count or 0)

    async def waiting(self) -> list[tuple[UUID, UUID]]:
        rows = await self._connection.execute(
            text("SELECT import_id, organisation_id FROM waiting_imports()")
        )
        return [(row.import_id, row.organisation_id) for row in rows]

    async def claim(
        self, import_id: UUID, worker: str, lease_seconds: float, now: datetime
    ) -> Import | None:
        claimed = await self._connection.scalar(
            _CLAIM,
            {
                "import_id": import_id,
                "worker": worker,
                "lease": timedelta(seconds=lease_seconds),
                "now": now,
            },
        )
        return await self.get(import_id) if claimed else None

    async def note_replacement(self, import_id: UUID, added: int, removed: int) -> None:
        await self._connection.execute(
            _REPLACED, {"import_id": import_id, "added": added, "removed": removed}
        )

    async def count_consents(self, import_id: UUID, added: int) -> None:
        await self._connection.execute(_CONSENTS, {"import_id": import_id, "added": added})

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
        if not await self._progress(record, block, worker, lease_seconds):
            return None
        counts = BlockCounts(0, 0, 0)
        if block.staged_rows:
            counts = await self._store_contacts(record, block, phone_columns_missing, now)
            await self._count(record, counts)
        return counts

    async def store_entries(
        self,
        record: Import,
        block: PreparedBlock,
        *,
        worker: str,
        lease_seconds: float,
        now: datetime,
    ) -> BlockCounts | None:
        assert record.dnc_list_id is not None
        if not await self._progress(record, block, worker, lease_seconds):
            return None
        expires_at = record.mapping.get("expires_at")
        added, updated = await dnc_entries.store(
            self._connection,
            block.staged,
            dnc_list_id=record.dnc_list_id,
            reason=record.mapping.get("reason", ""),
            user_id=record.user_id,
            expires_at=datetime.fromisoformat(expires_at) if expires_at else None,
            now=now,
            replaces=record.import_id if record.mapping.get("replace") else None,
        )
        known = block.staged_rows - added - updated
        counts = BlockCounts(added, updated, known + block.repeated)
        await self._count(record, counts)
        return counts

    async def _progress(
        self, record: Import, block: PreparedBlock, worker: str, lease_seconds: float
    ) -> bool:
        """Note the block and its report; False when the import is not this worker's any more."""
        mine = await self._connection.scalar(
            _PROGRESS,
            {
                "import_id": record.import_id,
                "worker": worker,
                "lease": timedelta(seconds=lease_seconds),
                "bytes_done": record.bytes_done,
                "next_offset": block.next_offset,
                "lines_done": block.next_line - 1,
                "rows_read": block.rows_read,
                "rows_rejected": block.rows_rejected,
                "converted": block.converted,
            },
        )
        if not mine:
            return False
        await self._report(record.import_id, block)
        return True

    async def _count(self, record: Import, counts: BlockCounts) -> None:
        await self._connection.execute(
            _COUNTS,
            {
                "import_id": record.import_id,
                "added": counts.added,
                "updated": counts.updated,
                "duplicate": counts.duplicate,
            },
        )

    async def _store_contacts(
        self, record: Import, block: PreparedBlock, phone_columns_missing: bool, now: datetime
    ) -> BlockCounts:
        assert record.contact_list_id is not None
        await PostgresContactStore(self._connection).lock_list(record.contact_list_id)
        await self._connection.execute(_NO_WAIT)
        await self._connection.execute(_STAGING)
        raw = await self._connection.get_raw_connection()
        driver = raw.driver_connection
        assert driver is not None
        await driver.copy_to_table(
            "import_staging",
            source=_parts(block.staged),
            columns=list(STAGING_COLUMNS),
            format="text",
        )
        values = {"contact_list_id": record.contact_list_id, "now": now}
        row = (await self._connection.execute(_statement(record), values)).one()
        added = int(row.added)
        known = block.staged_rows - added
        if record.mapping.get("front"):
            await self._connection.execute(
                _IN_FRONT,
                {"list_id": record.contact_list_id, "known": record.on_duplicate == "update"},
            )
        if record.on_duplicate != "update":
            return BlockCounts(added, 0, known + block.repeated)
        if phone_columns_missing and known:
            await self._connection.execute(_RENUMBER, {"contact_list_id": record.contact_list_id})
        return BlockCounts(added, known + block.repeated, 0)

    async def _report(self, import_id: UUID, block: PreparedBlock) -> None:
        if not block.reported:
            return
        lines, columns, values, codes, kept = zip(
            *(
                (r.line_number, r.problem.column, r.problem.value, r.problem.code, r.row_kept)
                for r in block.reported
            ),
            strict=True,
        )
        await self._connection.execute(
            _REPORT,
            {
                "import_id": import_id,
                "lines": list(lines),
                "columns": list(columns),
                "values": list(values),
                "codes": list(codes),
                "kept": list(kept),
            },
        )

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
        done = await self._connection.scalar(
            _FINISH,
            {
                "import_id": import_id,
                "worker": worker,
                "state": state,
                "code": code,
                "error": error,
                "now": now,
            },
        )
        return done is not None

    async def rejections(
        self, import_id: UUID, *, after: int, limit: int
    ) -> list[tuple[int, Rejection]]:
        rows = await self._connection.execute(
            _REJECTIONS, {"import_id": import_id, "after": after, "limit": limit}
        )
        return [
            (
                row.place,
                Rejection(
                    line_number=row.line_number,
                    column=row.column_name,
                    value=row.value,
                    code=row.code,
                    row_kept=row.row_kept,
                ),
            )
            for row in rows
        ]


_ADDED = (
    "import_id", "contact_list_id", "user_id", "file_name", "file_path", "file_bytes", "state",
    "encoding", "delimiter", "mapping", "created_at", "workbook_path", "sheet", "sheets",
    "reading", "import_template_id", "on_duplicate", "dnc_list_id",
)  # fmt: skip
_CHANGED = (
    "import_id", "contact_list_id", "state", "encoding", "delimiter", "mapping", "on_duplicate",
    "error_code", "error", "ended_at", "file_bytes", "sheet", "reading", "import_template_id",
)  # fmt: skip


async def _parts(staged: bytes) -> AsyncIterator[bytes]:
    """The block in pieces. (The driver makes reference cycles of file objects: blocks pile up.)"""
    for start in range(0, len(staged), _PART_BYTES):
        yield staged[start : start + _PART_BYTES]


def _statement(record: Import) -> Any:
    """The storing of staged rows; an update leaves zone and language when the file has none."""
    if record.on_duplicate != "update":
        return _SKIP
    kinds = {column.get("kind") for column in record.mapping.get("columns", ())}
    zone = "EXCLUDED.time_zone" if "time_zone" in kinds else "c.time_zone"
    language = "EXCLUDED.language" if "language" in kinds else "c.language"
    action = _UPDATE.format(zone=f"time_zone = {zone},", language=f"language = {language}")
    return text(_UPSERT.format(action=action))


def _import(row: Any) -> Import:
    arrays = {name: tuple(row[name]) for name in ("key_columns", "sheets")}
    return Import(**{**row, **arrays})
