"""A caller's whole way: number, language and menu by keys, queue, an agent in a browser, asked."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from audio_files import as_wav, sweep
from e2e.audio import read_recording
from e2e.calling_in import left, open_number
from e2e.conftest import OpenPage
from e2e.desk import WAIT, Desk
from e2e.office import pause_campaigns
from kwabo.adapters.carrier_lab.callers import CallIn, Press, Say, Wait
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(400)]

NUMBER, CALLER, SHOWN = "0121000055", "+2290197009911", "01 97 00 99 11"
SILENCE = 0.002  # root mean square; an empty line is far below


async def test_a_caller_comes_by_menu_and_queue_to_an_agent_who_takes_the_call(
    stack: Stack, open_page: OpenPage, tmp_path: Path
) -> None:
    said = tmp_path / "said.wav"
    said.write_bytes(as_wav(sweep(20.0, 500.0, 1500.0)))
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        await pause_campaigns(admin)
        campaign_id = await open_number(admin, NUMBER)
        desk = Desk(await open_page(), stack.url())
        await desk.log_in("agent1", DEMO_PASSWORD)
        await desk.begin()
        await desk.go_ready()
        await desk.has_status("Disponible")
        assert stack.lab is not None
        call = CallIn(
            number=NUMBER,
            caller=CALLER,
            steps=(
                Wait(seconds=4.0),
                Press(keys="2"),
                Wait(seconds=3.0),
                Press(keys="1"),
                Wait(seconds=8.0),
                *[Say(path=said)] * 4,
            ),
            stays_seconds=150,
        )
        await asyncio.to_thread(stack.lab.call_in, call)

        ringing = desk.page.get_by_role("region", name="Appel entrant")
        await expect(ringing).to_be_visible(timeout=WAIT)
        await expect(ringing).to_contain_text(SHOWN)
        await expect(ringing).to_contain_text("Assistance")
        await desk.has_status("Un appel vous attend")
        await desk.page.keyboard.press("Enter")
        await desk.is_talking()
        assert (await desk.flow(seconds=12)).level > SILENCE, "the agent hears the caller"
        await desk.control("Raccrocher")
        await desk.has_status("Après appel")
        await desk.wrap_up("Traité", notes="Facture expliquée.", then="Enregistrer et pause")

        caller = await left(stack, call)
        assert read_recording(caller.heard).voice > SILENCE, "the caller hears the agent"

        attempts = [one async for one in admin.pages(f"/campaigns/{campaign_id}/attempts")]
        (kept,) = attempts
        assert (kept["result"], kept["hung_up_by"], kept["abandoned"]) == ("person", "agent", False)
        history = await admin.get(f"/contacts/{kept['contact_id']}/history")
        shown: list[dict[str, Any]] = history if isinstance(history, list) else history["items"]
        assert [one["wrap_up"]["notes"] for one in shown] == ["Facture expliquée."]
        told = (await admin.get(f"/attempts/{kept['attempt_id']}"))["caller"]
        assert told["language"] == "en"
        assert [step["type"] for step in told["way"]] == ["language", "menu", "queue"]
        await desk.end_day()
