"""Counting a campaign: one pass over each of its tables.

A million contacts with a million attempts are counted in one to two seconds on two busy cores (see
`docs/status.md`); nothing is kept beside the rows, so the figures cannot drift from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.floor_pacing import LIVE
from kwabo.ports.progress import (
    PaceMinute,
    Progress,
    WaitSeconds,
    WindowCounts,
    WrapUpCount,
)

_CONTACTS = text("""
    SELECT count(*) FROM contacts
    WHERE contact_list_id = (SELECT contact_list_id FROM campaigns WHERE campaign_id = :campaign_id)
""")
_EXISTS = text("SELECT 1 FROM campaigns WHERE campaign_id = :campaign_id")
_COURSES = text("""
    SELECT state, count(*) AS count FROM campaign_contacts
    WHERE campaign_id = :campaign_id GROUP BY state
""")
_NEXT = text("""
    SELECT min(next_attempt_at) FROM campaign_contacts
    WHERE campaign_id = :campaign_id AND state = 'open'
""")
_ATTEMPTS = text("""
    SELECT result, count(*) AS count, count(dialling_at) AS dialled,
           count(answered_at) FILTER (WHERE result = 'person') AS answered,
           count(*) FILTER (WHERE result = 'person' AND abandoned) AS abandoned
    FROM attempts WHERE campaign_id = :campaign_id AND state = 'closed' GROUP BY result
""")
_WRAP_UPS = text("""
    SELECT w.wrap_up_code_id, w.system_code, coalesce(k.name, w.system_code) AS name, w.count
    FROM (SELECT wrap_up_code_id, system_code, count(*) AS count FROM wrap_ups
          WHERE campaign_id = :campaign_id GROUP BY wrap_up_code_id, system_code) w
    LEFT JOIN wrap_up_codes k USING (wrap_up_code_id)
    ORDER BY w.count DESC, name
""")
_WAITS = text("""
    SELECT percentile_cont(ARRAY[0.5, 0.95, 1.0]) WITHIN GROUP (
               ORDER BY CAST(extract(epoch FROM connected_at - answered_at) AS float8)) AS waits
    FROM attempts
    WHERE campaign_id = :campaign_id AND answered_at IS NOT NULL AND connected_at IS NOT NULL
""")


# As the floor counts them: see `floor_pacing`.
_COUNTED = f"""
    SELECT coalesce(a.answered_at, a.closed_at, a.dialling_at) AS at, a.result, a.abandoned,
           a.connected_at IS NOT NULL AS connected,
           CAST(extract(epoch FROM a.connected_at - a.answered_at) AS float8) AS wait,
           {LIVE} AS live
    FROM attempts a
    LEFT JOIN wrap_ups w ON w.attempt_id = a.attempt_id
    LEFT JOIN wrap_up_codes k ON k.wrap_up_code_id = w.wrap_up_code_id
    WHERE a.campaign_id = :campaign_id AND a.dialling_at IS NOT NULL
      AND (a.state <> 'closed' OR a.closed_at >= :since)
"""
_MINUTES = text(f"""
    SELECT date_trunc('minute', t.at) AS at, count(*) AS dialled,
           count(*) FILTER (WHERE t.live) AS live,
           count(*) FILTER (WHERE t.live AND (t.abandoned OR t.result = 'unknown')) AS abandoned,
           count(*) FILTER (WHERE t.connected) AS connected,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY t.wait) AS wait_p50,
           percentile_cont(0.95) WITHIN GROUP (ORDER BY t.wait) AS wait_p95
    FROM ({_COUNTED}) t WHERE t.at >= :since GROUP BY 1 ORDER BY 1
""")
_WINDOW = text(f"""
    SELECT count(*) AS dialled, count(*) FILTER (WHERE t.live) AS live,
           count(*) FILTER (WHERE t.live AND (t.abandoned OR t.result = 'unknown')) AS abandoned,
           count(*) FILTER (WHERE t.result = 'machine') AS machines
    FROM ({_COUNTED}) t WHERE t.at >= :since
""")


class PostgresProgressStore:
    """See `kwabo.ports.progress.ProgressStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def progress(self, campaign_id: UUID) -> Progress | None:
        values = {"campaign_id": campaign_id}
        if await self._connection.scalar(_EXISTS, values) is None:
            return None
        courses = {
            row["state"]: row["count"]
            for row in (await self._connection.execute(_COURSES, values)).mappings()
        }
        attempts = (await self._connection.execute(_ATTEMPTS, values)).mappings().all()
        wrap_ups = (await self._connection.execute(_WRAP_UPS, values)).mappings()
        return Progress(
            contacts=int(await self._connection.scalar(_CONTACTS, values) or 0),
            open=courses.get("open", 0),
            in_progress=courses.get("in_progress", 0),
            finished=courses.get("finished", 0),
            attempts=_sum(attempts, "dialled"),
            results={row["result"]: row["count"] for row in attempts},
            wrap_ups=[WrapUpCount(**row) for row in wrap_ups],
            answered=_sum(attempts, "answered"),
            abandoned=_sum(attempts, "abandoned"),
            next_attempt_at=await self._connection.scalar(_NEXT, values),
            answer_to_agent_seconds=_waits(await self._connection.scalar(_WAITS, values)),
        )

    async def minutes(self, campaign_id: UUID, since: datetime) -> Sequence[PaceMinute]:
        values = {"campaign_id": campaign_id, "since": since}
        rows = (await self._connection.execute(_MINUTES, values)).mappings()
        return [
            PaceMinute(
                **{
                    **row,
                    "wait_p50": _seconds(row["wait_p50"]),
                    "wait_p95": _seconds(row["wait_p95"]),
                }
            )
            for row in rows
        ]

    async def window(self, campaign_id: UUID, since: datetime) -> WindowCounts:
        values = {"campaign_id": campaign_id, "since": since}
        return WindowCounts(**(await self._connection.execute(_WINDOW, values)).mappings().one())


def _seconds(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _sum(rows: Any, name: str) -> int:
    return sum(int(row[name]) for row in rows)


def _waits(percentiles: list[float] | None) -> WaitSeconds | None:
    if percentiles is None:
        return None
    p50, p95, longest = (round(seconds, 3) for seconds in percentiles)
    return WaitSeconds(p50=p50, p95=p95, max=longest)
