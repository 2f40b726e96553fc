"""What the tests in a browser run: the whole program as a stack, and Chromium."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from playwright.async_api import Browser, Playwright

from kwabo.adapters.carrier_lab.behaviours import BehaviourTable, demo_table
from kwabo.stack.stack import StackSettings

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


async def launch(playwright: Playwright, voice: Path) -> Browser:
    """Chromium whose microphone hears this file."""
    return await playwright.chromium.launch(
        executable_path=shutil.which("chromium"),
        args=[*_FLAGS, f"--use-file-for-fake-audio-capture={voice}"],
    )


def stack_settings(home: Path, folder: Path, *, operator: bool = False) -> StackSettings:
    """PostgreSQL, switch, lab and server, with the demonstration's organisation."""
    return StackSettings(
        home=home,
        folder=folder,
        table=lab_table(),
        # The programs that data actions and webhooks reach are on this machine.
        environment={"KWABO_DEMO": "1", "KWABO_PRIVATE_ADDRESSES_ALLOWED": "true"},
        operator=operator,
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
