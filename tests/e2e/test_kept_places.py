"""A caller keeps the place in the queue and hangs up: called when the turn comes, before a caller
who came later, with sound both ways; the customer first, and the agent first.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from e2e.calling_in import called, lead
from e2e.conftest import OpenPage
from e2e.desk import Desk
from e2e.far_end import FarEnd
from e2e.office import pause_campaigns
from kwabo.adapters.carrier_lab.callers import CallIn, Press, Wait
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(400)]

SILENCE = 0.002  # root mean square; an empty line is far below
WAITS_SECONDS = 4.0  # before the key


@pytest.fixture
async def admin(stack: Stack) -> AsyncIterator[Person]:
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as person:
        await pause_campaigns(person)
        yield person


@pytest.mark.parametrize(("first", "sent"), [("customer", "0121000081"), ("agent", "0121000082")])
async def test_a_kept_place_is_served_in_its_turn(
    stack: Stack, far_end: FarEnd, admin: Person, open_page: OpenPage, first: str, sent: str
) -> None:
    assert stack.lab is not None
    keeper, later = f"+2290197{sent[-2:]}0001", f"+2290197{sent[-2:]}0002"
    queue_id, campaign_id = await _open(admin, sent, first)

    steps = (
        Wait(seconds=WAITS_SECONDS), Press(keys="1"), Wait(seconds=WAITS_SECONDS), Press(keys="1"),
    )  # fmt: skip
    left = await called(stack, CallIn(number=sent, caller=keeper, steps=steps, stays_seconds=30))
    assert left.ended_by == "switch", "the flow says that the place is kept, and hangs up"
    kept = await _callback(admin, campaign_id)
    assert (kept["state"], kept["number"], kept["tries"]) == ("due", keeper, 0)
    assert kept["queue_name"] == f"Rappels {sent}"
    figures = await _figures(admin, queue_id)
    assert (figures["places_kept"], figures["waiting"]) == (1, 0)
    waits = CallIn(number=sent, caller=later, steps=(Wait(seconds=200),), stays_seconds=240)
    await asyncio.to_thread(stack.lab.call_in, waits)
    async with asyncio.timeout(30):
        while (await _figures(admin, queue_id))["waiting"] != 1:
            await asyncio.sleep(0.2)

    desk = Desk(await open_page(), stack.url())
    await desk.log_in("agent1", DEMO_PASSWORD)
    await desk.begin()
    await desk.go_ready()
    if first == "agent":
        assert not [call for call in stack.lab.calls() if call.number == keeper]
        await desk.page.get_by_role("button", name="Appeler", exact=True).click()
    await desk.is_talking()
    assert await desk.number() == keeper, "the place was kept: not the caller who came later"
    person = await far_end.channel(keeper)
    assert (await desk.flow(seconds=4)).level > SILENCE, "the agent hears the customer"
    heard = await far_end.hears(person)
    assert heard.voice > 0.5 * heard.level > SILENCE, "the customer hears the agent"
    assert (await _figures(admin, queue_id))["waiting"] == 1, "the later caller waits"
    await desk.control("Raccrocher")
    await desk.has_status("Après appel")
    await desk.wrap_up("Traité", notes="Rappelé comme promis.")

    await desk.is_talking()
    assert await desk.number() == later
    await desk.control("Raccrocher")
    await desk.has_status("Après appel")
    await desk.wrap_up("Traité", then="Enregistrer et pause")
    await desk.end_day()
    await _what_is_kept(stack, admin, campaign_id, queue_id, first=first, numbers=(keeper, later))


async def _what_is_kept(
    stack: Stack,
    admin: Person,
    campaign_id: str,
    queue_id: str,
    *,
    first: str,
    numbers: tuple[str, str],
) -> None:
    """Callback, attempts, history and figures tell the same, and the far end saw one call."""
    assert stack.lab is not None
    keeper, later = numbers
    kept = await _callback(admin, campaign_id)
    assert kept["state"] == "done"
    attempts = [one async for one in admin.pages(f"/campaigns/{campaign_id}/attempts")]
    (back,) = [one for one in attempts if one["mode"] != "inbound"]
    assert back["mode"] == ("preview" if first == "agent" else "progressive")
    assert (back["number"], back["result"], back["hung_up_by"]) == (keeper, "person", "agent")
    seen = [call for call in stack.lab.calls() if call.number == keeper]
    assert [call.attempt_id for call in seen] == [back["attempt_id"]]
    shown = await admin.get(f"/contacts/{back['contact_id']}/history")
    assert [one["mode"] for one in shown] == [back["mode"], "inbound"]
    assert shown[0]["wrap_up"]["notes"] == "Rappelé comme promis."
    (asked,) = [one for one in attempts if one["number"] == keeper and one["mode"] == "inbound"]
    assert (asked["abandoned"], asked["connected_at"]) == (False, None)
    (waited,) = [one for one in attempts if one["number"] == later]
    assert waited["connected_at"] > back["closed_at"]
    today = (await _figures(admin, queue_id))["today"]
    assert (today["offered"], today["answered"], today["left"]["callback"]) == (2, 1, 1)
    assert (await _figures(admin, queue_id))["places_kept"] == 0


async def _callback(admin: Person, campaign_id: str) -> dict[str, Any]:
    found = [
        one
        for view in ("waiting", "done")
        async for one in admin.pages("/callbacks", view=view)
        if one["campaign_id"] == campaign_id
    ]
    (one,) = found
    return dict(one)


async def _figures(admin: Person, queue_id: str) -> dict[str, Any]:
    found = (await admin.get("/queue-figures"))["items"]
    return dict(next(one for one in found if one["queue_id"] == queue_id))


async def _open(admin: Person, sent: str, first: str) -> tuple[str, str]:
    """The number, whose queue lets callers keep their place; ids of queue and campaign."""
    users = (await admin.get("/users"))["items"]
    (agent,) = [one for one in users if one["login"] == "agent1"]
    name = f"Rappels {sent}"
    queue = await admin.post("/queues", {"name": name, "member_user_ids": [agent["user_id"]]})
    queue_id = queue["queue_id"]
    routing = await admin.get(f"/queues/{queue_id}/routing")
    settings = {**routing["settings"], "callback_first": first}
    body = {"version": routing["version"], "settings": settings}
    await admin.put(f"/queues/{queue_id}/routing", body)
    nodes = [
        {
            "id": "attente",
            "type": "queue",
            "queue_id": queue_id,
            "by_language": False,
            "offers": [{"key": "1"}],
            "ways": {"1": "rappel", "timeout": "fin"},
        },
        {
            "id": "rappel",
            "type": "callback",
            "queue_id": queue_id,
            "by_language": False,
            "say": [{"text": {"fr": "Pour être rappelé, tapez un."}}],
            "seconds": 15,
            "ways": {"accepted": "note", "declined": "attente"},
        },
        {
            "id": "note",
            "type": "say",
            "say": [{"text": {"fr": "Votre place est gardée."}}],
            "ways": {"next": "fin"},
        },
        {"id": "fin", "type": "hang_up"},
    ]
    draft = {"languages": ["fr"], "start": "attente", "nodes": nodes}
    flow = await admin.post("/flows", {"name": name, "draft": draft})
    await admin.post(f"/flows/{flow['flow_id']}/publish", {"version": flow["version"]})
    hours = {
        "callable_weekdays": [1, 2, 3, 4, 5, 6, 7],
        "callable_from": "00:00",
        "callable_until": "23:59",
    }
    campaign_id = await lead(
        admin, sent, name, flow_id=flow["flow_id"], queue_id=str(queue_id), **hours
    )
    await asyncio.sleep(2.0)  # the floor hears of the new version by a command
    return str(queue_id), campaign_id
