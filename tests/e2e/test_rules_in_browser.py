"""A rule set is written, refused, mended, given to a campaign and tried, as people click it."""

from __future__ import annotations

import pytest
from playwright.async_api import Dialog, Page, expect

from e2e.belongings import small_campaign
from e2e.conftest import OpenPage
from e2e.desk import WAIT
from e2e.office import Office
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(300)]

NAME = "Petites dettes plus tard"
CAMPAIGN = "Campagne aux règles"


async def test_a_rule_set_is_written_and_used(stack: Stack, open_page: OpenPage) -> None:
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        campaign_id = await small_campaign(admin, CAMPAIGN)
    office = Office(await open_page(), stack.url())
    await office.log_in("admin", DEMO_PASSWORD)

    await _make(office)
    await _is_refused(office)
    await _is_mended(office)
    await _is_not_left_unsaved(office.page)
    rules = office.page.url
    await _is_given(office, f"{stack.url()}/campaigns/{campaign_id}?tab=rules")
    await office.page.goto(rules)
    await _is_tried(office)
    await _stays_while_it_is_used(office.page)


async def _make(office: Office) -> None:
    page = office.page
    await office.go("Règles")
    await page.get_by_role("button", name="Nouveau jeu de règles").first.click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Nom").fill(NAME)
    await form.get_by_role("button", name="Créer").click()
    await expect(page.get_by_role("heading", name=NAME)).to_be_visible(timeout=WAIT)


async def _is_refused(office: Office) -> None:
    """A number that is none: the field says so and has the keyboard."""
    page = office.page
    await page.get_by_role("switch", name="En vigueur").click()
    conditions = page.get_by_role("group", name="Conditions : toutes doivent tenir")
    await conditions.get_by_role("button", name="Ajouter une condition").click()
    await conditions.get_by_label("Colonne").fill("Solde")
    await office.choose_in(conditions, "Comparer comme", "Nombre")
    await office.choose_in(conditions, "Comparaison", "moins de")
    await conditions.get_by_label("Valeur").fill("beaucoup")
    await expect(page.get_by_text("Modifications non enregistrées")).to_be_visible()
    await page.get_by_role("button", name="Enregistrer", exact=True).click()
    value = conditions.get_by_label("Valeur")
    await expect(value).to_have_attribute("aria-invalid", "true", timeout=WAIT)
    await expect(value).to_be_focused()


async def _is_mended(office: Office) -> None:
    page = office.page
    conditions = page.get_by_role("group", name="Conditions : toutes doivent tenir")
    await conditions.get_by_label("Valeur").fill("1000")
    await conditions.get_by_role("button", name="Ajouter une condition").click()
    second = conditions.locator("> div").nth(1)
    await office.choose_in(second, "Type", "Heure et date")
    await second.get_by_role("button", name="Ajouter une précision").click()
    part = second.get_by_role("group", name="Heure et date")
    await part.get_by_label("De", exact=True).fill("00:00")
    await part.get_by_label("À", exact=True).fill("23:59")
    await page.get_by_role("button", name="Enregistrer", exact=True).click()
    await office.is_told("Enregistré")
    await expect(page.get_by_text("Modifications non enregistrées")).to_be_hidden()
    await page.reload()
    await expect(conditions.get_by_label("Valeur")).to_have_value("1000", timeout=WAIT)
    await expect(part.get_by_label("À", exact=True)).to_have_value("23:59")


async def _is_not_left_unsaved(page: Page) -> None:
    """Leaving asks; who stays has what was written."""
    asked: list[str] = []

    async def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        await dialog.dismiss()

    page.once("dialog", stay)
    name = page.get_by_label("Nom", exact=False).first
    await name.fill("Autre nom")
    await page.get_by_role("main").get_by_role("link", name="Jeux de règles").click()
    await expect(name).to_have_value("Autre nom")
    assert asked == ["Quitter sans enregistrer les modifications ?"]
    await name.fill(NAME)


async def _is_given(office: Office, campaign: str) -> None:
    page = office.page
    await page.goto(campaign)
    await office.choose_in(
        page.get_by_role("main"), "Ajouter un jeu de règles", f"{NAME} (Avant l’appel)"
    )
    await office.is_told("Les règles de la campagne sont enregistrées.")
    await expect(page.get_by_role("link", name=f"1. {NAME}")).to_be_visible(timeout=WAIT)


async def _is_tried(office: Office) -> None:
    panel = office.page.get_by_role("region", name="Essayer")
    await office.choose_in(panel, "Campagne", CAMPAIGN)
    await panel.get_by_role("button", name="Essayer").click()
    told = panel.get_by_text("Contacts qui remplissent au moins une règle : 1 sur 1.")
    await expect(told).to_be_visible(timeout=WAIT)
    row = panel.get_by_role("row", name="pas appelé")
    await expect(row).to_contain_text("Ne pas appeler ce numéro")
    await expect(row.get_by_role("link", name="Adjovi")).to_be_visible()


async def _stays_while_it_is_used(page: Page) -> None:
    """Its deletion is refused with the name of the campaign that asks it."""
    await page.get_by_role("button", name="Supprimer", exact=True).click()
    question = page.get_by_role("dialog")
    await question.get_by_role("button", name="Supprimer").click()
    refusal = page.get_by_text(f"Ces campagnes demandent ce jeu de règles : {CAMPAIGN}")
    await expect(refusal).to_be_visible(timeout=WAIT)
