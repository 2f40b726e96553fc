"""Schedule groups and the emergency switch on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.ports.schedule_groups import KeptEmergency, ScheduleGroup

_SELECT = """
    SELECT g.*, ARRAY(SELECT f.name FROM flows f
                       WHERE f.uses @> ARRAY['schedule:' || g.schedule_group_id]
                       ORDER BY f.name) AS flows
    FROM schedule_groups g
"""
_GET = text(f"{_SELECT} WHERE g.schedule_group_id = :id")
_LOCKED = text(f"{_SELECT} WHERE g.schedule_group_id = :id FOR UPDATE OF g")
_ALL = text(f"{_SELECT} ORDER BY g.name, g.schedule_group_id")
_ADD = text("""
    INSERT INTO schedule_groups (schedule_group_id, organisation_id, name, callable_time_set_id,
        time_zone, version, created_at, updated_at)
    VALUES (:schedule_group_id, current_organisation(), :name, :callable_time_set_id, :time_zone,
        :version, :created_at, :updated_at)
""")
_CHANGE = text("""
    UPDATE schedule_groups SET name = :name, callable_time_set_id = :callable_time_set_id,
        time_zone = :time_zone, version = :version, updated_at = :updated_at
    WHERE schedule_group_id = :schedule_group_id
""")
_DELETE = text("DELETE FROM schedule_groups WHERE schedule_group_id = :id")
_OF_SET = text("""
    SELECT name FROM schedule_groups WHERE callable_time_set_id = :id ORDER BY name
""")
_EMERGENCIES = text("""
    SELECT e.*, g.name AS schedule_group_name, u.display_name AS started_by_name
    FROM emergencies e LEFT JOIN schedule_groups g USING (schedule_group_id)
    LEFT JOIN users u ON u.user_id = e.started_by
    WHERE e.ended_at IS NULL AND e.until > :now ORDER BY e.started_at, e.emergency_id
""")
# One that has run out by itself ended at its `until`.
_END = text("""
    UPDATE emergencies SET ended_at = least(:now, until),
        ended_by = CASE WHEN until > :now THEN CAST(:user_id AS uuid) END
    WHERE ended_at IS NULL AND schedule_group_id IS NOT DISTINCT FROM CAST(:group_id AS uuid)
    RETURNING until > :now AS was_on
""")
_TURN_ON = text("""
    INSERT INTO emergencies (emergency_id, organisation_id, schedule_group_id, reason, started_at,
        started_by, until)
    VALUES (:emergency_id, current_organisation(), :group_id, :reason, :started_at, :started_by,
        :until)
""")


class PostgresScheduleGroupStore:
    """See `kwabo.ports.schedule_groups.ScheduleGroupStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, group: ScheduleGroup) -> None:
        with unique_name("schedule group", group.name):
            await self._connection.execute(_ADD, _values(group) | {"created_at": group.created_at})

    async def get(self, schedule_group_id: UUID) -> ScheduleGroup | None:
        row = (await self._connection.execute(_GET, {"id": schedule_group_id})).first()
        return None if row is None else _group(row)

    async def get_for_change(self, schedule_group_id: UUID) -> ScheduleGroup | None:
        row = (await self._connection.execute(_LOCKED, {"id": schedule_group_id})).first()
        return None if row is None else _group(row)

    async def all(self) -> Sequence[ScheduleGroup]:
        return [_group(row) for row in await self._connection.execute(_ALL)]

    async def change(self, group: ScheduleGroup) -> None:
        with unique_name("schedule group", group.name):
            await self._connection.execute(_CHANGE, _values(group))

    async def delete(self, schedule_group_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"id": schedule_group_id})

    async def of_set(self, callable_time_set_id: UUID) -> Sequence[str]:
        rows = await self._connection.execute(_OF_SET, {"id": callable_time_set_id})
        return [row.name for row in rows]

    async def emergencies(self, now: datetime) -> Sequence[KeptEmergency]:
        return [
            KeptEmergency(
                emergency_id=row.emergency_id,
                schedule_group_id=row.schedule_group_id,
                schedule_group_name=row.schedule_group_name,
                reason=row.reason,
                started_at=row.started_at,
                started_by=row.started_by,
                started_by_name=row.started_by_name,
                until=row.until,
            )
            for row in await self._connection.execute(_EMERGENCIES, {"now": now})
        ]

    async def turn_on(self, emergency: KeptEmergency) -> None:
        await self.turn_off(emergency.schedule_group_id, emergency.started_at, emergency.started_by)
        await self._connection.execute(
            _TURN_ON,
            {
                "emergency_id": emergency.emergency_id,
                "group_id": emergency.schedule_group_id,
                "reason": emergency.reason,
                "started_at": emergency.started_at,
                "started_by": emergency.started_by,
                "until": emergency.until,
            },
        )

    async def turn_off(
        self, schedule_group_id: UUID | None, now: datetime, user_id: UUID | None
    ) -> bool:
        values = {"group_id": schedule_group_id, "now": now, "user_id": user_id}
        rows = (await self._connection.execute(_END, values)).all()
        return any(row.was_on for row in rows)


def _values(group: ScheduleGroup) -> dict[str, Any]:
    return {
        "schedule_group_id": group.schedule_group_id,
        "name": group.name,
        "callable_time_set_id": group.callable_time_set_id,
        "time_zone": group.time_zone,
        "version": group.version,
        "updated_at": group.updated_at,
    }


def _group(row: Any) -> ScheduleGroup:
    return ScheduleGroup(**_values(row), flows=tuple(row.flows), created_at=row.created_at)
