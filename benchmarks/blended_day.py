"""A blended day beside days of the same callers and lists with a fixed split of the same agents.

Blended: every agent takes callers first and serves the campaigns meanwhile, by the product's rules
(`keep_free`; the pacing reckons with callers who wait and who will come). Split by N: N agents take
callers only, the others serve the campaigns only. The same seeds in every column: the same callers,
called people and agents. Means over the seeds with 95 % intervals (Student's t).

    python benchmarks/blended_day.py [--seeds 5] [--split 4,5,6] [--hours 3]
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Final

import structlog
from rich.console import Console
from rich.table import Table

from kwabo.simulation import Outcome, Scenario, read_scenario, simulate
from kwabo.simulation.scenario_inbound import QueueMember
from kwabo.simulation.several import Estimate, estimates, queue_estimates

SCENARIO: Final = Path(__file__).parents[1] / "examples/scenarios/blended-day.toml"
CALLERS_ONLY: Final = "callers only"

_OF_QUEUE: Final = {
    "service_level": "callers: service level, %",
    "queue_abandon_rate": "callers: abandon rate, %",
    "wait_mean": "callers: mean wait, s",
}
_OF_DAY: Final = {
    "abandon_rate": "campaigns: abandon rate, %",
    "conversations": "campaigns: conversations",
    "conversations_per_hour": "the same for each hour of all agents",
    "occupancy": "occupancy of all agents, %",
}


def split(scenario: Scenario, count: int) -> Scenario:
    """So many of its only team's agents for callers only, the others for the campaigns only."""
    (team,) = scenario.teams
    apart = replace(team, name=CALLERS_ONLY, agents=count)
    return replace(
        scenario,
        teams=(replace(team, agents=team.agents - count), apart),
        queues=tuple(
            replace(queue, members=(QueueMember(team=CALLERS_ONLY),), keep_free=0)
            for queue in scenario.queues
        ),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--split", default="4,5,6", help="agents for callers, commas between")
    parser.add_argument("--hours", type=float, help="of the day; all of it")
    options = parser.parse_args()
    structlog.configure(processors=[_drop])
    scenario = read_scenario(SCENARIO)
    if options.hours:
        ends = scenario.begins + 3600 * options.hours
        scenario = replace(scenario, ends=ends)
    days = {"blended": scenario}
    for count in map(int, options.split.split(",")):
        days[f"split by {count}"] = split(scenario, count)
    begun = process_time()
    found = {
        name: [simulate(day, seed) for seed in range(1, 1 + options.seeds)]
        for name, day in days.items()
    }
    table = Table("figure", *found)
    for key, title in {**_OF_QUEUE, **_OF_DAY}.items():
        table.add_row(title, *(_cell(key, outcomes) for outcomes in found.values()))
    console = Console(width=140)
    console.print(table)
    took = process_time() - begun
    console.print(f"{scenario.name}, {options.seeds} seeds; {took:,.0f} s of processor time")


def _cell(key: str, outcomes: list[Outcome]) -> str:
    if key in _OF_QUEUE:
        (figures,) = queue_estimates(outcomes).values()
    else:
        figures = estimates(outcomes)
    one: Estimate = figures[key]
    factor = 100 if "%" in {**_OF_QUEUE, **_OF_DAY}[key] else 1
    half = "" if one.most is None else f" ± {factor * (one.most - one.mean):.1f}"
    return f"{factor * one.mean:.1f}{half}"


def _drop(*_: object) -> structlog.typing.EventDict:
    raise structlog.DropEvent


if __name__ == "__main__":
    main()
