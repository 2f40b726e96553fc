"""Schedules on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.domain.campaigns.schedules import read_schedule, written_schedule
from kwabo.ports.schedules import CampaignSchedule

_SELECT = """
    SELECT s.schedule_id, s.campaign_id, s.sequence_id, coalesce(c.name, q.name) AS name, s.active,
           s.document, s.applied, s.code, s.due_at, s.version, s.created_at, s.updated_at
    FROM campaign_schedules s
    LEFT JOIN campaigns c ON c.campaign_id = s.campaign_id
    LEFT JOIN campaign_sequences q ON q.sequence_id = s.sequence_id
"""
_OF_CAMPAIGN = text(f"{_SELECT} WHERE s.campaign_id = :id")
_OF_SEQUENCE = text(f"{_SELECT} WHERE s.sequence_id = :id")
_ALL = text(f"{_SELECT} ORDER BY coalesce(c.name, q.name), s.schedule_id")
_DUE = text(
    f"{_SELECT} WHERE s.due_at <= :now ORDER BY s.due_at LIMIT 1 FOR UPDATE OF s SKIP LOCKED"
)
_PUT = text(
    """
    INSERT INTO campaign_schedules (schedule_id, organisation_id, campaign_id, sequence_id, active,
        document, applied, code, due_at, version, created_at, updated_at)
    VALUES (:schedule_id, current_organisation(), :campaign_id, :sequence_id, :active,
        CAST(:document AS jsonb), :applied, :code, :due_at, :version, :created_at, :updated_at)
    ON CONFLICT (schedule_id) DO UPDATE SET
        active = excluded.active, document = excluded.document, applied = excluded.applied,
        code = excluded.code, due_at = excluded.due_at, version = excluded.version,
        updated_at = excluded.updated_at
    """
)
_DELETE = text("DELETE FROM campaign_schedules WHERE schedule_id = :schedule_id")
_ORGANISATIONS = text("SELECT organisation_id FROM due_timetables(:now)")


class PostgresScheduleStore:
    """See `kwabo.ports.schedules.ScheduleStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_campaign(self, campaign_id: UUID) -> CampaignSchedule | None:
        row = (await self._connection.execute(_OF_CAMPAIGN, {"id": campaign_id})).first()
        return None if row is None else _schedule(row)

    async def of_sequence(self, sequence_id: UUID) -> CampaignSchedule | None:
        row = (await self._connection.execute(_OF_SEQUENCE, {"id": sequence_id})).first()
        return None if row is None else _schedule(row)

    async def all(self) -> Sequence[CampaignSchedule]:
        return [_schedule(row) for row in await self._connection.execute(_ALL)]

    async def put(self, schedule: CampaignSchedule) -> None:
        await self._connection.execute(
            _PUT,
            {
                "schedule_id": schedule.schedule_id,
                "campaign_id": schedule.campaign_id,
                "sequence_id": schedule.sequence_id,
                "active": schedule.active,
                "document": written_schedule(schedule.schedule),
                "applied": schedule.applied,
                "code": schedule.code,
                "due_at": schedule.due_at,
                "version": schedule.version,
                "created_at": schedule.created_at,
                "updated_at": schedule.updated_at,
            },
        )

    async def delete(self, schedule_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"schedule_id": schedule_id})

    async def take_due(self, now: datetime) -> CampaignSchedule | None:
        row = (await self._connection.execute(_DUE, {"now": now})).first()
        return None if row is None else _schedule(row)

    async def organisations_due(self, now: datetime) -> Sequence[UUID]:
        rows = await self._connection.execute(_ORGANISATIONS, {"now": now})
        return [row.organisation_id for row in rows]


def _schedule(row: Any) -> CampaignSchedule:
    schedule, objections = read_schedule(row.document)
    if schedule is None:
        raise ValueError(f"the schedule {row.schedule_id} cannot be read: {objections}")
    return CampaignSchedule(
        schedule_id=row.schedule_id,
        campaign_id=row.campaign_id,
        sequence_id=row.sequence_id,
        name=row.name,
        active=row.active,
        schedule=schedule,
        applied=row.applied,
        code=row.code,
        due_at=row.due_at,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
