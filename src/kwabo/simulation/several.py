"""Several runs of one scenario with different seeds: means, and how sure they are."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kwabo.simulation.outcome import Outcome, QueueOfDay

Day = TypeVar("Day")

# Two-sided 95 % quantiles of Student's t for 1, 2, 3 … degrees of freedom; beyond, the normal's.
_T95 = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
        2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
        2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042)  # fmt: skip
_NORMAL95 = 1.960

FIGURES: dict[str, Callable[[Outcome], float | None]] = {
    "dialled": lambda o: o.calls.dialled,
    "live_answers": lambda o: o.calls.live_answers,
    "conversations": lambda o: o.calls.conversations,
    "abandoned": lambda o: o.calls.abandoned,
    "abandon_rate": lambda o: o.calls.abandon_rate,
    "abandon_rate_of_all": lambda o: o.calls.abandon_rate_of_all,
    "abandon_rate_with_lost": lambda o: o.calls.abandon_rate_with_lost,
    "answer_rate": lambda o: o.calls.answer_rate,
    "wait_p95": lambda o: o.calls.wait.p95,
    "utilisation": lambda o: o.agents.utilisation,
    "occupancy": lambda o: o.agents.occupancy,
    "dialled_per_hour": lambda o: o.agents.dialled_per_hour,
    "conversations_per_hour": lambda o: o.agents.conversations_per_hour,
}

QUEUE_FIGURES: dict[str, Callable[[QueueOfDay], float | None]] = {
    "offered": lambda q: q.offered,
    "answered": lambda q: q.answered,
    "abandoned": lambda q: q.abandoned,
    "left": lambda q: sum(q.left.values()),
    "service_level": lambda q: q.service_level,
    "queue_abandon_rate": lambda q: q.abandon_rate,
    "wait_mean": lambda q: q.wait.mean,
    "wait_p95_queue": lambda q: q.wait.p95,
    "wait_abandoned": lambda q: q.wait_of_abandoned.mean,
}

# Of both, by how they are written.
SHARES = frozenset(
    {
        *("abandon_rate", "abandon_rate_of_all", "abandon_rate_with_lost", "answer_rate"),
        *("utilisation", "occupancy", "service_level", "queue_abandon_rate"),
    }
)
SECONDS = frozenset({"wait_p95", "wait_mean", "wait_p95_queue", "wait_abandoned"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean over runs with its 95 % interval."""

    runs: int  # those in which there was something to count
    mean: float
    least: float | None  # None: one run says nothing about the next
    most: float | None


def estimate(values: Sequence[float]) -> Estimate:
    """The mean of independent runs, by Student's t."""
    mean = math.fsum(values) / len(values)
    if len(values) < 2:
        return Estimate(runs=len(values), mean=mean, least=None, most=None)
    variance = math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
    freedom = len(values) - 1
    t = _T95[freedom - 1] if freedom <= len(_T95) else _NORMAL95
    half = t * math.sqrt(variance / len(values))
    return Estimate(runs=len(values), mean=mean, least=mean - half, most=mean + half)


def estimates(outcomes: Sequence[Outcome]) -> dict[str, Estimate]:
    """The estimate of every figure that was counted at least once."""
    return _counted(FIGURES, outcomes)


def shown(outcomes: Sequence[Outcome]) -> dict[str, Estimate]:
    """The estimates that people want to see: where nobody is dialled, none of dialling."""
    found = estimates(outcomes)
    if any(outcome.campaigns for outcome in outcomes):
        return found
    return {"occupancy": found["occupancy"]} if "occupancy" in found else {}


def queue_estimates(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Estimate]]:
    """By queue, in the order in which they come; runs in which nobody came to it are left out."""
    days: dict[str, list[QueueOfDay]] = {}
    for outcome in outcomes:
        for queue in outcome.queues:
            days.setdefault(queue.queue, []).append(queue)
    return {name: _counted(QUEUE_FIGURES, of_queue) for name, of_queue in days.items()}


def _counted(
    figures: Mapping[str, Callable[[Day], float | None]], days: Sequence[Day]
) -> dict[str, Estimate]:
    found = {}
    for name, figure in figures.items():
        values = [value for day in days if (value := figure(day)) is not None]
        if values:
            found[name] = estimate(values)
    return found
