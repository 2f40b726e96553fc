"""Runs: a scenario, a policy and a seed, and the figures of that day.

A policy is named by a text, such as `ratio:2`; `make` knows all names. Runs are independent of each
other and may be spread over processes; what comes out depends on nothing but their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

from pacing_bench import baselines
from pacing_bench.baselines import AdaptiveLevel, Limit, Policy
from pacing_bench.course import run
from pacing_bench.floor import Floor
from pacing_bench.lookahead import ErlangLookahead, Window
from pacing_bench.oracles import Oracle
from pacing_bench.product import Product
from pacing_bench.scenarios import catalogue
from pacing_bench.terms import Scenario

Figures = dict[str, float]
_YESTERDAY = 1_000_000  # added to the seed of a day before


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What to run."""

    scenario: str
    policy: str
    seed: int
    hours: float  # 0: the scenario's own


_POLICIES: dict[str, Callable[[list[str]], Policy]] = {
    "progressive": lambda _: baselines.Ratio(1.0),
    "ratio": lambda a: baselines.Ratio(float(a[0])),
    "level": lambda a: AdaptiveLevel(Limit(a[0]), *map(float, a[1:])),
    "exponential": lambda a: baselines.ExponentialPercentile(float(a[0]), "over" in a),
    "budget": lambda a: baselines.CallBudget(*map(float, a)),
    "erlang": lambda a: ErlangLookahead(*map(float, a)),
    "window": lambda a: Window(*map(float, a)),
    "oracle": lambda a: Oracle(a[0]),
    "product": lambda a: Product(*map(float, a)),
}


def make(name: str) -> Policy:
    """The policy of this name: a kind, and its parameters after colons."""
    kind, *parameters = name.split(":")
    if kind not in _POLICIES:
        raise SystemExit(f"unknown policy {kind!r}; there are {', '.join(sorted(_POLICIES))}")
    return _POLICIES[kind](parameters)


def _quantile(found: list[float], share: float) -> float:
    return found[min(len(found) - 1, int(len(found) * share))] if found else 0.0


def figures(floor: Floor) -> Figures:
    """Of a day that was run. Rates are 0 where nothing was counted."""
    records = [campaign.record for campaign in floor.campaigns]
    target = floor.scenario.target
    live = sum(r.live for r in records)
    abandoned = sum(r.abandoned for r in records)
    lost = sum(r.lost_by_analysis for r in records)
    dialled = sum(campaign.dialled for campaign in floor.campaigns)
    waits = sorted(wait for r in records for wait in r.waits)
    busy = floor.talk_seconds + floor.ready_seconds
    hours = (busy + floor.after_call_seconds) / 3600
    counts = {
        f"{what} {campaign.number}": float(count)
        for campaign in floor.campaigns
        for what, count in (
            ("live", campaign.record.live),
            ("abandoned", campaign.record.abandoned),
        )
    }
    return (counts if len(records) > 1 else {}) | {
        "utilisation": floor.talk_seconds / busy if busy else 0.0,
        "abandon": abandoned / live if live else 0.0,
        "abandon_with_lost": (abandoned + lost) / (live + lost) if live + lost else 0.0,
        "abandon_of_dialled": abandoned / dialled if dialled else 0.0,
        "wait_p50": _quantile(waits, 0.5),
        "wait_p95": _quantile(waits, 0.95),
        "calls_per_agent_hour": len(waits) / hours if hours else 0.0,
        "worst_rolling": max(r.worst_rolling() for r in records),
        "within": float(all(r.abandoned <= target * r.live for r in records)),
        "within_with_lost": float(
            all(
                r.abandoned + r.lost_by_analysis <= target * (r.live + r.lost_by_analysis)
                for r in records
            )
        ),
        "dialled": float(dialled),
        "live": float(live),
        "abandoned": float(abandoned),
        "lost": float(lost),
        "callers": float(floor.callers_total),
        "callers_in_time": floor.callers_in_time / max(1, floor.callers_total),
    }


def day(scenario: Scenario, policy: str, seed: int, hours: float = 0.0) -> Figures:
    """One day's figures; a day before it has other people and is not counted."""
    policies = [make(policy) for _ in scenario.lists]
    if scenario.day_before:
        run(
            Floor(
                replace(scenario, happenings=()), _YESTERDAY + seed, policies, scenario.day_before
            )
        )
        for each in policies:
            each.next_morning()
    return figures(run(Floor(scenario, seed, policies, hours)))


def one(run: Run) -> Figures:
    """The figures of a run."""
    return day(catalogue()[run.scenario], run.policy, run.seed, run.hours)


def all_of(runs: Iterable[Run], jobs: int) -> Iterator[tuple[Run, Figures]]:
    """Every run with its figures, in their order."""
    listed = list(runs)
    if jobs <= 1:
        for run in listed:
            yield run, one(run)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from zip(listed, pool.map(one, listed, chunksize=4), strict=True)
