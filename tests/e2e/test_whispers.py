"""A queue's announcement to its agents, as sound: the agent hears it, the caller does not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from audio_files import as_wav, found_in, read_wav, sweep
from e2e.calling_in import OTHER, SAME, approve, called, lead, likeness
from e2e.far_end import FarEnd
from e2e.office import pause_campaigns
from kwabo.adapters.carrier_lab.callers import CallIn, Wait
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(300)]

SENT, CALLER = "0121000091", "+2290197009101"
PITCHES = {"fr": (400.0, 900.0), "fon": (1500.0, 2300.0)}


@pytest.fixture
async def admin(stack: Stack) -> AsyncIterator[Person]:
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as person:
        await pause_campaigns(person)
        yield person


async def _prompt(admin: Person, folder: Path) -> tuple[str, dict[str, Path]]:
    """A prompt with a recording in two languages: its key, and the files."""
    languages = [
        {"language": "fr", "numbers": "own"},
        {"language": "fon", "numbers": "fallback"},
    ]
    await admin.put("/languages", {"languages": languages, "second_person": False})
    key = f"annonce_{uuid4().hex[:6]}"
    made = await admin.post("/prompts/new", {"key": key, "name": key})
    files = {}
    for language, pitches in PITCHES.items():
        file = files[language] = folder / f"{language}.wav"
        file.write_bytes(as_wav(sweep(1.5, *pitches)))
        path = f"/prompts/{made['prompt_id']}/recordings"
        variant = await admin.upload(path, file, language=language, words=key)
        await approve(admin, variant["variant_id"])
    return key, files


async def _open(admin: Person, key: str, user_id: str) -> str:
    """A number whose callers wait in a queue that whispers; the campaign's id."""
    name = f"Facturation {uuid4().hex[:6]}"
    queue = await admin.post("/queues", {"name": name, "member_user_ids": [user_id]})
    path = f"/queues/{queue['queue_id']}/routing"
    routing = await admin.get(path)
    settings = {**routing["settings"], "whisper_prompt": key}
    await admin.put(path, {"version": routing["version"], "settings": settings})
    nodes: list[dict[str, Any]] = [
        {
            "id": "attente",
            "type": "queue",
            "queue_id": queue["queue_id"],
            "by_language": False,
            "ways": {"timeout": "fin"},
        },
        {"id": "fin", "type": "hang_up"},
    ]
    draft = {"languages": ["fr"], "start": "attente", "nodes": nodes}
    flow = await admin.post("/flows", {"name": name, "draft": draft})
    await admin.post(f"/flows/{flow['flow_id']}/publish", {"version": flow["version"]})
    return await lead(admin, SENT, name, flow_id=flow["flow_id"], queue_id=queue["queue_id"])


async def test_the_agent_alone_hears_it_in_the_language_that_the_agent_speaks(
    stack: Stack, far_end: FarEnd, admin: Person, tmp_path: Path
) -> None:
    assert stack.lab is not None
    users = (await admin.get("/users"))["items"]
    (user_id,) = [one["user_id"] for one in users if one["login"] == "agent1"]
    await admin.put(f"/agent-skills/{user_id}", {"skills": {"language:fon": 5}})
    key, files = await _prompt(admin, tmp_path)
    campaign_id = await _open(admin, key, user_id)
    await asyncio.sleep(2.0)  # the floor hears of it by a command
    address = f"{stack.lab.table.agent_prefix}0091"
    async with Person(stack.url(), "agent1", DEMO_PASSWORD) as agent:
        await agent.post("/agent/sign-in", {"leg": {"kind": "address", "address": address}})
        async with asyncio.timeout(30):
            while (await agent.get("/agent"))["leg"]["state"] != "up":
                await asyncio.sleep(0.2)
        ear = asyncio.create_task(far_end.record(await far_end.channel(address), 14))
        await asyncio.sleep(1.0)
        await agent.post("/agent/ready", {})
        call = CallIn(number=SENT, caller=CALLER, steps=(Wait(seconds=9),), stays_seconds=12)
        caller = await called(stack, call)
        heard = await asyncio.to_thread(read_wav, await ear)
        assert found_in(heard, read_wav(files["fon"]))[0] > SAME, "the agent heard it"
        assert found_in(heard, read_wav(files["fr"]))[0] < OTHER, "in one language"
        for language, file in files.items():
            assert likeness(caller, file) < OTHER, (
                f"the caller heard what was for agents, {language}"
            )
        attempts = [one async for one in admin.pages(f"/campaigns/{campaign_id}/attempts")]
        assert [one["result"] for one in attempts] == ["person"]
        assert attempts[0]["connected_at"] is not None, "they were joined after it"
        await agent.post("/agent/pause", {})
        await agent.post("/agent/sign-out", {})
