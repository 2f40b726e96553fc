"""What called numbers do, and the far end's own record of the calls that reached it.

The record is the judge in tests: it knows only what arrived, never what the dialler believes.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from kwabo.kernel.records import quickly_made


class BehaviourKind(StrEnum):
    """What becomes of a call to a number."""

    PERSON = "person"
    MACHINE = "machine"  # voicemail: greeting, then a beep
    FAX = "fax"
    HANGS_UP_ON_ANSWER = "hangs_up_on_answer"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    REJECTED = "rejected"
    INVALID = "invalid"
    CONGESTION = "congestion"
    DEAD_TRUNK = "dead_trunk"  # the carrier does not answer at all


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """One call's course. Seconds count from the event before."""

    kind: BehaviourKind = BehaviourKind.PERSON
    rings_after_seconds: float = 0.5  # from the INVITE to the alert, or to the final answer
    answers_after_seconds: float = 4.0  # from the alert
    talks_seconds: float | None = 30.0  # from being connected to somebody; None: never hangs up
    patience_seconds: float | None = 20.0  # from the answer, while connected to nobody
    presses: tuple[tuple[float, str], ...] = ()  # seconds from the answer, key
    analysis: str | None = None  # what call analysis says; None: what is true
    analysis_seconds: float = 1.5  # how long call analysis listens
    greeting_seconds: float = 6.0  # of a machine, from the answer to the end of its beep
    early_tone: str | None = None  # the network sends this before its refusal


# Q.850 cause and final SIP answer of the calls that nobody takes.
REFUSALS: Mapping[BehaviourKind, tuple[int, int]] = {
    BehaviourKind.BUSY: (17, 486),
    BehaviourKind.REJECTED: (21, 603),
    BehaviourKind.INVALID: (1, 404),
    BehaviourKind.CONGESTION: (34, 503),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody who calls in (`SimulatedNode.call_in`)."""

    number: str  # called, as the trunk sends it
    caller: str = ""  # as the trunk sends it; '' when withheld
    caller_name: str = ""
    trunk_endpoint: str = "trunk-lab"
    presses: tuple[tuple[float, str], ...] = ()  # seconds from the answer, key
    rings_seconds: float | None = 60.0  # patience until the answer; None: for ever
    patience_seconds: float | None = 60.0  # from the answer until being connected to somebody
    talks_seconds: float | None = 30.0  # from being connected to somebody; None: never hangs up
    stays_seconds: float | None = None  # from the answer to hanging up, whatever happens
    speaks_seconds: float = 3.0  # to whoever records, before the silence


@dataclass(slots=True, kw_only=True)
class FarEndCall:
    """One INVITE as the far end saw it, or, of a call that came in, as it sent it."""

    at: datetime
    number: str
    caller_id: str
    headers: Mapping[str, str]
    behaviour: BehaviourKind
    channel_id: str
    trunk_endpoint: str
    rang_at: datetime | None = None  # a caller heard it ring
    answered_at: datetime | None = None
    connected_at: datetime | None = None  # first heard somebody
    heard: tuple[tuple[datetime, str], ...] = ()  # when what began to play to it
    identified_at: datetime | None = None  # heard the identification message: nobody took the call
    ended_at: datetime | None = None
    cause: int | None = None  # Q.850, of the end
    digits: str = ""  # keys received


class FarEnd(Protocol):
    """Decides what a call to a number does."""

    def behaviour(self, number: str) -> Behaviour:
        """The course of the next call to this number."""
        ...


@dataclass(frozen=True, slots=True)
class Table:
    """Behaviours by number; the rest do the same thing."""

    numbers: Mapping[str, Behaviour] = field(default_factory=dict)
    otherwise: Behaviour = field(default_factory=Behaviour)

    def behaviour(self, number: str) -> Behaviour:
        return self.numbers.get(number, self.otherwise)


Draw = Callable[[random.Random], Behaviour]


def draw_ordinary(source: random.Random) -> Behaviour:
    """A consumer list on a weekday: of 100 calls some 30 meet a person and 25 a machine."""
    kinds = {
        BehaviourKind.PERSON: 30,
        BehaviourKind.MACHINE: 25,
        BehaviourKind.NO_ANSWER: 28,
        BehaviourKind.BUSY: 5,
        BehaviourKind.INVALID: 6,
        BehaviourKind.REJECTED: 3,
        BehaviourKind.CONGESTION: 1,
        BehaviourKind.HANGS_UP_ON_ANSWER: 2,
    }
    kind = source.choices(list(kinds), list(kinds.values()))[0]
    machine = kind is BehaviourKind.MACHINE
    return Behaviour(
        kind=kind,
        rings_after_seconds=source.uniform(0.3, 3.0),
        answers_after_seconds=source.uniform(12, 22) if machine else source.gammavariate(3.0, 3.0),
        talks_seconds=source.uniform(20, 40) if machine else source.lognormvariate(4.2, 0.7),
        patience_seconds=None if machine else source.uniform(2, 8),
        analysis_seconds=source.uniform(0.8, 3.5),
    )


class Population:
    """Numbers that each behave by their own seeded draws: the n-th call to a number is always the
    same, whatever was dialled before it."""

    def __init__(self, seed: int, draw: Draw = draw_ordinary) -> None:
        self._seed = seed
        self._draw = draw
        self._calls: dict[str, int] = {}

    def behaviour(self, number: str) -> Behaviour:
        nth = self._calls[number] = self._calls.get(number, 0) + 1
        return self._draw(random.Random(f"{self._seed}:{number}:{nth}"))  # noqa: S311 (a simulation)
