"""How long people of a recorded day waited until the floor gave up waiting for somebody.

How long a floor lets people wait is a setting of its operator and its release, which a day does not
keep. It shows, though: no wait that ran out was shorter, and none was longer by more than the time
to the floor's next step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.what_ifs.history import RecordedStep
from kwabo.domain.what_ifs.recorded_day import RecordedDay, Waits

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Somebody was waited for until time was up."""

    ends: RecordedStep  # which told that the person was abandoned, or given to another agent
    lost: RecordedStep | None  # which told that the agent was lost; None: there was no agent yet


def waits_of_call(steps: Iterable[RecordedStep]) -> Iterator[Wait]:
    """The waits of a call that ran out, from all its events in their order."""
    lost: RecordedStep | None = None
    for step in steps:
        if step.kind == "attempt.agent_lost":
            lost = step
        elif step.kind == "attempt.abandoned" or (
            lost is not None and step.agent_user_id != lost.agent_user_id
        ):
            yield Wait(ends=step, lost=lost)
            lost = None
        elif step.kind == "attempt.agent_joined":
            lost = None


def waits_of_day(day: RecordedDay) -> Waits:
    """The settings that the day shows."""
    answered = {
        call.attempt_id: call.answered_at for call in day.calls if call.answered_at is not None
    }
    left = {
        (status.user_id, status.at)
        for status in day.statuses
        if status.status == AgentStatus.SIGNED_OUT
    }
    of_calls: dict[UUID, list[RecordedStep]] = {}
    for step in day.steps:
        if step.attempt_id in answered:
            of_calls.setdefault(step.attempt_id, []).append(step)
    for_nobody: list[float] = []
    for_lost_agent: list[float] = []
    for attempt_id, steps in of_calls.items():
        for wait in waits_of_call(steps):
            if wait.lost is None:
                for_nobody.append(_seconds(answered[attempt_id], wait.ends.at))
            elif (wait.lost.agent_user_id, wait.ends.at) not in left:
                for_lost_agent.append(_seconds(wait.lost.at, wait.ends.at))
    return Waits(for_nobody=_least(for_nobody), for_lost_agent=_least(for_lost_agent))


def _seconds(begin: datetime, end: datetime) -> float:
    return (end - begin) / _SECOND


def _least(waits: Sequence[float]) -> float | None:
    return min(waits, default=None)
