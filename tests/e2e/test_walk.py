"""Every page of the router, in both languages, schemes and sizes, and as each role sees them."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from e2e.belongings import furnish
from e2e.conftest import OpenPage
from e2e.desk import log_in
from e2e.states import STATES, NotThere, close, look_at, open_state
from e2e.walk import Walk, fill, ids, routes
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(900)]

PHONE = {"width": 390, "height": 844}


async def test_every_page_holds(stack: Stack, open_page: OpenPage) -> None:
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        await furnish(stack, admin)
        known = await ids(admin)
    paths = [fill(route, known) for route in routes()]
    assert len(paths) > 60, "the router's files are read as they are written"
    page = await open_page()
    await log_in(page, stack.url(), "admin", DEMO_PASSWORD)
    faults = await _walk(page, stack.url(), paths)

    async with Person(stack.url(), "admin", DEMO_PASSWORD) as person:
        await person.patch("/session/user", {"language": "en"})
        try:
            await page.emulate_media(color_scheme="dark")
            await page.set_viewport_size(PHONE)
            faults += [f"phone: {one}" for one in await _walk(page, stack.url(), paths)]
        finally:  # the other tests read French
            await person.patch("/session/user", {"language": "fr"})
    assert not faults, "\n".join(faults)


async def test_what_opens_by_a_click_can_be_read_and_closed(
    stack: Stack, open_page: OpenPage
) -> None:
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        await furnish(stack, admin)
        known = await ids(admin)
    page = await open_page()
    await log_in(page, stack.url(), "admin", DEMO_PASSWORD)
    await page.emulate_media(reduced_motion="reduce")  # nothing is looked at on its way in
    walk = Walk(page, stack.url())
    await walk.begin()
    faults, missing = [], []
    for state in STATES:
        if not state.everywhere or not state.seen_at(1440):
            continue
        await walk.visit(fill(state.page, known), closely=False)
        try:
            await open_state(walk, state)
        except NotThere as error:
            missing.append(str(error))
            continue
        faults += await look_at(walk, state, closely=True)
        faults += await close(page, state)
    walk.end()
    assert not faults + walk.faults + missing, "\n".join(faults + walk.faults + missing)


@pytest.mark.parametrize(
    ("login", "least_open", "reserved"),
    [
        ("superviseur", 30, ("/campaigns/new", "/settings/retention", "/audit", "/users/new")),
        ("agent1", 2, ("/campaigns", "/live", "/contact-lists", "/settings/retention")),
    ],
)
async def test_every_role_sees_its_pages_and_is_kindly_kept_from_the_others(
    stack: Stack, open_page: OpenPage, login: str, least_open: int, reserved: tuple[str, ...]
) -> None:
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        await furnish(stack, admin)
        known = await ids(admin)
    page = await open_page()
    await log_in(page, stack.url(), login, DEMO_PASSWORD)
    walk = Walk(page, stack.url())
    await walk.begin()
    # Tabs are seen by their first: what a role may not open is refused for the whole page.
    paths = [fill(route, known) for route in routes() if "?" not in route]
    for path in paths:
        await walk.visit(path)
    walk.end()
    assert not walk.faults, "\n".join(walk.faults)
    kept_from = set(reserved) - set(walk.reserved)
    assert not kept_from, f"{login} sees {sorted(kept_from)}"
    assert len(paths) - len(walk.reserved) >= least_open, walk.reserved


async def _walk(page: Page, url: str, paths: list[str]) -> list[str]:
    walk = Walk(page, url)
    await walk.begin()
    for path in paths:
        await walk.visit(path)
    walk.end()
    return walk.faults
