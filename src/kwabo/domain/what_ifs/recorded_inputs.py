"""From a recorded day to the inputs of a floor, in the order in which they came.

A floor writes one event for each entity that a step of it changed, numbered without gaps, with the
step's instant; an attempt's own instants are those of its steps. So an input's place is that of the
event which first told its consequence, inputs of one instant are those of one step, and what a
floor decides of itself (who takes an answer, who is abandoned, a machine's end) is no input.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final
from uuid import UUID

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.interactions.attempt import Result
from kwabo.domain.what_ifs.history import PastCall, RecordedStatus, RecordedStep
from kwabo.domain.what_ifs.recorded_day import (
    Answered,
    Connected,
    HandedOver,
    Here,
    HungUp,
    Input,
    MessageEnded,
    Moment,
    Presence,
    Rang,
    RecordedDay,
    Started,
    TakenBack,
    TakenUp,
    TimePassed,
    WrappedUp,
)
from kwabo.domain.what_ifs.recorded_waits import waits_of_call

_ORDER: Final = (
    Started,
    Rang,
    Answered,
    Connected,
    MessageEnded,
    HungUp,
    TakenBack,
    WrappedUp,
    Presence,
    HandedOver,
    TakenUp,
    TimePassed,
)
_MICROSECOND: Final = timedelta(microseconds=1)


def inputs_of(day: RecordedDay) -> list[Input]:
    """Everything that came from outside, in its order."""
    places = _Places(day.steps)
    mine = {call.attempt_id for call in day.calls}
    found: list[tuple[datetime, int, int, int, Input]] = []

    def add(position: int, one: Input) -> None:
        rank = _ORDER.index(type(one))
        found.append((one.at, position, rank, len(found), one))

    left = _left_early(day)
    for call in day.calls:
        for position, one in _inputs_of_call(call, places, left.get(call.attempt_id)):
            add(position, one)
    for status, at in _placed_in_day(day):
        add(status.position, _presence(status, at, mine, places))
    found.sort(key=lambda entry: entry[:4])
    return [entry[4] for entry in found]


def moments_of(inputs: Sequence[Input]) -> list[Moment]:
    """Inputs in their order, step by step."""
    return [Moment(at=at, inputs=tuple(of_step)) for at, of_step in groupby(inputs, _at)]


def _at(one: Input) -> datetime:
    return one.at


def _placed_in_day(day: RecordedDay) -> Iterator[tuple[RecordedStatus, datetime]]:
    """Statuses with their instants; what agents were before the day, right before it, in order."""
    before = sum(1 for status in day.statuses if status.at < day.begin)
    for status in day.statuses:
        if status.at < day.begin:
            yield status, day.begin - before * _MICROSECOND
            before -= 1
        else:
            yield status, status.at


class _Places:
    """Where the floor's events tell of an attempt."""

    def __init__(self, steps: Sequence[RecordedStep]) -> None:
        self._steps: dict[UUID, list[RecordedStep]] = {}
        for step in steps:
            self._steps.setdefault(step.attempt_id, []).append(step)

    def first(self, attempt_id: UUID, at: datetime, kind: str | None = None) -> int:
        """The position of the event of this instant, of this kind if there is one; 0: none."""
        here = [step for step in self._steps.get(attempt_id, ()) if step.at == at]
        of_kind = [step for step in here if step.kind == kind] or here
        return of_kind[0].position if of_kind else 0

    def dialled_for(self, attempt_id: UUID, at: datetime) -> UUID | None:
        """The agent who was held for the call when it was started."""
        for step in self._steps.get(attempt_id, ()):
            if step.at == at and step.kind == "attempt.dialling":
                return step.agent_user_id
        return None

    def agent_at(self, attempt_id: UUID, at: datetime) -> UUID | None:
        """The agent whose call it was after the step of this instant."""
        last = None
        for step in self._steps.get(attempt_id, ()):
            if step.at > at:
                break
            last = step.agent_user_id
        return last

    def of(self, attempt_id: UUID) -> Sequence[RecordedStep]:
        """All events of an attempt, in their order."""
        return self._steps.get(attempt_id, ())


def _left_early(day: RecordedDay) -> Mapping[UUID, datetime]:
    """Transferred calls → when their agent began the after-call work."""
    transferred = {call.attempt_id for call in day.calls if call.transferred}
    left: dict[UUID, datetime] = {}
    for status in day.statuses:
        if status.attempt_id in transferred and status.status == AgentStatus.AFTER_CALL:
            left.setdefault(status.attempt_id, status.at)
    return left


# Results of calls that the dialler ended, or did not make: no event of the switch tells of them.
_OURS: Final = frozenset({Result.CANCELLED, Result.UNKNOWN, Result.SKIPPED})


def _inputs_of_call(
    call: PastCall, places: _Places, left_at: datetime | None
) -> list[tuple[int, Input]]:
    attempt_id = call.attempt_id
    start = Started(
        at=call.dialling_at,
        attempt_id=attempt_id,
        user_id=places.dialled_for(attempt_id, call.dialling_at),
    )
    found: list[tuple[int, Input]] = [
        (places.first(attempt_id, call.dialling_at, "attempt.dialling"), start)
    ]
    if call.ringing_at is not None:
        place = places.first(attempt_id, call.ringing_at, "attempt.ringing")
        found.append((place, Rang(at=call.ringing_at, attempt_id=attempt_id)))
    if call.answered_at is not None:
        machine = call.result == Result.MACHINE
        answer = Answered(at=call.answered_at, attempt_id=attempt_id, machine=machine)
        found.append((places.first(attempt_id, call.answered_at), answer))
        if machine:
            return found  # the floor itself ends it
    if call.connected_at is not None:
        place = places.first(attempt_id, call.connected_at, "attempt.connected")
        found.append((place, Connected(at=call.connected_at, attempt_id=attempt_id)))
    steps = places.of(attempt_id)
    found += [(wait.ends.position, TimePassed(at=wait.ends.at)) for wait in waits_of_call(steps)]
    found += [
        (step.position, TakenUp(at=step.at, attempt_id=attempt_id)) for step in _taken_up(steps)
    ]
    found += [
        (step.position, HandedOver(at=step.at, attempt_id=attempt_id, user_id=step.agent_user_id))
        for step in steps
        if step.kind == "attempt.handed_over" and step.agent_user_id is not None
    ]
    end = _end_of_call(call, left_at)
    found.append((places.first(attempt_id, end.at, "attempt.closed"), end))
    if call.wrapped_up_at is not None:
        wrapped = WrappedUp(at=call.wrapped_up_at, attempt_id=attempt_id, machine=call.machine)
        place = places.first(attempt_id, call.wrapped_up_at, "attempt.wrapped_up")
        found.append((place, wrapped))
    return found


_SEEN_AFTER: Final = frozenset({"attempt.agent_lost", "attempt.waiting", "attempt.agent_joined"})


def _taken_up(steps: Sequence[RecordedStep]) -> Iterator[RecordedStep]:
    """The first sign after each change of owner that the new one sees after the person."""
    unseen = False
    for step in steps:
        if step.kind == "attempt.adopted":
            unseen = True
        elif unseen and step.kind in _SEEN_AFTER:
            unseen = False
            yield step


def _end_of_call(call: PastCall, left_at: datetime | None) -> Input:
    attempt_id = call.attempt_id
    if call.answered_at is not None and call.abandoned and call.hung_up_by == "system":
        return MessageEnded(at=call.closed_at, attempt_id=attempt_id)
    never_made = call.result == Result.FAILED and call.cause is None and call.sip_code is None
    if call.answered_at is None and (call.result in _OURS or never_made):
        return TakenBack(
            at=call.closed_at,
            attempt_id=attempt_id,
            result=call.result,
            hung_up_by=call.hung_up_by,
        )
    return HungUp(
        at=left_at or call.closed_at,
        attempt_id=attempt_id,
        cause=call.cause,
        sip_code=call.sip_code,
    )


_AWAY: Final = {
    AgentStatus.SIGNED_OUT: Here.GONE,
    AgentStatus.CONNECTING: Here.CONNECTING,
    AgentStatus.PAUSED: Here.PAUSED,
    AgentStatus.PREVIEWING: Here.PAUSED,
    AgentStatus.ALERTING: Here.PAUSED,
    AgentStatus.LOST: Here.LOST,
}


def _presence(status: RecordedStatus, at: datetime, mine: set[UUID], places: _Places) -> Presence:
    here = _AWAY.get(AgentStatus(status.status), Here.AT_WORK)
    if here == Here.AT_WORK:
        attempt_id = status.attempt_id
        elsewhere = attempt_id is not None and (
            attempt_id not in mine or places.agent_at(attempt_id, status.at) != status.user_id
        )
        if elsewhere or not status.in_queue:
            here = Here.PAUSED
    return Presence(
        at=at,
        user_id=status.user_id,
        here=here,
        pause_after=status.pause_after,
        adopted=status.adopted,
    )
