"""Families of baselines, each with the settings among which hindsight may choose.

Settings of an ordered family rise in pace: once one abandons far more than is asked about, the
faster ones need no run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from pacing_bench.averages import Summary
from pacing_bench.runs import Run, one

_FAR = 0.045  # abandon rate beyond which an ordered family goes no further


@dataclass(frozen=True, slots=True)
class Family:
    """Settings of one way of pacing, by the names of their policies."""

    name: str
    policies: tuple[str, ...]
    ordered: bool = False


FAMILIES = (
    Family(
        "ratio",
        tuple(
            f"ratio:{ratio}"
            for ratio in (1, 1.2, 1.35, 1.5, 1.75, 2, 2.25, 2.5, 3, 3.5, 4, 5, 6, 8, 10, 13)
        ),
        ordered=True,
    ),
    Family(
        "level",
        tuple(
            f"level:average:{most}:0.03:1:{difference}"
            for most in (1.1, 1.2, 1.3, 1.45, 1.6, 2, 3, 4)
            for difference in (0, -1)
        ),
    ),
    Family(
        "exponential",
        (
            "exponential:0.97",
            "exponential:0.8",
            "exponential:0.5",
            "exponential:0.97:over",
            "exponential:0.8:over",
            "exponential:0.5:over",
        ),
    ),
    Family(
        "call budget",
        tuple(f"budget:{drops}:{most}" for drops in (0.01, 0.03) for most in (2, 4, 8)),
    ),
    Family(
        "window",
        ("window:0.005", "window:0.015", "window:0.03"),
        ordered=True,
    ),
    Family(
        "erlang",
        tuple(
            f"erlang:{target}"
            for target in (0.003, 0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.18, 0.26, 0.36, 0.5)
        ),
        ordered=True,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """One family in one scenario, on the first seeds."""

    scenario: str
    family: Family
    seeds: tuple[int, ...]
    hours: float


def sweep(asked: Sweep) -> list[Summary]:
    """Every setting that was run."""
    found = []
    for policy in asked.family.policies:
        runs = [
            Run(scenario=asked.scenario, policy=policy, seed=seed, hours=asked.hours)
            for seed in asked.seeds
        ]
        summary = Summary(asked.scenario, policy, tuple(one(run) for run in runs))
        found.append(summary)
        if asked.family.ordered and summary.rate() > _FAR:
            break
    return found


def sweep_all(asked: Iterable[Sweep], jobs: int) -> Iterator[tuple[Sweep, list[Summary]]]:
    """Every family in every scenario, in their order."""
    listed = list(asked)
    if jobs <= 1:
        for one_sweep in listed:
            yield one_sweep, sweep(one_sweep)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from zip(listed, pool.map(sweep, listed), strict=True)


def points(found: Iterable[Summary]) -> list[tuple[float, float]]:
    """(abandon rate, utilisation) of each setting."""
    return [(summary.rate(), summary.mean("utilisation").mean) for summary in found]


Swept = Mapping[str, Mapping[str, list[Summary]]]  # scenario → family → settings
