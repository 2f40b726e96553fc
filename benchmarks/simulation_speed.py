"""How fast a floor runs in virtual time: calls per second on one core, and the memory it takes.

Each row is a run in a process of its own. Seconds are processor time; "ratio" is how many times as
long the run takes as a bare loop in the same process, where as many calls do nothing but wait five
times each (set-up, ringing, analysis, talk, after-call work), as many at once as there are agents.
"Real time" is how many seconds of the day pass in one second. The first and second rows are the
20-agent day of examples/scenarios; a 20-agent day should take less than 10 s.

    python benchmarks/simulation_speed.py [--quick] [--json]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import structlog

from kwabo.adapters.virtual_time import VirtualClock, run_in_virtual_time
from kwabo.simulation import Scenario, read_scenario, simulate

SCENARIOS = Path(__file__).resolve().parents[1] / "examples" / "scenarios"
WAITS = (2.5, 8.0, 2.0, 150.0, 20.0)  # seconds, of a call in the bare loop
HOUR = 3600.0


@dataclass(frozen=True, kw_only=True)
class Speed:
    """Of one run."""

    scenario: str
    agents: int
    day_seconds: float
    calls: int
    cpu_seconds: float
    bare_seconds: float
    calls_per_second: float
    ratio: float
    memory_mb: float  # highest resident set


def example(name: str) -> Scenario:
    """A scenario of the examples."""
    return read_scenario(SCENARIOS / f"{name}.toml")


def day(mode: str, *, agents: int = 20, hours: float | None = None) -> Scenario:
    """The 20-agent day in another mode, with another team, or shorter."""
    read = example("twenty-agents")
    return replace(
        read,
        name=f"{agents} agents, {mode}",
        ends=read.ends if hours is None else read.begins + hours * HOUR,
        teams=tuple(replace(team, agents=agents) for team in read.teams),
        trunks=tuple(
            replace(trunk, lines=6 * agents, calls_per_second=float(agents))
            for trunk in read.trunks
        ),
        campaigns=tuple(replace(campaign, mode=mode) for campaign in read.campaigns),
    )


def rows(quick: bool) -> dict[str, Callable[[], Scenario]]:
    """What is measured."""
    hours = 0.25 if quick else 1.0
    whole = 0.5 if quick else None
    return {
        "20 agents, progressive": lambda: day("progressive", hours=whole),
        "20 agents, predictive": lambda: day("predictive", hours=whole),
        "20 agents, power": lambda: day("power", hours=whole),
        "100 agents, progressive": lambda: day("progressive", agents=100, hours=hours),
        "100 agents, power": lambda: day("power", agents=100, hours=hours),
        "100 agents, predictive": lambda: day("predictive", agents=100, hours=hours),
        "500 agents, progressive": lambda: day("progressive", agents=500, hours=hours / 2),
        "4 agents, predictive": lambda: example("small-team"),
        "trouble in the morning": lambda: example("trouble-in-the-morning"),
    }


async def _bare(clock: VirtualClock, calls: int, at_once: int) -> None:
    left = calls

    async def line() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            for seconds in WAITS:
                await clock.sleep(seconds)

    async with asyncio.TaskGroup() as tasks:
        for _ in range(at_once):
            tasks.create_task(line())


def measure(name: str, quick: bool) -> Speed:
    """Run one row, in this process."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    scenario = rows(quick)[name]()
    agents = sum(team.agents for team in scenario.teams)
    begun = time.process_time()
    outcome = simulate(scenario)
    took = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    calls = outcome.calls.dialled
    begun = time.process_time()
    run_in_virtual_time(lambda clock: _bare(clock, calls, agents))
    bare = time.process_time() - begun
    return Speed(
        scenario=name,
        agents=agents,
        day_seconds=outcome.seconds,
        calls=calls,
        cpu_seconds=took,
        bare_seconds=bare,
        calls_per_second=calls / took,
        ratio=took / bare,
        memory_mb=memory,
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="short days")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found: list[Speed] = []
    if not asked.json:
        head = ("scenario", "calls", "CPU s", "calls/s", "real time", "ratio", "MB")
        print("{:28}{:>9}{:>9}{:>9}{:>11}{:>8}{:>7}".format(*head))
    for name in rows(asked.quick):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            speed = pool.apply(measure, (name, asked.quick))
        found.append(speed)
        if not asked.json:
            print(
                f"{name:28}{speed.calls:9,}{speed.cpu_seconds:9.1f}{speed.calls_per_second:9,.0f}"
                f"{speed.day_seconds / speed.cpu_seconds:11,.0f}{speed.ratio:8.1f}"
                f"{speed.memory_mb:7.0f}",
                flush=True,
            )
    if asked.json:
        print(json.dumps([asdict(speed) for speed in found], indent=1))


if __name__ == "__main__":
    main()
