"""Queues' figures on PostgreSQL, each period found by the index of its stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.voicemails import PostgresVoicemailStore
from kwabo.domain.contacts.filters.times import midnight
from kwabo.domain.reporting.queue_figures import (
    SLOW_SHARE,
    WAYS_OUT,
    QueueCounts,
    QueuePeriod,
    QueueTarget,
    waiting_by_minute,
)
from kwabo.domain.routing.expected_wait import Handled
from kwabo.ports.queue_figures import (
    LATELY,
    PLOTTED_MINUTES,
    REMEMBERED_CALLS,
    QueueReading,
)

_ZONE = text("SELECT time_zone FROM organisations WHERE organisation_id = current_organisation()")
_LEFT = ", ".join(f"count(*) FILTER (WHERE s.outcome = '{way}') AS left_{way}" for way in WAYS_OUT)
_PERIODS = text(f"""
    SELECT t.queue_id, p.since, c.*
    FROM unnest(CAST(:queue_ids AS uuid[]), CAST(:seconds AS double precision[]),
                CAST(:shorts AS double precision[])) AS t (queue_id, seconds, short)
    CROSS JOIN unnest(CAST(:since AS timestamptz[])) AS p (since)
    CROSS JOIN LATERAL (
        SELECT count(*) AS offered,
               count(*) FILTER (WHERE s.outcome = 'answered') AS answered,
               count(*) FILTER (WHERE s.outcome = 'answered' AND s.waited <= t.seconds)
                   AS answered_in_time,
               count(*) FILTER (WHERE s.outcome = 'abandoned') AS abandoned,
               count(*) FILTER (WHERE s.outcome = 'abandoned' AND s.waited < t.short)
                   AS short_abandoned,
               {_LEFT},
               coalesce(sum(s.waited) FILTER (WHERE s.outcome = 'answered'), 0)
                   AS answered_wait_seconds,
               coalesce(sum(s.waited) FILTER (WHERE s.outcome = 'abandoned'), 0)
                   AS abandoned_wait_seconds,
               coalesce(max(s.waited), 0) AS longest_wait_seconds,
               percentile_cont({SLOW_SHARE}) WITHIN GROUP (ORDER BY s.waited)
                   FILTER (WHERE s.outcome = 'answered') AS slow_answer_seconds
        FROM (SELECT q.outcome,
                     date_part('epoch', coalesce(q.left_at, CAST(:now AS timestamptz))
                                        - q.entered_at) AS waited
              FROM queue_stays q
              WHERE q.queue_id = t.queue_id AND q.entered_at >= p.since
                AND q.entered_at <= :now) s
    ) c
""")
_OF_QUEUES = "queue_id = ANY (CAST(:queue_ids AS uuid[]))"
_WAITING = text(f"""
    SELECT queue_id, count(*) AS waiting, min(entered_at) AS oldest_at
    FROM queue_stays WHERE {_OF_QUEUES} AND left_at IS NULL GROUP BY queue_id
""")
_CHANGES = text(f"""
    SELECT queue_id, date_trunc('minute', at) AS minute, sum(step) AS change FROM (
        SELECT queue_id, entered_at AS at, 1 AS step FROM queue_stays
        WHERE {_OF_QUEUES} AND entered_at >= :since
        UNION ALL
        SELECT queue_id, left_at, -1 FROM queue_stays
        WHERE {_OF_QUEUES} AND left_at >= :since) c
    GROUP BY queue_id, minute
""")
_PLACES = text("""
    SELECT queue_id, count(*) AS kept FROM callbacks
    WHERE state = 'open' AND queue_id IS NOT NULL GROUP BY queue_id
""")
_HANDLED = text("""
    SELECT t.queue_id, count(*) AS calls, coalesce(sum(h.seconds), 0) AS seconds
    FROM unnest(CAST(:queue_ids AS uuid[])) AS t (queue_id)
    CROSS JOIN LATERAL (
        SELECT greatest(date_part('epoch', a.closed_at - a.connected_at), 0)
               + coalesce(w.after_call_seconds, 0) AS seconds
        FROM (SELECT s.attempt_id FROM queue_stays s
              WHERE s.queue_id = t.queue_id AND s.entered_at >= :since AND s.outcome = 'answered'
              ORDER BY s.entered_at DESC LIMIT :at_most) n
        JOIN attempts a ON a.attempt_id = n.attempt_id
        LEFT JOIN wrap_ups w ON w.attempt_id = n.attempt_id
        WHERE a.closed_at IS NOT NULL AND a.connected_at IS NOT NULL) h
    GROUP BY t.queue_id
""")
_HANDLED_SINCE = timedelta(days=7)


class PostgresQueueFigureStore:
    """See `kwabo.ports.queue_figures.QueueFigureStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def read(
        self, targets: Mapping[UUID, QueueTarget], now: datetime
    ) -> Mapping[UUID, QueueReading]:
        day = await self._day_begins(now)
        lately = now - LATELY
        periods: dict[tuple[UUID, datetime], QueuePeriod] = {}
        values: dict[str, Any] = {"queue_ids": list(targets), "now": now}
        rows = await self._connection.execute(
            _PERIODS,
            values
            | {
                "seconds": [target.seconds for target in targets.values()],
                "shorts": [target.short_abandon_seconds for target in targets.values()],
                "since": [day, lately],
            },
        )
        for row in rows:
            periods[row.queue_id, row.since] = _period(row)
        open_rows = await self._connection.execute(_WAITING, {"queue_ids": list(targets)})
        waiting = {row.queue_id: row for row in open_rows}
        changes = await self._changes(targets, now)
        places = {row.queue_id: row.kept for row in await self._connection.execute(_PLACES)}
        voicemails = await PostgresVoicemailStore(self._connection).new_by_queue()
        handled = await self.handled(list(targets), now)
        found = {}
        for queue_id in targets:
            there = waiting.get(queue_id)
            count = there.waiting if there else 0
            found[queue_id] = QueueReading(
                today=periods[queue_id, day],
                lately=periods[queue_id, lately],
                waiting=count,
                oldest_at=there.oldest_at if there else None,
                by_minute=waiting_by_minute(count, changes.get(queue_id, {}), now, PLOTTED_MINUTES),
                places_kept=places.get(queue_id, 0),
                voicemails_new=voicemails.get(queue_id, 0),
                handled=handled[queue_id],
            )
        return found

    async def handled(self, queue_ids: list[UUID], now: datetime) -> dict[UUID, Handled]:
        """What the newest calls of each queue have taken of its agents."""
        rows = await self._connection.execute(
            _HANDLED,
            {"queue_ids": queue_ids, "at_most": REMEMBERED_CALLS, "since": now - _HANDLED_SINCE},
        )
        found = {row.queue_id: Handled(float(row.calls), float(row.seconds)) for row in rows}
        return {queue_id: found.get(queue_id, Handled(0.0, 0.0)) for queue_id in queue_ids}

    async def _day_begins(self, now: datetime) -> datetime:
        zone = ZoneInfo((await self._connection.execute(_ZONE)).scalar_one())
        return midnight(now.astimezone(zone).date(), zone)

    async def _changes(
        self, targets: Mapping[UUID, QueueTarget], now: datetime
    ) -> dict[UUID, dict[datetime, int]]:
        minute = now.replace(second=0, microsecond=0)
        since = minute - timedelta(minutes=PLOTTED_MINUTES - 1)
        values = {"queue_ids": list(targets), "since": since}
        found: dict[UUID, dict[datetime, int]] = {}
        for row in await self._connection.execute(_CHANGES, values):
            found.setdefault(row.queue_id, {})[row.minute] = int(row.change)
        return found


def _period(row: Any) -> QueuePeriod:
    left = {way: getattr(row, f"left_{way}") for way in WAYS_OUT}
    return QueuePeriod(
        counts=QueueCounts(
            offered=row.offered,
            answered=row.answered,
            answered_in_time=row.answered_in_time,
            abandoned=row.abandoned,
            short_abandoned=row.short_abandoned,
            left={way: count for way, count in left.items() if count},
            answered_wait_seconds=float(row.answered_wait_seconds),
            abandoned_wait_seconds=float(row.abandoned_wait_seconds),
            longest_wait_seconds=float(row.longest_wait_seconds),
        ),
        slow_answer_seconds=row.slow_answer_seconds,
    )
