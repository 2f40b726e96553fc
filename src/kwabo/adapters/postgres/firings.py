"""Firings on PostgreSQL. The role kwabo_app has no right to change or remove one."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.ports.firings import Firing

_ADD = text("""
    INSERT INTO timetable_firings (organisation_id, at, source, source_id, campaign_id, sequence_id,
                                   action, code, details)
    VALUES (current_organisation(), :at, :source, :source_id, :campaign_id, :sequence_id, :action,
            :code, CAST(:details AS jsonb))
""")
_FIND = text("""
    SELECT firing_id, at, source, source_id, campaign_id, sequence_id, action, code, details
    FROM timetable_firings
    WHERE (CAST(:source_id AS uuid) IS NULL OR source_id = :source_id)
      AND (CAST(:campaign_id AS uuid) IS NULL OR campaign_id = :campaign_id)
      AND (CAST(:before AS bigint) IS NULL OR firing_id < :before)
    ORDER BY firing_id DESC LIMIT :limit
""")


class PostgresFiringStore:
    """See `kwabo.ports.firings.FiringStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, firing: Firing) -> None:
        await self._connection.execute(
            _ADD,
            {
                "at": firing.at,
                "source": firing.source,
                "source_id": firing.source_id,
                "campaign_id": firing.campaign_id,
                "sequence_id": firing.sequence_id,
                "action": firing.action,
                "code": firing.code,
                "details": dict(firing.details),
            },
        )

    async def find(
        self,
        *,
        source_id: UUID | None,
        campaign_id: UUID | None,
        before_firing_id: int | None,
        limit: int,
    ) -> Sequence[Firing]:
        rows = await self._connection.execute(
            _FIND,
            {
                "source_id": source_id,
                "campaign_id": campaign_id,
                "before": before_firing_id,
                "limit": limit,
            },
        )
        return [Firing(**row._mapping) for row in rows]
