"""What-ifs on PostgreSQL: their course, under a lease like that of imports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.ports.what_ifs import WhatIf

_COLUMNS = (
    "what_if_id, organisation_id, campaign_id, user_id, kind, settings, state, progress, tries,"
    " result, error_code, error, created_at, started_at, ended_at"
)
_GET = f"SELECT {_COLUMNS} FROM what_ifs WHERE what_if_id = :what_if_id"
_ADD = text("""
    INSERT INTO what_ifs (what_if_id, organisation_id, campaign_id, user_id, kind, settings, state,
                          created_at)
    VALUES (:what_if_id, current_organisation(), :campaign_id, :user_id, :kind,
            CAST(:settings AS jsonb), :state, :created_at)
""")
_OF_CAMPAIGN = text(f"""
    SELECT {_COLUMNS} FROM what_ifs WHERE campaign_id = :campaign_id
    ORDER BY created_at DESC, what_if_id DESC
""")
_UNDER_WAY = text("SELECT count(*) FROM what_ifs WHERE state IN ('waiting', 'running')")
_CANCEL = text("""
    UPDATE what_ifs SET state = 'cancelled', ended_at = :now, worker = NULL, worker_until = NULL
    WHERE what_if_id = :what_if_id
""")
_DELETE = text("DELETE FROM what_ifs WHERE what_if_id = :what_if_id")
_KEEP_NEWEST = text("""
    DELETE FROM what_ifs WHERE campaign_id = :campaign_id AND state NOT IN ('waiting', 'running')
       AND what_if_id NOT IN (SELECT what_if_id FROM what_ifs WHERE campaign_id = :campaign_id
                              ORDER BY created_at DESC, what_if_id DESC LIMIT :keep)
""")
# Leases are measured by the database's clock: the machines' clocks may differ.
_CLAIM = text("""
    UPDATE what_ifs SET state = 'running', worker = :worker, tries = tries + 1, progress = 0,
           worker_until = clock_timestamp() + CAST(:lease AS interval),
           started_at = coalesce(started_at, :now)
    WHERE what_if_id = :what_if_id AND state IN ('waiting', 'running')
      AND (worker_until IS NULL OR worker_until < clock_timestamp())
    RETURNING what_if_id
""")
_HOLD = text("""
    UPDATE what_ifs SET progress = greatest(progress, :progress),
           worker_until = clock_timestamp() + CAST(:lease AS interval)
    WHERE what_if_id = :what_if_id AND worker = :worker AND state = 'running'
    RETURNING what_if_id
""")
_FINISH = text("""
    UPDATE what_ifs SET state = :state, result = CAST(:result AS jsonb), error_code = :code,
           error = :error, ended_at = :now, worker = NULL, worker_until = NULL,
           progress = CASE WHEN :state = 'complete' THEN 1 ELSE progress END
    WHERE what_if_id = :what_if_id AND worker = :worker AND state = 'running'
    RETURNING what_if_id
""")


class PostgresWhatIfStore:
    """See `kwabo.ports.what_ifs.WhatIfStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, record: WhatIf) -> None:
        values = {name: getattr(record, name) for name in _ADDED}
        await self._connection.execute(_ADD, values | {"settings": dict(record.settings)})

    async def get(self, what_if_id: UUID) -> WhatIf | None:
        return await self._one(_GET, what_if_id)

    async def get_for_change(self, what_if_id: UUID) -> WhatIf | None:
        return await self._one(f"{_GET} FOR UPDATE", what_if_id)

    async def _one(self, statement: str, what_if_id: UUID) -> WhatIf | None:
        rows = await self._connection.execute(text(statement), {"what_if_id": what_if_id})
        row = rows.mappings().first()
        return None if row is None else WhatIf(**row)

    async def of_campaign(self, campaign_id: UUID) -> Sequence[WhatIf]:
        rows = await self._connection.execute(_OF_CAMPAIGN, {"campaign_id": campaign_id})
        return [WhatIf(**row) for row in rows.mappings()]

    async def under_way(self) -> int:
        return int(await self._connection.scalar(_UNDER_WAY) or 0)

    async def cancel(self, what_if_id: UUID, now: datetime) -> None:
        await self._connection.execute(_CANCEL, {"what_if_id": what_if_id, "now": now})

    async def delete(self, what_if_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"what_if_id": what_if_id})

    async def keep_newest(self, campaign_id: UUID, keep: int) -> None:
        await self._connection.execute(_KEEP_NEWEST, {"campaign_id": campaign_id, "keep": keep})

    async def waiting(self) -> list[tuple[UUID, UUID]]:
        rows = await self._connection.execute(
            text("SELECT what_if_id, organisation_id FROM waiting_what_ifs()")
        )
        return [(row.what_if_id, row.organisation_id) for row in rows]

    async def claim(
        self, what_if_id: UUID, worker: str, lease_seconds: float, now: datetime
    ) -> WhatIf | None:
        claimed = await self._connection.scalar(
            _CLAIM,
            {
                "what_if_id": what_if_id,
                "worker": worker,
                "lease": timedelta(seconds=lease_seconds),
                "now": now,
            },
        )
        return await self.get(what_if_id) if claimed else None

    async def hold(
        self, what_if_id: UUID, worker: str, lease_seconds: float, progress: float
    ) -> bool:
        held = await self._connection.scalar(
            _HOLD,
            {
                "what_if_id": what_if_id,
                "worker": worker,
                "lease": timedelta(seconds=lease_seconds),
                "progress": progress,
            },
        )
        return held is not None

    async def finish(
        self,
        what_if_id: UUID,
        worker: str,
        *,
        result: Mapping[str, Any] | None,
        code: str | None = None,
        error: str | None = None,
        now: datetime,
    ) -> bool:
        done = await self._connection.scalar(
            _FINISH,
            {
                "what_if_id": what_if_id,
                "worker": worker,
                "state": "failed" if result is None else "complete",
                "result": None if result is None else dict(result),
                "code": code,
                "error": error,
                "now": now,
            },
        )
        return done is not None


_ADDED = ("what_if_id", "campaign_id", "user_id", "kind", "state", "created_at")
