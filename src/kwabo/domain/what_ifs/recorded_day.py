"""A recorded day: what was kept of it, what came from outside, and what it came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
class TakenUp:
    """A new owner of the floor, having asked the switch, saw after an answered call."""

    at: datetime
    attempt_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """The conversation, and the work after it, went to another agent."""

    at: datetime
    attempt_id: UUID
    user_id: UUID  # who has it from now on


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
    adopted: bool  # a new owner has taken the floor: it does not know how long the agent was ready


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePassed:
    """A timer of the floor had run out at this instant: a person had waited for long enough."""

    at: datetime


Input = (
    Started
    | Rang
    | Answered
    | Connected
    | MessageEnded
    | HungUp
    | TakenBack
    | TakenUp
    | HandedOver
    | WrappedUp
    | Presence
    | TimePassed
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What one step of the floor took in."""

    at: datetime
    inputs: Sequence[Input]  # in their order

    @property
    def timers_ran_out(self) -> bool:
        """Whether the floor did something of itself."""
        return any(isinstance(one, TimePassed) for one in self.inputs)

    @property
    def has_new_owner(self) -> bool:
        """Whether another engine, or the same one started again, took the floor."""
        return any(isinstance(one, Presence) and one.adopted for one in self.inputs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """How long the floor of the day let people wait, as far as the day shows."""

    for_nobody: float | None  # seconds from an answer to the message; None: nobody waited that long
    for_lost_agent: float | None  # seconds for which an agent might come back to a conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one call."""

    result: str  # see domain.interactions.attempt; open: it never ended
    answered: bool
    connected: bool  # person and agent were together
    abandoned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a day came to."""

    results: Mapping[str, int]
    live_answers: int  # persons who answered
    conversations: int
    abandoned: int

    @classmethod
    def of(cls, fates: Iterable[Fate]) -> Counts:
        """From what became of each call."""
        calls = list(fates)
        persons = [call for call in calls if call.result == Result.PERSON]
        return cls(
            results=dict(sorted(Counter(call.result for call in calls).items())),
            live_answers=sum(1 for call in persons if call.answered),
            conversations=sum(1 for call in calls if call.connected),
            abandoned=sum(1 for call in persons if call.abandoned),
        )


def recorded_fates(day: RecordedDay) -> dict[UUID, Fate]:
    """What became of each call when the day was lived, in the order of their starts."""
    return {
        call.attempt_id: Fate(
            result=call.result,
            answered=call.answered_at is not None,
            connected=call.connected_at is not None,
            abandoned=call.abandoned,
        )
        for call in sorted(day.calls, key=lambda call: (call.dialling_at, call.attempt_id))
    }
