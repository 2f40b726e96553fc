"""A recorded day: what was kept of it, what came from outside, and what it came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kwabo.domain.interactions.attempt import Result
from kwabo.domain.what_ifs.history import PastCall, RecordedStatus, RecordedStep


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedDay:
    """What was kept of a campaign's day."""

    begin: datetime
    calls: Sequence[PastCall]  # dialled on the day
    statuses: Sequence[RecordedStatus]  # of the floor's agents, the last one before the day too
    steps: Sequence[RecordedStep]  # of the floor's attempts


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A call was started, for the agent who was held for it or for nobody in particular."""

    at: datetime
    attempt_id: UUID
    user_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rang:
    """The far end was alerted."""

    at: datetime
    attempt_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Somebody, or a machine as call analysis said, had answered."""

    at: datetime
    attempt_id: UUID
    machine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """Customer and agent were together in the switch's bridge."""

    at: datetime
    attempt_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEnded:
    """The message for a person whom no agent could take was over."""

    at: datetime
    attempt_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class HungUp:
    """The call was gone from the switch."""

    at: datetime
    attempt_id: UUID
    cause: int | None
    sip_code: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """The call was ended from the dialler's side before anybody answered, or was never made."""

    at: datetime
    attempt_id: UUID
    result: str
    hung_up_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrappedUp:
    """The agent's work after the call was over."""

    at: datetime
    attempt_id: UUID
    machine: bool


class Here(StrEnum):
    """Whether an agent is there for the campaign."""

    GONE = "gone"
    CONNECTING = "connecting"
    PAUSED = "paused"  # or busy with other things than the campaign
    AT_WORK = "at_work"  # ready, or with a call of the campaign
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """What an agent was, as far as it came from outside."""

    at: datetime
    user_id: UUID
    here: Here
    pause_after: bool
    adopted: bool  # a new owner of the floor does not know how long the agent has been ready
    served: bool  # the step ended with the agent on a call: what was asked later was another step's


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePassed:
    """The floor did something at this instant without being told anything."""

    at: datetime


Input = (
    Started
    | Rang
    | Answered
    | Connected
    | MessageEnded
    | HungUp
    | TakenBack
    | WrappedUp
    | Presence
    | TimePassed
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a day came to, by which the recorded and the replayed one are compared."""

    results: Mapping[str, int]
    live_answers: int  # persons who answered
    conversations: int
    abandoned: int

    @classmethod
    def of(cls, calls: Sequence[tuple[str, bool, bool, bool]]) -> Counts:
        """From each call's result, and whether it was answered, connected, abandoned."""
        persons = [call for call in calls if call[0] == Result.PERSON]
        return cls(
            results=dict(sorted(Counter(call[0] for call in calls).items())),
            live_answers=sum(1 for call in persons if call[1]),
            conversations=sum(1 for call in calls if call[2]),
            abandoned=sum(1 for call in persons if call[3]),
        )


def recorded_counts(day: RecordedDay) -> Counts:
    """What the day came to when it was lived."""
    return Counts.of(
        [
            (
                call.result,
                call.answered_at is not None,
                call.connected_at is not None,
                call.abandoned,
            )
            for call in day.calls
        ]
    )
