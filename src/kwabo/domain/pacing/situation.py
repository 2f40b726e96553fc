"""What pacing knows at an instant, and what it answers: the types that every mode shares.

`plan` functions are pure: the same situation gives the same plan. Ages and durations are seconds;
probabilities and rates lie between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

from kwabo.domain.pacing.forecast import Outlook
from kwabo.kernel.records import quickly_made


class Mode(StrEnum):
    """How many calls a campaign starts for its agents (OUT-7 to OUT-9)."""

    PROGRESSIVE = "progressive"  # one for each agent who can take it
    POWER = "power"  # a fixed number for each agent who can take it
    PREDICTIVE = "predictive"  # as many as keep the abandon rate within its target


class Reason(StrEnum):
    """Why a plan starts as many calls as it does; a page tells it in words with the figures."""

    ENOUGH = "ENOUGH"  # one more call would risk more than the target allows
    DIALLING = "DIALLING"  # calls are started
    LEARNING = "LEARNING"  # too little is known yet: one call for each agent
    BUDGET_SPENT = "BUDGET_SPENT"  # abandons are at the target or the stop: one call for each agent
    NO_ROOM = "NO_ROOM"  # lines or calls per second allow no more
    CEILING = "CEILING"  # the campaign's most calls for each agent are out
    NO_AGENTS = "NO_AGENTS"  # nobody can take a call now or soon
    CALLERS_WAIT = "CALLERS_WAIT"  # answered people wait: they come first
    TURN_OF_OTHERS = "TURN_OF_OTHERS"  # the team's other campaigns start what its agents can bear


class CallInAir(NamedTuple):
    """A call that was started and has reached nobody yet."""

    age: float  # since the switch was asked
    odds: float = 1.0  # how much likelier its answer is than the campaign's average
    own: bool = True  # False: of another campaign that shares the agents


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts of the law's window that end now (reliability facts: 16 CFR 310.4(b)(4); Ofcom)."""

    live: int = 0  # calls that a person answered, abandoned ones and unknown ends included
    abandoned: int = 0  # of these, those that no agent took in time, and unknown ends
    dialled: int = 0  # all calls
    machines: int = 0  # calls that call analysis ended as machines
    window_seconds: float = 86_400.0
    covered_seconds: float = 0.0  # how much of the window the campaign has been dialling


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What people set, and what the law asks."""

    target: float = 0.03  # highest abandon rate
    calls_per_agent: float = 1.0  # power: the ratio; predictive: the ceiling (0: none)
    connect_within: float = 2.0  # seconds from the answer until an agent must have the call
    no_answer_timeout: float = 30.0  # seconds after which a call is given up
    analysis: bool = False  # call analysis listens to answered calls first
    persons_taken_for_machines: float = 0.02  # share of persons whom call analysis loses
    keep_ready: int = 0  # agents kept free for callers from outside
    stopped: bool = False  # the law's stop is reached: one call for each free agent, no more


class Curves(Protocol):
    """What a campaign has learnt, as predictive pacing asks for it (see `learning`)."""

    @property
    def answers_seen(self) -> float: ...

    @property
    def talks_seen(self) -> float: ...

    def watch(self, calls: Sequence[CallInAir]) -> None:
        """Count what is in the air as observed so far."""
        ...

    def outlook(self, situation: Situation) -> Outlook:
        """What the next seconds bring; watches too.

        What is still open in the situation (calls, conversations, after-call work) counts as
        observed so far: without it, the quick ends would be seen first and believed.
        """
        ...


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One campaign at one instant."""

    mode: Mode
    limits: Limits
    tally: Tally
    ready: int  # agents who can take a call of this campaign now
    waiting: int = 0  # people who have answered and whom no agent has taken yet
    talking: Sequence[float] = ()  # ages of conversations whose agents stay; others are left out
    after_call: Sequence[float] = ()  # ages of after-call work whose agents stay
    after_call_limit: float = 60.0  # after-call work is ended by the program then
    in_air: Sequence[CallInAir] = ()  # every call that may need one of these agents
    analysing: Sequence[float] = ()  # ages since the answer of calls that call analysis listens to
    room: int  # calls that lines and calls per second allow to start now
    upcoming: Sequence[float] = ()  # odds of the next contacts, first one first; 1.0 where unknown
    inbound_per_second: float = 0.0  # callers from outside who will need one of these agents
    curves: Curves | None = None  # None: nothing is known
    shared_risk: float = float("inf")  # what campaigns on the same agents can all afford


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the decision rests on, for people and for reports."""

    ready: int = 0
    waiting: int = 0
    in_air: int = 0
    answers_expected: float = 0.0  # of the calls in the air
    free_soon: float = 0.0  # busy agents expected to be free within `horizon`
    horizon: float = 0.0  # seconds: when the next call would be answered, typically
    risk: float = 0.0  # chance that the next call's answer would find no agent
    risk_allowed: float = 0.0
    own_risk: float = 0.0  # what the campaign's own budget allows, whatever others can afford
    answer_rate: float = 0.0  # share of calls that a person answers, as learnt
    budget: float = 0.0  # abandons that the window still allows
    rate: float = 0.0  # abandoned / live: the law's denominator, lost persons included
    rate_of_all: float = 0.0  # abandoned / all calls
    pace: float = 0.0  # calls in the air for each agent who is free or soon will be


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How many calls to start now, and why."""

    dials: int
    reason: Reason
    most: int = 0  # calls that lines and the ceiling allow, where a risk decides about fewer
    figures: Figures = field(default_factory=Figures)
