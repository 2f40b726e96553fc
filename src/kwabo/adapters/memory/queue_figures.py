"""Queues' figures of a floor in memory, counted stay by stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kwabo.adapters.memory.floor_data import FloorData
from kwabo.domain.contacts.filters.times import midnight
from kwabo.domain.reporting.queue_figures import (
    QueueCall,
    QueueOutcome,
    QueuePeriod,
    QueueTarget,
    period_of,
    waiting_by_minute,
)
from kwabo.domain.routing.expected_wait import Handled
from kwabo.ports.floor_changes import QueueStayWritten
from kwabo.ports.queue_figures import LATELY, PLOTTED_MINUTES, REMEMBERED_CALLS, QueueReading


def read(
    data: FloorData, targets: Mapping[UUID, QueueTarget], now: datetime
) -> dict[UUID, QueueReading]:
    """See `QueueFigureStore`."""
    zone = ZoneInfo(data.time_zone)
    day = midnight(now.astimezone(zone).date(), zone)
    stays: dict[UUID, list[QueueStayWritten]] = {queue_id: [] for queue_id in targets}
    for stay in data.queue_stays:
        if stay.queue_id in stays and stay.entered_at <= now:
            stays[stay.queue_id].append(stay)
    return {
        queue_id: _reading(data, queue_id, stays[queue_id], target, day, now)
        for queue_id, target in targets.items()
    }


def _reading(
    data: FloorData,
    queue_id: UUID,
    stays: Sequence[QueueStayWritten],
    target: QueueTarget,
    day: datetime,
    now: datetime,
) -> QueueReading:
    there = [stay.entered_at for stay in stays if stay.left_at is None]
    minutes = _changes(stays)
    return QueueReading(
        today=_period(stays, target, day, now),
        lately=_period(stays, target, now - LATELY, now),
        waiting=len(there),
        oldest_at=min(there, default=None),
        by_minute=waiting_by_minute(len(there), minutes, now, PLOTTED_MINUTES),
        places_kept=sum(
            1
            for one in data.callbacks_by.open.values()
            if one.written.place is not None and one.written.place.queue_id == queue_id
        ),
        voicemails_new=sum(1 for message in data.voicemails if message.queue_id == queue_id),
        handled=_handled(data, stays),
    )


def _period(
    stays: Sequence[QueueStayWritten], target: QueueTarget, since: datetime, now: datetime
) -> QueuePeriod:
    return period_of(
        [
            QueueCall(
                QueueOutcome(stay.outcome or QueueOutcome.WAITING),
                ((stay.left_at or now) - stay.entered_at).total_seconds(),
            )
            for stay in stays
            if stay.entered_at >= since
        ],
        target,
    )


def _changes(stays: Sequence[QueueStayWritten]) -> dict[datetime, int]:
    found: dict[datetime, int] = {}
    for stay in stays:
        for at, step in ((stay.entered_at, 1), (stay.left_at, -1)):
            if at is not None:
                minute = at.replace(second=0, microsecond=0)
                found[minute] = found.get(minute, 0) + step
    return found


def _handled(data: FloorData, stays: Sequence[QueueStayWritten]) -> Handled:
    answered = sorted(
        (stay for stay in stays if stay.outcome == QueueOutcome.ANSWERED),
        key=lambda stay: stay.entered_at,
        reverse=True,
    )
    taken: list[timedelta] = []
    for stay in answered[:REMEMBERED_CALLS]:
        attempt = data.attempts.get(stay.attempt_id)
        row = attempt.row if attempt is not None else None
        if row is None or row.closed_at is None or row.connected_at is None:
            continue
        wrap_up = data.wrap_ups.get(stay.attempt_id)
        after = wrap_up.after_call_seconds if wrap_up is not None else None
        taken.append(row.closed_at - row.connected_at + timedelta(seconds=after or 0.0))
    return Handled(float(len(taken)), sum(taken, timedelta()).total_seconds())
