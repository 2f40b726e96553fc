"""What a scenario is made of: people who are called, agents, and what happens during the day.

Times and durations are seconds of the simulated day, shares and rates lie between 0 and 1. All
values are plain data, so that a scenario can be sent to another process and told in a table.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class AnswerRate(Protocol):
    """Share of calls that a person would answer, at a moment of the day."""

    def at(self, now: float) -> float: ...


@dataclass(frozen=True, slots=True)
class Steady:
    """The same all day."""

    share: float

    def at(self, now: float) -> float:
        return self.share


@dataclass(frozen=True, slots=True)
class Sine:
    """Rises and falls between `low` and `high`, from the middle upwards, once in `period`."""

    low: float
    high: float
    period: float

    def at(self, now: float) -> float:
        middle = (self.low + self.high) / 2
        return middle + (self.high - self.low) / 2 * math.sin(2 * math.pi * now / self.period)


@dataclass(frozen=True, slots=True)
class Steps:
    """Jumps: `shares[n]` from `starts[n]` on; the first start is 0."""

    starts: tuple[float, ...]
    shares: tuple[float, ...]

    def at(self, now: float) -> float:
        return self.shares[bisect_right(self.starts, now) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRange:
    """Numbers that begin alike; `factor` multiplies the campaign's answer rate."""

    name: str
    share: float
    factor: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CallingList:
    """The people of one campaign, and how its calls end."""

    answers: AnswerRate
    machines: float = 0.0  # share of calls that a machine answers
    busy: float = 0.12  # share of calls that are busy or invalid
    set_up: tuple[float, float] = (1.5, 4.0)  # uniform: until it rings, or is refused
    ring_median: float = 7.5  # lognormal: from ringing to the answer
    ring_sigma: float = 0.55
    no_answer_limit: float = 25.0  # of ringing; then the dialler gives up
    patience: float = 0.0  # mean of an exponential: people without an agent hang up (0: never)
    ranges: tuple[NumberRange, ...] = (NumberRange(name="all", share=1.0),)
    priority: int = 3
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Talking:
    """How long agents are busy: lognormal; agents differ by a lognormal factor of their own."""

    mean: float = 150.0
    cv: float = 0.9
    agents_sigma: float = 0.15
    short_share: float = 0.0  # share of conversations that are short instead
    short_mean: float = 15.0
    machine_mean: float = 10.0  # an agent who got a machine ends the call
    after_call_mean: float = 20.0
    after_call_cv: float = 0.6
    after_call_limit: float = 60.0  # the program ends after-call work then


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Call analysis: normal delay from the answer, and how often it errs."""

    delay: float = 2.2
    delay_sigma: float = 0.6
    lost: float = 0.02  # persons taken for machines
    passed: float = 0.10  # machines taken for persons


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """Callers from outside: Poisson arrivals, lognormal handling; agents take them first."""

    per_second: float
    mean: float = 180.0
    cv: float = 0.9
    patience: float = 180.0  # mean of an exponential
    own_agents: int = 0  # a fixed split: these take callers only, the others none (0: blended)


class Act(StrEnum):
    """What may happen during the day."""

    LEAVE = "leave"  # agents first…last go when their conversation is over, for `seconds`
    TRUNK_DEAD = "trunk_dead"  # every call fails at once, for `seconds`
    DETECTOR = "detector"  # call analysis errs from now on: `lost`, `passed`
    RESTART = "restart"  # the program is away for `seconds`; `kept`: it knows what it had learnt


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One of them."""

    at: float
    act: Act
    seconds: float = math.inf
    first: int = 0
    last: int = 0
    lost: float = 0.0
    passed: float = 0.0
    kept: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A day on one floor."""

    name: str
    group: str
    about: str
    agents: int
    lists: tuple[CallingList, ...]
    hours: float = 8.0  # length of the day
    short_hours: float = 0.0  # length in the default run, where a whole day takes long (0: hours)
    most_days: int = 0  # in the default run, where they take long (0: as many as asked for)
    day_before: float = 0.0  # hours of a day before it, not counted; what was learnt is kept
    bounded: bool = False  # oracles run in it by default
    talking: Talking = Talking()
    analysis: Analysis | None = None
    inbound: Inbound | None = None
    keep_ready: int = 0  # agents kept free for callers from outside
    lines: int = 1_000_000
    calls_per_second: float = 1_000_000.0
    grace: float = 2.0  # from the answer, or from the analysis' verdict, until abandoned
    target: float = 0.03
    happenings: tuple[Happening, ...] = ()
    breaks_per_hour: float = 0.0  # each agent asks for a break at random moments
    break_seconds: float = 480.0
