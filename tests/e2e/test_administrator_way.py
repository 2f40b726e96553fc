"""From a French workbook to a campaign that keeps French law, as an administrator clicks it.

First of its folder: a law is not taken while campaigns run that it would forbid.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks._workbook import DATE, xlsx
from playwright.async_api import Page, expect

from e2e.conftest import OpenPage
from e2e.desk import WAIT
from e2e.office import Office
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(900)]

SEPTEMBER = 46266  # 1 September 2026, as a workbook counts days
HEADER = ["Réf. client", "Prénom", "Nom", "Téléphone", "Ville", "Consentement le"]
# Numbers as they stand in workbooks: written out, with a code, and without their leading zero.
ROWS = [
    ["C-1", "Zoé", "Béranger", "06 12 34 56 01", "Besançon", (DATE, SEPTEMBER)],
    ["C-2", "François", "Gaultier", "+33 7 56 78 90 02", "Nîmes", (DATE, SEPTEMBER + 1)],
    ["C-3", "Anaïs", "Lefèvre", 612345603.0, "Saint-Étienne", (DATE, SEPTEMBER + 2)],
    ["C-4", "Loïc", "Guérin", "0033145678904", "Orléans", None],
    ["C-5", "Faux", "Numéro", "12345", "Lyon", (DATE, SEPTEMBER)],
]


async def test_a_workbook_becomes_a_lawful_campaign(
    stack: Stack, open_page: OpenPage, tmp_path: Path
) -> None:
    file = tmp_path / "prospects_d’été.xlsx"
    file.write_bytes(xlsx({"Prospects": [HEADER, *ROWS]}))
    admin = Office(await open_page(), stack.url())
    await admin.log_in("admin", DEMO_PASSWORD)

    await _import_with_consents(admin, file)
    await admin.follow_law("France")
    try:
        await admin.allow_countries("BJ", "FR")
        await admin.add_caller_id("+33 1 62 34 56 78")
        await _create_campaign(admin)
        await _what_the_diagnosis_says(admin)
        await _why_somebody_is_not_called(admin.page)
    finally:
        # The other tests of this stack call Beninese numbers.
        await admin.follow_law("Aucune")


async def _import_with_consents(admin: Office, file: Path) -> None:
    page = admin.page
    await admin.choose_file(file)
    await expect(page.get_by_text("Beaucoup de numéros ne se lisent pas.")).to_be_visible()
    country = page.get_by_role("combobox", name="Pays des numéros sans indicatif")
    await country.fill("France")
    await page.get_by_role("option", name="France (FR)", exact=True).click()
    await expect(page.get_by_role("cell", name="+33 6 12 34 56 03")).to_be_visible(timeout=WAIT)
    await expect(page.get_by_role("combobox", name="Fuseau horaire")).to_have_value("Europe/Paris")
    await page.get_by_role("switch", name="Le fichier dit qui a consenti").click()
    await admin.choose("Donné quand", "Consentement le")
    await page.get_by_label("Moyen, pour toutes les lignes").fill("formulaire du site")
    await admin.start_import("Prospects d’été")
    await expect(admin.reported_rows()).to_have_count(1)
    await expect(admin.reported_rows()).to_contain_text("12345")


async def _create_campaign(admin: Office) -> None:
    page = admin.page
    await admin.go("Campagnes")
    await page.get_by_role("link", name="Nouvelle campagne").first.click()
    await page.get_by_label("Nom de la campagne").fill("Été en France")
    await admin.choose("Liste de contacts", "Prospects d’été")
    await admin.choose_first("File d’agents")
    await admin.choose_first("Ligne (opérateur)")
    create = page.get_by_role("button", name="Créer", exact=True)
    await create.click()
    # The trunk's first number is Beninese: the form says which are lawful, and where.
    refused = page.get_by_text("La loi choisie (FR) n’admet, pour les systèmes automatisés")
    await expect(refused).to_be_in_viewport(timeout=WAIT)
    await admin.choose("Numéro présenté", "+33 1 62 34 56 78")
    await create.click()
    await expect(page.get_by_role("heading", name="Été en France")).to_be_visible(timeout=WAIT)


async def _what_the_diagnosis_says(admin: Office) -> None:
    page = admin.page
    await page.get_by_role("tab", name="Diagnostic").click()
    await expect(page.get_by_text("La campagne n’est pas en cours")).to_be_visible(timeout=WAIT)
    ahead = page.get_by_role("table", name="Les prochains contacts")
    # Who has not consented is named whatever the hour; the others by the hours of the law.
    without = ahead.get_by_role("row", name="consentement")
    await expect(without).to_contain_text("1", timeout=WAIT)
    await expect(without).to_contain_text("25")


async def _why_somebody_is_not_called(page: Page) -> None:
    await page.get_by_role("tab", name="Contacts", exact=True).click()
    await (
        page.get_by_role("button", name="Loïc Guérin")
        .or_(page.get_by_role("row", name="Loïc Guérin"))
        .last.click(timeout=WAIT)
    )
    drawer = page.get_by_role("dialog")
    await expect(drawer.get_by_text("consentement").first).to_be_visible(timeout=WAIT)
    await page.keyboard.press("Escape")
    await expect(drawer).to_be_hidden()
