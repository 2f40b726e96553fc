"""A real switch and a real carrier lab for these tests: started once, shared by all."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from ari_probe import AriProbe
from kwabo.adapters.carrier_lab.behaviours import BehaviourTable, demo_table
from kwabo.adapters.carrier_lab.log import LabCall
from kwabo.adapters.switch.asterisk.install import AsteriskUnavailable, install
from kwabo.stack.stack import Stack, StackSettings


def lab_table() -> BehaviourTable:
    """Quick people. The last two digits choose: see SUFFIXES."""
    demo = demo_table(time_scale=0.05)
    talkative = replace(demo.behaviours["keys"], talk_seconds=120.0)  # 6 s: time to press keys
    return replace(
        demo,
        behaviours={
            **demo.behaviours,
            "keys": talkative,
            "slow_person": replace(demo.behaviours["person"], talk_seconds=300.0),
            "listener": replace(demo.behaviours["person"], talk_seconds=300.0, listen_seconds=10.0),
            "slow_machine": replace(demo.behaviours["voicemail"], talk_seconds=300.0),
        },
        suffixes={suffix: (name,) for suffix, name in SUFFIXES.items()},
        numbers={"+2290199990000": ("busy", "no_answer", "person")},
        spread=0.0,
    )


SUFFIXES = {
    "01": "person",
    "02": "voicemail",
    "03": "busy",
    "04": "no_answer",
    "05": "unallocated",
    "06": "congestion",
    "07": "rejected",
    "08": "sit",
    "09": "fax",
    "10": "hang_up",
    "11": "keys",
    "90": "listener",
    "91": "slow_person",  # long enough for call analysis
    "92": "slow_machine",
}


@pytest.fixture(scope="session")
def home() -> Path:
    """Where Asterisk is installed; gets it when it is missing."""
    folder = Path(os.environ.get("KWABO_HOME") or Path(__file__).parents[2] / ".kwabo").resolve()
    try:
        install(folder)
    except AsteriskUnavailable as error:
        pytest.skip(f"No Asterisk: {error}")
    return folder


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stack(home: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """A switch and the lab with `lab_table`, without database or server."""
    settings = StackSettings(
        home=home,
        folder=tmp_path_factory.mktemp("stack"),
        postgres=False,
        servers=(),
        table=lab_table(),
    )
    async with Stack(settings) as running:
        yield running


@pytest_asyncio.fixture
async def ari(stack: Stack) -> AsyncIterator[AriProbe]:
    """A connected application of its own on the switch."""
    assert stack.switch is not None
    async with AriProbe(stack.switch.ari) as probe:
        await probe.connect()
        yield probe


@pytest.fixture
def lab_call(stack: Stack) -> Callable[..., asyncio.Future[LabCall]]:
    """`await lab_call(attempt_id, lambda call: …)`: an attempt as the lab saw it, once it is so."""
    assert stack.lab is not None
    lab = stack.lab

    async def find(
        attempt_id: str,
        wanted: Callable[[LabCall], bool] = lambda _: True,
        seconds: float = 15.0,
    ) -> LabCall:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = [call for call in lab.calls() if call.attempt_id == attempt_id]
            assert len(found) <= 1, found
            if found and wanted(found[0]):
                return found[0]
            await asyncio.sleep(0.05)
        raise AssertionError(f"The lab saw no such call of {attempt_id}: {lab.calls()[-3:]}")

    return find  # type: ignore[return-value]
