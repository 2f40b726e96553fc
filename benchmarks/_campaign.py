"""What the measurements with a running campaign share: list, campaign, simulated agents."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import structlog

from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo import campaign
from kwabo.stack.demo.agents import DemoAgents
from kwabo.stack.demo.rest import Person, Refused


def quiet() -> None:
    """Warnings only, and to standard error: standard output is for the figures."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def home() -> Path:
    """Where Asterisk was installed."""
    return Path(os.environ.get("KWABO_HOME") or ".kwabo").resolve()


def write_contacts(path: Path, numbers: Sequence[str]) -> Path:
    """A CSV file with a name and a number per line."""
    lines = [f"Client {n};{number}" for n, number in enumerate(numbers)]
    path.write_text("\n".join(["nom;téléphone", *lines]) + "\n")
    return path


async def open_trunk(admin: Person, *, lines: int, calls_per_second: float) -> None:
    """Let the first trunk carry more than its usual limits: the program is measured, not they."""
    trunk = (await admin.get("/trunks"))["items"][0]
    await admin.patch(
        f"/trunks/{trunk['trunk_id']}", {"lines": lines, "calls_per_second": calls_per_second}
    )


async def make_campaign(
    admin: Person, file: Path, name: str, settings: Mapping[str, Any] | None = None
) -> str:
    """Import the file and make a progressive campaign that calls each number once; its id."""
    loaded = await campaign.load(admin, file, name, lambda *_: None)
    queue = (await admin.get("/queues"))["items"][0]
    trunk = (await admin.get("/trunks"))["items"][0]
    made = await admin.post(
        "/campaigns",
        {
            "name": name,
            "contact_list_id": loaded["contact_list_id"],
            "mode": "progressive",
            "queue_id": queue["queue_id"],
            "trunk_id": trunk["trunk_id"],
            "caller_id": trunk["caller_ids"][0],
            "callable_weekdays": [1, 2, 3, 4, 5, 6, 7],
            "callable_from": "00:00",
            "callable_until": "23:59",
            "max_attempts": 1,
            **(settings or {}),
        },
    )
    return str(made["campaign_id"])


@asynccontextmanager
async def team_at_work(
    url: str, admin: Person, agents: int, *, prefix: str, after_call_seconds: float
) -> AsyncIterator[DemoAgents]:
    """Agents of the demonstration, signed in, who take and wrap up what comes."""
    codes = [
        code["wrap_up_code_id"]
        for code in (await admin.get("/wrap-up-codes"))["items"]
        if not code["required_fields"]
        and not set(code["flags"]) & {"callback", "do_not_call", "contact_uncallable"}
    ]
    team = DemoAgents(
        url,
        [f"agent{n}" for n in range(1, agents + 1)],
        DEMO_PASSWORD,
        address_prefix=prefix,
        after_call_seconds=after_call_seconds,
        codes=codes,
    )
    stop = asyncio.Event()
    try:
        await team.sign_in()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(team.work(admin, stop))
            try:
                await all_ready(admin, agents)
                yield team
            finally:
                stop.set()
    finally:
        await team.close()


async def all_ready(admin: Person, agents: int, seconds: float = 60.0) -> None:
    """Wait until every agent may be given calls."""
    told: Mapping[str, Any] = {}
    async with asyncio.timeout(seconds):
        while sum(a["status"] == "ready" for a in told.get("agents", ())) < agents:
            told = await snapshot(admin)
            await asyncio.sleep(0.2)


async def snapshot(admin: Person) -> Mapping[str, Any]:
    """What the live page shows first."""
    async with admin.live() as socket:
        while True:
            message = await socket.receive_json()
            if message["type"] == "snapshot":
                return dict(message)


async def until_complete(admin: Person, campaign_id: str, seconds: float) -> None:
    """Wait for the campaign's end. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        state = ""
        while state != "complete":
            await asyncio.sleep(0.5)
            state = (await admin.get(f"/campaigns/{campaign_id}"))["state"]


async def insist(admin: Person, path: str) -> None:
    """POST until an engine holds the floor."""
    async with asyncio.timeout(60):
        while True:
            try:
                await admin.post(path)
                return
            except Refused as error:
                if error.status != 503:
                    raise
                await asyncio.sleep(0.2)
