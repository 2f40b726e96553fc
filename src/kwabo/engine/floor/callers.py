"""Callers from outside who want the agents of campaigns too: who waits, how many more will come.

Of a queue that others serve as well only a part wants the agents of a campaign: as large a part as
they are of the queue's staff.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from uuid import UUID

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.pacing.callers import CallerRate
from kwabo.engine.floor import whispers
from kwabo.engine.floor.state import Agent, Call, Floor
from kwabo.ports.queue_figures import LATELY, QueueReading

_ALERTING = AgentStatus.ALERTING


def taken(floor: Floor, call: Call) -> None:
    """An agent takes a caller who waits in a queue."""
    if call.queue is not None:
        _rate(floor, call.queue.queue_id).add(floor.mono)


def counted(floor: Floor, readings: Mapping[UUID, QueueReading]) -> None:
    """An owner of the floor that knows nothing of a queue learns how many came lately."""
    for queue_id, reading in readings.items():
        if queue_id not in floor.queue_readings and reading.lately.counts.answered:
            per_second = reading.lately.counts.answered / LATELY.total_seconds()
            floor.caller_rates[queue_id] = CallerRate.known(
                per_second, LATELY.total_seconds(), floor.mono
            )


def wanted(floor: Floor, queue_id: UUID) -> tuple[int, float]:
    """(callers who wait for an agent of the queue's team, those who will come in a second)."""
    waiting = coming = 0.0
    for served, share in floor.agents.shares(queue_id).items():
        waiting += share * floor.calls.in_queue(served)
        coming += share * _rate(floor, served).per_second(floor.mono)
    if not waiting:
        return 0, coming
    asked = 0  # agents who ring for one of those who wait
    for agent in floor.agents.team(queue_id):
        if agent.status is _ALERTING or _hears_a_whisper(floor, agent):
            asked += 1
    return max(0, ceil(waiting - 1e-9) - asked), coming


def _hears_a_whisper(floor: Floor, agent: Agent) -> bool:
    return whispers.heard_by(floor, agent) is not None


def _rate(floor: Floor, queue_id: UUID) -> CallerRate:
    """What is known of the queue; it is watched from the first question on."""
    rate = floor.caller_rates.get(queue_id)
    if rate is None:
        rate = floor.caller_rates[queue_id] = CallerRate(since=floor.mono)
    return rate
