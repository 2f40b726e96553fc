"""Predictive dialling on a real Asterisk beside the simulation's forecast of the same scenario.

One scenario file is the source for both sides: the carrier lab plays its callees from a seed, and
simulated agents talk and wrap up as long as it draws for them. Measured by the far end's own log
and the switch's bridges, and by the program's tables; the forecast is the mean of several seeds. A
progressive campaign of the same setting follows when asked for.

PostgreSQL, switch, carrier lab, server and simulated agents share this machine.

    python benchmarks/predictive_on_switch.py [--minutes 10] [--agents 30] [--seed 1]
        [--scenario FILE] [--forecasts 20] [--progressive-minutes 0] [--json FILE]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

import structlog
from _campaign import home, open_trunk, quiet
from rich.console import Console
from rich.progress import track
from switch_bench.far_end import NotOnASwitch, table_of
from switch_bench.report import NOTES, show
from switch_bench.run import SwitchRun, play

from kwabo.settings import DEMO_PASSWORD
from kwabo.simulation.outcome import Outcome
from kwabo.simulation.run import simulate
from kwabo.simulation.scenario import Scenario
from kwabo.simulation.scenario_file import read_scenario
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack, StackSettings

SCENARIO = Path(__file__).parents[1] / "examples" / "scenarios" / "real-switch.toml"
WIND_DOWN_SECONDS = 30.0  # agents stay for those who answer the last calls


def shaped(scenario: Scenario, *, minutes: int, agents: int, mode: str) -> Scenario:
    """The scenario with another length, team or mode."""
    until = scenario.begins + 60.0 * minutes
    ends = until + WIND_DOWN_SECONDS
    (team,), (campaign,) = scenario.teams, scenario.campaigns
    return replace(
        scenario,
        ends=ends,
        teams=(replace(team, agents=agents, ends=ends),),
        campaigns=(replace(campaign, mode=mode, callable_until=until),),
    )


async def measure(
    folder: Path, scenarios: list[tuple[Scenario, int]], seed: int
) -> list[SwitchRun]:
    """Play each scenario for its minutes, one after the other."""
    first = scenarios[0][0]
    settings = StackSettings(
        home=home(),
        folder=folder,
        table=table_of(first, seed),
        environment={"KWABO_DEMO": "1", "KWABO_DEMO_AGENTS": str(first.teams[0].agents)},
    )
    runs: list[SwitchRun] = []
    async with Stack(settings) as stack, Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        trunk = first.trunks[0]
        await open_trunk(admin, lines=trunk.lines, calls_per_second=trunk.calls_per_second)
        called = 0
        for scenario, minutes in scenarios:
            runs.append(
                await play(stack, admin, scenario, seed, seconds=60.0 * minutes, first=called)
            )
            called += scenario.lists[0].contacts
    return runs


def forecasts(scenario: Scenario, seeds: int) -> list[Outcome]:
    """The same scenario in virtual time, once for each seed."""
    # An engine whose day is over says that it lost its database.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    console = Console(stderr=True)
    numbers = range(1, seeds + 1)
    return [
        simulate(scenario, seed) for seed in track(numbers, console=console, description="forecast")
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--agents", type=int, help="without it: as the scenario says")
    parser.add_argument("--seed", type=int, default=1, help="of the far end and the agents")
    parser.add_argument("--scenario", type=Path, default=SCENARIO)
    parser.add_argument("--forecasts", type=int, default=20, help="seeds of the simulation")
    parser.add_argument("--progressive-minutes", type=int, default=0, help="0: none")
    parser.add_argument("--folder", type=Path, help="keep logs and the far end's log here")
    parser.add_argument("--json", type=Path, help="write everything that was measured here")
    options = parser.parse_args()
    quiet()
    scenario = read_scenario(options.scenario)
    agents = options.agents or scenario.teams[0].agents
    wanted = [(scenario.campaigns[0].mode, options.minutes)]
    if options.progressive_minutes:
        wanted.append(("progressive", options.progressive_minutes))
    scenarios = [
        (shaped(scenario, minutes=minutes, agents=agents, mode=mode), minutes)
        for mode, minutes in wanted
    ]
    try:
        with tempfile.TemporaryDirectory(prefix="kwabo-bench-") as own:
            folder = options.folder or Path(own)
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755)
            runs = asyncio.run(measure(folder, scenarios, options.seed))
    except NotOnASwitch as error:
        parser.error(str(error))
    console = Console(width=130)
    told = []
    for run, (played, _) in zip(runs, scenarios, strict=True):
        outcomes = forecasts(played, options.forecasts)
        show(console, run, outcomes)
        told.append({"run": asdict(run), "forecast": [outcome.document() for outcome in outcomes]})
    console.print(NOTES, highlight=False)
    if options.json:
        options.json.write_text(json.dumps(told))


if __name__ == "__main__":
    main()
