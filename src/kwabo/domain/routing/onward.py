"""When a waiting call leaves its queue without an agent."""

from __future__ import annotations

from collections.abc import Collection
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


def by_expected_wait(
    call: WaitingCall,
    terms: QueueTerms,
    expected_seconds: float | None,
    queues: Collection[UUID],
) -> Move | None:
    """Where a call goes that has just come and finds no agent; None: it may wait here.

    `expected_seconds`: how long it would wait; None: that cannot be said, and moves nobody.
    """
    if expected_seconds is None:
        return None
    for rule in terms.overflow:
        if rule.when is not OverflowWhen.EXPECTED_WAIT or not _open(call, rule, queues):
            continue
        if expected_seconds >= rule.seconds:
            return Move(call.call_id, call.queue_id, _CODES[rule.when], rule.to_queue_id)
    return None
