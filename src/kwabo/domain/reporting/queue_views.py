"""Queues as live views and the API show them; see `queue_figures` for what is counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.reporting.live_views import View, instant
from kwabo.domain.reporting.queue_alarms import QueueAlarm
from kwabo.domain.reporting.queue_figures import (
    WAYS_OUT,
    QueuePeriod,
    QueueTarget,
    figures,
)
from kwabo.domain.routing.expected_wait import ExpectedWait, Unknown

NOTHING: Final = QueuePeriod()
TARGET: Final = QueueTarget()
# Of a queue's agents, by what they do now; they are counted in each of their queues.
_SHOWN: Final = {
    AgentStatus.READY: "ready",
    AgentStatus.ON_CALL: "on_call",
    AgentStatus.AFTER_CALL: "after_call",
    AgentStatus.PAUSED: "paused",
}


def agents_live(statuses: Iterable[str]) -> dict[str, int]:
    """How many of a queue's agents do what; `busy`: held, previewing, connecting or lost."""
    found = dict.fromkeys(("ready", "on_call", "after_call", "busy", "paused"), 0)
    for status in map(AgentStatus, statuses):
        if status is not AgentStatus.SIGNED_OUT:
            found[_SHOWN.get(status, "busy")] += 1
    return found


def queue_live(
    *,
    queue_id: UUID,
    name: str,
    waiting: int = 0,
    oldest_wait_at: datetime | None = None,
    wait: ExpectedWait | Unknown = Unknown.NO_STATISTICS,
    agents: Mapping[str, int] | None = None,
    places_kept: int = 0,
    voicemails_new: int = 0,
    today: QueuePeriod = NOTHING,
    lately: QueuePeriod = NOTHING,
    waiting_by_minute: Sequence[int] = (),
    target: QueueTarget = TARGET,
    alarms: Iterable[QueueAlarm] = (),
    alarm_wait_seconds: int | None = None,
) -> View:
    """A `QueueLive`; by itself that of a queue in which nothing has happened."""
    return {
        "queue_id": str(queue_id),
        "name": name,
        "waiting": waiting,
        "oldest_wait_at": instant(oldest_wait_at),  # since when the one who waits longest does
        "expected_wait": _wait(wait),  # of somebody who came now
        "agents": dict(agents_live(()) if agents is None else agents),
        "places_kept": places_kept,  # callbacks that are still to be made
        "voicemails_new": voicemails_new,  # that nobody has heard
        "today": _period(today, target),  # by the organisation's clock
        "last_half_hour": _period(lately, target),
        "waiting_by_minute": list(waiting_by_minute),  # of the last hour, the present one last
        "service_level_seconds": target.seconds,
        "service_level_share": target.share,
        "short_abandon_seconds": target.short_abandon_seconds,
        "alarm_wait_seconds": alarm_wait_seconds,
        "alarms": sorted(str(alarm) for alarm in alarms),
    }


def queue_for_agents(view: View) -> View:
    """What agents of the queue see of it."""
    return {name: view[name] for name in ("queue_id", "name", "waiting", "oldest_wait_at")}


def _wait(wait: ExpectedWait | Unknown) -> View:
    """Seconds: four of five waits are between `low` and `high`; else why nobody knows."""
    if isinstance(wait, Unknown):
        return {"seconds": None, "low": None, "high": None, "unknown": str(wait)}
    return {
        "seconds": round(wait.mean),
        "low": round(wait.low),
        "high": round(wait.high),
        "unknown": None,
    }


def _period(period: QueuePeriod, target: QueueTarget) -> View:
    counts = period.counts
    found = figures(counts, target)
    return {
        "offered": counts.offered,
        "answered": counts.answered,
        "answered_in_time": counts.answered_in_time,
        "abandoned": counts.abandoned,
        "short_abandoned": counts.short_abandoned,
        "left": {str(way): counts.left.get(way, 0) for way in WAYS_OUT},
        "waiting": counts.waiting,
        "service_level": _rate(found.service_level),
        "abandon_rate": _rate(found.abandon_rate),
        "average_answer_seconds": _seconds(found.average_speed_of_answer),
        "slow_answer_seconds": _seconds(period.slow_answer_seconds),
        "longest_wait_seconds": _seconds(counts.longest_wait_seconds),
    }


def _rate(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _seconds(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
