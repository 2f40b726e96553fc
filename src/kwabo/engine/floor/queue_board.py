"""Queues as live views see them: who waits and works now, and the figures read from the database.

What happens now is the floor's own; figures of periods are read every few seconds, so that they
are right whoever owns the floor. Reading takes at most a small share of the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from kwabo.domain.reporting import queue_alarms, queue_views
from kwabo.domain.reporting.live_views import View
from kwabo.domain.reporting.queue_figures import QueueTarget
from kwabo.engine.floor import callers, waits
from kwabo.engine.floor.blended import HandledLately
from kwabo.engine.floor.places import settings_of
from kwabo.engine.floor.state import Call, Floor
from kwabo.ports.queue_figures import QueueReading

COUNT_EVERY_SECONDS: Final = 5.0
REST_PER_READING: Final = 20.0  # times as long as a reading took: 5 % of the time at most
_NOTHING: Final = QueueReading()


def targets(floor: Floor) -> dict[UUID, QueueTarget]:
    """Every queue, with what it is measured against."""
    return {queue_id: settings_of(floor, queue_id).target() for queue_id in floor.queues}


def counted(floor: Floor, readings: Mapping[UUID, QueueReading]) -> None:
    """New figures were read; an owner that knows nothing yet learns how long calls take."""
    callers.counted(floor, readings)
    floor.queue_readings = dict(readings)
    for queue_id, reading in readings.items():
        if reading.handled.calls and queue_id not in floor.handled:
            known = HandledLately(reading.handled.calls, reading.handled.seconds)
            floor.handled[queue_id] = known


def oldest(floor: Floor) -> dict[UUID, datetime]:
    """Of each queue in which somebody waits: since when the one who does so longest."""
    return {
        queue_id: min(waits_since(floor, call) for call in there.values())
        for queue_id, there in floor.calls.queues.items()
    }


def waits_since(floor: Floor, call: Call) -> datetime:
    """When the caller began to wait in this queue."""
    stay = call.stay
    if stay is not None and not stay.left:
        return stay.entered_at
    return call.queued_at or floor.now


def watch(floor: Floor) -> None:
    """Raise and end the alarms of queues; none before their figures were read."""
    if not floor.queue_readings:
        return
    since = oldest(floor)
    for queue_id in floor.queues:
        settings = settings_of(floor, queue_id)
        begun = since.get(queue_id)
        found = queue_alarms.alarms(
            floor.queue_readings.get(queue_id, _NOTHING).lately.counts,
            None if begun is None else (floor.now - begun).total_seconds(),
            settings.target(),
            settings.alarm_terms(),
            floor.queue_alarms.get(queue_id, frozenset()),
        )
        floor.queue_alarms[queue_id] = found


def touch_stale(floor: Floor) -> None:
    """Have those queues told that have changed; none before their figures were read."""
    due = [
        queue_id
        for queue_id in floor.queue_readings
        if queue_id in floor.queues
        and floor.mono - floor.queues_told_at.get(queue_id, float("-inf"))
        >= floor.settings.tell_seconds
    ]
    if not due:
        return
    since = oldest(floor)
    for queue_id in due:
        if floor.queues_told.get(queue_id) != _view(floor, queue_id, since):
            floor.out.touch("queue", queue_id, "queue.changed")


def told(floor: Floor, queue_id: UUID) -> View | None:
    """What live views are told of the queue now; None: it is gone."""
    if queue_id not in floor.queues:
        return None
    view = _view(floor, queue_id, oldest(floor))
    floor.queues_told[queue_id], floor.queues_told_at[queue_id] = view, floor.mono
    return view


def _view(floor: Floor, queue_id: UUID, since: Mapping[UUID, datetime]) -> View:
    settings = settings_of(floor, queue_id)
    reading = floor.queue_readings.get(queue_id, _NOTHING)
    agents = queue_views.agents_live(agent.status for agent in floor.agents.team(queue_id))
    there = floor.calls.in_queue(queue_id)
    return queue_views.queue_live(
        queue_id=queue_id,
        name=floor.queue_names.get(queue_id, ""),
        waiting=there,
        oldest_wait_at=since.get(queue_id),
        wait=waits.wait_of_queue(floor, queue_id, there, idle=agents["ready"]),
        agents=agents,
        places_kept=sum(1 for place in floor.places.values() if place.queue_id == queue_id),
        voicemails_new=reading.voicemails_new,
        today=reading.today,
        lately=reading.lately,
        waiting_by_minute=reading.by_minute,
        target=settings.target(),
        alarms=floor.queue_alarms.get(queue_id, frozenset()),
        alarm_wait_seconds=settings.alarm_wait_seconds,
    )
