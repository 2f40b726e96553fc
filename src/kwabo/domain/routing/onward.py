"""When a waiting call leaves its queue without an agent, and whether one may enter it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from kwabo.domain.routing.values import (
    Ending,
    OverflowRule,
    OverflowWhen,
    QueueTerms,
    WaitingCall,
)


class OnwardCode(StrEnum):
    """Why a call goes on."""

    OVERFLOW_WAIT = "OVERFLOW_WAIT"
    OVERFLOW_NO_AGENTS = "OVERFLOW_NO_AGENTS"
    OVERFLOW_EXPECTED_WAIT = "OVERFLOW_EXPECTED_WAIT"
    QUEUE_FULL = "QUEUE_FULL"
    MAX_WAIT = "MAX_WAIT"


_CODES = {
    OverflowWhen.WAIT: OnwardCode.OVERFLOW_WAIT,
    OverflowWhen.NO_AGENTS: OnwardCode.OVERFLOW_NO_AGENTS,
    OverflowWhen.EXPECTED_WAIT: OnwardCode.OVERFLOW_EXPECTED_WAIT,
}


@dataclass(frozen=True, slots=True)
class Move:
    """A call leaves its queue: to another one, or with an ending."""

    call_id: UUID
    queue_id: UUID
    code: OnwardCode
    to_queue_id: UUID | None = None
    ending: Ending | None = None


def _open(call: WaitingCall, rule: OverflowRule, queues: Collection[UUID]) -> bool:
    """The rule's queue is there, another one, and has not been visited."""
    target = rule.to_queue_id
    return target in queues and target != call.queue_id and target not in call.been_in


def moves_at(
    call: WaitingCall, terms: QueueTerms, staff: int | None, queues: Collection[UUID]
) -> tuple[int, Move] | None:
    """The first move that time brings, and when (ms; may be past); None: it waits for an agent.

    `staff`: agents who are signed in and serve the queue; None: not known. Of two moves at the same
    moment the earlier rule counts; overflow comes before the longest wait.
    """
    found: tuple[int, Move] | None = None
    if not call.on_the_line:
        return None
    for rule in terms.overflow:
        if rule.when is OverflowWhen.EXPECTED_WAIT or not _open(call, rule, queues):
            continue
        if rule.when is OverflowWhen.NO_AGENTS and staff != 0:
            continue
        at = call.queued_at + rule.seconds * 1000
        if found is None or at < found[0]:
            move = Move(call.call_id, call.queue_id, _CODES[rule.when], rule.to_queue_id)
            found = (at, move)
    if terms.max_wait_seconds is not None:
        at = call.waiting_since + terms.max_wait_seconds * 1000
        if found is None or at < found[0]:
            ending = terms.when_too_long
            found = (at, Move(call.call_id, call.queue_id, OnwardCode.MAX_WAIT, ending=ending))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What is known of a queue when a call arrives."""

    waiting: int  # calls that wait there already
    staff: int | None  # agents who are signed in and serve it; None: not known
    free: bool  # an agent would take the call at once
    expected_wait_seconds: float | None  # for the newcomer; None: cannot be said


def on_arrival(
    call: WaitingCall, terms: QueueTerms, arrival: Arrival, queues: Mapping[UUID, QueueTerms]
) -> Move | None:
    """Where the call goes instead of waiting; None: it may wait here. Who is served never moves."""
    if arrival.free:
        return None
    for rule in terms.overflow:
        if not _open(call, rule, queues):
            continue
        holds = (
            arrival.expected_wait_seconds is not None
            and arrival.expected_wait_seconds >= rule.seconds
            if rule.when is OverflowWhen.EXPECTED_WAIT
            else rule.seconds == 0 and (rule.when is OverflowWhen.WAIT or arrival.staff == 0)
        )
        if holds:
            return Move(call.call_id, call.queue_id, _CODES[rule.when], rule.to_queue_id)
    if terms.max_waiting is not None and arrival.waiting >= terms.max_waiting:
        code = OnwardCode.QUEUE_FULL
        return Move(call.call_id, call.queue_id, code, ending=terms.when_full)
    return None
