"""A supervisor declares an incident, changes it and ends it, and turns the emergency on and off;
the live page shows both while they last.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.async_api import expect

from e2e.calling_in import record
from e2e.conftest import OpenPage
from e2e.desk import WAIT
from e2e.office import Office
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(300)]


async def test_an_incident_and_an_emergency_from_begin_to_end(
    stack: Stack, open_page: OpenPage, tmp_path: Path
) -> None:
    group = f"Boutique {uuid4().hex[:6]}"
    prompt = f"panne-{uuid4().hex[:6]}"
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        slots = [{"weekday": day, "start": "00:00", "until": "24:00"} for day in range(1, 8)]
        windows = [{"kind": "mapped", "slots": slots}]
        hours = await admin.post("/callable-time-sets", {"name": group, "windows": windows})
        body = {"name": group, "callable_time_set_id": hours["callable_time_set_id"]}
        await admin.post("/schedule-groups", {**body, "time_zone": "Africa/Porto-Novo"})
        languages = [{"language": one} for one in ("fr", "en", "fon")]
        await admin.put("/languages", {"languages": languages, "second_person": False})
        await record(admin, tmp_path, prompt, language="fon", pitches=(300, 900))
    office = Office(await open_page(), stack.url())
    page = office.page
    await office.log_in("superviseur", DEMO_PASSWORD)
    await office.go("Incidents, ouverture")

    await page.get_by_role("button", name="Déclarer un incident").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Nom").fill("Panne à Abomey")
    await dialog.get_by_label("Communes").fill("Abomey, Bohicon")
    await dialog.get_by_role("button", name="Déclarer un incident").click()
    refused = dialog.get_by_label("Ce qui est dit · français")
    await expect(refused).to_have_attribute("aria-invalid", "true", timeout=WAIT)
    await refused.fill("Le réseau est en panne à Abomey.")
    await dialog.get_by_label("Ce qui est dit · fon").fill("Réseau ɔ gble ɖo Agbomɛ.")
    await dialog.get_by_role("button", name="Déclarer un incident").click()
    row = page.get_by_role("row").filter(has_text="Panne à Abomey")
    await expect(row).to_contain_text("Abomey, Bohicon", timeout=WAIT)

    await row.get_by_role("button", name="Modifier").click()
    await expect(dialog.get_by_label("Communes")).to_have_value("Abomey, Bohicon", timeout=WAIT)
    await dialog.get_by_label("Communes").fill("Abomey")
    in_fon = dialog.get_by_label("Ce qui est dit · fon")
    await expect(in_fon).to_have_value("Réseau ɔ gble ɖo Agbomɛ.")
    await expect(dialog.get_by_text(re.compile("Pas de synthèse vocale")).first).to_be_visible()
    await dialog.get_by_text("Par un message enregistré").click()
    await dialog.get_by_role("combobox", name="Message").click()
    await page.get_by_role("option", name=prompt).click()
    await expect(
        dialog.get_by_text(re.compile("Entendu en : fon. Manque en : français"))
    ).to_be_visible()
    await dialog.get_by_role("button", name="Enregistrer").click()
    await expect(row).not_to_contain_text("Bohicon", timeout=WAIT)
    async with Person(stack.url(), "superviseur", DEMO_PASSWORD) as supervisor:
        told = [one for one in (await supervisor.get("/incidents"))["items"] if one["prompt"]]
        assert [(one["prompt"], one["texts"]) for one in told] == [(prompt, {})]

    await page.get_by_role("button", name=f"Urgence : {group}").click()
    await dialog.get_by_label("Raison").fill("Incendie au siège")
    until = (datetime.now(UTC) + timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M")
    await dialog.get_by_label("Jusqu’à").fill(until)
    await dialog.get_by_role("button", name="Déclencher l’urgence").click()
    await expect(page.get_by_text("Incendie au siège")).to_be_visible(timeout=WAIT)

    await office.go("Temps réel")
    live = page.get_by_role("main")
    await expect(live.get_by_text("Incendie au siège")).to_be_visible(timeout=WAIT)
    await expect(live.get_by_text("Panne à Abomey")).to_be_visible(timeout=WAIT)

    await office.go("Incidents, ouverture")
    await page.get_by_role("button", name="Lever l’urgence").click()
    await expect(page.get_by_text("Incendie au siège")).to_have_count(0, timeout=WAIT)
    await row.get_by_role("button", name="Déclarer terminé").click()
    await dialog.get_by_role("button", name="Déclarer terminé").click()
    await expect(row).to_have_count(0, timeout=WAIT)
    # Its segments stand in a group; what is over stays to be read.
    await page.get_by_text("Terminés", exact=True).click()
    await expect(row).to_be_visible(timeout=WAIT)
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        done = {one["action"] for one in (await admin.get("/audit"))["items"]}
    assert {"incident.declared", "incident.changed", "incident.over_declared"} <= done
    assert {"emergency.started", "emergency.ended"} <= done
