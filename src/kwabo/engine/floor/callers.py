"""Callers from outside who want the agents of campaigns too: who waits, how many more will come.

Of a queue that others serve as well only a part wants the agents of a campaign: as large a part as
they are of the queue's staff.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def wanted(floor: Floor, team: Sequence[Agent]) -> tuple[int, float]:
    """(callers who wait for an agent of the team, those who will come in a second)."""
    groups: dict[frozenset[UUID], int] = {}  # queues that agents serve together → how many do
    asked = 0  # agents who ring for one of those who wait
    in_queues = bool(floor.calls.queues)
    for agent in team:
        groups[agent.counted_in] = groups.get(agent.counted_in, 0) + 1
        if agent.status is _ALERTING or (in_queues and _hears_a_whisper(floor, agent)):
            asked += 1
    serving: dict[UUID, int] = {}
    for queue_ids, agents in groups.items():
        for queue_id in queue_ids:
            serving[queue_id] = serving.get(queue_id, 0) + agents
    waiting = coming = 0.0
    for queue_id, count in serving.items():
        share = count / floor.agents.staff[queue_id]
        waiting += share * floor.calls.in_queue(queue_id)
        coming += share * _rate(floor, queue_id).per_second(floor.mono)
    return max(0, ceil(waiting - 1e-9) - asked), coming


def _hears_a_whisper(floor: Floor, agent: Agent) -> bool:
    return whispers.heard_by(floor, agent) is not None


def _rate(floor: Floor, queue_id: UUID) -> CallerRate:
    """What is known of the queue; it is watched from the first question on."""
    rate = floor.caller_rates.get(queue_id)
    if rate is None:
        rate = floor.caller_rates[queue_id] = CallerRate(since=floor.mono)
    return rate
