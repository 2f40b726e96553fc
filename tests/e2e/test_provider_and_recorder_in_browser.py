"""What a DNC provider answers is told on its list's page; prompts are recorded in English."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from e2e.conftest import OpenPage
from e2e.desk import WAIT
from e2e.office import Office
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack
from provider_server import ProviderServer

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(300)]

NAME = "Service d’opposition"
_THREE_BURSTS = """() => {
  const meter = document.querySelector('[role=progressbar][aria-label="Level of the microphone"]');
  const loud = Number(meter.getAttribute('aria-valuenow')) > 10;
  if (loud && !window.kwaboLoud) window.kwaboBursts = (window.kwaboBursts ?? 0) + 1;
  window.kwaboLoud = loud;
  return window.kwaboBursts >= 3;
}"""
PASSWORD = "a speaker's own word"


async def test_a_provider_is_asked(stack: Stack, open_page: OpenPage) -> None:
    office = Office(await open_page(), stack.url())
    page = office.page
    await office.log_in("admin", DEMO_PASSWORD)
    async with ProviderServer(listed={"+2290197000301"}).running() as server:
        settings = {"url": f"{server.url}/check/{{number}}", "answer_path": "listed"}
        async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
            made = await admin.post("/dnc-lists", {"name": NAME, "provider": settings})
        await page.goto(f"{stack.url()}/dnc-lists/{made['dnc_list_id']}")
        panel = page.get_by_role("region", name="Service externe")
        number = panel.get_by_label("Essayer avec un numéro")
        ask = panel.get_by_role("button", name="Essayer")
        for written, told in (
            ("97 00 03 01", "Ce numéro est en opposition."),
            ("97 00 03 02", "Ce numéro est libre."),
        ):
            await number.fill(written)
            await ask.click()
            await expect(panel.get_by_text(told)).to_be_visible(timeout=WAIT)
        assert server.asked == ["+2290197000301", "+2290197000302"]
        server.mode = "error"
        await ask.click()
        await expect(panel.get_by_text("Le service n’a pas répondu.")).to_be_visible(timeout=WAIT)
        await expect(panel.get_by_text("HTTP 503")).to_be_visible()
        await page.set_viewport_size({"width": 390, "height": 844})
        overflow = await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0


async def test_fragments_are_recorded_in_english(stack: Stack, open_page: OpenPage) -> None:
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        person = {"login": "speaker", "display_name": "Speaker", "role": "administrator"}
        await admin.post("/users", {**person, "language": "en", "password": PASSWORD})
    office = Office(await open_page(), stack.url())
    page = office.page
    await office.log_in("speaker", PASSWORD)
    await page.goto(f"{stack.url()}/prompts/record/en")
    heading = page.get_by_role("heading", name=re.compile(r"^\d+ of \d+ recorded$"))
    before = await heading.inner_text(timeout=WAIT)
    await page.get_by_role("button", name="Record the voice", exact=True).click()
    await expect(page.get_by_text("Recording…")).to_be_visible(timeout=WAIT)
    # The microphone says bursts of a tone: three of them are a take of more than a second.
    await page.wait_for_function(_THREE_BURSTS, polling=40, timeout=WAIT)
    await page.get_by_role("button", name="Stop", exact=True).click()
    await page.get_by_role("button", name="Keep and go on").click()
    done, every = map(int, re.findall(r"\d+", before))
    after = page.get_by_role("heading", name=f"{done + 1} of {every} recorded", exact=True)
    await expect(after).to_be_visible(timeout=WAIT)
    await expect(page.get_by_role("button", name="Record the voice", exact=True)).to_be_visible()
