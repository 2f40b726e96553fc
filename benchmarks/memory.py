"""Memory of each process: after the start, and with agents at work.

RSS counts shared pages in every process that maps them; PSS divides them, so that only PSS may be
added up. A row is a process with all its children (PostgreSQL's are many, and share much). "With
agents" is the highest of samples taken every 2 s while N agents talk with people whom the carrier
lab plays.

    python benchmarks/memory.py [--agents 25] [--seconds 90] [--json]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from _campaign import home, insist, make_campaign, open_trunk, snapshot, team_at_work
from _campaign import write_contacts as write

from kwabo.adapters.carrier_lab.behaviours import Behaviour, BehaviourTable, Kind
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack, StackSettings

SETTLE_SECONDS = 10.0


@dataclass(frozen=True, kw_only=True)
class Memory:
    """Of one process and its children, in megabytes."""

    processes: int
    rss: float
    pss: float


def memory_of(process_id: int) -> Memory:
    """What the process and its children have now."""
    family = [psutil.Process(process_id)]
    family += family[0].children(recursive=True)
    rss = pss = 0
    for process in family:
        try:
            told = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue  # ended meanwhile
        for line in told.splitlines():
            name, _, rest = line.partition(":")
            if name == "Rss":
                rss += int(rest.split()[0])
            elif name == "Pss":
                pss += int(rest.split()[0])
    return Memory(processes=len(family), rss=rss / 1024, pss=pss / 1024)


def memory_of_parts(stack: Stack) -> dict[str, Memory]:
    """By part."""
    return {name: memory_of(part.pid() or 0) for name, part in stack.parts.items()}


def highest(a: Memory, b: Memory) -> Memory:
    return Memory(
        processes=max(a.processes, b.processes), rss=max(a.rss, b.rss), pss=max(a.pss, b.pss)
    )


def people() -> BehaviourTable:
    """Everybody answers after 2 s and talks for about 20 s."""
    return BehaviourTable(
        behaviours={
            "person": Behaviour(kind=Kind.PERSON, ring_seconds=2.0, talk_seconds=20.0),
            "agent": Behaviour(kind=Kind.AGENT),
        },
        shares={"person": 1},
    )


async def measure(folder: Path, agents: int, seconds: float) -> dict[str, Any]:
    """Every figure of one run."""
    settings = StackSettings(
        home=home(),
        folder=folder,
        table=people(),
        environment={"KWABO_DEMO": "1", "KWABO_DEMO_AGENTS": str(agents)},
    )
    async with Stack(settings) as stack:
        assert stack.lab is not None
        await asyncio.sleep(SETTLE_SECONDS)
        idle = memory_of_parts(stack)
        async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
            await open_trunk(admin, lines=500, calls_per_second=50)
            numbers = [f"0197{n:06d}" for n in range(int(agents * seconds / 10) + agents)]
            campaign_id = await make_campaign(admin, write(folder / "people.csv", numbers), "load")
            async with team_at_work(
                stack.url(),
                admin,
                agents,
                prefix=stack.lab.table.agent_prefix,
                after_call_seconds=1,
            ):
                await insist(admin, f"/campaigns/{campaign_id}/start")
                loaded = memory_of_parts(stack)
                talking = 0
                until = time.monotonic() + seconds
                while time.monotonic() < until:
                    await asyncio.sleep(2.0)
                    now = memory_of_parts(stack)
                    loaded = {name: highest(loaded[name], now[name]) for name in now}
                    agents_now = (await snapshot(admin))["agents"]
                    talking = max(talking, sum(a["status"] == "on_call" for a in agents_now))
                await admin.post(f"/campaigns/{campaign_id}/stop")
    return {
        "agents": agents,
        "talking_at_most": talking,
        "idle": {name: vars(memory) for name, memory in idle.items()},
        "with_agents": {name: vars(memory) for name, memory in loaded.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--agents", type=int, default=25)
    parser.add_argument("--seconds", type=float, default=90)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kwabo-bench-") as folder:
        Path(folder).chmod(0o755)
        figures = asyncio.run(measure(Path(folder), options.agents, options.seconds))
    if options.json:
        print(json.dumps(figures))
        return
    load = f"{figures['agents']} agents, {figures['talking_at_most']} talking"
    print(f"{'':<14}{'idle':>27}   {load:>27}")
    head = f"{'processes':>9}{'RSS MB':>9}{'PSS MB':>9}"
    print(f"{'part':<14}{head}   {head}")
    for name in figures["idle"]:
        cells = [
            f"{found['processes']:>9}{found['rss']:>9.0f}{found['pss']:>9.0f}"
            for found in (figures["idle"][name], figures["with_agents"][name])
        ]
        print(f"{name:<14}{'   '.join(cells)}")
    totals = [
        f"{'':>18}{sum(found['pss'] for found in figures[when].values()):>9.0f}"
        for when in ("idle", "with_agents")
    ]
    print(f"{'sum of PSS':<14}{'   '.join(totals)}")


if __name__ == "__main__":
    main()
