"""The whole program with a real switch, the carrier lab and a real browser."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from ari_probe import AriProbe
from e2e.audio import write_voice
from e2e.desk import KEEP_CONNECTIONS
from e2e.far_end import FarEnd
from kwabo.adapters.carrier_lab.behaviours import BehaviourTable, demo_table
from kwabo.adapters.switch.asterisk.install import AsteriskUnavailable, install
from kwabo.stack.home import home_folder
from kwabo.stack.stack import Stack, StackSettings

OpenPage = Callable[[], Awaitable[Page]]

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    # Browsers hide and leave out loopback addresses, which is all that a test has.
    "--allow-loopback-in-peer-connection",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
)


def lab_table() -> BehaviourTable:
    """Everybody answers soon and talks long; numbers that end with 9 are busy."""
    demo = demo_table()
    return replace(
        demo,
        behaviours={
            **demo.behaviours,
            "person": replace(demo.behaviours["person"], ring_seconds=1.0, talk_seconds=600.0),
        },
        shares={"person": 1},
        suffixes={"9": ("busy",)},
        spread=0.0,
    )


@pytest.fixture(scope="session")
async def stack(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """PostgreSQL, switch, lab and server, with the demonstration's organisation."""
    home = home_folder()
    try:
        install(home)
    except AsteriskUnavailable as error:
        pytest.skip(f"No Asterisk: {error}")
    settings = StackSettings(
        home=home,
        folder=tmp_path_factory.mktemp("stack"),
        table=lab_table(),
        # The programs that data actions and webhooks reach are on this machine.
        environment={"KWABO_DEMO": "1", "KWABO_PRIVATE_ADDRESSES_ALLOWED": "true"},
    )
    async with Stack(settings) as running:
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
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=[*_FLAGS, f"--use-file-for-fake-audio-capture={voice}"],
        )
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
