"""The same queue on the whole floor: a simulated day of callers, by the product's own engine.

What the product adds to a formula's call is set to nothing: callers reach the queue at once, their
agent is joined at once (no agent is asked first), after-call work takes no time, agents are all
alike, sign in together and take no breaks, and nobody is told anything while waiting. Talk, the
time between callers and patience (from the answer, which is when a caller enters the queue) are
exponential, to the millisecond.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from kwabo.domain.reporting.queue_figures import QueueOutcome
from kwabo.simulation import Scenario, scenario_of, simulate
from kwabo.simulation.world import World, begin_of
from routing_bench.erlang import Load
from routing_bench.measured import Course, course_of

WARM_UP: Final = 0.2  # of the day, left out
READY: Final = 0.7  # seconds from the begin until agents have signed in, and are ready
LEAVING: Final = 7  # times a call's length, before the end: whoever comes then is left out
_DAY_SECONDS: Final = 86_399
_ENDLESS_SECONDS: Final = 80_000


def day_of(load: Load, *, calls: int) -> Scenario:
    """A day in which about so many call. Raises ValueError: they do not come in one day."""
    seconds = round(calls * 3600 / load.calls_per_hour) + _leaving(load)
    if seconds > _DAY_SECONDS:
        raise ValueError("so many calls do not come within a day")
    patience: dict[str, Any] = {"shape": "constant", "seconds": _ENDLESS_SECONDS}
    if load.patience_seconds is not None:
        patience = {"shape": "exponential", "mean": load.patience_seconds}
    team = {"name": "team", "agents": load.agents, "pace_spread": 0, "log_in_spread_seconds": 0}
    hours = {"begins": "00:00", "ends": str(timedelta(seconds=seconds)).rjust(8, "0")}
    callers = {
        "queue": "calls",
        "rates": [{"calls_per_hour": load.calls_per_hour}],
        "talk": {"shape": "exponential", "mean": load.handling_seconds},
        "after_call": 0,
        "patience": patience,
    }
    document = {
        "name": "one queue",
        **hours,
        "teams": [{**team, **hours}],
        "trunks": [{"lines": 10_000}],
        "queues": [{"name": "calls", "members": [{"team": "team"}], "announce": "none"}],
        "inbound": [callers],
    }
    return scenario_of(document, Path())


@dataclass(frozen=True, slots=True)
class Caller:
    """One of a day: when they came, as drawn, and how long they waited on the floor. Seconds."""

    came: float
    talk: float
    patience: float
    waited: float
    gave_up: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was played: who came, in their order, before agents began to leave."""

    callers: Sequence[Caller]
    seconds: float
    agents_busy: Sequence[float]  # minute by minute


def played(load: Load, *, calls: int, seed: int) -> Day:
    """A day through the floor."""
    scenario = day_of(load, calls=calls)
    worlds: list[World] = []
    outcome = simulate(scenario, seed, prepare=worlds.append)
    data, drawn, begin = worlds[0].data, worlds[0].callers, begin_of(scenario)
    end = begin + timedelta(seconds=outcome.seconds)
    callers = []
    for stay in data.queue_stays:
        caller = drawn[data.attempts[stay.attempt_id].row.channel_id]
        waited = (stay.left_at or end) - stay.entered_at
        callers.append(
            Caller(
                came=(stay.entered_at - begin).total_seconds(),
                talk=caller.talk,
                patience=caller.patience,
                waited=waited.total_seconds(),
                gave_up=stay.outcome == QueueOutcome.ABANDONED,
            )
        )
    seconds = scenario.ends - scenario.begins - _leaving(load)
    callers = sorted((one for one in callers if one.came < seconds), key=lambda one: one.came)
    return Day(callers, seconds, outcome.series.agents["inbound"][: int(seconds // 60)])


def textbook(callers: Sequence[Caller], agents: int) -> list[float]:
    """How long each would have waited in a queue that serves in turn: a few lines, no product.

    Agents are there when those of the floor are: who calls in the first moment waits for them.
    """
    free = [READY] * agents  # when each agent is free again
    waits = []
    for caller in callers:
        waits.append(min(max(0.0, free[0] - caller.came), caller.patience))
        if waits[-1] < caller.patience:
            heapq.heapreplace(free, caller.came + waits[-1] + caller.talk)
    return waits


def furthest(day: Day, agents: int) -> float:
    """The largest difference of a caller's wait from the textbook's, in seconds."""
    waits = textbook(day.callers, agents)
    return max(abs(wait - caller.waited) for wait, caller in zip(waits, day.callers, strict=True))


def course(load: Load, day: Day) -> Course:
    """The day's figures; its first fifth is left out."""
    kept = [caller for caller in day.callers if caller.came >= WARM_UP * day.seconds]
    busy = day.agents_busy[int(WARM_UP * day.seconds // 60) :]
    return course_of(
        load,
        [caller.waited for caller in kept],
        [caller.gave_up for caller in kept],
        occupancy=sum(busy) / len(busy) / load.agents,
    )


def _leaving(load: Load) -> int:
    return round(LEAVING * load.handling_seconds)
