"""Ways of pacing on a floor in virtual time: utilisation, abandons, waits, calls per agent hour.

Every policy meets the same people (the n-th call has the same fate under each) in every scenario.
A line is the mean over the seeds with its 95 % interval; each seed is one day. `abandon` is the
law's rate, abandoned by live; `with lost` counts persons whom call analysis took for machines too;
`days held` (at or under the target) uses that one. `worst 1,000` is the highest rate of any 1,000 live calls in a row on
any of the days. Waits begin with the answer, or with the analysis' verdict.

    python benchmarks/pacing.py [--scenarios NAME,…] [--policies NAME,…] [--seeds 20] [--hours 0]
        [--jobs 2] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

from pacing_bench.averages import Summary
from pacing_bench.report import print_tables
from pacing_bench.runs import Figures, Run, all_of, make
from pacing_bench.scenarios import catalogue
from pacing_bench.terms import Scenario
from rich.console import Console
from rich.progress import track

_POLICIES = (
    "progressive,ratio:2,ratio:3,level:hard,level:average,level:tapered,"
    "exponential:0.97,exponential:0.97:over,product"
)


def chosen(names: str) -> list[Scenario]:
    """Scenarios by name or group; all where nothing is named."""
    found = list(catalogue().values())
    if not names:
        return found
    wanted = names.split(",")
    known = {s.name for s in found} | {s.group for s in found}
    if unknown := [name for name in wanted if name not in known]:
        raise SystemExit(f"unknown scenarios {unknown}; there are {sorted(known)}")
    return [s for s in found if s.name in wanted or s.group in wanted]


def available(policy: str) -> bool:
    """Whether a policy can be made; says it where it cannot."""
    try:
        make(policy)
    except ImportError as missing:
        Console(stderr=True).print(f"{policy} is not available: {missing}")
        return False
    return True


def run(
    options: argparse.Namespace, scenarios: list[Scenario], policies: list[str]
) -> list[Summary]:
    """Every policy in every scenario, all seeds."""
    runs = [
        Run(
            scenario=scenario.name,
            policy=policy,
            seed=options.first_seed + seed,
            hours=options.hours or scenario.short_hours,
        )
        for scenario in scenarios
        for policy in policies
        for seed in range(options.seeds)
    ]
    days: dict[tuple[str, str], list[Figures]] = defaultdict(list)
    console = Console(stderr=True)
    found = all_of(runs, options.jobs)
    for done, figures in track(found, total=len(runs), console=console, description="days"):
        days[done.scenario, done.policy].append(figures)
    return [
        Summary(scenario=scenario, policy=policy, days=tuple(found))
        for (scenario, policy), found in days.items()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--scenarios", default="", help="names or groups, with commas between")
    parser.add_argument("--policies", default=_POLICIES, help="with commas between")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--hours", type=float, default=0.0, help="of each day; 0: the scenario's")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--json", type=Path, help="write every day's figures here")
    options = parser.parse_args()
    scenarios = chosen(options.scenarios)
    policies = [policy for policy in options.policies.split(",") if available(policy)]
    summaries = run(options, scenarios, policies)
    print_tables(Console(width=140), scenarios, summaries)
    if options.json:
        told = [{"scenario": s.scenario, "policy": s.policy, "days": s.days} for s in summaries]
        options.json.write_text(json.dumps(told))


if __name__ == "__main__":
    main()
