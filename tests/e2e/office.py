"""The administrator's and the supervisor's pages, as they see and use them (in French)."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from e2e.desk import WAIT, log_in
from kwabo.stack.demo.rest import Person


async def pause_campaigns(admin: Person) -> None:
    """Nobody else's calls come to agents: what earlier tests have started is paused."""
    for running in (await admin.get("/campaigns", state="running"))["items"]:
        await admin.post(f"/campaigns/{running['campaign_id']}/pause")


class Office:
    """One administrator's or supervisor's page."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    async def log_in(self, login: str, password: str) -> None:
        """From the login page to the first page."""
        await log_in(self.page, self.url, login, password)

    async def go(self, name: str) -> None:
        """Follow an entry of the main menu."""
        menu = self.page.get_by_role("navigation", name="Navigation principale")
        await menu.get_by_role("link", name=name).click()

    async def import_file(self, file: Path, list_name: str) -> None:
        """Through the wizard, as Kwabo guesses the file; returns when the import is complete."""
        await self.choose_file(file)
        await self.start_import(list_name)

    async def choose_file(self, file: Path) -> None:
        """Upload a file; returns when its columns are on screen."""
        await self.go("Imports")
        await self.page.get_by_role("link", name="Importer un fichier").first.click()
        async with self.page.expect_file_chooser() as choosing:
            await self.page.get_by_role("button", name="Choisir un fichier").click()
        await (await choosing.value).set_files(file)
        name = self.page.get_by_label("Nom de la nouvelle liste")
        await expect(name).to_be_visible(timeout=WAIT)

    async def start_import(self, list_name: str) -> None:
        """With the columns as they are on screen; returns when the import is complete."""
        await self.page.get_by_label("Nom de la nouvelle liste").fill(list_name)
        await self.page.get_by_role("button", name="Lancer l’import").click()
        await expect(self.page.get_by_text("Terminé", exact=True)).to_be_visible(timeout=WAIT)

    async def go_to_settings(self, name: str) -> None:
        """Follow an entry of the settings' own menu."""
        await self.go("Paramètres")
        await self.page.get_by_role("main").get_by_role("link", name=name).click()

    async def follow_law(self, country: str) -> None:
        """The organisation's campaigns follow this country's law from now on."""
        await self.go_to_settings("Conformité")
        await self.choose("Loi", country)
        await self.page.get_by_role("button", name="Suivre cette loi").click()
        await expect(self.page.get_by_text("Suivie", exact=True)).to_be_visible(timeout=WAIT)

    async def allow_countries(self, *codes: str) -> None:
        """Countries that may be dialled."""
        await self.go_to_settings("Conformité")
        countries = self.page.get_by_label("Pays autorisés").first
        for code in codes:
            await countries.fill(code)
            await self.page.keyboard.press("Enter")
        await self.page.keyboard.press("Tab")
        await self.page.get_by_role("button", name="Enregistrer la protection").click()
        await expect(self.page.get_by_text("Réglages enregistrés.").first).to_be_visible(
            timeout=WAIT
        )

    async def add_caller_id(self, number: str) -> None:
        """One more number that the first trunk may show."""
        await self.go_to_settings("Lignes")
        # The row of a table of the page before must not be taken for one of this page's.
        await self.page.get_by_role("columnheader", name="Appels simultanés").wait_for()
        await self.page.get_by_role("row").nth(1).get_by_role("button").first.click()
        form = self.page.get_by_role("dialog")
        await form.get_by_label("Numéros présentés").first.fill(number)
        await self.page.keyboard.press("Enter")
        await form.get_by_role("button", name="Enregistrer").click()
        await expect(form).to_be_hidden(timeout=WAIT)

    def reported_rows(self) -> Locator:
        """The rows of an import's report."""
        return self.page.get_by_role("region", name="Lignes signalées").locator("tbody tr")

    async def create_campaign(self, name: str, list_name: str, script: str) -> None:
        """A progressive campaign at any hour, on what the organisation has."""
        await self.go("Campagnes")
        await self.page.get_by_role("link", name="Nouvelle campagne").first.click()
        await self.page.get_by_label("Nom de la campagne").fill(name)
        await self.choose("Liste de contacts", list_name)
        await self.choose_first("File d’agents")
        await self.choose_first("Ligne (opérateur)")
        await self.page.locator("label", has_text="dimanche").click()
        await self.page.get_by_label(re.compile(r"^De( |$)")).fill("00:00")
        await self.page.get_by_label(re.compile(r"^À( |$)")).fill("23:59")
        # Minutes: a browser of a machine under load may need more than one.
        await self.page.get_by_label("Temps après l’appel, au plus", exact=True).fill("10")
        await self.page.get_by_label("Script", exact=True).fill(script)
        await self.page.get_by_role("button", name="Créer", exact=True).click()
        await expect(self.page.get_by_role("heading", name=name)).to_be_visible(timeout=WAIT)

    async def start_campaign(self) -> None:
        """Start the campaign whose page is open."""
        await self.page.get_by_role("button", name="Démarrer").click()
        await expect(self.page.get_by_text("La campagne démarre.")).to_be_visible(timeout=WAIT)

    def agent_row(self, name: str) -> Locator:
        """An agent's line on the live page."""
        return self.page.get_by_role("region", name="Agents").locator("li", has_text=name)

    def call_rows(self) -> Locator:
        """The lines of the calls in progress on the live page."""
        return self.page.get_by_role("region", name="Appels en cours").locator("tbody tr")

    async def choose(self, label: str, value: str) -> None:
        """An entry of a list of choices."""
        await self._box(label).click()
        await self.page.get_by_role("option", name=value, exact=True).click()

    async def choose_first(self, label: str) -> None:
        """The first entry of a list of choices."""
        await self._box(label).click()
        await self.page.get_by_role("option").locator("visible=true").first.click()

    async def choose_in(self, part: Locator, label: str, value: str) -> None:
        """An entry of a list of choices that stands in a part of the page."""
        box = part.get_by_role("textbox", name=label, exact=True).or_(
            part.get_by_role("combobox", name=label, exact=True)
        )
        await box.first.click()
        await (
            self.page.get_by_role("option", name=value, exact=True).locator("visible=true").click()
        )

    async def is_told(self, text: str) -> None:
        """A notice says so."""
        await expect(self.page.get_by_text(text).first).to_be_visible(timeout=WAIT)

    def _box(self, label: str) -> Locator:
        return self.page.get_by_role("textbox", name=label, exact=True).or_(
            self.page.get_by_role("combobox", name=label, exact=True)
        )
