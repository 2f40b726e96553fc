"""Somebody calls in from the carrier lab, a number that leads to an agent who is asked, and prompts
that can be told apart by their sound.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from audio_files import as_wav, found_in, read_wav, sweep
from kwabo.adapters.carrier_lab.callers import CallIn
from kwabo.adapters.carrier_lab.log import LabCaller
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

SAME, OTHER = 0.9, 0.5  # likeness above which a sound was heard, and below which it was not


async def called(stack: Stack, call: CallIn) -> LabCaller:
    """Call in; the call as its caller saw it, once it is over."""
    assert stack.lab is not None
    await asyncio.to_thread(stack.lab.call_in, call)
    return await left(stack, call)


async def left(stack: Stack, call: CallIn) -> LabCaller:
    """A call that has been made, as its caller saw it, once it is over."""
    assert stack.lab is not None
    waits = call.rings_seconds + call.stays_seconds + 20
    seen = await asyncio.to_thread(stack.lab.wait_for, call, within_seconds=waits)
    assert seen is not None, f"{call.caller} still calls {call.number}"
    return seen


async def record(
    admin: Person, folder: Path, key: str, *, language: str, pitches: tuple[float, float]
) -> Path:
    """A new prompt with an approved recording: a sound from pitch to pitch; its file."""
    made = await admin.post("/prompts/new", {"key": key, "name": key})
    file = folder / f"{key}-{language}.wav"
    file.write_bytes(as_wav(sweep(1.2, *pitches)))
    path = f"/prompts/{made['prompt_id']}/recordings"
    variant = await admin.upload(path, file, language=language, words=key)
    await approve(admin, variant["variant_id"])
    return file


async def approve(admin: Person, variant_id: str) -> None:
    """Have a variant used."""
    await admin.post(f"/prompt-variants/{variant_id}/submit")
    await admin.post(f"/prompt-variants/{variant_id}/approve")


def likeness(caller: LabCaller, file: Path) -> float:
    """How much of what the caller heard is the file's sound, 0 to 1."""
    return found_in(read_wav(caller.heard), read_wav(file))[0]


async def lead(
    admin: Person, number: str, name: str, *, flow_id: str, queue_id: str, **terms: Any
) -> str:
    """Have a number lead to a flow, its callers kept in a list and a campaign of this name; the
    campaign's id. `terms`: of the campaign.
    """
    columns = [
        {"name": "Nom", "label": "Nom", "kind": "text"},
        {"name": "Téléphone", "label": "mobile", "kind": "phone"},
    ]
    contact_list = await admin.post("/contact-lists", {"name": name, "columns": columns})
    trunk = (await admin.get("/trunks"))["items"][0]
    campaign = await admin.post(
        "/campaigns",
        {
            "name": name,
            "contact_list_id": contact_list["contact_list_id"],
            "mode": "inbound",
            "queue_id": queue_id,
            "trunk_id": trunk["trunk_id"],
            "caller_id": trunk["caller_ids"][0],
            **terms,
        },
    )
    ids = {"flow_id": flow_id, "campaign_id": campaign["campaign_id"]}
    await admin.post("/inbound-numbers", {"number": number, "label": name, **ids})
    return str(campaign["campaign_id"])


async def open_number(admin: Person, number: str) -> str:
    """This number is answered by a flow that leads to a queue which asks its agent, agent1; the
    campaign's id.
    """
    users = (await admin.get("/users"))["items"]
    (agent,) = [one for one in users if one["login"] == "agent1"]
    body = {"name": "Assistance", "member_user_ids": [agent["user_id"]]}
    queue = await admin.post("/queues", body)
    routing = await admin.get(f"/queues/{queue['queue_id']}/routing")
    settings = {**routing["settings"], "arrival": "asked", "alert_seconds": 60}
    await admin.put(
        f"/queues/{queue['queue_id']}/routing",
        {"version": routing["version"], "settings": settings},
    )
    draft = {
        "languages": ["fr", "en"],
        "start": "langue",
        "nodes": [
            {
                "id": "langue",
                "type": "language",
                "say": [{"text": {"fr": "Un pour le français.", "en": "Two for English."}}],
                "options": [{"key": "1", "language": "fr"}, {"key": "2", "language": "en"}],
                "seconds": 15,
                "ways": {"next": "menu", "timeout": "menu"},
            },
            {
                "id": "menu",
                "type": "menu",
                "say": [{"text": {"fr": "Un pour un agent.", "en": "One for an agent."}}],
                "options": [{"key": "1"}],
                "seconds": 15,
                "ways": {"1": "attente", "timeout": "fin"},
            },
            {
                "id": "attente",
                "type": "queue",
                "queue_id": queue["queue_id"],
                "by_language": False,
                "ways": {"timeout": "fin"},
            },
            {"id": "fin", "type": "hang_up"},
        ],
    }
    flow = await admin.post("/flows", {"name": "Assistance", "draft": draft})
    await admin.post(f"/flows/{flow['flow_id']}/publish", {"version": flow["version"]})
    campaign_id = await lead(
        admin, number, "Assistance", flow_id=flow["flow_id"], queue_id=queue["queue_id"]
    )
    await asyncio.sleep(2.0)  # the floor hears of the new version by a command
    return campaign_id
