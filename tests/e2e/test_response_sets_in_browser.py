"""A recording with accents in its name, the response set that plays it, and its campaign."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from audio_files import tone_wav
from e2e.belongings import small_campaign
from e2e.conftest import OpenPage
from e2e.desk import WAIT
from e2e.office import Office
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(300)]

PROMPT = "Réponse d’été à Noël"
SET = "Réactions du soir"
CAMPAIGN = "Campagne aux répondeurs"


async def test_a_campaign_leaves_a_message(
    stack: Stack, open_page: OpenPage, tmp_path: Path
) -> None:
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        campaign_id = await small_campaign(admin, CAMPAIGN)
    office = Office(await open_page(), stack.url())
    await office.log_in("admin", DEMO_PASSWORD)
    await _upload(office, tmp_path)
    await _react(office)
    page = office.page
    await page.goto(f"{stack.url()}/campaigns/{campaign_id}/edit")
    await office.choose("Réactions aux résultats d’appel", SET)
    await page.get_by_role("button", name="Enregistrer", exact=True).click()
    # The form's heading has the campaign's name too.
    await page.wait_for_url(lambda url: not url.endswith("/edit"), timeout=WAIT)
    await office.go("Réactions")
    await expect(page.get_by_role("row", name=SET).first).to_contain_text(CAMPAIGN, timeout=WAIT)
    # What is used is not deleted.
    await page.get_by_role("button", name=f"Supprimer le message {PROMPT}").click()
    await page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    await expect(page.get_by_role("alert").filter(has_text=SET)).to_be_visible(timeout=WAIT)


async def _upload(office: Office, folder: Path) -> None:
    """The recording has its file's name, is as long as it is, and can be heard."""
    page = office.page
    bad = folder / "pas-du-son.wav"
    bad.write_bytes(b"no sound at all")
    good = folder / f"{PROMPT}.wav"
    good.write_bytes(tone_wav(seconds=2.0))
    await office.go("Réactions")
    await page.get_by_role("button", name="Envoyer un enregistrement").click()
    form = page.get_by_role("dialog")
    for file in (bad, good):
        async with page.expect_file_chooser() as choosing:
            await form.get_by_role("button", name="Fichier").click()
        await (await choosing.value).set_files(file)
        if file is bad:
            await expect(form.get_by_label("Nom")).to_have_value("pas-du-son")
            await form.get_by_role("button", name="Créer").click()
            await expect(form.locator("[class*=error]").first).to_be_visible(timeout=WAIT)
            await form.get_by_label("Nom").fill(PROMPT)
    await form.get_by_role("button", name="Créer").click()
    await office.is_told("Le message est enregistré.")
    row = page.get_by_role("row", name=PROMPT)
    await expect(row).to_contain_text("0:02", timeout=WAIT)
    heard = await row.locator("audio").evaluate(
        "async one => { await one.play(); return one.duration; }"
    )
    assert 1.9 < heard < 2.1


async def _react(office: Office) -> None:
    page = office.page
    await page.get_by_role("button", name="Nouveau jeu de réactions").first.click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Nom").fill(SET)
    await form.get_by_role("button", name="Créer").click()
    await expect(page.get_by_role("heading", name=SET)).to_be_visible(timeout=WAIT)
    answered = page.get_by_role("region", name="Quand l’appel est décroché")
    await office.choose_in(answered, "Un répondeur", "Laisser un message")
    await office.choose_in(answered, "Message", PROMPT)
    await page.get_by_role("button", name="Enregistrer", exact=True).click()
    await office.is_told("Enregistré")
