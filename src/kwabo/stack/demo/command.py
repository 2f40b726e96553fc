"""The command `demo`."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from kwabo.adapters.carrier_lab.behaviours import BehaviourTable, demo_table
from kwabo.adapters.switch.asterisk.install import AsteriskUnavailable
from kwabo.adapters.switch.asterisk.install import install as install_asterisk
from kwabo.domain.campaigns.agentless import AGENTLESS
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo import agentless, campaign
from kwabo.stack.demo.agents import DemoAgents, plain_codes
from kwabo.stack.demo.campaign import ImportFailed
from kwabo.stack.demo.inbound import (
    inbound_demonstration,
    who_are_called_back,
    with_heard_agents,
)
from kwabo.stack.demo.inbound_report import InboundReport
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
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file of numbers.",
)
@click.option("--agents", type=click.IntRange(1, 200), default=3, show_default=True)
@click.option(
    "--mode",
    type=click.Choice(["progressive", "preview", "power", "predictive", "agentless"]),
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
@click.option(
    "--inbound", is_flag=True, help="An inbound day in short instead: people of the lab call in."
)
@click.option(
    "--seconds",
    type=click.FloatRange(5.0, 86_400.0),
    default=120.0,
    show_default=True,
    help="Inbound: for how long people call.",
)
@click.option(
    "--per-minute",
    type=click.FloatRange(0.1, 600.0),
    default=20.0,
    show_default=True,
    help="Inbound: callers a minute.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def demo(
    contacts: Path | None,
    agents: int,
    mode: str,
    target: float,
    calls_per_agent: float,
    time_scale: float,
    limit: float,
    inbound: bool,
    seconds: float,
    per_minute: float,
    as_json: bool,
) -> None:
    """Run a campaign over CONTACTS to its end, with simulated agents and real SIP calls; or, with
    --inbound, an inbound day.

    Exits with 0 only when every contact reached a final state and the far end's own log agrees
    with the attempts, one to one.
    """
    if inbound == (contacts is not None):
        raise click.UsageError("Give --contacts FILE for a campaign, or --inbound for callers.")
    console = Console(stderr=True)
    try:
        install_asterisk(home_folder(), lambda text: console.print(text))
        pace = {"abandon_target": target / 100, "calls_per_agent": calls_per_agent}
        if contacts is None:
            verdict: Verdict | InboundReport = asyncio.run(
                _inbound(agents, seconds, per_minute, console)
            )
        else:
            verdict = asyncio.run(_demo(contacts, agents, mode, pace, time_scale, limit, console))
    except (PartFailed, StackInUse, AsteriskUnavailable, ImportFailed, Refused) as error:
        raise click.ClickException(str(error)) from error
    except asyncio.CancelledError:  # told to stop; the stack has been stopped
        raise click.Abort from None
    if as_json:
        click.echo(json.dumps(verdict.as_json(), ensure_ascii=False, indent=2))
    else:
        Console().print(_table(verdict.rows()))
    sys.exit(1 if verdict.faults else 0)


async def _inbound(
    agents: int, seconds: float, per_minute: float, console: Console
) -> InboundReport:
    settings = _settings(agents, who_are_called_back(with_heard_agents(demo_table())))
    takes_callers = {"KWABO_DEMO_INBOUND_AGENTS": str(agents)}
    settings = replace(
        settings, operator=True, environment={**settings.environment, **takes_callers}
    )
    async with Stack(settings, say=lambda text: console.print(text)) as stack:
        logins = [f"agent{number}" for number in range(1, agents + 1)]
        return await inbound_demonstration(stack, logins, per_minute, seconds)


async def _demo(
    contacts: Path,
    agents: int,
    mode: str,
    pace: Mapping[str, float],
    time_scale: float,
    limit: float,
    console: Console,
) -> Verdict:
    table = _listening(demo_table(time_scale=time_scale))
    if mode == AGENTLESS:
        table = agentless.people(table)
    async with Stack(_settings(agents, table), say=lambda text: console.print(text)) as stack:
        assert stack.lab is not None
        with _bars(console) as bars:
            return await run_campaign(stack, contacts, agents, mode, pace, limit, bars)


def _settings(agents: int, table: BehaviourTable) -> StackSettings:
    """A new stack in the demonstration's folder, stopped by SIGTERM too."""
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    folder = stack_folder("demo")
    shutil.rmtree(folder, ignore_errors=True)
    return StackSettings(
        home=home_folder(),
        folder=folder,
        table=table,
        environment={"KWABO_DEMO": "1", "KWABO_DEMO_AGENTS": str(agents)},
    )


def _listening(table: BehaviourTable) -> BehaviourTable:
    """The same people, who tell when they heard something after their first word."""
    person = replace(table.behaviours["person"], listen_seconds=LISTEN_SECONDS)
    return replace(table, behaviours={**table.behaviours, "person": person})


async def run_campaign(
    stack: Stack,
    contacts: Path,
    agents: int,
    mode: str,
    pace: Mapping[str, Any],
    limit: float,
    bars: Progress,
) -> Verdict:
    """The file's campaign, from its import to the verdict."""
    assert stack.lab is not None
    rows: dict[str, object] = {}

    def progress(what: str, done: int, total: int) -> None:
        if what not in rows:
            rows[what] = bars.add_task(what, total=total)
        bars.update(rows[what], completed=done, total=total)  # type: ignore[arg-type]

    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        loaded = await campaign.load(admin, contacts, contacts.stem, progress)
        if mode == AGENTLESS:
            flow_id = await agentless.make_flow(admin)
            pace = {**pace, "flow_id": flow_id, "lines_most": agentless.LINES}
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
    noted = await admin.get(f"/campaigns/{campaign_id}/flow-results")
    prefix = stack.lab.table.agent_prefix
    return judge(
        contacts=told["contacts"],
        contacts_not_final=told["contacts"] - told["finished"],
        attempts=attempts,
        calls=[call for call in stack.lab.calls() if not call.number.startswith(prefix)],
        answers={one["value"]: one["calls"] for n in noted["names"] for one in n["values"]},
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


def _table(rows: Sequence[tuple[str, str]]) -> Table:
    table = Table(title="Demonstration", show_header=False)
    for name, value in rows:
        table.add_row(name, value)
    return table
