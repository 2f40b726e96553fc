"""Who waits, who is free, and what a queue says: the matching's inputs.

Moments are whole milliseconds on one steady clock, so that they can be compared and added exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final
from uuid import UUID

from kwabo.domain.routing.skills import Need, Skill

MOST_RINGS: Final = 6


class Medium(StrEnum):
    """By what a conversation is had."""

    VOICE = "voice"
    MESSAGE = "message"
    EMAIL = "email"
    WORK_ITEM = "work_item"


class Evaluation(StrEnum):
    """What skills mean in a queue."""

    NONE = "none"  # needs are not looked at
    ALL = "all"  # every need is met; the longest idle agent comes first
    BEST = "best"  # every need is met; the agent with the highest levels comes first


class LastAgent(StrEnum):
    """Whether a caller's last agent comes first."""

    DISABLED = "disabled"
    QUEUE_MEMBERS = "queue_members"
    ANY_AGENT = "any_agent"  # also one who is not in the queue


class OverflowWhen(StrEnum):
    """When a call goes to another queue."""

    WAIT = "wait"  # it has waited here for so long
    NO_AGENTS = "no_agents"  # nobody who is signed in serves the queue, after so long
    EXPECTED_WAIT = "expected_wait"  # on arrival: it would wait for so long


class Ending(StrEnum):
    """What becomes of a call that may not wait (any longer)."""

    CALLBACK = "callback"
    VOICEMAIL = "voicemail"
    MESSAGE = "message"  # it is played, then the call ends


@dataclass(frozen=True, slots=True)
class Ring:
    """A bullseye ring. Calls begin in the first; each next one adds its agents."""

    seconds: int  # a call is in this ring for so long, then the next one opens
    drops: frozenset[Skill] = frozenset()  # not asked for in this ring and further out


@dataclass(frozen=True, slots=True)
class OverflowRule:
    """A way to another queue. The first that holds is taken; no queue is visited twice."""

    when: OverflowWhen
    seconds: int
    to_queue_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueTerms:
    """How a queue finds agents for its calls."""

    queue_id: UUID
    evaluation: Evaluation = Evaluation.ALL
    rings: tuple[Ring, ...] = (Ring(seconds=0),)  # 1 to 6; the last one's seconds say nothing
    priority: int = 0
    segment_priorities: Mapping[str, int] = field(default_factory=dict)
    ageing_seconds: int = 60  # a point of priority for every so many seconds of waiting; 0: never
    preferred_wait_seconds: int = 5
    last_agent: LastAgent = LastAgent.DISABLED
    last_agent_wait_seconds: int = 5
    overflow: tuple[OverflowRule, ...] = ()
    max_waiting: int | None = None
    when_full: Ending = Ending.MESSAGE
    max_wait_seconds: int | None = None
    when_too_long: Ending = Ending.CALLBACK


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCall:
    """A call (or message …) that wants an agent of a queue.

    `preferred` and `last_agent` name only agents who are signed in: for others nobody should wait.
    """

    call_id: UUID
    queue_id: UUID
    waiting_since: int  # ms; since when it waits in all, whatever queues it has been in
    queued_at: int  # ms; since when it waits in this queue
    priority: int = 0
    segment: str | None = None
    needs: tuple[Need, ...] = ()
    medium: Medium = Medium.VOICE
    preferred: tuple[UUID, ...] = ()  # the most wanted first
    last_agent: UUID | None = None
    refused_by: frozenset[UUID] = frozenset()  # agents who were asked and did not take it
    been_in: frozenset[UUID] = frozenset()  # queues it overflowed from
    on_the_line: bool = True  # else its caller is called back: it does not move, however long


@dataclass(frozen=True, slots=True)
class Membership:
    """An agent's place in a queue."""

    ring: int = 1  # from which ring on the agent is asked
    rank: int = 1  # 1 is asked first


_ONE_CALL: Final[Mapping[Medium, int]] = {Medium.VOICE: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeAgent:
    """An agent who may be given something now."""

    user_id: UUID
    idle_since: int  # ms
    queues: Mapping[UUID, Membership]
    skills: Mapping[Skill, int] = field(default_factory=dict)
    capacity: Mapping[Medium, int] = field(default_factory=lambda: _ONE_CALL)
    load: Mapping[Medium, int] = field(default_factory=dict)
    interrupts: Mapping[Medium, frozenset[Medium]] = field(default_factory=dict)
    # medium at work → media that may be given beside it

    def has_room(self, medium: Medium) -> bool:
        """Never two voice calls, whatever the capacity says."""
        load = self.load
        if not load:
            return self.capacity.get(medium, 0) > 0
        most = self.capacity.get(medium, 0)
        if load.get(medium, 0) >= (min(most, 1) if medium is Medium.VOICE else most):
            return False
        return all(
            other is medium or not count or medium in self.interrupts.get(other, ())
            for other, count in load.items()
        )

    def taking(self, medium: Medium) -> FreeAgent:
        """The agent with one more conversation."""
        return replace(self, load={**self.load, medium: self.load.get(medium, 0) + 1})

    def is_full(self) -> bool:
        """Nothing more can be given."""
        return not any(self.has_room(medium) for medium in self.capacity)
