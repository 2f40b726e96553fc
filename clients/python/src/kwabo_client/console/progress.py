"""`campaigns progress CAMPAIGN`: how far a campaign is, once or again and again."""

from __future__ import annotations

import sys
import time
from typing import Any

import click
from rich.live import Live
from rich.table import Table

from kwabo_client.console import inputs, output
from kwabo_client.console.session import Session, connected

_STATES = ("contacts", "untouched", "open", "in_progress", "finished")
_LEAST_SECONDS = 1.0


@click.command("progress")
@click.argument("campaign")
@click.option("--watch", "-w", is_flag=True, help="Again and again, until it is complete.")
@click.option("--every", default=5.0, show_default=True, help="Seconds between two looks.")
@connected
def progress(session: Session, campaign: str, watch: bool, every: float) -> None:
    """How far CAMPAIGN is."""
    campaign_id = inputs.id_of(session, "campaign_id", campaign)
    ask = session.client.campaigns
    if not watch:
        found = ask.campaign_progress(campaign_id)
        return (
            output.show_json(found)
            if session.as_json
            else output.console().print(table(session, found))
        )
    screen = output.console()
    drawn = sys.stdout.isatty() and not session.as_json
    with Live(console=screen, auto_refresh=False) if drawn else _Lines() as live:
        while True:
            state = ask.get_campaign(campaign_id)["state"]
            found = ask.campaign_progress(campaign_id)
            if session.as_json:
                output.show_json(found)
            elif drawn:
                live.update(table(session, found, state), refresh=True)
            else:
                click.echo(_line(session, found, state))
            if state == "complete":
                return None
            time.sleep(max(_LEAST_SECONDS, every))


class _Lines:
    """In place of a picture that is drawn anew: nothing."""

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        return None


def table(session: Session, progress: Any, state: str = "") -> Table:
    """The figures as a table."""
    drawn = Table(
        session.say("What"), session.say("Count"), session.say("Share"), title=state or None
    )
    contacts = progress["contacts"]
    for name in _STATES:
        share = f"{progress[name] / contacts:.1%}" if contacts else ""
        drawn.add_row(session.say(name), f"{progress[name]:,}", share)
    drawn.add_section()
    drawn.add_row(session.say("attempts"), f"{progress['attempts']:,}", "")
    for name, rate in (("answered", "connect_rate"), ("abandoned", "abandon_rate")):
        drawn.add_row(session.say(name), f"{progress[name]:,}", f"{progress[rate]:.1%}")
    drawn.add_section()
    for result, count in sorted(progress["results"].items(), key=lambda pair: -pair[1]):
        drawn.add_row(result, f"{count:,}", "")
    return drawn


def _line(session: Session, progress: Any, state: str) -> str:
    """The figures in a line, for a log."""
    names = ("finished", "attempts", "answered", "abandoned")
    return f"{state}: " + ", ".join(f"{progress[name]:,} {session.say(name)}" for name in names)
