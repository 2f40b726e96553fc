"""How far a campaign is, from the tallies beside its rows; its pace, from its attempts.

Nothing here reads a whole list: the counts are those of the rows in the same snapshot (migration
0018), the next attempt stands first in an index, the pace reads the attempts of its minutes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.floor_pacing import HEARS_A_MESSAGE, HOURS, LIVE
from kwabo.adapters.postgres.tallies import fold, tallies_of, tally
from kwabo.domain.reporting.percentiles import percentiles
from kwabo.ports.progress import (
    PaceMinute,
    Progress,
    WaitSeconds,
    WindowCounts,
    WrapUpCount,
)

_CAMPAIGN = text(f"""
    SELECT {tally("contacts", "k.contact_list_id")} AS contacts,
           (SELECT n.next_attempt_at FROM campaign_contacts n
             WHERE n.campaign_id = k.campaign_id AND n.state = 'open'
               AND n.next_attempt_at IS NOT NULL
             ORDER BY n.next_attempt_at LIMIT 1) AS next_attempt_at,
           (SELECT n.next_attempt_at FROM campaign_contacts n
             WHERE n.campaign_id = k.campaign_id AND n.state = 'open'
               AND n.next_attempt_at IS NOT NULL
             ORDER BY n.next_attempt_at DESC LIMIT 1) AS last_due_at
    FROM campaigns k WHERE k.campaign_id = :campaign_id
""")
_CODES = text("""
    SELECT wrap_up_code_id, name, name_en FROM wrap_up_codes
    WHERE wrap_up_code_id = ANY (CAST(:ids AS uuid[]))
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
# Whole hours, as the floor's own window keeps them, and the calls that have not ended.
_WINDOW = text(f"""
    SELECT CAST(coalesce(sum(t.dialled), 0) AS bigint) AS dialled,
           CAST(coalesce(sum(t.live), 0) AS bigint) AS live,
           CAST(coalesce(sum(t.abandoned), 0) AS bigint) AS abandoned,
           CAST(coalesce(sum(t.machines), 0) AS bigint) AS machines
    FROM (
        SELECT h.dialled, h.live, h.abandoned, h.machines FROM ({HOURS}) h
        UNION ALL
        SELECT 1, CAST({LIVE} AS int), CAST({LIVE} AND a.abandoned AS int),
               CAST(a.result IS NOT DISTINCT FROM 'machine' AS int)
        FROM attempts a
        LEFT JOIN wrap_ups w ON w.attempt_id = a.attempt_id
        LEFT JOIN wrap_up_codes k ON k.wrap_up_code_id = w.wrap_up_code_id
        WHERE a.organisation_id = current_organisation() AND a.state <> 'closed'
          AND a.campaign_id = :campaign_id AND a.dialling_at IS NOT NULL
          AND NOT ({HEARS_A_MESSAGE})) t
""")


class PostgresProgressStore:
    """See `kwabo.ports.progress.ProgressStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def progress(self, campaign_id: UUID) -> Progress | None:
        values = {"campaign_id": campaign_id}
        campaign = (await self._connection.execute(_CAMPAIGN, values)).first()
        if campaign is None:
            return None
        counts = await tallies_of(self._connection, campaign_id)
        courses, results = counts.get("course", {}), counts.get("closed", {})
        return Progress(
            contacts=campaign.contacts,
            open=courses.get("open", 0),
            in_progress=courses.get("in_progress", 0),
            finished=courses.get("finished", 0),
            attempts=_one(counts, "dialled"),
            results=results,
            wrap_ups=await self._wrap_ups(counts),
            answered=_one(counts, "answered"),
            abandoned=_one(counts, "abandoned"),
            next_attempt_at=campaign.next_attempt_at,
            last_due_at=campaign.last_due_at,
            answer_to_agent_seconds=_waits(counts.get("wait", {})),
        )

    async def _wrap_ups(self, counts: Mapping[str, Mapping[str, int]]) -> list[WrapUpCount]:
        given, system = counts.get("wrap_up_code", {}), counts.get("system_code", {})
        codes = await self._connection.execute(_CODES, {"ids": [UUID(key) for key in given]})
        found = [
            WrapUpCount(
                wrap_up_code_id=code.wrap_up_code_id,
                system_code=None,
                name=code.name,
                name_en=code.name_en,
                count=given[str(code.wrap_up_code_id)],
            )
            for code in codes
        ]
        found += [
            WrapUpCount(wrap_up_code_id=None, system_code=code, name=code, name_en="", count=count)
            for code, count in system.items()
        ]
        return sorted(found, key=lambda one: (-one.count, one.name))

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

    async def fold(self) -> int:
        return await fold(self._connection)

    async def window(self, campaign_id: UUID, since: datetime) -> WindowCounts:
        values = {"campaign_id": campaign_id, "since": since}
        return WindowCounts(**(await self._connection.execute(_WINDOW, values)).mappings().one())


def _seconds(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _one(counts: Mapping[str, Mapping[str, int]], kind: str) -> int:
    return counts.get(kind, {}).get("", 0)


def _waits(counts: Mapping[str, int]) -> WaitSeconds | None:
    """Of counts by whole milliseconds."""
    found = percentiles({int(key): count for key, count in counts.items()}, (0.5, 0.95, 1.0))
    if found is None:
        return None
    p50, p95, longest = (round(milliseconds / 1000, 3) for milliseconds in found)
    return WaitSeconds(p50=p50, p95=p95, max=longest)
