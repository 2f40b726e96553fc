"""A script with pages during real calls: answers, columns, buttons, outcomes, in a real browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from e2e.conftest import OpenPage
from e2e.desk import WAIT, Desk
from e2e.office import Office, pause_campaigns
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(900)]

EXAMPLE = Path(__file__).parents[2] / "examples" / "script-relance.json"
PEOPLE = [("Sèna", "Agossou", "0197000101"), ("Afi", "Mensah", "0197000102")]


async def test_an_agent_follows_the_script(
    stack: Stack, open_page: OpenPage, tmp_path: Path
) -> None:
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        await pause_campaigns(admin)
        made = await _campaign(admin)
        desk = Desk(await open_page(), stack.url())
        await desk.page.set_viewport_size({"width": 1280, "height": 720})
        await desk.log_in("agent1", DEMO_PASSWORD)
        await desk.begin()
        await desk.go_ready()
        await admin.post(f"/campaigns/{made['campaign_id']}/start")

        first = await _who(desk, made)
        await _promises_to_talk_again(desk, admin, first, tmp_path)
        second = await _who(desk, made)
        assert second["contact_id"] != first["contact_id"]
        await _wants_no_more_calls(desk, admin, made, second)
        await desk.end_day()
        await _what_is_kept(admin, made, first, second)
        await _answers_are_read(Office(await open_page(), stack.url()), made)


async def _campaign(admin: Person) -> dict[str, Any]:
    """Two people, the example script, a progressive campaign on the demonstration's queue."""
    columns = [
        {"name": "Prénom", "label": "Prénom", "kind": "text"},
        {"name": "Nom", "label": "Nom", "kind": "text"},
        {"name": "Téléphone", "label": "mobile", "kind": "phone"},
        {"name": "Solde", "label": "Solde", "kind": "number"},
        {"name": "Échéance", "label": "Échéance", "kind": "date"},
        {"name": "Accord", "label": "Accord", "kind": "text"},
    ]
    contact_list = await admin.post("/contact-lists", {"name": "Script", "columns": columns})
    list_id = contact_list["contact_list_id"]
    contacts = [
        await admin.post(
            f"/contact-lists/{list_id}/contacts",
            {
                "data": {
                    "Prénom": first,
                    "Nom": last,
                    "Téléphone": number,
                    "Solde": "53144,70",
                    "Échéance": "09/03/2026",
                }
            },
        )
        for first, last, number in PEOPLE
    ]
    document = json.loads(EXAMPLE.read_text("utf-8"))
    script = await admin.post(
        "/scripts",
        {"name": document.pop("name"), "contact_list_id": list_id, "draft": document},
    )
    assert script["problems"] == []
    await admin.post(f"/scripts/{script['script_id']}/publish", {"version": script["version"]})
    queue = (await admin.get("/queues"))["items"][0]
    trunk = (await admin.get("/trunks"))["items"][0]
    dnc = (await admin.get("/dnc-lists"))["items"][0]
    campaign = await admin.post(
        "/campaigns",
        {
            "name": "Avec script",
            "contact_list_id": list_id,
            "mode": "progressive",
            "queue_id": queue["queue_id"],
            "trunk_id": trunk["trunk_id"],
            "caller_id": trunk["caller_ids"][0],
            "dnc_list_ids": [dnc["dnc_list_id"]],
            "callable_weekdays": [1, 2, 3, 4, 5, 6, 7],
            "callable_from": "00:00",
            "callable_until": "23:59",
            "after_call_limit_seconds": 600,
            "script_id": script["script_id"],
        },
    )
    return {**campaign, "contacts": contacts, "dnc_list_id": dnc["dnc_list_id"]}


def _script(desk: Desk) -> Locator:
    return desk.page.get_by_role("region", name="Script")


async def _who(desk: Desk, made: dict[str, Any]) -> dict[str, Any]:
    """The contact of the call, greeted by name."""
    await desk.is_talking()
    number = await desk.number()
    (contact,) = [one for one in made["contacts"] if one["numbers"][0]["number"] == number]
    names = contact["data"]
    greeting = f"Bonjour {names['Prénom']} {names['Nom']}, je suis Agent 1"
    await expect(_script(desk).get_by_text(greeting)).to_be_visible(timeout=WAIT)
    return dict(contact)


async def _saved(desk: Desk) -> None:
    state = _script(desk).get_by_text("Réponses enregistrées")
    await expect(state).to_be_visible(timeout=WAIT)


async def _promises_to_talk_again(
    desk: Desk, admin: Person, contact: dict[str, Any], pictures: Path
) -> None:
    """Pages by keyboard and mouse, a column written during the call, a callback filled in."""
    script = _script(desk)
    await script.get_by_text("Oui", exact=True).click()
    await desk.page.keyboard.press("Alt+n")
    balance = script.get_by_text("53\u202f144,70 F, à régler avant le 9 mars 2026")
    await expect(balance).to_be_visible(timeout=WAIT)
    again = script.get_by_role("button", name="Rappeler demain")
    await expect(again).to_be_hidden()
    await script.get_by_text("Ne peut pas", exact=True).click()
    await script.get_by_role("group", name="Pouvons-nous").get_by_text("Non", exact=True).click()
    await _saved(desk)
    kept = await admin.get(f"/contacts/{contact['contact_id']}")
    assert kept["data"]["Accord"] == "non", "written while the call goes on"
    await desk.page.screenshot(path=pictures / "script.png", full_page=True)

    # A page that is loaded again goes on where it was, with its answers.
    await desk.page.reload()
    await desk.is_talking()
    await expect(balance).to_be_visible(timeout=WAIT)
    await again.click()
    form = desk.page.get_by_role("form", name="Qualification")
    await expect(form.get_by_label("Rappeler", exact=False).first).to_be_checked()
    await desk.page.set_viewport_size({"width": 390, "height": 844})
    await desk.page.screenshot(path=pictures / "script-phone.png", full_page=True)
    await desk.page.set_viewport_size({"width": 1280, "height": 720})

    await script.get_by_role("button", name="Suivant").click()
    await script.get_by_label("Remarque du client").fill("Rappeler après la paie")
    await script.get_by_role("button", name="Donner la qualification").click()
    await desk.control("Raccrocher")
    await desk.has_status("Après appel")
    await desk.wrap_up("Rappel")


async def _wants_no_more_calls(
    desk: Desk, admin: Person, made: dict[str, Any], contact: dict[str, Any]
) -> None:
    """The button asks once, says what it did, and the call goes on; a success is refused."""
    script = _script(desk)
    button = script.get_by_role("button", name="Ne plus appeler")
    await button.click()
    question = desk.page.get_by_role("dialog")
    await question.get_by_role("button", name="Ne plus appeler").click()
    done = script.get_by_text("C’est fait : sur la liste d’opposition")
    await expect(done).to_be_visible(timeout=WAIT)
    await expect(button).to_be_disabled()
    entries = await admin.get(f"/dnc-lists/{made['dnc_list_id']}/entries")
    listed = {one["value"]: one for one in entries["items"]}
    assert listed[contact["numbers"][0]["number"]]["reason"] == "SCRIPT"
    await desk.is_talking()
    await desk.control("Raccrocher")
    await desk.has_status("Après appel")
    form = desk.page.get_by_role("form", name="Qualification")
    await form.get_by_role("radio", name="Traité").check()
    await form.get_by_role("button", name="Enregistrer et pause").click()
    refusal = desk.page.get_by_text("avant d’enregistrer un succès")
    await expect(refusal).to_be_visible(timeout=WAIT)
    await desk.wrap_up("Pas intéressé", then="Enregistrer et pause")


async def _what_is_kept(
    admin: Person, made: dict[str, Any], first: dict[str, Any], second: dict[str, Any]
) -> None:
    rows = (await admin.get(f"/campaigns/{made['campaign_id']}/script-answers"))["items"]
    answers = {
        row["contact_id"]: {one["field"]: one["value"] for one in row["answers"]} for row in rows
    }
    assert answers == {
        first["contact_id"]: {
            "bonne-personne": "yes",
            "promesse": "Ne peut pas",
            "accord": "no",
            "remarque": "Rappeler après la paie",
        }
    }
    assert rows[0]["wrap_up"] == "Rappel"
    history = await admin.get(f"/contacts/{second['contact_id']}/history")
    assert history[0]["wrap_up"]["name"] == "Pas intéressé"
    async with Person(admin.url, "agent1", DEMO_PASSWORD) as agent:
        callbacks = await agent.get("/agent/callbacks")
    (callback,) = [one for one in callbacks if one["contact_id"] == first["contact_id"]]
    assert callback["note"] == "Solde de 53\u202f144,70 F"


async def _answers_are_read(office: Office, made: dict[str, Any]) -> None:
    """The campaign's page has a row for the call, with what was answered and how it ended."""
    await office.log_in("admin", DEMO_PASSWORD)
    await office.page.goto(f"{office.url}/campaigns/{made['campaign_id']}?tab=answers")
    row = office.page.get_by_role("row").filter(has_text="Rappeler après la paie")
    await expect(row).to_be_visible(timeout=WAIT)
    await expect(row).to_contain_text("Ne peut pas")
    await expect(row).to_contain_text("Rappel")
    # On a phone the answers stand below the call's time.
    await office.page.set_viewport_size({"width": 390, "height": 844})
    await expect(row.get_by_text("Ne peut pas").locator("visible=true")).to_have_count(1)
    overflow = await office.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0
