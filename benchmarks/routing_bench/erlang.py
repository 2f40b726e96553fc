"""Erlang C and Erlang A by their formulas, and values that others have published.

Erlang C by the recursion of Erlang B; Erlang A by the stationary law of its birth and death
process. Neither knows anything of the product.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final


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
    in_time: float | None  # answered within the target, of all
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


PUBLISHED: Final = (
    Published(
        load=Load(calls_per_hour=200, handling_seconds=180, agents=14, target_seconds=20),
        source="pyworkforce, documentation of ErlangC.required_positions",
        waits=0.1741319335950498,
        in_time=0.8883500191794669,
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
    )


def erlang_a(load: Load) -> Expected:
    """The share that is answered in time needs more than the stationary law: not told."""
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
    return Expected(
        waits=sum(weights[load.agents :]) / whole,
        wait_seconds=line / arrivals,
        in_time=None,
        abandons=leaving * line / arrivals,
    )
