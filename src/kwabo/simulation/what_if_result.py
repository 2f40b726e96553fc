"""From simulated days to the result of a what-if: means, and between what nine of ten days lie.

A day that is played again as it was has no spread: it is compared with the record, call by call.

`low` and `high` are the 5 % and 95 % quantiles of the days, between neighbours; with few days they
are hardly more than the least and the most.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final
from uuid import UUID

from kwabo.domain.what_ifs.differences import MOST_DIFFERENCES, Difference, differences
from kwabo.domain.what_ifs.recorded_day import Counts, Fate
from kwabo.simulation.outcome import Outcome, quantile

STEP_MINUTES: Final = 5
WAIT_EDGES: Final = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)  # seconds; the last is open
LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One simulated day."""

    outcome: Outcome
    finished: int  # contacts that are done with at its end
    waits: Sequence[float]  # of every conversation, from the answer to the agent
    line_seconds: float = 0.0  # of all calls, from the dialling to the end
    calling_seconds: float = 0.0  # from the day's begin to its last call's end
    over: bool = False  # every contact is finished


METRICS: Final[Mapping[str, Callable[[Day], float | None]]] = {
    "dialled": lambda day: day.outcome.calls.dialled,
    "answered": lambda day: day.outcome.calls.live_answers,
    "conversations": lambda day: day.outcome.calls.conversations,
    "abandoned": lambda day: day.outcome.calls.abandoned,
    "abandon_rate": lambda day: day.outcome.calls.abandon_rate,
    "abandon_rate_of_all": lambda day: day.outcome.calls.abandon_rate_of_all,
    "utilisation": lambda day: day.outcome.agents.utilisation,
    "wait_p50": lambda day: day.outcome.calls.wait.p50,
    "wait_p95": lambda day: day.outcome.calls.wait.p95,
    "calls_per_agent_hour": lambda day: day.outcome.agents.dialled_per_hour,
    "finished": lambda day: day.finished,
    "lines_used": lambda day: (
        day.line_seconds / day.calling_seconds if day.calling_seconds else None
    ),
    "list_end_seconds": lambda day: day.calling_seconds if day.over else None,
}


Spread = dict[str, float | None]


def summary(days: Sequence[Day]) -> dict[str, Spread]:
    """Every metric, over the days on which there was something to divide by; None without one."""
    found: dict[str, Spread] = {}
    for name, metric in METRICS.items():
        values = [value for value in map(metric, days) if value is not None]
        found[name] = {**_spread(values)} if values else dict.fromkeys(("mean", "low", "high"))
    return found


def _spread(values: Sequence[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {
        "mean": _rounded(math.fsum(ordered) / len(ordered)),
        "low": _rounded(quantile(ordered, LOW)),
        "high": _rounded(quantile(ordered, HIGH)),
    }


def _rounded(value: float) -> float:
    return round(value, 6)


def series(days: Sequence[Day], minutes: int) -> dict[str, Any]:
    """The course of the day, five minutes at a time, over the days."""
    steps = max(1, math.ceil(minutes / STEP_MINUTES))
    bands = {
        "talking": [_steps(day.outcome.series.agents["talking"], steps) for day in days],
        "ready": [
            _steps(_sum(day.outcome.series.agents, ("ready", "reserved")), steps) for day in days
        ],
        "after_call": [_steps(day.outcome.series.agents["after_call"], steps) for day in days],
        "in_air": [_steps(day.outcome.series.in_the_air, steps) for day in days],
        "abandon_rate": [_last_of_steps(day.outcome.series.abandon_rate, steps) for day in days],
    }
    return {
        "minutes": [step * STEP_MINUTES for step in range(steps)],
        **{name: _band(of_days) for name, of_days in bands.items()},
    }


def _sum(series: Mapping[str, Sequence[float]], names: Sequence[str]) -> list[float]:
    return [math.fsum(values) for values in zip(*(series[name] for name in names), strict=True)]


def _steps(values: Sequence[float], steps: int) -> list[float]:
    """Means over each step; 0 behind the end."""
    found = []
    for step in range(steps):
        part = values[step * STEP_MINUTES : (step + 1) * STEP_MINUTES]
        found.append(math.fsum(part) / len(part) if part else 0.0)
    return found


def _last_of_steps(values: Sequence[float | None], steps: int) -> list[float]:
    """The value at the end of each step; the one before where there is none."""
    found, known = [], 0.0
    for step in range(steps):
        for value in values[step * STEP_MINUTES : (step + 1) * STEP_MINUTES]:
            known = value if value is not None else known
        found.append(known)
    return found


def _band(of_days: Sequence[Sequence[float]]) -> dict[str, list[float]]:
    spreads = [_spread(values) for values in zip(*of_days, strict=True)]
    return {name: [spread[name] for spread in spreads] for name in ("mean", "low", "high")}


def waits(days: Sequence[Day]) -> dict[str, list[float] | list[int]]:
    """How many conversations of all days waited how long: `counts` between and behind `edges`."""
    counts = [0] * len(WAIT_EDGES)
    for day in days:
        for wait in day.waits:
            counts[max(index for index, edge in enumerate(WAIT_EDGES) if wait >= edge)] += 1
    return {"edges": list(WAIT_EDGES), "counts": counts}


def compared(recorded: Mapping[UUID, Fate], replayed: Mapping[UUID, Fate]) -> dict[str, Any]:
    """The result of a day that was played again as it was."""
    then, now = Counts.of(recorded.values()), Counts.of(replayed.values())
    found = differences(recorded, replayed)
    return {
        "recorded": dict(then.results),
        "replayed": dict(now.results),
        "abandoned": {"recorded": then.abandoned, "replayed": now.abandoned},
        "live_answers": {"recorded": then.live_answers, "replayed": now.live_answers},
        "conversations": {"recorded": then.conversations, "replayed": now.conversations},
        "exact": not found,
        "differences": [_difference(one) for one in found[:MOST_DIFFERENCES]],
        "settings_changed": [],
    }


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "attempt_id": str(one.attempt_id),
        "why": str(one.why),
        "recorded": asdict(one.recorded),
        "replayed": asdict(one.replayed) if one.replayed is not None else None,
    }
