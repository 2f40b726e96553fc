"""A filter with a group inside: what the editor counts is what the program counts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from e2e.conftest import OpenPage
from e2e.desk import WAIT
from e2e.office import Office
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo import campaign
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(300)]

NAME = "Abonnés de l’Atlantique"
ROWS = (
    "Nom;Mobile;Ville;Langue\n"
    "Agbo;0195994201;Cotonou;fr\n"
    "Bio;0195994202;Parakou;bba\n"
    "Chabi;0195994203;Cotonou;fon\n"
    "Dossou;0195994204;Ouidah;fr\n"
    "Fagla;0195994205;Cotonou;en\n"
)
# In Cotonou, and of one of two names.
DOCUMENT = {
    "all": [
        {"column": "Ville", "predicate": "EQUALS", "value": "Cotonou"},
        {
            "any": [
                {"column": "Nom", "predicate": "EQUALS", "value": "Agbo"},
                {"column": "Nom", "predicate": "EQUALS", "value": "Chabi"},
            ]
        },
    ]
}


@pytest.fixture
async def contact_list_id(stack: Stack, tmp_path: Path) -> str:
    file = tmp_path / "abonnés.csv"
    file.write_text(ROWS, encoding="utf-8")
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as person:
        made = await campaign.load(person, file, NAME, lambda *_: None)
    return str(made["contact_list_id"])


async def test_a_group_inside_a_filter_counts_as_the_program_does(
    stack: Stack, open_page: OpenPage, contact_list_id: str
) -> None:
    admin = Office(await open_page(), stack.url())
    page = admin.page
    await admin.log_in("admin", DEMO_PASSWORD)
    await admin.go("Listes de contacts")
    await page.get_by_role("link", name=NAME).click()
    await page.get_by_role("link", name="Filtres").click()
    await page.get_by_role("button", name="Nouveau filtre").first.click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label(re.compile(r"^Nom\b")).fill("Agbo ou Chabi à Cotonou")
    whole = dialog.get_by_role("group", name="Groupe de conditions").first
    await _clause(page, whole, "Ville", "Cotonou")
    found = dialog.get_by_role("region", name="Contacts retenus")
    await expect(found.get_by_text("3 sur 5")).to_be_visible(timeout=WAIT)

    await whole.get_by_role("button", name="Groupe", exact=True).click()
    inner = whole.get_by_role("group", name="Groupe de conditions")
    await inner.get_by_text("Au moins une").click()
    await _clause(page, inner, "Nom", "Agbo")
    await inner.get_by_role("button", name="Condition", exact=True).click()
    await _clause(page, inner, "Nom", "Chabi")
    counted = await _counted(stack, contact_list_id)
    assert counted["count"] == 2
    await expect(found.get_by_text(f"{counted['count']} sur {counted['contacts']}")).to_be_visible(
        timeout=WAIT
    )
    await expect(found.get_by_role("row")).to_have_count(3)  # and the head

    await dialog.get_by_role("button", name="Enregistrer").click()
    await expect(dialog).to_be_hidden(timeout=WAIT)
    await expect(page.get_by_text("3 conditions")).to_be_visible(timeout=WAIT)


async def _clause(page: Page, group: Locator, field: str, value: str) -> None:
    """Fill the newest condition of a group: the field is the value."""
    box = group.get_by_role("textbox", name="Champ").or_(
        group.get_by_role("combobox", name="Champ")
    )
    await box.last.click()
    await page.get_by_role("option", name=field, exact=True).locator("visible=true").first.click()
    await group.get_by_role("textbox", name="Valeur").last.fill(value)


async def _counted(stack: Stack, contact_list_id: str) -> Any:
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as person:
        return await person.post(
            f"/contact-lists/{contact_list_id}/filter-matches", {"document": DOCUMENT}
        )
