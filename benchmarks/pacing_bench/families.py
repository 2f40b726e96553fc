"""Families of baselines, each with the settings among which hindsight may choose.

Settings of an ordered family rise in pace: once one abandons far more than is asked about, the
faster ones need no run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from types import MappingProxyType

from pacing_bench.averages import Summary
from pacing_bench.daybook import Daybook
from pacing_bench.runs import Figures, Run, one

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

    def runs_of(self, policy: str) -> list[Run]:
        """The days of a setting."""
        return [
            Run(scenario=self.scenario, policy=policy, seed=seed, hours=self.hours)
            for seed in self.seeds
        ]


Played = tuple[Sweep, dict[Run, Figures]]  # a sweep, and those of its days that were played before


def sweep(asked: Sweep, before: Mapping[Run, Figures] = MappingProxyType({})) -> list[Summary]:
    """Every setting that was run."""
    found = []
    for policy in asked.family.policies:
        days = tuple(before.get(run) or one(run) for run in asked.runs_of(policy))
        summary = Summary(asked.scenario, policy, days)
        found.append(summary)
        if asked.family.ordered and summary.rate() > _FAR:
            break
    return found


def _sweep(played: Played) -> list[Summary]:
    return sweep(*played)


def sweep_all(
    asked: Iterable[Sweep], jobs: int, daybook: Daybook
) -> Iterator[tuple[Sweep, list[Summary]]]:
    """Every family in every scenario, in their order; their days go to the daybook."""
    listed = [
        (each, {run: daybook[run] for run in _all_runs(each) if run in daybook}) for each in asked
    ]
    with ExitStack() as stack:
        if jobs <= 1:
            results: Iterable[list[Summary]] = map(_sweep, listed)
        else:
            results = stack.enter_context(ProcessPoolExecutor(jobs)).map(_sweep, listed)
        for (each, _), summaries in zip(listed, results, strict=True):
            for summary in summaries:
                for run, figures in zip(each.runs_of(summary.policy), summary.days, strict=True):
                    daybook.add(run, dict(figures))
            yield each, summaries


def _all_runs(asked: Sweep) -> Iterator[Run]:
    for policy in asked.family.policies:
        yield from asked.runs_of(policy)


def points(found: Iterable[Summary]) -> list[tuple[float, float]]:
    """(abandon rate, utilisation) of each setting."""
    return [(summary.rate(), summary.mean("utilisation").mean) for summary in found]


Swept = Mapping[str, Mapping[str, list[Summary]]]  # scenario → family → settings
