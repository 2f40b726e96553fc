"""A do-not-call list by file and by hand, and how a number leaves it again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from e2e.conftest import OpenPage
from e2e.desk import WAIT
from e2e.office import Office
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(300)]

NAME = "Oppositions d’août"
# As spreadsheets of the country write it: a byte order mark, semicolons, one wrong number,
# one in two ways of writing.
FILE = "\ufeffNom;Téléphone\nAgbo;95 99 41 01\nSoglo;+229 01 95 99 41 02\nBio;12\nAgbo;0195994101\n"


async def test_a_file_a_report_and_a_removal_with_its_reason(
    stack: Stack, open_page: OpenPage, tmp_path: Path
) -> None:
    file = tmp_path / "oppositions_août.csv"
    file.write_text(FILE, encoding="utf-8")
    admin = Office(await open_page(), stack.url())
    page = admin.page
    await admin.log_in("admin", DEMO_PASSWORD)
    await _make_list(stack)

    await admin.go("Oppositions")
    await page.get_by_role("link", name=NAME).click()
    await page.get_by_role("button", name="Envoyer un fichier").first.click()
    dialog = page.get_by_role("dialog")
    async with page.expect_file_chooser() as choosing:
        await dialog.get_by_role("button", name="Choisir un fichier").click()
    await (await choosing.value).set_files(file)
    wrong = dialog.get_by_role("row", name=re.compile(r"^4\b.*trop peu de chiffres"))
    await expect(wrong).to_be_visible(timeout=WAIT)
    await expect(dialog.get_by_text("+2290195994101").first).to_be_visible()
    await dialog.get_by_label("Motif").fill("Courriers d’août")
    await dialog.get_by_role("button", name="Mettre en opposition").click()
    report = page.get_by_text("2 ajoutées, 0 prolongée, 1 déjà présente, 1 refusée")
    await expect(report).to_be_visible(timeout=WAIT)
    async with page.expect_download() as downloading:
        await page.get_by_role("link", name="Lignes refusées").click()
    report_file = tmp_path / "refused.csv"
    await (await downloading.value).save_as(report_file)
    refused = report_file.read_text(encoding="utf-8-sig")
    assert ",12," in refused.replace(";", ","), refused

    remove = page.get_by_role("button", name="Retirer +229 01 95 99 41 01")
    await remove.click()
    go = page.get_by_role("dialog").get_by_role("button", name="Retirer", exact=True)
    await expect(go).to_be_disabled()
    await page.get_by_label("Pourquoi le retirer").fill("Le client a changé d’avis")
    await go.click()
    await expect(page.get_by_text("L’entrée est retirée").first).to_be_visible(timeout=WAIT)
    await expect(remove).to_be_hidden(timeout=WAIT)

    await admin.go("Journal")
    line = page.get_by_role("row", name="A retiré des oppositions").first
    await expect(line).to_be_visible(timeout=WAIT)
    await line.click()
    details = page.get_by_role("dialog")
    await expect(details).to_contain_text("Le client a changé d’avis", timeout=WAIT)


async def _make_list(stack: Stack) -> None:
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as person:
        await person.post("/dnc-lists", {"name": NAME})
