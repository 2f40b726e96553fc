"""A callable time set: what is typed stands in the calendar before and after it is saved."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from e2e.conftest import OpenPage
from e2e.desk import WAIT
from e2e.office import Office
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(300)]

NAME = "Heures de la semaine"


async def test_a_date_set_apart_stands_in_the_calendar(stack: Stack, open_page: OpenPage) -> None:
    admin = Office(await open_page(), stack.url())
    page = admin.page
    await admin.log_in("admin", DEMO_PASSWORD)
    await admin.go("Heures d’appel")
    await page.get_by_role("link", name="Nouveau jeu d’heures").first.click()
    await page.get_by_label("Nom").first.fill(NAME)
    calendar = page.get_by_role("table", name="2")  # the month and its year
    await expect(calendar).to_be_visible(timeout=WAIT)
    day = await _shown_day(page)

    await page.get_by_role("button", name="Ajouter une date").click()
    apart = page.get_by_role("listitem", name="Date 1")
    await apart.get_by_label("Date", exact=True).fill(day)
    await apart.get_by_label("Nom").fill("Inventaire")
    told = page.get_by_role("listitem").filter(has_text="Inventaire · fermé")
    await expect(told).to_be_visible(timeout=WAIT)

    # Open after all, at an hour of its own, which ends before it begins: refused, then mended.
    await apart.get_by_label("Fermé").uncheck()
    await apart.get_by_label("Créneau 1 : de").fill("17:00")
    await apart.get_by_label("Créneau 1 : à").fill("09:00")
    await expect(page.get_by_text("Corrigez les heures pour voir le calendrier.")).to_be_visible(
        timeout=WAIT
    )
    await apart.get_by_label("Créneau 1 : à").fill("18:30")
    open_at = page.get_by_role("listitem").filter(has_text="Inventaire · 17:00–18:30")
    await expect(open_at).to_be_visible(timeout=WAIT)

    await page.get_by_role("button", name="Créer", exact=True).click()
    await expect(page.get_by_role("heading", name=NAME)).to_be_visible(timeout=WAIT)
    await page.reload()
    await expect(open_at).to_be_visible(timeout=WAIT)


async def _shown_day(page: Page) -> str:
    """The fifteenth of the month that the calendar shows, as a date field takes it."""
    return str(
        await page.evaluate(
            """() => {
              const now = new Date();
              return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-15`;
            }"""
        )
    )
