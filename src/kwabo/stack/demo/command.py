"""The command `demo`."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from kwabo.adapters.carrier_lab.behaviours import BehaviourTable, demo_table
from kwabo.adapters.switch.asterisk.install import AsteriskUnavailable
from kwabo.adapters.switch.asterisk.install import install as install_asterisk
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo import campaign
from kwabo.stack.demo.agents import DemoAgents, plain_codes
from kwabo.stack.demo.campaign import ImportFailed
from kwabo.stack.demo.judge import Verdict, judge
from kwabo.stack.demo.rest import Person, Refused
from kwabo.stack.home import home_folder, stack_folder
from kwabo.stack.part import PartFailed
from kwabo.stack.stack import Stack, StackInUse, StackSettings

NO_ANSWER_SECONDS = 8
AFTER_CALL_SECONDS = 1.0
LISTEN_SECONDS = 6.0  # beyond the pause between two tones of an agent's telephone
SETTLE_SECONDS = 20.0  # the last lines of the far end's log and the last wrap-ups


@click.command()
@click.option(
    "--contacts",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file of numbers.",
)
@click.option("--agents", type=click.IntRange(1, 200), default=3, show_default=True)
@click.option(
    "--mode",
    type=click.Choice(["progressive", "preview", "power", "predictive"]),
    default="progressive",
    show_default=True,
)
@click.option(
    "--target",
    type=click.FloatRange(0.1, 20.0),
    default=3.0,
    show_default=True,
    help="Predictive: highest abandon rate, in percent.",
)
@click.option(
    "--calls-per-agent",
    type=click.FloatRange(1.0, 15.0),
    default=1.5,
    show_default=True,
    help="Power: calls for each agent who is free.",
)
@click.option("--time-scale", type=float, default=0.2, show_default=True, help="Of the people.")
@click.option("--limit", type=float, default=1800.0, show_default=True, help="Seconds at most.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def demo(
    contacts: Path,
    agents: int,
    mode: str,
    target: float,
    calls_per_agent: float,
    time_scale: float,
    limit: float,
    as_json: bool,
) -> None:
    """Run a campaign over CONTACTS to its end, with simulated agents and real SIP calls.

    Exits with 0 only when every contact reached a final state and the far end's own log agrees
    with the attempts, one to one.
    """
    console = Console(stderr=True)
    try:
        install_asterisk(home_folder(), lambda text: console.print(text))
        pace = {"abandon_target": target / 100, "calls_per_agent": calls_per_agent}
        verdict = asyncio.run(_demo(contacts, agents, mode, pace, time_scale, limit, console))
    except (PartFailed, StackInUse, AsteriskUnavailable, ImportFailed, Refused) as error:
        raise click.ClickException(str(error)) from error
    except asyncio.CancelledError:  # told to stop; the stack has been stopped
        raise click.Abort from None
    if as_json:
        click.echo(json.dumps(verdict.as_json(), ensure_ascii=False, indent=2))
    else:
        Console().print(_table(verdict))
    sys.exit(0 if verdict.agrees else 1)


async def _demo(
    contacts: Path,
    agents: int,
    mode: str,
    pace: Mapping[str, float],
    time_scale: float,
    limit: float,
    console: Console,
) -> Verdict:
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    folder = stack_folder("demo")
    shutil.rmtree(folder, ignore_errors=True)
    settings = StackSettings(
        home=home_folder(),
        folder=folder,
        table=_listening(demo_table(time_scale=time_scale)),
        environment={"KWABO_DEMO": "1", "KWABO_DEMO_AGENTS": str(agents)},
    )
    async with Stack(settings, say=lambda text: console.print(text)) as stack:
        assert stack.lab is not None
        with _bars(console) as bars:
            return await _campaign(stack, contacts, agents, mode, pace, limit, bars)


def _listening(table: BehaviourTable) -> BehaviourTable:
    """The same people, who tell when they heard something after their first word."""
    person = replace(table.behaviours["person"], listen_seconds=LISTEN_SECONDS)
    return replace(table, behaviours={**table.behaviours, "person": person})


async def _campaign(
    stack: Stack,
    contacts: Path,
    agents: int,
    mode: str,
    pace: Mapping[str, float],
    limit: float,
    bars: Progress,
) -> Verdict:
    assert stack.lab is not None
    rows: dict[str, object] = {}

    def progress(what: str, done: int, total: int) -> None:
        if what not in rows:
            rows[what] = bars.add_task(what, total=total)
        bars.update(rows[what], completed=done, total=total)  # type: ignore[arg-type]

    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        loaded = await campaign.load(admin, contacts, contacts.stem, progress)
        campaign_id = await campaign.make(
            admin,
            name=contacts.stem,
            contact_list_id=loaded["contact_list_id"],
            mode=mode,
            no_answer_seconds=NO_ANSWER_SECONDS,
            pace=pace,
        )
        team = DemoAgents(
            stack.url(),
            [f"agent{number}" for number in range(1, agents + 1)],
            DEMO_PASSWORD,
            address_prefix=stack.lab.table.agent_prefix,
            after_call_seconds=AFTER_CALL_SECONDS,
            codes=await plain_codes(admin),
        )
        stop = asyncio.Event()
        begun = time.monotonic()
        try:
            await team.sign_in()
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(team.work(admin, stop))
                await admin.post(f"/campaigns/{campaign_id}/start")
                await campaign.follow(admin, campaign_id, progress, limit)
                verdict = await _settled(stack, admin, campaign_id, time.monotonic() - begun)
                stop.set()
        finally:
            await team.close()
        return verdict


async def _settled(stack: Stack, admin: Person, campaign_id: str, seconds: float) -> Verdict:
    """The verdict, once both sides have written their last lines."""
    until = time.monotonic() + SETTLE_SECONDS
    while True:
        verdict = await _judge(stack, admin, campaign_id, seconds)
        if verdict.agrees or time.monotonic() > until:
            return verdict
        await asyncio.sleep(1.0)


async def _judge(stack: Stack, admin: Person, campaign_id: str, seconds: float) -> Verdict:
    assert stack.lab is not None
    told = await admin.get(f"/campaigns/{campaign_id}/progress")
    attempts = [a async for a in admin.pages(f"/campaigns/{campaign_id}/attempts")]
    prefix = stack.lab.table.agent_prefix
    return judge(
        contacts=told["contacts"],
        contacts_not_final=told["contacts"] - told["finished"],
        attempts=attempts,
        calls=[call for call in stack.lab.calls() if not call.number.startswith(prefix)],
        seconds=seconds,
    )


def _bars(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description:>10}"),
        BarColumn(bar_width=40),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )


def _table(verdict: Verdict) -> Table:
    table = Table(title="Demonstration", show_header=False)
    rows = [
        ("contacts", str(verdict.contacts)),
        ("  not final", str(verdict.contacts_not_final)),
        ("attempts", str(verdict.attempts)),
        *((f"  {result}", str(number)) for result, number in verdict.results.items()),
        ("wrap-ups", str(sum(verdict.wrap_ups.values()))),
        *((f"  {name}", str(number)) for name, number in verdict.wrap_ups.items()),
        ("answer to agent, s (p50 / p95 / max)", _percentiles(verdict.answer_to_agent_seconds)),
        ("abandons", str(verdict.abandons)),
        ("  with a message written as played", str(verdict.abandons_with_message)),
        ("  answer to message heard, s", _percentiles(verdict.answer_to_message_seconds)),
        ("attempts without exactly one outcome", str(len(verdict.attempts_without_one_outcome))),
        ("INVITEs seen by the far end", str(verdict.invites)),
        ("  that match no attempt", str(len(verdict.invites_without_attempt))),
        ("  that match twice", str(len(verdict.attempts_invited_twice))),
        ("seconds", f"{verdict.seconds:.0f}"),
        ("verdict", "both sides agree" if verdict.agrees else "; ".join(verdict.faults)),
    ]
    for name, value in rows:
        table.add_row(name, value)
    return table


def _percentiles(seconds: Mapping[str, float] | None) -> str:
    if seconds is None:
        return "–"
    return f"{seconds['p50']:.3f} / {seconds['p95']:.3f} / {seconds['max']:.3f}"
