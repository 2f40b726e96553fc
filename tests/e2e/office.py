"""The administrator's and the supervisor's pages, as they see and use them (in French)."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from e2e.desk import WAIT, log_in


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
        await self.go("Imports")
        await self.page.get_by_role("link", name="Importer un fichier").first.click()
        async with self.page.expect_file_chooser() as choosing:
            await self.page.get_by_role("button", name="Choisir un fichier").click()
        await (await choosing.value).set_files(file)
        name = self.page.get_by_label("Nom de la nouvelle liste")
        await expect(name).to_be_visible(timeout=WAIT)
        await name.fill(list_name)
        await self.page.get_by_role("button", name="Lancer l’import").click()
        await expect(self.page.get_by_text("Terminé", exact=True)).to_be_visible(timeout=WAIT)

    def reported_rows(self) -> Locator:
        """The rows of an import's report."""
        return self.page.get_by_role("region", name="Lignes signalées").locator("tbody tr")

    async def create_campaign(self, name: str, list_name: str, script: str) -> None:
        """A progressive campaign at any hour, on what the organisation has."""
        await self.go("Campagnes")
        await self.page.get_by_role("link", name="Nouvelle campagne").first.click()
        await self.page.get_by_label("Nom de la campagne").fill(name)
        await self._choose("Liste de contacts", list_name)
        await self._choose_first("File d’agents")
        await self._choose_first("Ligne (opérateur)")
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

    async def _choose(self, label: str, value: str) -> None:
        await self._box(label).click()
        await self.page.get_by_role("option", name=value, exact=True).click()

    async def _choose_first(self, label: str) -> None:
        await self._box(label).click()
        await self.page.get_by_role("option").first.click()

    def _box(self, label: str) -> Locator:
        return self.page.get_by_role("textbox", name=label).or_(
            self.page.get_by_role("combobox", name=label)
        )
