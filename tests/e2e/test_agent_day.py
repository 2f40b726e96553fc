"""An agent's day, in real browsers, over real SIP: from the imported file to the last wrap-up."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from e2e.conftest import OpenPage
from e2e.desk import WAIT, Desk
from e2e.far_end import FarEnd
from e2e.office import Office
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(900)]

FILE = Path(__file__).parents[2] / "examples" / "contacts-benin.csv"
SILENCE = 0.002  # root mean square; speech and music are far above, an empty line far below
AGENT = "Agent 1"


async def test_a_day_from_the_file_to_the_last_wrap_up(
    stack: Stack, far_end: FarEnd, open_page: OpenPage
) -> None:
    """Import, campaign, calls with sound both ways, wrap-ups, and a browser that vanishes."""
    admin = Office(await open_page(), stack.url())
    await admin.log_in("admin", DEMO_PASSWORD)
    await admin.import_file(FILE, "Relances")
    assert await admin.reported_rows().count() > 0  # the file holds wrong numbers
    await admin.create_campaign("Relances de novembre", "Relances", "Bonjour {{Prénom}} !")
    await admin.start_campaign()

    supervisor = Office(await open_page(), stack.url())
    await supervisor.log_in("superviseur", DEMO_PASSWORD)
    await supervisor.go("Temps réel")

    desk = Desk(await open_page(), stack.url())
    await desk.log_in("agent1", DEMO_PASSWORD)
    await desk.begin()
    await desk.go_ready()

    await _first_call(desk, far_end, supervisor)
    await _second_call(desk, far_end)
    desk = await _vanishing_browser(desk, far_end, supervisor)
    await desk.end_day()
    await expect(supervisor.agent_row(AGENT)).to_have_count(0, timeout=WAIT)
    await _what_is_kept(stack, desk)


async def _first_call(desk: Desk, far_end: FarEnd, supervisor: Office) -> None:
    """Everything that can be done within a call; the agent ends it."""
    await desk.is_talking()
    number = await desk.number()
    await expect(supervisor.agent_row(AGENT)).to_contain_text("En appel", timeout=WAIT)
    await expect(supervisor.call_rows()).to_have_count(1, timeout=WAIT)
    await expect(desk.page.get_by_role("heading", name="Odile Agbo")).to_be_visible()
    await expect(desk.page.get_by_text("Bonjour Odile !")).to_be_visible()
    await expect(desk.page.get_by_text("Cotonou", exact=True)).to_be_visible()

    person = await far_end.channel(number)
    flow = await desk.flow(seconds=4)
    assert flow.packets_received > 50
    assert flow.packets_sent > 50
    assert flow.level > SILENCE, "the agent hears the person"
    heard = await far_end.hears(person)
    assert heard.voice > 0.5 * heard.level > SILENCE, "the person hears the agent's voice"

    await desk.control("Couper le micro")
    await expect(desk.controls().get_by_text("Micro coupé", exact=True)).to_be_visible(timeout=WAIT)
    assert (await far_end.hears(person)).level < SILENCE, "a muted agent is not heard"
    await desk.control("Rétablir le micro")

    await desk.control("Mettre en attente")
    await expect(desk.controls().get_by_text("En attente", exact=True)).to_be_visible(timeout=WAIT)
    held = await far_end.hears(person)
    assert held.level > SILENCE, "a person on hold hears music"
    assert held.voice < 0.2 * held.level, "a person on hold does not hear the agent"
    assert (await desk.flow()).level < SILENCE, "the agent does not hear a person on hold"
    await desk.control("Reprendre")
    await expect(desk.controls().get_by_text("En attente", exact=True)).to_be_hidden(timeout=WAIT)
    assert (await desk.flow(seconds=4)).level > SILENCE
    assert (await far_end.hears(person)).voice > SILENCE

    await desk.send_keys("42#")
    assert await far_end.keys(person, 3) == "42#"

    await desk.control("Raccrocher")
    await desk.has_status("Après appel")
    await expect(supervisor.agent_row(AGENT)).to_contain_text("Après appel", timeout=WAIT)
    await desk.wrap_up("Traité", notes="Paiera vendredi.")


async def _second_call(desk: Desk, far_end: FarEnd) -> None:
    """The person hangs up; the agent promises to call back."""
    await desk.is_talking()
    await far_end.hang_up(await far_end.channel(await desk.number()))
    await desk.has_status("Après appel")
    await desk.wrap_up("Rappel", callback="Dans 1 h")


async def _vanishing_browser(desk: Desk, far_end: FarEnd, supervisor: Office) -> Desk:
    """The page goes away in a call and comes back: the person waits with music, and is kept."""
    await desk.is_talking()
    number = await desk.number()
    person = await far_end.channel(number)
    assert (await far_end.hears(person)).voice > SILENCE
    context = desk.page.context
    await desk.page.close()
    await expect(supervisor.agent_row(AGENT)).to_contain_text("Connexion perdue", timeout=WAIT)
    waiting = await far_end.hears(person, seconds=2)
    assert waiting.level > SILENCE, "the person hears music while the agent is away"
    assert waiting.voice < 0.2 * waiting.level

    again = Desk(await context.new_page(), supervisor.url)
    await again.take_up()
    await again.is_talking()
    assert await again.number() == number
    assert (await again.flow(seconds=4)).level > SILENCE
    assert (await far_end.hears(person)).voice > SILENCE
    await again.control("Raccrocher")
    await again.has_status("Après appel")
    await again.wrap_up("Suivi", then="Enregistrer et pause")
    await again.has_status("En pause")
    return again


async def _what_is_kept(stack: Stack, desk: Desk) -> None:
    """Every call of the day has its outcome, and the far end saw just these calls answered."""
    assert stack.lab is not None
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        campaigns = {one["name"]: one async for one in admin.pages("/campaigns")}
        path = f"/campaigns/{campaigns['Relances de novembre']['campaign_id']}/attempts"
        attempts = [one async for one in admin.pages(path)]
    spoken = sorted(
        (one for one in attempts if one["result"] == "person"), key=lambda one: one["answered_at"]
    )
    assert [one["wrap_up"]["name"] for one in spoken] == ["Traité", "Rappel", "Suivi"]
    assert [one["hung_up_by"] for one in spoken] == ["agent", "customer", "agent"]
    assert spoken[0]["wrap_up"]["notes"] == "Paiera vendredi."
    assert {one["attempt_id"] for one in attempts} == {
        call.attempt_id for call in stack.lab.calls()
    }
    async with Person(stack.url(), "agent1", DEMO_PASSWORD) as agent:
        callbacks = await agent.get("/agent/callbacks")
    assert [one["contact_id"] for one in callbacks] == [spoken[1]["contact_id"]]
