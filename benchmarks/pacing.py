"""Ways of pacing on a floor in virtual time: utilisation, abandons, waits, calls per agent hour.

Every policy meets the same people (the n-th call has the same fate under each) in every scenario.
A line is the mean over the seeds with its 95 % interval; each seed is one day. `abandon` is the
law's rate, abandoned by live, of several campaigns the highest one's; `with lost` counts persons
whom call analysis took for machines too; `days held` (at or under the target) uses that one.
`worst 1,000` is the highest rate of any 1,000 live calls in a row on any of the days. Waits begin
with the answer, or with the analysis' verdict.

A second table sweeps the settings of each family of baselines on the first `--sweep-seeds` days and
tells the best utilisation each reaches at the product's abandon rate (a dash: it cannot). Oracles
run on these days only.

    python benchmarks/pacing.py [--scenarios NAME,…] [--policies NAME,…] [--seeds 20] [--hours 0]
        [--sweep-seeds 3] [--jobs 2] [--json FILE] [--plot FILE]
        [--days FILE]
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

from pacing_bench.averages import Summary
from pacing_bench.comparison import PRODUCT, compare
from pacing_bench.daybook import Daybook
from pacing_bench.families import FAMILIES, Sweep, sweep_all
from pacing_bench.plot import draw
from pacing_bench.report import print_comparison, print_tables
from pacing_bench.runs import Figures, Run, all_of, make
from pacing_bench.scenarios import catalogue
from pacing_bench.terms import Scenario
from rich.console import Console
from rich.progress import track

_POLICIES = (
    "progressive,ratio:2,ratio:3,level:hard,level:average,level:tapered,"
    "exponential:0.97,exponential:0.97:over,erlang,product"
)
_ORACLES = "oracle:releases,oracle:answers,oracle:both"


def chosen(names: str) -> list[Scenario]:
    """Scenarios by name or group; all where nothing is named."""
    found = list(catalogue().values())
    if not names:
        return found
    known = {s.name for s in found} | {s.group for s in found}
    wanted = [names] if names in known else names.split(",")  # some names have a comma
    if unknown := [name for name in wanted if name not in known]:
        raise SystemExit(f"unknown scenarios {unknown}; there are {sorted(known)}")
    return [s for s in found if s.name in wanted or s.group in wanted]


def policies_for(scenario: Scenario, named: str) -> list[str]:
    """Those that were named; else all, and oracles on some everyday days."""
    if named:
        return named.split(",")
    return f"{_POLICIES},{_ORACLES}".split(",") if scenario.bounded else _POLICIES.split(",")


def days_of(scenario: Scenario, seeds: int, hours: float) -> int:
    """Days that are played: fewer of those that take long, at their own length."""
    return min(seeds, scenario.most_days) if scenario.most_days and not hours else seeds


def run(options: argparse.Namespace, scenarios: list[Scenario], daybook: Daybook) -> list[Summary]:
    """Every policy in every scenario, all seeds; oracles, which are slow, on the first ones."""
    few = min(options.seeds, max(1, options.sweep_seeds))
    runs = [
        Run(
            scenario=scenario.name,
            policy=policy,
            seed=options.first_seed + seed,
            hours=options.hours or scenario.short_hours,
        )
        for scenario in scenarios
        for policy in policies_for(scenario, options.policies)
        for seed in range(
            few
            if policy in _ORACLES.split(",")
            else days_of(scenario, options.seeds, options.hours)
        )
    ]
    days: dict[tuple[str, str], list[Figures]] = defaultdict(list)
    console = Console(stderr=True)
    missing = [each for each in runs if each not in daybook]
    played = all_of(missing, options.jobs)
    for done, figures in track(played, total=len(missing), console=console, description="days"):
        daybook.add(done, figures)
    for each in runs:
        days[each.scenario, each.policy].append(daybook[each])
    return [
        Summary(scenario=scenario, policy=policy, days=tuple(found))
        for (scenario, policy), found in days.items()
    ]


def run_sweeps(
    options: argparse.Namespace, scenarios: list[Scenario], daybook: Daybook
) -> dict[str, dict[str, list[Summary]]]:
    """Every family's settings in every scenario, on the first days."""
    seeds = min(options.sweep_seeds, options.seeds)
    asked = [
        Sweep(
            scenario=scenario.name,
            family=family,
            seeds=tuple(options.first_seed + seed for seed in range(seeds)),
            hours=options.hours or scenario.short_hours,
        )
        for scenario in scenarios
        for family in FAMILIES
        if seeds
    ]
    found: dict[str, dict[str, list[Summary]]] = defaultdict(dict)
    console = Console(stderr=True)
    all_sweeps = sweep_all(asked, options.jobs, daybook)
    for done, summaries in track(
        all_sweeps, total=len(asked), console=console, description="settings"
    ):
        found[done.scenario][done.family.name] = summaries
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--scenarios", default="", help="names or groups, with commas between")
    parser.add_argument("--policies", default="", help="with commas between")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--sweep-seeds", type=int, default=3, help="0: no second table")
    parser.add_argument("--hours", type=float, default=0.0, help="of each day; 0: the scenario's")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--json", type=Path, help="write every day's figures here")
    parser.add_argument("--plot", type=Path, help="write the plot here, as SVG")
    parser.add_argument("--days", type=Path, help="keep days here, and play none twice")
    options = parser.parse_args()
    daybook = Daybook(options.days)
    scenarios = chosen(options.scenarios)
    for scenario in scenarios:
        for policy in policies_for(scenario, options.policies):
            make(policy)
    summaries = run(options, scenarios, daybook)
    with_product = any(s.policy == PRODUCT for s in summaries)
    swept = run_sweeps(options, scenarios, daybook) if with_product else {}
    console = Console(width=165)
    print_tables(console, scenarios, summaries, options.hours)
    sweep_seeds = min(options.sweep_seeds, options.seeds)
    print_comparison(console, compare(summaries, swept, sweep_seeds), sweep_seeds)
    if options.json:
        told = [{"scenario": s.scenario, "policy": s.policy, "days": s.days} for s in summaries]
        options.json.write_text(json.dumps(told))
    if options.plot:
        draw(options.plot, scenarios, summaries, swept)


if __name__ == "__main__":
    main()
