"""The whole program with a real switch, the carrier lab and a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from ari_probe import AriProbe
from e2e.audio import write_voice
from e2e.desk import KEEP_CONNECTIONS
from e2e.far_end import FarEnd
from e2e.program import launch, stack_settings
from kwabo.adapters.switch.asterisk.install import AsteriskUnavailable, install
from kwabo.stack.home import home_folder
from kwabo.stack.stack import Stack

OpenPage = Callable[[], Awaitable[Page]]


@pytest.fixture(scope="session")
async def stack(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """PostgreSQL, switch, lab and server, with the demonstration's organisation."""
    home = home_folder()
    try:
        install(home)
    except AsteriskUnavailable as error:
        pytest.skip(f"No Asterisk: {error}")
    async with Stack(stack_settings(home, tmp_path_factory.mktemp("stack"))) as running:
        yield running


@pytest.fixture
async def far_end(stack: Stack) -> AsyncIterator[FarEnd]:
    """The called people's side."""
    assert stack.lab is not None
    async with AriProbe(stack.lab.ari) as probe:
        await probe.connect()
        yield FarEnd(stack, probe)


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Browser]:
    """Chromium with a microphone that says bursts of a tone."""
    voice = tmp_path / "voice.wav"
    write_voice(voice)
    async with async_playwright() as playwright:
        browser = await launch(playwright, voice)
        yield browser
        await browser.close()


@pytest.fixture
async def open_page(browser: Browser, tmp_path: Path) -> AsyncIterator[OpenPage]:
    """`await open_page()`: one more person at a computer of their own.

    What was on each screen at the end is kept in the test's folder.
    """
    contexts: list[BrowserContext] = []

    async def open_page() -> Page:
        context = await browser.new_context(
            viewport={"width": 1440, "height": 900}, locale="fr-FR", permissions=["microphone"]
        )
        contexts.append(context)
        await context.add_init_script(KEEP_CONNECTIONS)
        return await context.new_page()

    yield open_page
    for person, context in enumerate(contexts):
        for page in context.pages:
            await page.screenshot(path=tmp_path / f"screen-{person}.png", full_page=True)
        await context.close()
