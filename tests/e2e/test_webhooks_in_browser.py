"""A webhook is made, hears of a change, and is sent the same message again."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

from e2e.belongings import small_campaign
from e2e.conftest import OpenPage
from e2e.desk import WAIT
from e2e.office import Office
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack
from webhook_receiver import WebhookReceiver

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(300)]

NAME = "Comptoir"
KIND = "Campagne lancée, en pause, arrêtée, terminée"


async def test_a_delivery_is_seen_and_sent_again(stack: Stack, open_page: OpenPage) -> None:
    office = Office(await open_page(), stack.url())
    page = office.page
    await office.log_in("admin", DEMO_PASSWORD)
    async with WebhookReceiver().running() as receiver:
        await _make(office, receiver.url)
        async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
            campaign_id = await small_campaign(admin, "Campagne au webhook")
            await admin.post(f"/campaigns/{campaign_id}/start")
            await admin.post(f"/campaigns/{campaign_id}/stop")
        opened = page.get_by_role("button", name=KIND)
        await expect(opened.first).to_be_visible(timeout=WAIT)
        row = page.get_by_role("row", name=KIND).last
        await expect(row).to_contain_text("Livré", timeout=WAIT)
        first = receiver.received[0]
        assert first.message["type"] == "campaign.state_changed"
        await opened.last.click()
        drawer = page.get_by_role("dialog")
        await expect(drawer.get_by_text(first.headers["webhook-id"])).to_be_visible(timeout=WAIT)
        await drawer.get_by_role("button", name="Renvoyer").click()
        await office.is_told("Le message repart avec le même identifiant.")
        await _comes_again(receiver, first.headers["webhook-id"])
        await page.keyboard.press("Escape")
        await expect(drawer).to_be_hidden()
    await page.get_by_role("button", name="Supprimer", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    await expect(page.get_by_role("heading", name="Webhooks")).to_be_visible(timeout=WAIT)
    await expect(page.get_by_role("row", name=NAME)).to_be_hidden()


async def _make(office: Office, url: str) -> None:
    page = office.page
    await office.go_to_settings("Webhooks")
    await page.get_by_role("button", name="Ajouter un webhook").first.click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Adresse").fill(url)
    await form.get_by_label("Description").fill(NAME)
    await form.get_by_role("button", name="Créer").click()
    await expect(form.get_by_text("À remplir ou à choisir.")).to_be_visible()
    await form.get_by_label(KIND).check()
    await form.get_by_role("button", name="Créer").click()
    secret = page.get_by_role("dialog", name="Le secret de signature")
    await expect(secret.get_by_text("whsec_")).to_be_visible(timeout=WAIT)
    await page.keyboard.press("Escape")
    await expect(secret).to_be_hidden()
    await expect(page.get_by_role("heading", name=NAME)).to_be_visible(timeout=WAIT)


async def _comes_again(receiver: WebhookReceiver, message_id: str) -> None:
    async with asyncio.timeout(WAIT / 1000):
        while [one.headers["webhook-id"] for one in receiver.received].count(message_id) < 2:
            await asyncio.sleep(0.05)
