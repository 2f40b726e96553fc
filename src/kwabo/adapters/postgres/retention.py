"""Retention on PostgreSQL. What is removed goes through `forget_rows`, which keeps to holds.

Voicemail does not need the owner's rights: its own store removes it, by the same holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.voicemails import PostgresVoicemailStore
from kwabo.ports.retention import LegalHold, RetentionRun, RetentionSettings

_GET = "SELECT days, version, updated_at FROM retention_settings"
_READ = text(_GET)
_LOCK = text(f"{_GET} FOR UPDATE")
_PUT = text("""
    INSERT INTO retention_settings (organisation_id, days, updated_at)
    VALUES (current_organisation(), CAST(:days AS jsonb), :updated_at)
    ON CONFLICT (organisation_id) DO UPDATE SET days = excluded.days,
        version = retention_settings.version + 1, updated_at = excluded.updated_at
""")
_HOLDS = text("""
    SELECT h.legal_hold_id, h.number, h.reason, h.user_id, u.display_name AS user_name,
           h.created_at, h.ended_at
    FROM legal_holds h LEFT JOIN users u ON u.user_id = h.user_id
    WHERE CAST(:id AS uuid) IS NULL OR h.legal_hold_id = :id
    ORDER BY h.ended_at IS NOT NULL, h.created_at DESC LIMIT 1000
""")
_ADD_HOLD = text("""
    INSERT INTO legal_holds (legal_hold_id, organisation_id, number, reason, user_id, created_at)
    VALUES (:legal_hold_id, current_organisation(), :number, :reason, :user_id, :created_at)
""")
_END_HOLD = text("""
    UPDATE legal_holds SET ended_at = :at, ended_by = :user_id
    WHERE legal_hold_id = :legal_hold_id AND ended_at IS NULL
""")
_RUNS = text("""
    SELECT retention_run_id, user_id, started_at, ended_at, removed, problem FROM retention_runs
    ORDER BY started_at DESC LIMIT :limit
""")
_PUT_RUN = text("""
    INSERT INTO retention_runs (retention_run_id, organisation_id, user_id, started_at, ended_at,
                                removed, problem)
    VALUES (:retention_run_id, current_organisation(), :user_id, :started_at, :ended_at,
            CAST(:removed AS jsonb), :problem)
    ON CONFLICT (retention_run_id) DO UPDATE SET ended_at = excluded.ended_at,
        removed = excluded.removed, problem = excluded.problem
""")
# In the order of `forget_rows`. A complete import's files are gone already.
_FILES = text("""
    SELECT unnest(ARRAY[i.file_path, i.workbook_path]) AS path FROM (
        SELECT file_path, workbook_path, state FROM imports
        WHERE state NOT IN ('waiting', 'running') AND coalesce(ended_at, created_at) < :before
        ORDER BY created_at, import_id LIMIT 20) i
    WHERE i.state <> 'complete'
""")
# A claim that waits for a row of this waits half a second at the very most.
_SHORT = text("""
    SELECT set_config('statement_timeout', '5s', true), set_config('lock_timeout', '500ms', true)
""")
_VOICEMAILS = "voicemails"
_FORGET = text("SELECT forget_rows(:data_class, :before, :at_most, :dry)")


class PostgresRetentionStore:
    """See `kwabo.ports.retention.RetentionStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self) -> RetentionSettings:
        return await self._one(_READ)

    async def get_for_change(self) -> RetentionSettings:
        return await self._one(_LOCK)

    async def _one(self, statement: Any) -> RetentionSettings:
        row = (await self._connection.execute(statement)).mappings().first()
        return RetentionSettings(**row) if row else RetentionSettings()

    async def put(self, settings: RetentionSettings) -> None:
        await self._connection.execute(
            _PUT, {"days": dict(settings.days), "updated_at": settings.updated_at}
        )

    async def holds(self) -> Sequence[LegalHold]:
        rows = await self._connection.execute(_HOLDS, {"id": None})
        return [LegalHold(**row) for row in rows.mappings()]

    async def get_hold(self, legal_hold_id: UUID) -> LegalHold | None:
        rows = await self._connection.execute(_HOLDS, {"id": legal_hold_id})
        row = rows.mappings().first()
        return LegalHold(**row) if row else None

    async def add_hold(self, hold: LegalHold) -> None:
        names = ("legal_hold_id", "number", "reason", "user_id", "created_at")
        await self._connection.execute(_ADD_HOLD, {name: getattr(hold, name) for name in names})

    async def end_hold(self, legal_hold_id: UUID, user_id: UUID | None, at: datetime) -> None:
        await self._connection.execute(
            _END_HOLD, {"legal_hold_id": legal_hold_id, "user_id": user_id, "at": at}
        )

    async def runs(self, limit: int) -> Sequence[RetentionRun]:
        rows = await self._connection.execute(_RUNS, {"limit": limit})
        return [RetentionRun(**row) for row in rows.mappings()]

    async def put_run(self, run: RetentionRun) -> None:
        await self._connection.execute(
            _PUT_RUN,
            {
                "retention_run_id": run.retention_run_id,
                "user_id": run.user_id,
                "started_at": run.started_at,
                "ended_at": run.ended_at,
                "removed": dict(run.removed),
                "problem": run.problem,
            },
        )

    async def forget(self, data_class: str, before: datetime, at_most: int) -> int:
        await self._connection.execute(_SHORT)
        if data_class == _VOICEMAILS:
            return await PostgresVoicemailStore(self._connection).forget(before, at_most)
        return await self._ask(data_class, before, at_most, dry=False)

    async def import_files(self, before: datetime) -> Sequence[str]:
        rows = await self._connection.execute(_FILES, {"before": before})
        return [row.path for row in rows if row.path]

    async def count(self, data_class: str, before: datetime, at_most: int) -> int:
        if data_class == _VOICEMAILS:
            return await PostgresVoicemailStore(self._connection).count_old(before, at_most)
        return await self._ask(data_class, before, at_most, dry=True)

    async def _ask(self, data_class: str, before: datetime, at_most: int, *, dry: bool) -> int:
        values = {"data_class": data_class, "before": before, "at_most": at_most, "dry": dry}
        return int(await self._connection.scalar(_FORGET, values) or 0)
