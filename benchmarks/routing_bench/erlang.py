"""Erlang C and Erlang A by their formulas, and values that others have published.

Neither knows anything of the product.

Erlang C (A. K. Erlang, 1917: Poisson calls that wait for ever, exponential handling), by the
recursion of Erlang B. With a erlangs and n agents who each serve at rate μ,

    B(0) = 1,  B(k) = a·B(k−1) / (k + a·B(k−1)),  P(wait) = B(n) / (1 − (a/n)·(1 − B(n)))
    mean wait = P(wait) / (n·μ − a·μ),  P(wait ≤ t) = 1 − P(wait)·exp(−(n·μ − a·μ)·t)

Erlang A (C. Palm, 1957; Mandelbaum and Zeltyn, *The Palm/Erlang-A Queue, with Applications to Call
Centers*, 2005: callers give up at rate θ each), by the stationary law π of its birth and death
process. Who finds k callers waiting and stays is served after V = Σ_{j=0…k} Exp(n·μ + j·θ), whose
density is that of an order statistic,

    f(v) = Π_{j=0…k}(n·μ + j·θ) / (k!·θ^k) · exp(−n·μ·v) · (1 − exp(−θ·v))^k

and is answered within t with the chance ∫_0^t f(v)·exp(−θ·v) dv.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

_PARTS: Final = 400  # of the interval, an even number


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Poisson arrivals, exponential handling, and patience (exponential; None: endless)."""

    calls_per_hour: float
    handling_seconds: float
    agents: int
    target_seconds: float
    patience_seconds: float | None = None

    @property
    def offered(self) -> float:
        """In erlangs."""
        return self.calls_per_hour * self.handling_seconds / 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Rates 0–1, seconds. `wait_seconds`: of all calls, also those that give up."""

    waits: float
    wait_seconds: float
    in_time: float  # answered within the target, of all
    occupancy: float  # of the agents' time
    abandons: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A load with values as printed (None: not printed), and where."""

    load: Load
    source: str
    waits: float | None = None
    wait_seconds: float | None = None
    in_time: float | None = None
    abandons: float | None = None
    occupancy: float | None = None


PUBLISHED: Final = (
    Published(
        load=Load(calls_per_hour=200, handling_seconds=180, agents=14, target_seconds=20),
        source="pyworkforce, documentation of ErlangC.required_positions; the same values with "
        "mean wait and occupancy in the README of ErlangC on CRAN",
        waits=0.1741319335950498,
        wait_seconds=7.83593701177724,
        in_time=0.8883500191794669,
        occupancy=0.7142857,
    ),
    Published(
        load=Load(calls_per_hour=200, handling_seconds=180, agents=11, target_seconds=20),
        source="README of ErlangC on CRAN, table of calculate_agents",
        waits=0.6821182,
        in_time=0.3896138,
    ),
    Published(
        load=Load(calls_per_hour=720, handling_seconds=240, agents=55, target_seconds=15),
        source="mitan.co.uk, The Erlang-C Formula, worked example",
        waits=0.239,
        wait_seconds=8.18,
    ),
    Published(
        load=Load(calls_per_hour=2880, handling_seconds=60, agents=50, target_seconds=20),
        source="Mandelbaum, Zeltyn: The Palm/Erlang-A Queue (2005), comparison with Erlang C",
        wait_seconds=20.8,
        occupancy=0.96,
    ),
    Published(
        load=Load(
            calls_per_hour=2880,
            handling_seconds=60,
            agents=50,
            target_seconds=20,
            patience_seconds=120,
        ),
        source="Mandelbaum, Zeltyn: The Palm/Erlang-A Queue (2005), comparison with Erlang C",
        wait_seconds=3.7,
        abandons=0.031,
        occupancy=0.93,
    ),
)


def expected(load: Load) -> Expected:
    """By the formulas."""
    return erlang_c(load) if load.patience_seconds is None else erlang_a(load)


def erlang_c(load: Load) -> Expected:
    """Raises ValueError: the agents cannot keep up."""
    offered, agents = load.offered, load.agents
    if offered >= agents:
        raise ValueError("more is offered than the agents can handle")
    blocked = 1.0
    for number in range(1, agents + 1):
        blocked = offered * blocked / (number + offered * blocked)
    waits = blocked / (1 - offered / agents * (1 - blocked))
    spare = (agents - offered) / load.handling_seconds
    return Expected(
        waits=waits,
        wait_seconds=waits / spare,
        in_time=1 - waits * math.exp(-spare * load.target_seconds),
        occupancy=offered / agents,
    )


def erlang_a(load: Load) -> Expected:
    """Raises ValueError: nobody gives up."""
    if load.patience_seconds is None:
        raise ValueError("without patience it is Erlang C")
    arrivals = load.calls_per_hour / 3600
    service, leaving = 1 / load.handling_seconds, 1 / load.patience_seconds
    weights = [1.0]
    while len(weights) <= load.agents or weights[-1] > 1e-16 * max(weights):
        number = len(weights)
        beyond = max(0, number - load.agents)
        rate = min(number, load.agents) * service + beyond * leaving
        weights.append(weights[-1] * arrivals / rate)
    whole = sum(weights)
    line = sum((n - load.agents) * w for n, w in enumerate(weights) if n > load.agents) / whole
    at_once = sum(weights[: load.agents]) / whole
    abandons = leaving * line / arrivals
    late = [weight / whole for weight in weights[load.agents :]]
    return Expected(
        waits=1 - at_once,
        wait_seconds=line / arrivals,
        in_time=at_once
        + sum(
            chance * _served_within(load.target_seconds, ahead, load.agents * service, leaving)
            for ahead, chance in enumerate(late)
        ),
        occupancy=load.offered * (1 - abandons) / load.agents,
        abandons=abandons,
    )


def _served_within(seconds: float, ahead: int, serving: float, leaving: float) -> float:
    """Chance that a caller with so many ahead stays and is served by then (Simpson's rule)."""
    product = sum(
        math.log(serving + n * leaving) - (math.log(n * leaving) if n else 0.0)
        for n in range(ahead + 1)
    )

    def density(v: float) -> float:
        gone = 1 - math.exp(-leaving * v)
        if not gone:
            return math.exp(product) if not ahead else 0.0
        return math.exp(product - (serving + leaving) * v + ahead * math.log(gone))

    step = seconds / _PARTS
    inner = sum((4 if n % 2 else 2) * density(n * step) for n in range(1, _PARTS))
    return (density(0.0) + inner + density(seconds)) * step / 3
