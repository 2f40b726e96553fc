"""From the stays of callers, as the floor has written them, to the figures of a day's queues."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kwabo.domain.reporting.queue_figures import QueueCall, QueueOutcome, counted, figures
from kwabo.domain.routing.settings import QueueSettings
from kwabo.engine.floor.state import INBOUND
from kwabo.ports.floor_changes import QueueStayWritten
from kwabo.simulation.outcome import CallersOfDay, QueueOfDay, Waits
from kwabo.simulation.world import World

_DEFAULTS = QueueSettings()


def callers_of(world: World) -> CallersOfDay:
    """Everybody who called in, by where they ended."""
    rows = [one.latest for one in world.data.attempts if one.mode == INBOUND]
    queued = {stay.attempt_id for stay in world.data.queue_stays}
    answered = sum(1 for row in rows if row.connected_at is not None)
    abandoned = sum(1 for row in rows if row.connected_at is None and row.abandoned)
    return CallersOfDay(
        came=len(rows),
        queued=sum(1 for row in rows if row.attempt_id in queued),
        answered=answered,
        abandoned=abandoned,
        other=len(rows) - answered - abandoned,
    )


def queues_of(world: World, until: datetime) -> list[QueueOfDay]:
    """The queues through which somebody came, in the order of the scenario."""
    stays: dict[object, list[QueueStayWritten]] = {}
    for stay in world.data.queue_stays:
        stays.setdefault(stay.queue_id, []).append(stay)
    found = []
    for name, queue_id in world.queue_ids.items():
        calls = [_call(stay, until) for stay in stays.get(queue_id, ())]
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
                left={str(way): count for way, count in counts.left.items()},
                waiting=counts.waiting,
                service_level_seconds=target.seconds,
                service_level=_rounded(rates.service_level),
                abandon_rate=_rounded(rates.abandon_rate),
                wait=_waits(calls, QueueOutcome.ANSWERED),
                wait_of_abandoned=_waits(calls, QueueOutcome.ABANDONED),
            )
        )
    return found


def _call(stay: QueueStayWritten, until: datetime) -> QueueCall:
    """Who waits still has waited until now."""
    waited = ((stay.left_at or until) - stay.entered_at).total_seconds()
    return QueueCall(QueueOutcome(stay.outcome or QueueOutcome.WAITING), waited)


def _waits(calls: Sequence[QueueCall], outcome: QueueOutcome) -> Waits:
    return Waits.of([call.waited_seconds for call in calls if call.outcome is outcome])


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 6)
