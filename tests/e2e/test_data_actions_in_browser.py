"""A data action is described, tried against a real server and refused where it is wrong."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from data_server import DataServer
from e2e.conftest import OpenPage
from e2e.desk import WAIT
from e2e.office import Office
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(300)]

NAME = "Segment du client"


async def test_a_data_action_is_tried(stack: Stack, open_page: OpenPage) -> None:
    office = Office(await open_page(), stack.url())
    page = office.page
    await office.log_in("admin", DEMO_PASSWORD)
    async with DataServer(answer={"client": {"segment": "Doré"}}).running() as server:
        await office.go_to_settings("Actions de données")
        await page.get_by_role("button", name="Nouvelle action de données").first.click()
        await page.get_by_label("Nom", exact=False).first.fill(NAME)
        address = page.get_by_label("Adresse")
        await address.fill(f"{server.url}/clients/{{contact.Référence}}")
        await page.get_by_label("Nom 1").fill("mon segment")
        await page.get_by_label("Chemin 1").fill("client.segment")

        trial = page.get_by_role("region", name="Essayer")
        await trial.get_by_label("contact.Référence").fill("C 1/é")
        ask = trial.get_by_role("button", name="Poser la question")
        await ask.click()
        output = page.get_by_label("Nom 1")
        await expect(output).to_have_attribute("aria-invalid", "true", timeout=WAIT)
        await output.fill("segment")
        await ask.click()
        await expect(trial.get_by_text("L’autre programme a répondu.")).to_be_visible(timeout=WAIT)
        await expect(trial.get_by_text("Doré", exact=True)).to_be_visible()
        assert [one.path for one in server.received] == ["/clients/C%201%2F%C3%A9"]
        server.mode = "error"
        await ask.click()
        await expect(trial.get_by_text("Pas de réponse utilisable.")).to_be_visible(timeout=WAIT)
        await expect(trial.get_by_text("HTTP 503")).to_be_visible()

        # What is wrong is said at its field; nothing is kept of it.
        await address.fill(f"{server.url}/clients/{{nobody}}")
        save = page.get_by_role("button", name="Enregistrer", exact=True)
        await save.click()
        await expect(address).to_have_attribute("aria-invalid", "true", timeout=WAIT)
        await address.fill(f"{server.url}/clients/{{number}}")
        await save.click()
        await office.is_told("L’action de données est enregistrée.")
        await expect(page.get_by_role("heading", name=NAME)).to_be_visible(timeout=WAIT)
    await page.get_by_role("main").get_by_role("link", name="Actions de données").first.click()
    row = page.get_by_role("row", name=NAME)
    await expect(row).to_contain_text("Jamais interrogé", timeout=WAIT)
