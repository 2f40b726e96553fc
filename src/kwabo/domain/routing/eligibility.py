"""From when on an agent may take a call, and why not before.

Nothing that is once open closes again: rings only add agents and drop skills, and who is named for
a call may take it at any time. What may change by time alone therefore is known in advance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from kwabo.domain.routing.skills import Need, meets
from kwabo.domain.routing.values import (
    Evaluation,
    FreeAgent,
    LastAgent,
    QueueTerms,
    WaitingCall,
)


class Passed(StrEnum):
    """Why an agent was not chosen for a call."""

    NOT_IN_QUEUE = "NOT_IN_QUEUE"
    NO_ROOM = "NO_ROOM"  # has as much as may be had at once
    REFUSED = "REFUSED"  # was asked for this call and did not take it
    RESERVED = "RESERVED"  # the call still waits for agents who are named for it
    RING_NOT_OPEN = "RING_NOT_OPEN"
    SKILL_MISSING = "SKILL_MISSING"
    LEVEL_TOO_LOW = "LEVEL_TOO_LOW"
    TAKEN = "TAKEN"  # took a more urgent call in the same moment
    NOT_NAMED = "NOT_NAMED"  # could, but another one is named for the call, or named before
    OUTER_RING = "OUTER_RING"
    LOWER_RANK = "LOWER_RANK"
    LOWER_SKILL = "LOWER_SKILL"
    SHORTER_IDLE = "SHORTER_IDLE"
    SAME = "SAME"  # alike in everything: the smaller id decided


@dataclass(frozen=True, slots=True)
class Step:
    """A ring of one kind of call: from when it is open and what is still asked for."""

    after: int  # ms in the queue
    ring: int
    needs: tuple[Need, ...]


def steps_of(terms: QueueTerms, needs: Sequence[Need]) -> tuple[Step, ...]:
    """The rings in order, for a call with these needs."""
    left = () if terms.evaluation is Evaluation.NONE else tuple(needs)
    after = 0
    steps = []
    for number, ring in enumerate(terms.rings, 1):
        left = tuple(need for need in left if need.skill not in ring.drops)
        steps.append(Step(after=after, ring=number, needs=left))
        after += ring.seconds * 1000
    return tuple(steps)


def step_at(steps: Sequence[Step], waited: int) -> Step:
    """The widest ring that is open after so many ms in the queue."""
    found = steps[0]
    for step in steps:
        if step.after > waited:
            break
        found = step
    return found


def named_for(call: WaitingCall, terms: QueueTerms) -> tuple[UUID, ...]:
    """The agents who come first: the preferred, then the last agent."""
    if call.last_agent is None or terms.last_agent is LastAgent.DISABLED:
        return call.preferred
    return (*call.preferred, call.last_agent)


def reserved_until(call: WaitingCall, terms: QueueTerms) -> int:
    """Until then only the named agents may take it, ms; the moment it came where there are none."""
    waits = [terms.preferred_wait_seconds] if call.preferred else []
    if call.last_agent is not None and terms.last_agent is not LastAgent.DISABLED:
        waits.append(terms.last_agent_wait_seconds)
    return call.queued_at + max(waits, default=0) * 1000


def _is_named(agent: FreeAgent, call: WaitingCall, terms: QueueTerms) -> bool:
    if agent.user_id not in named_for(call, terms):
        return False
    return call.queue_id in agent.queues or (
        terms.last_agent is LastAgent.ANY_AGENT and agent.user_id == call.last_agent
    )


def opens_for(
    agent: FreeAgent, call: WaitingCall, terms: QueueTerms, steps: Sequence[Step]
) -> int | None:
    """From when on the agent may take the call, ms; None: never. Named agents need no skills."""
    if call.refused_by and agent.user_id in call.refused_by:
        return None
    if not agent.has_room(call.medium):
        return None
    earliest = call.queued_at
    if call.preferred or call.last_agent is not None:
        if _is_named(agent, call, terms):
            return earliest
        earliest = reserved_until(call, terms)
    membership = agent.queues.get(call.queue_id)
    if membership is None:
        return None
    ring = min(membership.ring, len(steps))
    for step in steps:
        if step.ring >= ring and meets(agent.skills, step.needs):
            return max(call.queued_at + step.after, earliest)
    return None


def why_not(
    agent: FreeAgent, call: WaitingCall, terms: QueueTerms, steps: Sequence[Step], now: int
) -> Passed | None:
    """Why the agent may not take the call now; None: may."""
    if agent.user_id in call.refused_by:
        return Passed.REFUSED
    if not agent.has_room(call.medium):
        return Passed.NO_ROOM
    if _is_named(agent, call, terms):
        return None
    membership = agent.queues.get(call.queue_id)
    if membership is None:
        return Passed.NOT_IN_QUEUE
    if now < reserved_until(call, terms):
        return Passed.RESERVED
    step = step_at(steps, now - call.queued_at)
    if min(membership.ring, len(steps)) > step.ring:
        return Passed.RING_NOT_OPEN
    if not all(need.skill in agent.skills for need in step.needs):
        return Passed.SKILL_MISSING
    return None if meets(agent.skills, step.needs) else Passed.LEVEL_TOO_LOW
