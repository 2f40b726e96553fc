"""`python -m tests.chaos`: the long form, and the control that must fail."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from tests.chaos import naive
from tests.chaos.harness import ChaosSettings, Report, run

from kwabo.adapters.switch.asterisk.install import install


@click.command()
@click.option("--kills", default=250, show_default=True, help="Of the engine that owns the floor.")
@click.option("--agents", default=6, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--control/--no-control", default=True, help="Also run the naive worker.")
def main(kills: int, agents: int, seed: int, control: bool) -> None:
    """Kill and freeze parts at random, then compare with the far end's log."""
    console = Console(stderr=True)
    home = Path(os.environ.get("KWABO_HOME") or ".kwabo").resolve()
    install(home, console.print)
    with tempfile.TemporaryDirectory(prefix="kwabo-chaos-") as folder:
        settings = ChaosSettings(
            home=home, folder=Path(folder), kills=kills, agents=agents, seed=seed
        )
        report = asyncio.run(run(settings, console.print))
    table = Table(title=f"Chaos, seed {seed}", show_header=False)
    for name, value in rows(report):
        table.add_row(name, value)
    failed = report.judgement.broken.number > 0 or report.judgement.carried == 0
    if control:
        with tempfile.TemporaryDirectory(prefix="kwabo-naive-") as folder:
            duplicates = asyncio.run(naive.run(home, Path(folder), kills=40, seed=seed))
        table.add_row("control: lease and requeue, 40 kills, dialled twice", str(duplicates))
        failed = failed or duplicates == 0
    Console().print(table)
    for line in report.judgement.broken.told()[:50]:
        console.print(line)
    sys.exit(1 if failed else 0)


def rows(report: Report) -> list[tuple[str, str]]:
    """The table's rows."""
    judgement, broken = report.judgement, report.judgement.broken
    adopted = sorted(report.kill_to_adopted_seconds)
    return [
        ("seconds", f"{report.seconds:.0f}"),
        *((f"fault: {name}", str(times)) for name, times in sorted(report.done.faults.items())),
        ("attempts", str(report.attempts)),
        *((f"  {result}", str(times)) for result, times in report.results.most_common()),
        ("INVITEs at the far end", str(judgement.invites)),
        ("answered calls", str(judgement.answered)),
        ("conversations carried through an engine's kill or freeze", str(judgement.carried)),
        ("answered while no engine was there (message played)", str(judgement.greeted)),
        (
            "kill -9 to calls adopted, s (p50 / max)",
            f"{adopted[len(adopted) // 2]:.1f} / {adopted[-1]:.1f}" if adopted else "–",
        ),
        ("broken: attempts dialled twice", str(len(broken.dialled_twice))),
        ("broken: INVITEs without attempt", str(len(broken.without_attempt))),
        ("broken: contacts dialled inside their gap", str(len(broken.inside_gap))),
        ("broken: contacts dialled over their limit", str(len(broken.over_limit))),
        ("broken: answered calls without one outcome", str(len(broken.without_outcome))),
        ("broken: conversations cut", str(len(broken.cut))),
    ]


if __name__ == "__main__":
    main()
