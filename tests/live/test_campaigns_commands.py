"""`kwabo campaigns …` against a running server."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import ScriptedFloor, campaign_body, made, make_list
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from live.conftest import Site
from world import Both


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a command left behind."""

    exit_code: int
    stdout: str
    output: str  # errors included


class Terminal:
    """A person's terminal with a token of the administrator."""

    def __init__(self, site: Site, token: str) -> None:
        self._environment = os.environ | {
            "KWABO_URL": f"http://{site.host}",
            "KWABO_TOKEN": token,
        }

    async def run(self, *words: str) -> Result:
        """A command, as a process of its own."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "kwabo.cli",
            "campaigns",
            *words,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self._environment,
        )
        out, errors = await process.communicate()
        assert process.returncode is not None
        return Result(
            exit_code=process.returncode,
            stdout=out.decode(),
            output=out.decode() + errors.decode(),
        )


@pytest.fixture
async def terminal(site: Site) -> Terminal:
    """Signed in."""
    program = await site.application.with_token("a.admin")
    return Terminal(site, program.headers["Authorization"].removeprefix("Bearer "))


@pytest.fixture
async def campaign(site: Site, both: Both) -> Any:
    """A campaign that is ready."""
    admin = await site.application.signed_in("a.admin")
    contact_list = await make_list(admin, ["0161000001"])
    return await made(admin, "/campaigns", campaign_body(both, contact_list["contact_list_id"]))


async def test_a_campaign_is_started_and_stopped_by_name_or_id(
    terminal: Terminal,
    campaign: Any,
    floor: MemoryFloorClient,
    engine: AsyncEngine,
    both: Both,
) -> None:
    ScriptedFloor.on(floor, engine, both)
    started = await terminal.run("start", "Relance")
    assert (started.exit_code, started.stdout) == (0, "Relance: running\n")
    stopped = await terminal.run("stop", campaign["campaign_id"])
    assert (stopped.exit_code, stopped.stdout) == (0, "Relance: stopped\n")
    refused = await terminal.run("pause", "Relance")
    assert refused.exit_code == 1
    assert "campaign" in refused.output


async def test_what_there_is_can_be_read(terminal: Terminal, campaign: Any) -> None:
    listed = json.loads((await terminal.run("list", "--json")).stdout)
    assert [one["name"] for one in listed] == ["Relance"]
    assert json.loads((await terminal.run("list", "--json", "--state", "paused")).stdout) == []
    assert json.loads((await terminal.run("show", "Relance", "--json")).stdout) == campaign
    progress = json.loads((await terminal.run("progress", "Relance", "--json")).stdout)
    assert progress["untouched"] == progress["contacts"] == 1
    for words in (["list"], ["show", "Relance"], ["progress", "Relance"]):
        shown = await terminal.run(*words)
        assert shown.exit_code == 0, shown.output
        assert shown.stdout


async def test_what_is_wrong_says_what_to_do(terminal: Terminal) -> None:
    unknown = await terminal.run("start", "Inconnue")
    assert unknown.exit_code == 1
    assert "kwabo campaigns list" in unknown.output
    nobody = await terminal.run("list", "--server", "http://127.0.0.1:9")
    assert nobody.exit_code == 1
    assert "kwabo serve" in nobody.output
