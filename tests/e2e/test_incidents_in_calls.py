"""Callers hear of incidents that concern them, are told of the end once, and get by key the
message of a branch that is closed.

Compared as sound: the carrier lab records what reaches its callers. Messages are looked up on the
page where the sandbox shows them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import expect

from e2e.calling_in import OTHER, SAME, approve, called, likeness, record
from e2e.conftest import OpenPage
from e2e.desk import WAIT
from e2e.office import Office
from kwabo.adapters.carrier_lab.callers import CallIn, Hear, Press
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(400)]

SENT = "0121000078"
CONCERNED, ELSEWHERE = "+2290197003350", "+2290197003351"
PITCHES = {  # no two share a pitch
    "inc_panne": (300.0, 600.0),
    "inc_offre": (700.0, 1000.0),
    "inc_note": (1200.0, 1600.0),
    "inc_menu": (1800.0, 2200.0),
    "inc_ferme": (2500.0, 3000.0),
}
CHANNELS = {"1": "sms", "2": "whatsapp", "3": "messenger"}


@pytest.fixture
async def admin(stack: Stack) -> AsyncIterator[Person]:
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as person:
        yield person


async def test_who_is_concerned_hears_it_before_the_menu_and_the_closed_branch_sends_messages(
    stack: Stack, admin: Person, open_page: OpenPage, tmp_path: Path
) -> None:
    files = {
        key: await record(admin, tmp_path, key, language="fr", pitches=pitches)
        for key, pitches in PITCHES.items()
    }
    await _invitation(admin)
    group = await _group(admin)
    await _open_the_number(admin, group["schedule_group_id"])
    incident = await admin.post(
        "/incidents",
        {
            "name": "Coupure à Cotonou",
            "communes": ["COTONOU"],
            "prompt": "inc_panne",
            "over_texts": {"fr": "Le réseau est revenu à Cotonou."},
        },
    )
    await asyncio.sleep(2.0)  # the floor hears of the flow by a command

    for _ in range(2):  # asking twice is asking once
        first = await called(stack, _call(CONCERNED, "1"))
        for key in ("inc_panne", "inc_offre", "inc_note", "inc_menu"):
            assert likeness(first, files[key]) > SAME, key
    other = await called(stack, _call(ELSEWHERE, ""))
    assert likeness(other, files["inc_menu"]) > SAME
    for key in ("inc_panne", "inc_offre", "inc_note"):
        assert likeness(other, files[key]) < OTHER, key

    path = f"/incidents/{incident['incident_id']}"
    kept = await admin.get(path)
    assert kept["heard"] == 2
    assert kept["notices"] == {"asked": 1, "waiting": 0, "sent": 0, "failed": 0}
    await admin.post(f"{path}/over")
    assert await _messages(admin, CONCERNED, 1) == [("sms", "Le réseau est revenu à Cotonou.")]
    assert (await admin.get(path))["notices"]["sent"] == 1

    later = await called(stack, _call(CONCERNED, ""))
    assert likeness(later, files["inc_panne"]) < OTHER
    assert likeness(later, files["inc_menu"]) > SAME

    await _close(admin, group)
    for number, key in enumerate(CHANNELS, start=1):
        caller = await called(stack, _call(ELSEWHERE, key))
        assert likeness(caller, files["inc_ferme"]) > SAME
        assert likeness(caller, files["inc_menu"]) < OTHER
        assert len(await _messages(admin, ELSEWHERE, number)) == number
    assert sorted(await _messages(admin, ELSEWHERE, 3)) == sorted(
        (channel, "Écrivez-nous : kwabo.example") for channel in CHANNELS.values()
    )
    assert len(await _messages(admin, CONCERNED, 1)) == 1, "told once"

    page = await open_page()
    office = Office(page, stack.url())
    await office.log_in("superviseur", DEMO_PASSWORD)
    await office.go("Bac à sable")
    await page.get_by_label("Numéro").fill(ELSEWHERE)
    await expect(page.get_by_role("article")).to_have_count(3, timeout=WAIT)
    for channel in CHANNELS.values():
        shown = page.get_by_role("article").filter(has_text=channel.upper())
        await expect(shown).to_contain_text("Écrivez-nous : kwabo.example", timeout=WAIT)


def _call(caller: str, key: str) -> CallIn:
    steps = (Hear(), Press(keys=key)) if key else ()
    return CallIn(number=SENT, caller=caller, steps=steps, stays_seconds=30)


async def _messages(admin: Person, recipient: str, at_least: int) -> list[tuple[str, str]]:
    """What the sandbox has for a number, once there are so many."""
    async with asyncio.timeout(WAIT / 1000):
        while True:
            items = (await admin.get("/sandbox-messages", recipient=recipient))["items"]
            if len(items) >= at_least:
                return [(one["channel"], one["text"]) for one in items]
            await asyncio.sleep(0.2)


async def _invitation(admin: Person) -> None:
    made = await admin.post("/prompts/new", {"key": "inc_invite", "name": "Invitation"})
    words = {"language": "fr", "medium": "text", "words": "Écrivez-nous : kwabo.example"}
    variant = await admin.post(f"/prompts/{made['prompt_id']}/words", words)
    await approve(admin, variant["variant_id"])


async def _hours(admin: Person, *weekdays: int) -> str:
    """A set that is open all day on these days; its id."""
    slots = [{"weekday": day, "start": "00:00", "until": "24:00"} for day in weekdays]
    body = {"name": f"Heures {uuid4().hex[:6]}", "windows": [{"kind": "mapped", "slots": slots}]}
    return str((await admin.post("/callable-time-sets", body))["callable_time_set_id"])


async def _group(admin: Person) -> dict[str, Any]:
    body = {
        "name": f"Accueil {uuid4().hex[:6]}",
        "callable_time_set_id": await _hours(admin, *range(1, 8)),
        "time_zone": "Africa/Porto-Novo",
    }
    made: dict[str, Any] = await admin.post("/schedule-groups", body)
    assert made["state"] == "open"
    return made


async def _close(admin: Person, group: dict[str, Any]) -> None:
    """From now on it opens on a day that is neither today nor one of its neighbours."""
    day = (datetime.now(UTC) + timedelta(days=3)).isoweekday()
    changed = await admin.patch(
        f"/schedule-groups/{group['schedule_group_id']}",
        {"version": group["version"], "callable_time_set_id": await _hours(admin, day)},
    )
    assert changed["state"] == "closed"


def _flow(schedule_group_id: str) -> dict[str, Any]:
    say = {"type": "say", "ways": {"next": "fin"}}
    return {
        "languages": ["fr"],
        "start": "heures",
        "nodes": [
            {
                "id": "heures",
                "type": "hours",
                "schedule_id": schedule_group_id,
                "ways": {"open": "incidents", "closed": "ferme"},
            },
            {
                "id": "incidents",
                "type": "incidents",
                "offer": [{"prompt": "inc_offre"}],
                "accepted": [{"prompt": "inc_note"}],
                "key": "1",
                "seconds": 8,
                "ways": {"next": "menu", "told": "menu"},
            },
            {**say, "id": "menu", "say": [{"prompt": "inc_menu"}]},
            {
                "id": "ferme",
                "type": "menu",
                "say": [{"prompt": "inc_ferme"}],
                "options": [{"key": key} for key in CHANNELS],
                "seconds": 8,
                "ways": {**CHANNELS, "timeout": "fin"},
            },
            *(
                {
                    "id": channel,
                    "type": "message",
                    "channel": channel,
                    "template": "inc_invite",
                    "ways": {"next": "fin"},
                }
                for channel in CHANNELS.values()
            ),
            {"id": "fin", "type": "hang_up"},
        ],
    }


async def _open_the_number(admin: Person, schedule_group_id: str) -> None:
    draft = _flow(schedule_group_id)
    flow = await admin.post("/flows", {"name": f"Incidents {uuid4().hex[:6]}", "draft": draft})
    published = await admin.post(f"/flows/{flow['flow_id']}/publish", {"version": flow["version"]})
    assert published["published_version"] == 1
    columns = [
        {"name": "Nom", "label": "Nom", "kind": "text"},
        {"name": "Téléphone", "label": "mobile", "kind": "phone"},
        {"name": "Commune", "label": "Commune", "kind": "text"},
    ]
    made = await admin.post("/contact-lists", {"name": "Abonnés appelants", "columns": columns})
    for number, commune in ((CONCERNED, "Cotonou"), (ELSEWHERE, "Parakou")):
        data = {"Nom": "Adjovi", "Téléphone": number, "Commune": commune}
        path = f"/contact-lists/{made['contact_list_id']}/contacts"
        await admin.post(path, {"data": data})
    trunk = (await admin.get("/trunks"))["items"][0]
    campaign = await admin.post(
        "/campaigns",
        {
            "name": "Abonnés qui appellent",
            "contact_list_id": made["contact_list_id"],
            "mode": "inbound",
            "queue_id": (await admin.get("/queues"))["items"][0]["queue_id"],
            "trunk_id": trunk["trunk_id"],
            "caller_id": trunk["caller_ids"][0],
        },
    )
    await admin.post(
        "/inbound-numbers",
        {
            "number": SENT,
            "label": "Abonnés",
            "flow_id": flow["flow_id"],
            "campaign_id": campaign["campaign_id"],
        },
    )
