"""`kwabo campaigns …`: campaigns from the command line, through the API of a running server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any
from uuid import UUID

import aiohttp
import click
from rich.console import Console
from rich.table import Table

_TIMEOUT_SECONDS = 60.0
Call = Callable[[str, str], Coroutine[Any, Any, Any]]  # method, path → answer


def _connected(command: Callable[..., None]) -> Callable[..., None]:
    """Options by which a command finds its server, and `--json`."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print the API's answer as JSON."),
        click.option("--token", envvar="KWABO_TOKEN", required=True, help="An API token."),
        click.option(
            "--server", envvar="KWABO_URL", default="http://127.0.0.1:8000", show_default=True
        ),
    ):
        command = option(command)
    return command


@click.group()
def campaigns() -> None:
    """Campaigns: look at them, start and stop them."""


@campaigns.command("list")
@click.option("--state", help="Only those in this state: ready, running, paused …")
@_connected
def list_campaigns(server: str, token: str, as_json: bool, state: str | None) -> None:
    """Every campaign, the newest first."""
    found = _run(server, token, lambda call: _all(call, state))
    if as_json:
        return _print_json(found)
    table = Table("Name", "State", "Why", "Mode", "Priority", "Id")
    for one in found:
        table.add_row(
            one["name"], one["state"], one["state_reason"], one["mode"], str(one["priority"]),
            one["campaign_id"],
        )  # fmt: skip
    return Console().print(table)


@campaigns.command("show")
@click.argument("campaign")
@_connected
def show_campaign(server: str, token: str, as_json: bool, campaign: str) -> None:
    """The settings and state of CAMPAIGN (its name or id)."""
    found = _run(server, token, lambda call: _named(call, campaign))
    if as_json:
        return _print_json(found)
    table = Table(show_header=False)
    for name, value in found.items():
        table.add_row(name, value if isinstance(value, str) else json.dumps(value))
    return Console().print(table)


@campaigns.command("start")
@click.argument("campaign")
@_connected
def start_campaign(server: str, token: str, as_json: bool, campaign: str) -> None:
    """Start CAMPAIGN, or let it go on."""
    _act(server, token, as_json, campaign, "start")


@campaigns.command("pause")
@click.argument("campaign")
@_connected
def pause_campaign(server: str, token: str, as_json: bool, campaign: str) -> None:
    """Dial nothing new in CAMPAIGN; calls in progress go on."""
    _act(server, token, as_json, campaign, "pause")


@campaigns.command("stop")
@click.argument("campaign")
@_connected
def stop_campaign(server: str, token: str, as_json: bool, campaign: str) -> None:
    """In an emergency: hang up CAMPAIGN's unanswered calls at once."""
    _act(server, token, as_json, campaign, "stop")


@campaigns.command("progress")
@click.argument("campaign")
@_connected
def show_progress(server: str, token: str, as_json: bool, campaign: str) -> None:
    """How far CAMPAIGN is."""

    async def ask(call: Call) -> Any:
        found = await _named(call, campaign)
        return await call("GET", f"/campaigns/{found['campaign_id']}/progress")

    progress = _run(server, token, ask)
    if as_json:
        return _print_json(progress)
    table = Table("What", "Count", "Share")
    contacts = progress["contacts"]
    for name in ("contacts", "untouched", "open", "in_progress", "finished"):
        share = f"{progress[name] / contacts:.1%}" if contacts else ""
        table.add_row(name, f"{progress[name]:,}", share)
    table.add_section()
    table.add_row("attempts", f"{progress['attempts']:,}", "")
    table.add_row("answered", f"{progress['answered']:,}", f"{progress['connect_rate']:.1%}")
    table.add_row("abandoned", f"{progress['abandoned']:,}", f"{progress['abandon_rate']:.1%}")
    table.add_section()
    for result, count in sorted(progress["results"].items(), key=lambda pair: -pair[1]):
        table.add_row(result, f"{count:,}", "")
    return Console().print(table)


def _act(server: str, token: str, as_json: bool, campaign: str, action: str) -> None:
    async def ask(call: Call) -> Any:
        found = await _named(call, campaign)
        return await call("POST", f"/campaigns/{found['campaign_id']}/{action}")

    done = _run(server, token, ask)
    if as_json:
        return _print_json(done)
    for warning in done["warnings"]:
        click.echo(f"Note: {warning['message']}", err=True)
    return click.echo(f"{done['name']}: {done['state']}")


async def _all(call: Call, state: str | None) -> list[Any]:
    found: list[Any] = []
    page_token: str | None = None
    while True:
        query = "&".join(
            f"{name}={value}"
            for name, value in (("limit", 200), ("state", state), ("page_token", page_token))
            if value is not None
        )
        page = await call("GET", f"/campaigns?{query}")
        found += page["items"]
        page_token = page["next_page_token"]
        if page_token is None:
            return found


async def _named(call: Call, campaign: str) -> Any:
    try:
        return await call("GET", f"/campaigns/{UUID(campaign)}")
    except ValueError:
        pass
    for one in await _all(call, None):
        if one["name"] == campaign:
            return one
    raise click.ClickException(
        f"There is no campaign named '{campaign}'. See: kwabo campaigns list"
    )


def _run(server: str, token: str, work: Callable[[Call], Coroutine[Any, Any, Any]]) -> Any:
    async def run() -> Any:
        async with aiohttp.ClientSession(
            headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"},
            timeout=aiohttp.ClientTimeout(total=_TIMEOUT_SECONDS),
        ) as session:

            async def call(method: str, path: str) -> Any:
                address = f"{server.rstrip('/')}/api/v1{path}"
                async with session.request(method, address) as answer:
                    body = await answer.json()
                    if answer.status >= 400:
                        raise click.ClickException(body["error"]["message"])
                    return body

            return await work(call)

    try:
        return asyncio.run(run())
    except (aiohttp.ClientConnectionError, TimeoutError) as error:
        raise click.ClickException(
            f"No server answers at {server}. Start it: kwabo serve"
        ) from error


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
