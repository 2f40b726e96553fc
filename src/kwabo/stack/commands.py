"""Commands that start things on this machine: `up`, `switch …`, `lab …`."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import click

from kwabo.adapters.carrier_lab.behaviours import BehaviourTable, demo_table
from kwabo.adapters.carrier_lab.callers import CallIn, read_step
from kwabo.adapters.carrier_lab.table_file import read_table
from kwabo.adapters.switch.asterisk.install import AsteriskUnavailable
from kwabo.adapters.switch.asterisk.install import install as install_asterisk
from kwabo.adapters.switch.asterisk.installation import find_installation
from kwabo.stack.callers import RunningLab
from kwabo.stack.demo.inbound import AGENTS, inbound_day, with_heard_agents
from kwabo.stack.home import home_folder, stack_folder
from kwabo.stack.part import PartFailed
from kwabo.stack.stack import Stack, StackInUse, StackSettings, SwitchKind
from kwabo.stack.welcome import Welcome, open_doors

DEMO_AGENTS = 3  # for people who try it; those who take callers come on top
EXAMPLE_CONTACTS = Path("examples/contacts-clean.csv")  # in a checkout

_TABLE = click.option(
    "--table",
    "table_path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What numbers do (TOML, see docs/operators/carrier-lab.md).",
)
_TIME_SCALE = click.option(
    "--time-scale", type=float, default=1.0, help="0.1: the called people are ten times quicker."
)


@click.command()
@click.option("--port", default=8000, show_default=True, help="Where the browser finds Kwabo.")
@click.option(
    "--switch",
    type=click.Choice(["asterisk", "simulator"]),
    default="asterisk",
    show_default=True,
    help="simulator: no real calls, for machines where Asterisk cannot be had.",
)
@click.option(
    "--contacts",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file of numbers to load, with a campaign on it. Default: an example.",
)
@click.option(
    "--inbound",
    type=click.FloatRange(0, 60),
    default=2.0,
    show_default=True,
    help="Calls a minute that come in to the demonstration's number; 0: none. Asterisk only.",
)
@_TABLE
@_TIME_SCALE
def up(
    port: int,
    switch: SwitchKind,
    contacts: Path | None,
    inbound: float,
    table_path: Path | None,
    time_scale: float,
) -> None:
    """Start everything on this machine and keep it running until Ctrl-C."""
    settings = StackSettings(
        home=home_folder(),
        folder=stack_folder(),
        switch=switch,
        http_port=port,
        table=with_heard_agents(_table(table_path, time_scale)),
        environment=_demonstration(contacts),
        operator=True,
    )
    if switch == "asterisk":
        _install()
    _run(_serve(settings, inbound))


@click.group()
def switch() -> None:
    """The switch: get Asterisk, or run one alone."""


@switch.command("install")
def switch_install() -> None:
    """Get Asterisk where it is missing (about 130 MB)."""
    _install(say_when_there=True)


@switch.command("run")
@_TABLE
def switch_run(table_path: Path | None) -> None:
    """Run a switch with the carrier lab behind it, and nothing else, until Ctrl-C."""
    _run(_asterisks(table_path, 1.0))


@click.group()
def lab() -> None:
    """The carrier lab: what plays the carrier and the called people."""


@lab.command("run")
@_TABLE
@_TIME_SCALE
def lab_run(table_path: Path | None, time_scale: float) -> None:
    """Run the carrier lab with a switch in front of it until Ctrl-C."""
    _run(_asterisks(table_path, time_scale))


@lab.command("decide")
@click.argument("number")
@click.option("--tries", default=3, show_default=True, help="How many calls to tell about.")
@_TABLE
def lab_decide(number: str, tries: int, table_path: Path | None) -> None:
    """Tell what the lab does when NUMBER (+229…) is called."""
    table = _table(table_path, 1.0)
    for attempt in range(1, tries + 1):
        decision = table.decide(number, attempt)
        click.echo(
            f"call {attempt}: {decision.name} (rings {decision.ring_seconds:.1f} s, "
            f"talks {decision.talk_seconds:.1f} s)"
        )


@lab.command("call")
@click.argument("number")
@click.option(
    "--caller", default="+2290197000000", show_default=True, help="Who calls; '' to withhold it."
)
@click.option("--name", default="", help="The caller's name.")
@click.option(
    "--step",
    "steps",
    multiple=True,
    metavar="STEP",
    help="What the caller does once answered, one after the other: wait:SECONDS, hear, "
    "hear:SECONDS, press:KEYS, say, say:FILE.wav, hang-up.",
)
@click.option("--rings", default=60, show_default=True, help="Seconds of patience, unanswered.")
@click.option("--stays", default=120, show_default=True, help="Seconds from answer to hanging up.")
@click.option("--stack", "stack_name", default="main", show_default=True, help="Which stack's lab.")
def lab_call(
    number: str,
    caller: str,
    name: str,
    steps: tuple[str, ...],
    rings: int,
    stays: int,
    stack_name: str,
) -> None:
    """Call NUMBER from the lab of a stack that runs, and tell what came of it."""
    try:
        call = CallIn(
            number=number,
            caller=caller,
            caller_name=name,
            steps=tuple(read_step(step) for step in steps),
            rings_seconds=rings,
            stays_seconds=stays,
        )
        lab = RunningLab(stack_folder(stack_name) / "lab")
        lab.call_in(call)
    except (ValueError, PartFailed) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{caller or 'Somebody'} calls {number} …")
    seen = lab.wait_for(call, within_seconds=rings + stays + 10)
    if seen is None:
        raise click.ClickException(f"The lab's log does not tell its end: {lab.calls_log}")
    answered = f"answered at {seen.answered_at:%H:%M:%S}, " if seen.answered_at else "no answer, "
    click.echo(f"{answered}over at {seen.ended_at:%H:%M:%S} (UTC), cause {seen.cause}")
    if seen.answered_at:
        click.echo(f"What the caller heard: {seen.heard}")


# ── what the commands do ─────────────────────────────────────────────────────────────────────────


async def _serve(settings: StackSettings, per_minute: float) -> None:
    async with Stack(settings, say=click.echo) as stack:
        welcome = Welcome(
            url=stack.url(),
            switch=settings.switch,
            lab=stack.lab is not None,
            callers=stack.lab is not None and per_minute > 0,
        )
        click.echo(open_doors(welcome))
        day: asyncio.Task[int] | None = None
        if stack.lab is not None and per_minute:
            agents = [f"agent{DEMO_AGENTS + number + 1}" for number in range(AGENTS)]
            day = asyncio.create_task(inbound_day(stack, agents, per_minute, click.echo))
        await _until_told_to_stop(stack)
        click.echo("Stopping …")
        if day is not None:
            day.cancel()
            await asyncio.gather(day, return_exceptions=True)


async def _asterisks(table_path: Path | None, time_scale: float) -> None:
    settings = StackSettings(
        home=home_folder(),
        folder=stack_folder("switch"),
        postgres=False,
        servers=(),
        table=_table(table_path, time_scale),
    )
    async with Stack(settings, say=click.echo) as stack:
        assert stack.switch is not None
        assert stack.lab is not None
        click.echo(f"ARI:  {stack.switch.ari.url}  user {stack.switch.ari.user}")
        click.echo(f"      password in {settings.folder / 'switch' / 'ari-password'}")
        click.echo(f"Lab:  SIP trunk trunk-lab; log {stack.lab.calls_log}")
        await _until_told_to_stop(stack)


async def _until_told_to_stop(stack: Stack) -> None:
    """Wait for Ctrl-C or SIGTERM, and say it when a part ends by itself."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    missing: set[str] = set()
    while not told.is_set():
        try:
            await asyncio.wait_for(told.wait(), timeout=2.0)
        except TimeoutError:
            gone = {name for name, part in stack.parts.items() if part.pid() is None}
            for name in gone - missing:
                click.secho(f"{name} has ended. Its log: {stack.folder}", fg="red", err=True)
            missing = gone


def _run(work: Coroutine[Any, Any, None]) -> None:
    try:
        asyncio.run(work)
    except (PartFailed, StackInUse, AsteriskUnavailable) as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        raise click.Abort from None


def _demonstration(contacts: Path | None) -> dict[str, str]:
    """Settings of the server by which a newcomer finds something to work with."""
    contacts = contacts or next((path for path in [EXAMPLE_CONTACTS] if path.exists()), None)
    return {
        "KWABO_DEMO": "1",
        "KWABO_DEMO_AGENTS": str(DEMO_AGENTS + AGENTS),
        "KWABO_DEMO_INBOUND_AGENTS": str(AGENTS),
        **({"KWABO_DEMO_CONTACTS": str(contacts.resolve())} if contacts else {}),
    }


def _install(*, say_when_there: bool = False) -> None:
    try:
        if find_installation(home_folder()) is None or say_when_there:
            install_asterisk(home_folder(), click.echo)
    except AsteriskUnavailable as error:
        raise click.ClickException(str(error)) from error


def _table(path: Path | None, time_scale: float) -> BehaviourTable:
    if path is None:
        return demo_table(time_scale=time_scale)
    try:
        return read_table(path)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
