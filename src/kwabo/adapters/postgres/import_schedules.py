"""Scheduled imports on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.domain.contacts.import_source import ImportSource
from kwabo.domain.contacts.import_timing import ImportTiming
from kwabo.ports.import_schedules import ImportSchedule, ScheduleFile, ScheduleRun

_SELECT = """
    SELECT import_schedule_id, organisation_id, name, contact_list_id, import_template_id, source,
           secret, timing, done_file, on_duplicate, active, next_run_at, wanted_at, etag,
           last_modified, failures, version, created_by, created_at, updated_at
    FROM import_schedules
"""
_ADD = text("""
    INSERT INTO import_schedules (import_schedule_id, organisation_id, name, contact_list_id,
        import_template_id, source, secret, timing, done_file, on_duplicate, active, next_run_at,
        created_by, created_at, updated_at)
    VALUES (:import_schedule_id, current_organisation(), :name, :contact_list_id,
        :import_template_id, CAST(:source AS jsonb), :secret, CAST(:timing AS jsonb), :done_file,
        :on_duplicate, :active, :next_run_at, :created_by, :updated_at, :updated_at)
""")
_CHANGE = text("""
    UPDATE import_schedules SET name = :name, contact_list_id = :contact_list_id,
        import_template_id = :import_template_id, source = CAST(:source AS jsonb),
        secret = :secret, timing = CAST(:timing AS jsonb), done_file = :done_file,
        on_duplicate = :on_duplicate, active = :active, next_run_at = :next_run_at, etag = :etag,
        last_modified = :last_modified, version = version + 1, updated_at = :updated_at
    WHERE import_schedule_id = :import_schedule_id
""")
_NOTE = text("""
    UPDATE import_schedules SET next_run_at = :next_run_at, wanted_at = :wanted_at, etag = :etag,
        last_modified = :last_modified, failures = :failures
    WHERE import_schedule_id = :import_schedule_id
""")
_CLAIM = text("""
    UPDATE import_schedules SET worker = :worker,
           worker_until = clock_timestamp() + CAST(:lease AS interval)
    WHERE import_schedule_id = :id
      AND (worker = :worker OR worker_until IS NULL OR worker_until < clock_timestamp())
    RETURNING import_schedule_id
""")
_RUN = """
    SELECT import_schedule_run_id, import_schedule_id, state, asked_by_person, files_seen,
           files_imported, files_known, files_failed, error_code, error, started_at, ended_at,
           ARRAY(SELECT DISTINCT unnest(f.columns_left_out) FROM import_schedule_files f
                 WHERE f.import_schedule_run_id = run.import_schedule_run_id
                 ORDER BY 1) AS columns_left_out
    FROM import_schedule_runs run
"""
_ADD_RUN = text("""
    INSERT INTO import_schedule_runs (import_schedule_run_id, import_schedule_id, organisation_id,
        state, asked_by_person, started_at)
    VALUES (:import_schedule_run_id, :import_schedule_id, current_organisation(), :state,
        :asked_by_person, :started_at)
""")
_CHANGE_RUN = text("""
    UPDATE import_schedule_runs SET state = :state, files_seen = :files_seen,
        files_imported = :files_imported, files_known = :files_known,
        files_failed = :files_failed, error_code = :error_code, error = :error,
        ended_at = :ended_at
    WHERE import_schedule_run_id = :import_schedule_run_id AND state = 'running'
""")
_FILE = """
    SELECT f.import_schedule_id, f.content_hash, f.import_schedule_run_id, f.import_id,
           f.error_code, f.error, f.file_name, f.fingerprint, f.disposed_at, f.created_at,
           f.columns_left_out, i.state AS import_state
    FROM import_schedule_files f LEFT JOIN imports i ON i.import_id = f.import_id
"""
_ADD_FILE = text("""
    INSERT INTO import_schedule_files AS f (import_schedule_id, content_hash, organisation_id,
        import_schedule_run_id, import_id, error_code, error, columns_left_out, file_name,
        fingerprint, created_at)
    VALUES (:import_schedule_id, :content_hash, current_organisation(), :import_schedule_run_id,
        :import_id, :error_code, :error, CAST(:columns_left_out AS text[]), :file_name,
        :fingerprint, :created_at)
    ON CONFLICT (import_schedule_id, content_hash) DO UPDATE
        SET fingerprint = EXCLUDED.fingerprint, file_name = EXCLUDED.file_name,
            disposed_at = NULL
    RETURNING f.import_schedule_run_id = :import_schedule_run_id
          AND f.import_id IS NOT DISTINCT FROM :import_id AS added
""")


class PostgresImportScheduleStore:
    """See `ports.import_schedules`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, schedule: ImportSchedule) -> None:
        with unique_name("scheduled import", schedule.name):
            await self._connection.execute(_ADD, _values(schedule))

    async def all(self) -> Sequence[ImportSchedule]:
        rows = await self._connection.execute(text(f"{_SELECT} ORDER BY name"))
        return [_schedule(row) for row in rows.mappings()]

    async def get(self, import_schedule_id: UUID) -> ImportSchedule | None:
        return await self._one("", import_schedule_id)

    async def get_for_change(self, import_schedule_id: UUID) -> ImportSchedule | None:
        return await self._one("FOR UPDATE", import_schedule_id)

    async def _one(self, lock: str, import_schedule_id: UUID) -> ImportSchedule | None:
        rows = await self._connection.execute(
            text(f"{_SELECT} WHERE import_schedule_id = :id {lock}"), {"id": import_schedule_id}
        )
        row = rows.mappings().first()
        return _schedule(row) if row else None

    async def change(self, schedule: ImportSchedule) -> None:
        with unique_name("scheduled import", schedule.name):
            await self._connection.execute(_CHANGE, _values(schedule))

    async def note(self, schedule: ImportSchedule) -> None:
        await self._connection.execute(_NOTE, _values(schedule))

    async def remove(self, import_schedule_id: UUID) -> None:
        await self._connection.execute(
            text("DELETE FROM import_schedules WHERE import_schedule_id = :id"),
            {"id": import_schedule_id},
        )

    async def runs(
        self, import_schedule_id: UUID, *, before: datetime | None, limit: int
    ) -> Sequence[ScheduleRun]:
        rows = await self._connection.execute(
            text(f"""{_RUN} WHERE import_schedule_id = :id
                AND (CAST(:before AS timestamptz) IS NULL OR started_at < :before)
                ORDER BY started_at DESC LIMIT :limit"""),
            {"id": import_schedule_id, "before": before, "limit": limit},
        )
        return [ScheduleRun(**row) for row in rows.mappings()]

    async def last_runs(self) -> dict[UUID, ScheduleRun]:
        rows = await self._connection.execute(
            text(f"""SELECT r.* FROM import_schedules s, LATERAL (
                {_RUN} WHERE import_schedule_id = s.import_schedule_id
                ORDER BY started_at DESC LIMIT 1) AS r""")
        )
        return {row["import_schedule_id"]: ScheduleRun(**row) for row in rows.mappings()}

    async def open_run(self, import_schedule_id: UUID) -> ScheduleRun | None:
        rows = await self._connection.execute(
            text(f"{_RUN} WHERE import_schedule_id = :id AND state = 'running'"),
            {"id": import_schedule_id},
        )
        row = rows.mappings().first()
        return ScheduleRun(**row) if row else None

    async def add_run(self, run: ScheduleRun) -> None:
        await self._connection.execute(_ADD_RUN, _plain(run))

    async def change_run(self, run: ScheduleRun) -> None:
        await self._connection.execute(_CHANGE_RUN, _plain(run))

    async def add_file(self, file: ScheduleFile) -> bool:
        return bool(await self._connection.scalar(_ADD_FILE, _plain(file)))

    async def files(self, import_schedule_id: UUID, *, limit: int) -> Sequence[ScheduleFile]:
        return await self._files(
            "WHERE f.import_schedule_id = :id ORDER BY f.created_at DESC LIMIT :limit",
            id=import_schedule_id,
            limit=limit,
        )

    async def files_of_run(self, import_schedule_run_id: UUID) -> Sequence[ScheduleFile]:
        return await self._files(
            "WHERE f.import_schedule_run_id = :id ORDER BY f.created_at",
            id=import_schedule_run_id,
        )

    async def to_dispose(self, import_schedule_id: UUID) -> Sequence[ScheduleFile]:
        return await self._files(
            """WHERE f.import_schedule_id = :id AND f.disposed_at IS NULL AND i.state = 'complete'
               ORDER BY f.created_at""",
            id=import_schedule_id,
        )

    async def _files(self, condition: str, **values: Any) -> list[ScheduleFile]:
        rows = await self._connection.execute(text(f"{_FILE} {condition}"), values)
        return [ScheduleFile(**row) for row in rows.mappings()]

    async def known_fingerprints(
        self, import_schedule_id: UUID, fingerprints: Sequence[str]
    ) -> set[str]:
        rows = await self._connection.execute(
            text("""SELECT fingerprint FROM import_schedule_files
                    WHERE import_schedule_id = :id AND fingerprint <> ''
                      AND fingerprint = ANY (CAST(:fingerprints AS text[]))"""),
            {"id": import_schedule_id, "fingerprints": list(fingerprints)},
        )
        return {row.fingerprint for row in rows}

    async def note_disposed(
        self, import_schedule_id: UUID, content_hash: bytes, at: datetime
    ) -> None:
        await self._connection.execute(
            text("""UPDATE import_schedule_files SET disposed_at = :at
                    WHERE import_schedule_id = :id AND content_hash = :content_hash"""),
            {"id": import_schedule_id, "content_hash": content_hash, "at": at},
        )

    async def due(self, now: datetime) -> list[tuple[UUID, UUID]]:
        rows = await self._connection.execute(
            text("SELECT import_schedule_id, organisation_id FROM due_import_schedules(:now)"),
            {"now": now},
        )
        return [(row.import_schedule_id, row.organisation_id) for row in rows]

    async def claim(
        self, import_schedule_id: UUID, worker: str, lease_seconds: float
    ) -> ImportSchedule | None:
        mine = await self._connection.scalar(
            _CLAIM,
            {
                "id": import_schedule_id,
                "worker": worker,
                "lease": timedelta(seconds=lease_seconds),
            },
        )
        return await self.get(import_schedule_id) if mine else None

    async def release(self, import_schedule_id: UUID, worker: str) -> None:
        await self._connection.execute(
            text("""UPDATE import_schedules SET worker = NULL, worker_until = NULL
                    WHERE import_schedule_id = :id AND worker = :worker"""),
            {"id": import_schedule_id, "worker": worker},
        )


def _plain(record: ScheduleRun | ScheduleFile) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


def _values(schedule: ImportSchedule) -> dict[str, Any]:
    values = {name: getattr(schedule, name) for name in schedule.__slots__}
    values["source"] = schedule.source.as_json()
    values["timing"] = schedule.timing.as_json()
    return values


def _schedule(row: Any) -> ImportSchedule:
    values = dict(row)
    values["source"] = ImportSource.from_json(values["source"])
    values["timing"] = ImportTiming.from_json(values["timing"])
    return ImportSchedule(**values)
