"""Recycling on PostgreSQL.

Only finished courses are touched: a floor holds none of them, so nothing that it does can be lost,
and a contact that is in a call is not offered again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.domain.campaigns.recycling import RecycleChoice, RecycleTimes
from kwabo.ports.recycling import RecycleCount, RecyclePlan

_CHOSEN = """
    SELECT cc.contact_id, cc.attempts >= k.max_attempts AND NOT :reset_counters AS used_up
    FROM campaign_contacts cc JOIN campaigns k ON k.campaign_id = cc.campaign_id
    WHERE cc.campaign_id = :campaign_id AND cc.state = 'finished'
      AND (cc.last_result = ANY (CAST(:results AS text[]))
        OR (:used_up AND cc.attempts >= k.max_attempts)
        OR (:unreached AND NOT EXISTS (
            SELECT FROM attempts a WHERE a.contact_id = cc.contact_id
               AND a.campaign_id = cc.campaign_id AND a.result = 'person'))
        OR (cardinality(CAST(:codes AS uuid[])) > 0 AND (
            SELECT w.wrap_up_code_id FROM attempts a JOIN wrap_ups w USING (attempt_id)
            WHERE a.contact_id = cc.contact_id AND a.campaign_id = cc.campaign_id
            ORDER BY a.attempt_number DESC LIMIT 1) = ANY (CAST(:codes AS uuid[]))))
"""
_COUNT = text(f"""
    SELECT count(*) AS matching, count(*) FILTER (WHERE used_up) AS used_up
    FROM ({_CHOSEN}) AS chosen
""")
_RECYCLE = text(f"""
    WITH chosen AS ({_CHOSEN}), opened AS (
        UPDATE campaign_contacts cc
        SET state = 'open', next_attempt_at = :due_at, reason = 'RECYCLED',
            attempts = CASE WHEN :reset_counters THEN 0 ELSE cc.attempts END,
            result_counts = CASE WHEN :reset_counters THEN '{{}}' ELSE cc.result_counts END
        FROM chosen c
        WHERE cc.campaign_id = :campaign_id AND cc.contact_id = c.contact_id
          AND cc.state = 'finished' AND NOT c.used_up
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM chosen) AS matching,
           (SELECT count(*) FROM chosen WHERE used_up) AS used_up,
           (SELECT count(*) FROM opened) AS opened
""")
_SELECT = """
    SELECT recycle_plan_id, campaign_id, weekdays, at, time_zone, choice, start, times_left,
           next_at, last_at, last_recycled, user_id, created_at
    FROM recycle_plans
"""
_PLANS = text(f"{_SELECT} WHERE campaign_id = :campaign_id ORDER BY created_at, recycle_plan_id")
_TAKE = text(f"""
    {_SELECT} WHERE recycle_plan_id = :recycle_plan_id AND next_at <= :now FOR UPDATE SKIP LOCKED
""")
_ADD = text("""
    INSERT INTO recycle_plans (recycle_plan_id, organisation_id, campaign_id, weekdays, at,
        time_zone, choice, start, times_left, next_at, user_id, created_at)
    VALUES (:recycle_plan_id, current_organisation(), :campaign_id, CAST(:weekdays AS integer[]),
        CAST(:at AS time), :time_zone, CAST(:choice AS jsonb), :start, :times_left, :next_at,
        :user_id, :created_at)
""")
_CHANGE = text("""
    UPDATE recycle_plans SET times_left = :times_left, next_at = :next_at, last_at = :last_at,
        last_recycled = :last_recycled
    WHERE recycle_plan_id = :recycle_plan_id
""")
_REMOVE = text("""
    DELETE FROM recycle_plans
    WHERE campaign_id = :campaign_id AND recycle_plan_id = :recycle_plan_id RETURNING 1
""")
_DUE = text("SELECT recycle_plan_id, organisation_id FROM due_recycle_plans(:now)")


class PostgresRecyclingStore:
    """See `kwabo.ports.recycling.RecyclingStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count(self, campaign_id: UUID, choice: RecycleChoice) -> RecycleCount:
        row = (await self._connection.execute(_COUNT, _values(campaign_id, choice))).one()
        return RecycleCount(
            matching=row.matching, recycled=row.matching - row.used_up, used_up=row.used_up
        )

    async def recycle(
        self, campaign_id: UUID, choice: RecycleChoice, now: datetime
    ) -> RecycleCount:
        due_at = now + timedelta(seconds=choice.after_seconds)
        values = _values(campaign_id, choice) | {"due_at": due_at}
        row = (await self._connection.execute(_RECYCLE, values)).one()
        return RecycleCount(matching=row.matching, recycled=row.opened, used_up=row.used_up)

    async def plans(self, campaign_id: UUID) -> Sequence[RecyclePlan]:
        rows = await self._connection.execute(_PLANS, {"campaign_id": campaign_id})
        return [_plan(row) for row in rows]

    async def add_plan(self, plan: RecyclePlan) -> None:
        await self._connection.execute(
            _ADD,
            {
                "recycle_plan_id": plan.recycle_plan_id,
                "campaign_id": plan.campaign_id,
                "weekdays": list(plan.times.weekdays),
                "at": plan.times.at,
                "time_zone": plan.times.time_zone,
                "choice": plan.choice.as_json(),
                "start": plan.start,
                "times_left": plan.times_left,
                "next_at": plan.next_at,
                "user_id": plan.user_id,
                "created_at": plan.created_at,
            },
        )

    async def take_plan(self, recycle_plan_id: UUID, now: datetime) -> RecyclePlan | None:
        values = {"recycle_plan_id": recycle_plan_id, "now": now}
        row = (await self._connection.execute(_TAKE, values)).first()
        return None if row is None else _plan(row)

    async def change_plan(self, plan: RecyclePlan) -> None:
        names = ("recycle_plan_id", "times_left", "next_at", "last_at", "last_recycled")
        await self._connection.execute(_CHANGE, {name: getattr(plan, name) for name in names})

    async def remove_plan(self, campaign_id: UUID, recycle_plan_id: UUID) -> bool:
        values = {"campaign_id": campaign_id, "recycle_plan_id": recycle_plan_id}
        return (await self._connection.execute(_REMOVE, values)).first() is not None

    async def due(self, now: datetime) -> Sequence[tuple[UUID, UUID]]:
        rows = await self._connection.execute(_DUE, {"now": now})
        return [(row.recycle_plan_id, row.organisation_id) for row in rows]


def _values(campaign_id: UUID, choice: RecycleChoice) -> dict[str, Any]:
    return {
        "campaign_id": campaign_id,
        "results": list(choice.results),
        "codes": list(choice.wrap_up_code_ids),
        "used_up": choice.used_up,
        "unreached": choice.unreached,
        "reset_counters": choice.reset_counters,
    }


def _plan(row: Any) -> RecyclePlan:
    return RecyclePlan(
        recycle_plan_id=row.recycle_plan_id,
        campaign_id=row.campaign_id,
        times=RecycleTimes(weekdays=tuple(row.weekdays), at=row.at, time_zone=row.time_zone),
        choice=RecycleChoice.of_json(row.choice),
        start=row.start,
        times_left=row.times_left,
        next_at=row.next_at,
        last_at=row.last_at,
        last_recycled=row.last_recycled,
        user_id=row.user_id,
        created_at=row.created_at,
    )
