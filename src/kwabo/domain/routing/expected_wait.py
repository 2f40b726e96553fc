"""How long a caller will wait: an interval, or that it cannot be said.

With n agents who serve the queue, all busy, handling times of rate μ each, and callers who give up
at rate θ each, the wait of the one with i callers before it is a sum of exponential times

    W = Σ_{j=0…i} Exp(n·μ + j·θ)

as each departure, by service or by giving up, moves the line by one. μ is not known: what has been
measured counts with what was known before, as conjugate Gamma knowledge of a rate

    μ ~ Gamma(k, T)    k: handled calls, T: seconds they took, both with the prior's

with mean k/T and squared relative error 1/k; θ alike, from the callers who gave up. Both errors go
into W's variance in first order. The interval holds the middle 80 % of a Gamma law with W's mean
and variance (quantiles after Wilson and Hilferty, 1931).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST_SECONDS: Final = 2 * 3600  # beyond that nothing is promised
LEAST_AGENTS: Final = 0.01
LEAST_EVIDENCE: Final = 5.0  # handled calls, with the prior's
_Z: Final = 1.2815515655446004  # the normal law's 90 % point


class Unknown(StrEnum):
    """Why no wait can be told."""

    NO_AGENTS = "NO_AGENTS"  # nobody who is signed in serves the queue
    NO_STATISTICS = "NO_STATISTICS"  # too few handled calls, and nothing known before
    TOO_LONG = "TOO_LONG"


@dataclass(frozen=True, slots=True)
class Handled:
    """Handled calls: how many, and the seconds from an agent's taking one to being free again.

    What was known before is told in the same way: the same half-hour of last week, say, or the
    organisation's other queues with the weight of a few calls.
    """

    calls: float
    seconds: float


NOTHING: Final = Handled(0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is known of the line at this moment."""

    before: int  # callers who come first and want the same agents
    agents: float  # who are signed in and serve it; shared ones may count in part
    free: bool = False  # one of them would take the call at once
    handled: Handled = NOTHING  # lately
    prior: Handled = NOTHING
    gave_up: int = 0  # callers lately
    waited_seconds: float = 0.0  # by all callers lately, whatever became of them


@dataclass(frozen=True, slots=True)
class ExpectedWait:
    """Seconds: four of five waits are between `low` and `high`."""

    mean: float
    low: float
    high: float


AT_ONCE: Final = ExpectedWait(0.0, 0.0, 0.0)


def expected_wait(line: Line) -> ExpectedWait | Unknown:
    """See the module."""
    if line.free:
        return AT_ONCE
    if line.agents < LEAST_AGENTS:
        return Unknown.NO_AGENTS
    calls = line.handled.calls + line.prior.calls
    seconds = line.handled.seconds + line.prior.seconds
    if calls < LEAST_EVIDENCE or seconds < 1:
        return Unknown.NO_STATISTICS
    rate = line.agents * calls / seconds
    giving_up = line.gave_up / line.waited_seconds if line.waited_seconds >= 1 else 0.0
    stages = [1 / (rate + ahead * giving_up) for ahead in range(line.before + 1)]
    mean = sum(stages)
    # What a relative change of each rate would change in the mean.
    by_service = sum(stage * stage for stage in stages) * rate
    by_leaving = sum(stage * stage * n for n, stage in enumerate(stages)) * giving_up
    variance = sum(stage * stage for stage in stages) + by_service * by_service / calls
    if line.gave_up:
        variance += by_leaving * by_leaving / line.gave_up
    shape = mean * mean / variance
    low, high = (mean * _quantile(shape, z) for z in (-_Z, _Z))
    if high > MOST_SECONDS:
        return Unknown.TOO_LONG
    return ExpectedWait(mean, low, high)


def wait_in_queue(
    before: int, serving: int, handled: Handled, *, idle: int = 0
) -> ExpectedWait | Unknown:
    """Of a caller with so many before, whom so many agents serve; `idle` of them are free."""
    free = not before and idle > 0
    return expected_wait(Line(before=before, agents=float(serving), free=free, handled=handled))


def _quantile(shape: float, z: float) -> float:
    """Of a Gamma law with mean 1."""
    root = 1 - 1 / (9 * shape) + z / (3 * math.sqrt(shape))
    return max(0.0, root) ** 3
