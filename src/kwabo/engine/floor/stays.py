"""Stays of calls in queues, as their figures count them: when each began, and what became of it.

A stay begins when the call begins to wait. What became of it is decided when the step is written:
within a step a call may leave, find an agent and be closed. A caller who has lost their agent and
waits again is not counted a second time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from kwabo.domain.reporting.queue_figures import QueueOutcome
from kwabo.engine.floor.state import Call, Floor, Stay
from kwabo.ports.floor_changes import QueueStayWritten
from kwabo.ports.floor_rows import QueueStayRow

# What may still become of a caller who has left without an agent.
_OPEN_ENDS: Final = frozenset({QueueOutcome.TIMEOUT, QueueOutcome.CLOSED, QueueOutcome.ELSEWHERE})


@dataclass(frozen=True, slots=True)
class Kept:
    """Where an earlier owner of the floor had put the caller, by overflow or by hand too."""

    queue_id: UUID
    priority: int


def load(call: Call, row: QueueStayRow) -> None:
    """The call was waiting when this owner took the floor."""
    call.stay = Stay(
        stay_id=row.stay_id,
        queue_id=row.queue_id,
        entered_at=row.entered_at,
        priority=row.priority,
        adopted=True,
    )


def kept(floor: Floor, call: Call) -> Kept | None:
    """The place that the caller had under an earlier owner; asked for once."""
    stay = call.stay
    if stay is None or not stay.adopted:
        return None
    stay.adopted = False
    if stay.left or stay.queue_id not in floor.queues:
        return None
    return Kept(stay.queue_id, stay.priority)


def begin(floor: Floor, call: Call) -> None:
    """The call waits in its queue now; one that an earlier owner put there goes on."""
    place, stay = call.queue, call.stay
    if place is None:
        return
    if stay is not None and not stay.left:
        if stay.way is None and stay.queue_id == place.queue_id:
            return
        _end(floor, call, stay, stay.way or QueueOutcome.ELSEWHERE, floor.now)
    call.stay = Stay(
        stay_id=floor.ids.new(),
        queue_id=place.queue_id,
        entered_at=floor.now,
        priority=place.priority,
    )
    _write(floor, call, call.stay)


def leaving(call: Call, way: QueueOutcome) -> None:
    """By which way the call leaves, unless that is known already."""
    stay = call.stay
    if stay is not None and not stay.left and stay.way is None:
        stay.way = way


def remains(call: Call) -> None:
    """The call has not left after all."""
    if call.stay is not None and call.queue is not None:
        call.stay.way = None


def became(floor: Floor, call: Call, queue_id: UUID | None, outcome: QueueOutcome) -> None:
    """What came of a caller who has left the queue without an agent."""
    stay = call.stay
    if stay is None or stay.queue_id != queue_id or stay.way not in _OPEN_ENDS:
        return
    if call.queue is not None:
        return
    stay.way = outcome
    if stay.left:
        _write(floor, call, stay)


def raised(floor: Floor, call: Call) -> None:
    """A person has changed the priority of a caller who waits."""
    if call.queue is not None and call.stay is not None and not call.stay.left:
        call.stay.priority = call.queue.priority
        _write(floor, call, call.stay)


def settle(floor: Floor, call: Call) -> None:
    """Before the step is written: the end of a stay that is over."""
    stay = call.stay
    if stay is None or stay.left or call.queue is not None:
        return
    if call.connected_at is not None:
        _end(floor, call, stay, QueueOutcome.ANSWERED, call.connected_at)
    elif call.closed:
        gone = call.abandoned or stay.way is None
        way = QueueOutcome.ABANDONED if gone else stay.way
        _end(floor, call, stay, way or QueueOutcome.ABANDONED, call.closed_at or floor.now)
    elif call.agent_user_id is None and stay.way is not None:
        _end(floor, call, stay, stay.way, floor.now)


def _end(floor: Floor, call: Call, stay: Stay, outcome: QueueOutcome, at: datetime) -> None:
    stay.way = outcome
    stay.left_at = max(at, stay.entered_at)
    _write(floor, call, stay)


def _write(floor: Floor, call: Call, stay: Stay) -> None:
    floor.out.write(
        QueueStayWritten(
            stay_id=stay.stay_id,
            attempt_id=call.attempt_id,
            queue_id=stay.queue_id,
            entered_at=stay.entered_at,
            priority=stay.priority,
            left_at=stay.left_at,
            outcome=str(stay.way) if stay.left and stay.way is not None else None,
        )
    )
