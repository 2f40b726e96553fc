"""From callers' stays to the figures of a day's queues."""

from __future__ import annotations

from collections.abc import Sequence

from kwabo.domain.reporting.queue_figures import QueueCall, QueueOutcome, counted, figures
from kwabo.domain.routing.settings import QueueSettings
from kwabo.simulation.outcome import CallersOfDay, QueueOfDay, Waits
from kwabo.simulation.stays import Stays
from kwabo.simulation.world import World

_DEFAULTS = QueueSettings()


def callers_of(stays: Stays) -> CallersOfDay:
    """Everybody who called in, by where they ended."""
    last = [one[-1].outcome for one in stays.of.values() if one]
    answered, abandoned = last.count(QueueOutcome.ANSWERED), last.count(QueueOutcome.ABANDONED)
    return CallersOfDay(
        came=len(stays.of),
        queued=len(last),
        answered=answered,
        abandoned=abandoned,
        other=len(stays.of) - answered - abandoned,
    )


def queues_of(world: World, stays: Stays, seconds: float) -> list[QueueOfDay]:
    """The queues through which somebody came, in the order of the scenario."""
    found = []
    for name, queue_id in world.queue_ids.items():
        calls = stays.in_queue(queue_id, seconds)
        if not calls:
            continue
        target = (world.data.queue_settings.get(queue_id) or _DEFAULTS).target()
        counts = counted(calls, target)
        rates = figures(counts, target)
        found.append(
            QueueOfDay(
                queue=name,
                offered=counts.offered,
                answered=counts.answered,
                abandoned=counts.abandoned,
                short_abandoned=counts.short_abandoned,
                moved=sum(counts.left.values()),
                waiting=rates.waiting,
                service_level_seconds=target.seconds,
                service_level=_rounded(rates.service_level),
                abandon_rate=_rounded(rates.abandon_rate),
                wait=_waits(calls, QueueOutcome.ANSWERED),
                wait_of_abandoned=_waits(calls, QueueOutcome.ABANDONED),
            )
        )
    return found


def _waits(calls: Sequence[QueueCall], outcome: QueueOutcome) -> Waits:
    return Waits.of([call.waited_seconds for call in calls if call.outcome is outcome])


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 6)
