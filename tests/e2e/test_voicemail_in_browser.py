"""A caller leaves a message; a supervisor sees it, plays it in the page and closes it."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from audio_files import as_wav, found_in, read_wav, sweep
from e2e.conftest import OpenPage
from e2e.desk import WAIT
from e2e.office import Office
from kwabo.adapters.carrier_lab.callers import CallIn, HangUp, Say, Wait
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(300)]

NUMBER, CALLER = "0121000066", "+2290197007788"
SHOWN = "01 97 00 77 88"
SAME = 0.9
_PLAYED = """async audio => {
  const data = new Promise((ready, fail) => {
    audio.addEventListener('loadedmetadata', ready, { once: true });
    audio.addEventListener('error', () => fail(new Error(audio.error.message)), { once: true });
  });
  const ended = new Promise(ready => audio.addEventListener('ended', ready, { once: true }));
  await audio.play();
  await data;
  await ended;
  return { duration: audio.duration, played: audio.played.end(0) };
}"""


async def test_a_message_is_left_heard_and_closed(
    stack: Stack, open_page: OpenPage, tmp_path: Path
) -> None:
    said = tmp_path / "said.wav"
    said.write_bytes(as_wav(sweep(2.5, 600.0, 1400.0)))
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        await _open_the_number(admin)
        office = Office(await open_page(), stack.url())
        page = office.page
        await office.log_in("superviseur", DEMO_PASSWORD)
        await office.go("Messages vocaux")
        before = (await admin.get("/voicemails/counts"))["new"]
        assert stack.lab is not None
        # While it records, the switch sends silence: nothing tells a caller that the tone is over.
        steps = (Wait(seconds=4.0), Say(path=said), HangUp())
        call = CallIn(number=NUMBER, caller=CALLER, steps=steps, stays_seconds=40)
        await asyncio.to_thread(stack.lab.call_in, call)
        left = await _left(admin)

        # Seen: in the list and in the menu.
        row = page.get_by_role("row", name=SHOWN)
        await expect(row.get_by_text("nouveau")).to_be_visible(timeout=WAIT)
        menu = page.get_by_role("navigation", name="Navigation principale")
        unheard = menu.get_by_label(re.compile("non écoutés?$"))
        await expect(unheard).to_have_text(str(before + 1), timeout=WAIT)

        # Heard: the caller's own sound, and one fewer in the menu.
        audio = row.locator("audio")
        heard = await audio.evaluate(_PLAYED)
        assert heard["duration"] > 2.0
        assert heard["duration"] == pytest.approx(left["seconds"], abs=0.5)
        assert heard["played"] == pytest.approx(heard["duration"], abs=0.2)
        await expect(row.get_by_text("écouté par Superviseur")).to_be_visible(timeout=WAIT)
        if before:
            await expect(unheard).to_have_text(str(before), timeout=WAIT)
        else:
            await expect(unheard).to_have_count(0, timeout=WAIT)
        file = tmp_path / "heard.wav"
        answer = await page.request.get(await audio.evaluate("audio => audio.currentSrc"))
        file.write_bytes(await answer.body())
        assert found_in(read_wav(file), read_wav(said))[0] > SAME

        # Taken.
        actions = row.get_by_role("button", name="Actions pour le message")
        await actions.click()
        await page.get_by_role("menuitem", name="Le prendre moi-même").click()
        await office.is_told("Ce message est à vous.")
        await expect(row.get_by_role("cell", name="moi", exact=True)).to_be_visible(timeout=WAIT)

        # Closed with a note.
        await actions.click()
        await page.get_by_role("menuitem", name="Clore").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_label("Ce qui a été fait").fill("Facture renvoyée.")
        await dialog.get_by_role("button", name="Clore", exact=True).click()
        await office.is_told("Le message est traité.")
        await expect(row).to_be_hidden(timeout=WAIT)
        await page.get_by_text("Traités", exact=True).click()
        await expect(row.get_by_text("Facture renvoyée.")).to_be_visible(timeout=WAIT)
        done = await admin.get(f"/voicemails/{left['voicemail_id']}")
        assert (done["state"], done["note"]) == ("done", "Facture renvoyée.")


async def _left(admin: Person) -> dict[str, Any]:
    async with asyncio.timeout(60):
        while True:
            found = (await admin.get("/voicemails", state="new"))["items"]
            if found:
                return dict(found[0])
            await asyncio.sleep(0.2)


async def _open_the_number(admin: Person) -> None:
    queue = (await admin.get("/queues"))["items"][0]
    trunk = (await admin.get("/trunks"))["items"][0]
    draft = {
        "languages": ["fr"],
        "start": "boite",
        "nodes": [
            {
                "id": "boite",
                "type": "voicemail",
                "queue_id": queue["queue_id"],
                "say": [{"text": {"fr": "Laissez un message."}}],
                "silence_seconds": 6,
                "ways": {"next": "fin"},
            },
            {"id": "fin", "type": "hang_up"},
        ],
    }
    flow = await admin.post("/flows", {"name": "Boîte vocale", "draft": draft})
    await admin.post(f"/flows/{flow['flow_id']}/publish", {"version": flow["version"]})
    columns = [{"name": "Téléphone", "label": "mobile", "kind": "phone"}]
    contact_list = await admin.post("/contact-lists", {"name": "Déposants", "columns": columns})
    campaign = await admin.post(
        "/campaigns",
        {
            "name": "Boîte vocale",
            "contact_list_id": contact_list["contact_list_id"],
            "mode": "inbound",
            "queue_id": queue["queue_id"],
            "trunk_id": trunk["trunk_id"],
            "caller_id": trunk["caller_ids"][0],
        },
    )
    body = {"number": NUMBER, "flow_id": flow["flow_id"], "campaign_id": campaign["campaign_id"]}
    await admin.post("/inbound-numbers", body)
    await asyncio.sleep(2.0)  # the floor hears of the new version by a command
