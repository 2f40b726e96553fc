"""Queues' figures as programs ask for them: all from the database, whether or not a floor runs."""

from __future__ import annotations

from collections.abc import Sequence

from kwabo.domain.agents.status import SERVING
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.reporting.live_views import View
from kwabo.domain.reporting.queue_alarms import alarms
from kwabo.domain.reporting.queue_views import agents_live, queue_live
from kwabo.domain.routing.expected_wait import wait_in_queue
from kwabo.kernel.clock import Clock
from kwabo.ports.live import LiveStore
from kwabo.services.unit_of_work import UnitOfWork


class QueueFigureService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, live: LiveStore, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._live = live
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[View]:
        """The `QueueLive` of every queue, by name."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            queues = await stores.queue_routing.all()
            readings = await stores.queue_figures.read(
                {one.queue_id: one.settings.target() for one in queues}, now
            )
        people = await self._live.agents(asker.organisation_id)
        found = []
        for one in queues:
            reading, queue_id = readings[one.queue_id], str(one.queue_id)
            statuses = [a["status"] for a in people if queue_id in a["queue_ids"]]
            agents = agents_live(statuses)
            oldest = reading.oldest_at
            target = one.settings.target()
            found.append(
                queue_live(
                    queue_id=one.queue_id,
                    name=one.name,
                    waiting=reading.waiting,
                    oldest_wait_at=oldest,
                    wait=wait_in_queue(
                        reading.waiting,
                        sum(status in SERVING for status in statuses),
                        reading.handled,
                        idle=agents["ready"],
                    ),
                    agents=agents,
                    places_kept=reading.places_kept,
                    voicemails_new=reading.voicemails_new,
                    today=reading.today,
                    lately=reading.lately,
                    waiting_by_minute=reading.by_minute,
                    target=target,
                    alarms=alarms(
                        reading.lately.counts,
                        None if oldest is None else (now - oldest).total_seconds(),
                        target,
                        one.settings.alarm_terms(),
                        frozenset(),
                    ),
                    alarm_wait_seconds=one.settings.alarm_wait_seconds,
                )
            )
        return found
