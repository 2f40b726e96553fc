"""The agent's desk in its states, from the start of the day to the outcome of a caller's call."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from playwright.async_api import Browser, expect

from e2e.centre import DESK
from e2e.desk import WAIT, Desk
from kwabo.adapters.carrier_lab.callers import CallIn, Press, Wait
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

Take = Callable[[Desk, str], Awaitable[None]]  # pictures of the desk in a state of this name

NUMBER = "0121000077"  # as the carrier sends it
_CALLER = "+2290197009912"


async def desk_states(
    stack: Stack, admin: Person, browser: Browser, take: Take, language: str
) -> None:
    """One agent's work in a language, with a picture of each state; `NUMBER` is open."""
    assert stack.lab is not None
    async with Person(stack.url(), DESK, DEMO_PASSWORD) as agent:
        await agent.patch("/session/user", {"language": language})
    context = await browser.new_context(
        viewport={"width": 1280, "height": 800},
        locale="fr-FR",
        permissions=["microphone"],
        reduced_motion="reduce",
    )
    desk = Desk(await context.new_page(), stack.url(), language=language)
    await desk.log_in(DESK, DEMO_PASSWORD)
    await expect(desk.page.get_by_text(desk.word("On vous entend bien."))).to_be_visible(
        timeout=WAIT
    )
    await take(desk, "begin")
    await desk.begin()
    await take(desk, "paused")
    await desk.page.keyboard.press("?")
    await take(desk, "help")
    await desk.page.keyboard.press("Escape")

    await _outbound(desk, take)
    steps = (Wait(seconds=4.0), Press(keys="1"), Wait(seconds=3.0), Press(keys="1"))
    call = CallIn(number=NUMBER, caller=_CALLER, steps=steps, stays_seconds=300)
    await asyncio.to_thread(stack.lab.call_in, call)
    await _waits(admin, "Assistance")  # or the agent would have a call of the campaign before
    await _inbound(desk, take)
    await desk.end_day()
    await context.close()


async def _waits(admin: Person, queue: str) -> None:
    """Until somebody waits in this queue."""
    async with asyncio.timeout(WAIT / 1000):
        while not any(
            one["name"] == queue and one["waiting"]
            for one in (await admin.get("/queue-figures"))["items"]
        ):
            await asyncio.sleep(0.3)


async def _outbound(desk: Desk, take: Take) -> None:
    """A call of the campaign, to be called back; then a pause, so that a caller is next."""
    await desk.go_ready()
    await take(desk, "ready")
    await desk.is_talking()
    await expect(desk.page.get_by_role("form", name=desk.word("Qualification"))).to_be_visible(
        timeout=WAIT
    )
    await take(desk, "outbound")
    await desk.has_status("Après appel")
    await desk.page.get_by_role("radio", name=desk.word("Rappel")).check()
    await take(desk, "outbound-wrap-up")
    await desk.wrap_up(
        "Rappel", notes="Demande un échéancier.", callback="Demain 9 h", then="Enregistrer et pause"
    )
    await take(desk, "callback-kept")


async def _inbound(desk: Desk, take: Take) -> None:
    await desk.go_ready()
    ringing = desk.page.get_by_role("region", name=desk.word("Appel entrant"))
    await expect(ringing).to_be_visible(timeout=WAIT)
    await take(desk, "ringing")
    await desk.page.keyboard.press("Enter")
    await desk.is_talking()
    await take(desk, "inbound")
    await desk.control("Clavier")
    await take(desk, "keypad")
    await desk.page.keyboard.press("Escape")
    await desk.control("Transférer")
    await take(desk, "transfer")
    await desk.page.keyboard.press("Escape")
    await desk.control("Raccrocher")
    await desk.has_status("Après appel")
    await take(desk, "inbound-wrap-up")
    await desk.wrap_up("Traité", notes="Facture expliquée.", then="Enregistrer et pause")
