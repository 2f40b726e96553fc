"""What a caller says to a flow is heard with the call, also of one who hangs up while speaking."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from audio_files import as_wav, found_in, read_wav, sweep
from e2e.calling_in import SAME, called, lead
from e2e.conftest import OpenPage
from e2e.desk import WAIT
from e2e.office import Office
from kwabo.adapters.carrier_lab.callers import CallIn, HangUp, Say, Wait
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(300)]

NUMBER, CALLER = "0121000096", "+2290197007799"


async def test_what_a_caller_says_to_a_flow_is_heard_with_the_call(
    stack: Stack, open_page: OpenPage, tmp_path: Path
) -> None:
    said = tmp_path / "said.wav"
    said.write_bytes(as_wav(sweep(2.5, 600.0, 1400.0)))
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        campaign_id = await _open(admin)
        # While it records, the switch sends silence: nothing tells a caller that the tone is over.
        steps = (Wait(seconds=4.0), Say(path=said), HangUp())
        await called(stack, CallIn(number=NUMBER, caller=CALLER, steps=steps, stays_seconds=40))
        attempt_id, recording = await _kept(admin, campaign_id)
        assert (recording["variable"], recording["seconds"] > 2.0) == ("plainte", True)
        page = await open_page()
        office = Office(page, stack.url())
        await office.log_in("superviseur", DEMO_PASSWORD)
        await page.goto(f"{stack.url()}/campaigns/{campaign_id}?tab=attempts")
        row = page.get_by_role("row", name="01 97 00 77 99")
        await row.get_by_role("button").first.click(timeout=WAIT)
        audio = page.get_by_role("dialog").get_by_label("Écouter : plainte")
        await expect(audio).to_be_visible(timeout=WAIT)
        file = tmp_path / "heard.wav"
        source = await audio.evaluate("audio => audio.src")
        assert attempt_id in source
        file.write_bytes(await (await page.request.get(source)).body())
        assert found_in(read_wav(file), read_wav(said))[0] > SAME


async def _kept(admin: Person, campaign_id: str) -> tuple[str, dict[str, Any]]:
    """The attempt, and what the flow has recorded of it, once it is there."""
    async with asyncio.timeout(WAIT / 1000):
        while True:
            async for one in admin.pages(f"/campaigns/{campaign_id}/attempts"):
                detail = await admin.get(f"/attempts/{one['attempt_id']}")
                if found := detail["caller"]["recordings"]:
                    return one["attempt_id"], found[0]
            await asyncio.sleep(0.2)


async def _open(admin: Person) -> str:
    nodes = [
        {
            "id": "plainte",
            "type": "record",
            "say": [{"text": {"fr": "Dites votre plainte."}}],
            "variable": "plainte",
            "max_seconds": 30,
            "ways": {"next": "fin"},
        },
        {"id": "fin", "type": "hang_up"},
    ]
    draft = {
        "languages": ["fr"],
        "start": "plainte",
        "variables": [{"name": "plainte", "type": "text"}],
        "nodes": nodes,
    }
    flow = await admin.post("/flows", {"name": "Plaintes", "draft": draft})
    await admin.post(f"/flows/{flow['flow_id']}/publish", {"version": flow["version"]})
    queue_id = (await admin.get("/queues"))["items"][0]["queue_id"]
    campaign_id = await lead(
        admin, NUMBER, "Plaintes", flow_id=flow["flow_id"], queue_id=str(queue_id)
    )
    await asyncio.sleep(2.0)  # the floor hears of the new version by a command
    return campaign_id
