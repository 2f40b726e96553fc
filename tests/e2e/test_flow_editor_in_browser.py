"""A flow drawn in the browser: steps dragged and joined, mended, tried, published, compared."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from e2e.conftest import OpenPage
from e2e.desk import WAIT
from e2e.office import Office
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(300)]

NAME = "Dessiné à la souris"
# The end stands far from the middle, where the dragged step is dropped.
DRAFT: dict[str, Any] = {
    "languages": ["fr"],
    "start": "fin",
    "nodes": [{"id": "fin", "type": "hang_up", "x": 420, "y": 260}],
}


async def test_a_flow_is_drawn_mended_and_published(stack: Stack, open_page: OpenPage) -> None:
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        made = await admin.post("/flows", {"name": NAME, "draft": DRAFT})
    office = Office(await open_page(), stack.url())
    page = office.page
    await office.log_in("admin", DEMO_PASSWORD)
    await page.goto(f"{stack.url()}/flows/{made['flow_id']}")
    await _draw(page)
    await _is_refused(page)
    await _mend(page)
    await _try(page)
    await _publish(page, "Première version")
    await expect(page.get_by_text("Version 1", exact=True).first).to_be_visible(timeout=WAIT)
    await _compare(page)
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.get_by_role("tab", name="Dessin").click()
    steps = page.get_by_role("region", name="Étapes du parcours")
    await expect(steps.get_by_role("listitem").first).to_be_visible(timeout=WAIT)
    overflow = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0


def _step(page: Page, title: str) -> Locator:
    return page.locator(".react-flow__node").filter(has_text=title)


async def _draw(page: Page) -> None:
    """A step is dragged from the palette; a line is drawn from its way to the end."""
    canvas = page.get_by_role("region", name="Dessin du parcours")
    end = _step(page, "Raccrocher")
    await expect(end).to_be_visible(timeout=WAIT)
    palette = page.get_by_role("navigation", name="Ajouter une étape")
    dragged = palette.get_by_role("button", name="Dire", exact=True)
    await dragged.drag_to(canvas, target_position={"x": 120, "y": 120})
    said = _step(page, "Dire")
    await expect(said).to_be_visible(timeout=WAIT)
    await _join(page, said, end)
    await expect(page.locator(".react-flow__edge")).to_have_count(1, timeout=WAIT)


async def _join(page: Page, start: Locator, end: Locator) -> None:
    begins = await start.locator(".react-flow__handle-right").first.bounding_box()
    ends = await end.locator(".react-flow__handle-left").bounding_box()
    assert begins is not None
    assert ends is not None
    await page.mouse.move(begins["x"] + begins["width"] / 2, begins["y"] + begins["height"] / 2)
    await page.mouse.down()
    await page.mouse.move(ends["x"] - 20, ends["y"] + 10, steps=5)
    await page.mouse.move(ends["x"] + ends["width"] / 2, ends["y"] + ends["height"] / 2, steps=5)
    await page.mouse.up()


async def _is_refused(page: Page) -> None:
    """Nothing is said, and nothing leads to the step: its mark says so, and so does the refusal."""
    await expect(_step(page, "Dire").get_by_role("img")).to_be_visible(timeout=WAIT)
    await page.get_by_role("button", name="Publier…").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Publier", exact=True).click()
    refusal = dialog.get_by_role("alert")
    await expect(refusal).to_contain_text("Publication refusée", timeout=WAIT)
    await dialog.get_by_role("button", name="Annuler").click()


async def _mend(page: Page) -> None:
    panel = page.get_by_role("complementary", name="Panneau")
    await panel.get_by_text("À corriger (", exact=False).click()
    await panel.get_by_role("button").filter(has_text="Dire").first.click()
    await panel.get_by_role("button", name="Commencer ici").click()
    await panel.get_by_role("textbox", name="fr", exact=False).first.fill("Bonjour et à bientôt.")
    await expect(page.get_by_text("Rien à corriger").first).to_be_visible(timeout=WAIT)
    await expect(_step(page, "Dire").get_by_role("img")).to_be_hidden(timeout=WAIT)


async def _try(page: Page) -> None:
    """A call is played and kept as the flow's test, which then passes."""
    panel = page.get_by_role("complementary", name="Panneau")
    await panel.get_by_text("Essayer", exact=True).click()
    await panel.get_by_role("button", name="Commencer", exact=True).click()
    await expect(panel.get_by_text("Le parcours est terminé", exact=False)).to_be_visible(
        timeout=WAIT
    )
    await panel.get_by_label("Nom de l’essai").fill("Du début à la fin")
    await panel.get_by_role("button", name="Garder comme essai").click()
    await page.get_by_role("tab", name="Essais (1)").click()
    await page.get_by_role("button", name="Tout passer").click()
    await expect(page.get_by_text("1 sur 1 réussis")).to_be_visible(timeout=WAIT)


async def _publish(page: Page, note: str) -> None:
    await page.get_by_role("button", name="Publier…").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Note : ce qui change").fill(note)
    await dialog.get_by_role("button", name="Publier", exact=True).click()
    await expect(dialog).to_be_hidden(timeout=WAIT)


async def _compare(page: Page) -> None:
    """What is changed after a version stands beside it."""
    await page.get_by_role("tab", name="Dessin").click()
    await _step(page, "Dire").click()
    panel = page.get_by_role("complementary", name="Panneau")
    await panel.get_by_text("Réglages", exact=True).click()
    await panel.get_by_role("textbox", name="fr", exact=False).first.fill("Au revoir.")
    # The palette has a step of the same name.
    await page.get_by_role("button", name="Enregistrer le brouillon").click()
    await expect(page.get_by_text("Le brouillon est enregistré.").first).to_be_visible(timeout=WAIT)
    await page.get_by_role("tab", name="Versions").click()
    difference = page.locator("section").filter(has_text="modifiée").last
    await expect(difference).to_contain_text("Bonjour et à bientôt.", timeout=WAIT)
    await expect(difference).to_contain_text("Au revoir.")
