"""A data action is described, tried against a real server and refused where it is wrong."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from data_server import DataServer
from e2e.conftest import OpenPage
from e2e.desk import WAIT
from e2e.office import Office
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.operator_database import SECRET_NAME, make_operator_database
from kwabo.stack.stack import DEMO_SLUG, Stack

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


async def test_a_database_is_asked(stack: Stack, open_page: OpenPage) -> None:
    assert stack.postgres is not None
    secret = stack.folder / "secrets" / DEMO_SLUG / SECRET_NAME
    host, port = (await make_operator_database(stack.postgres.access.superuser_url, secret)).split(
        ":"
    )
    office = Office(await open_page(), stack.url())
    page = office.page
    await office.log_in("admin", DEMO_PASSWORD)
    await office.go_to_settings("Actions de données")
    await page.get_by_role("button", name="Nouvelle action de données").first.click()
    await page.get_by_label("Nom", exact=False).first.fill("Solde")
    await page.get_by_text("à une base de données", exact=True).click()
    await page.get_by_label("Machine").fill(host)
    await page.get_by_label("Port").fill(port)
    await page.get_by_label(re.compile("^Base")).fill("operator")
    await page.get_by_label(re.compile("^Compte")).fill("operator_reader")
    await page.get_by_label("Connexion chiffrée (TLS)").uncheck()
    statement = page.get_by_label("Instruction SQL")
    await page.get_by_label("Nom du secret").fill(SECRET_NAME)
    await page.get_by_label("Nom 1").fill("solde")
    await page.get_by_label("Colonne 1").fill("balance")

    # One that would write is refused at its field.
    await statement.fill("DELETE FROM operator.accounts")
    trial = page.get_by_role("region", name="Essayer")
    ask = trial.get_by_role("button", name="Poser la question")
    await ask.click()
    await expect(statement).to_have_attribute("aria-invalid", "true", timeout=WAIT)
    await statement.fill("SELECT balance FROM operator.accounts WHERE number = {number}")
    await trial.get_by_label("number").fill("+2290197000003")
    await ask.click()
    await expect(trial.get_by_text("L’autre programme a répondu.")).to_be_visible(timeout=WAIT)
    await expect(trial.get_by_text(str(3 * 7919 % 25000), exact=True)).to_be_visible()
    # A column that is not there is said as the database says it.
    await statement.fill("SELECT solde FROM operator.accounts WHERE number = {number}")
    await ask.click()
    await expect(trial.get_by_text("Pas de réponse utilisable.")).to_be_visible(timeout=WAIT)
    await statement.fill("SELECT balance FROM operator.accounts WHERE number = {number}")
    await page.get_by_role("button", name="Enregistrer", exact=True).click()
    await office.is_told("L’action de données est enregistrée.")
    await expect(page.get_by_role("heading", name="Solde")).to_be_visible(timeout=WAIT)
