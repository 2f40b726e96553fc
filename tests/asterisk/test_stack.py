"""A stack can be hurt on purpose and comes back; several do not see each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from ari_probe import AriProbe
from kwabo.adapters.carrier_lab.behaviours import demo_table
from kwabo.adapters.carrier_lab.callers import CallIn
from kwabo.stack.stack import Stack, StackInUse, StackSettings

pytestmark = pytest.mark.asterisk


def settings(home: Path, folder: Path) -> StackSettings:
    return StackSettings(
        home=home, folder=folder, postgres=False, servers=(), table=demo_table(time_scale=0.05)
    )


@pytest_asyncio.fixture
async def own(home: Path, tmp_path: Path) -> AsyncIterator[Stack]:
    """A stack of the test's own, to be hurt."""
    async with Stack(settings(home, tmp_path / "own")) as running:
        yield running


async def test_a_killed_switch_comes_back_where_it_was(own: Stack) -> None:
    assert own.switch is not None
    address = own.switch.ari
    own.kill("switch")
    while own.switch.pid() is not None:
        await asyncio.sleep(0.01)
    assert not own.switch.healthy()
    await own.start("switch")
    assert own.switch.ari == address
    async with AriProbe(address) as ari:
        await ari.connect()
        attempt = await ari.call("+2290121990001")
        await ari.event("StasisStart", attempt)


async def test_a_frozen_part_goes_on_when_thawed(own: Stack) -> None:
    assert own.lab is not None
    own.freeze("lab")
    async with AriProbe(own.lab.ari) as ari:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(ari.ask("GET", "/asterisk/ping"), 1)
    own.thaw("lab")
    assert own.lab.healthy()


async def test_two_stacks_do_not_see_each_other(own: Stack, stack: Stack) -> None:
    assert own.switch is not None
    assert own.lab is not None
    assert stack.lab is not None
    before = len(stack.lab.calls())
    async with AriProbe(own.switch.ari) as ari:
        await ari.connect()
        attempt = await ari.call("+2290121990009")
        await ari.event("StasisStart", attempt)
    assert [call.attempt_id for call in own.lab.calls()] == [attempt]
    assert len(stack.lab.calls()) == before


async def test_a_folder_has_one_supervisor(own: Stack, home: Path) -> None:
    with pytest.raises(StackInUse, match="already runs"):
        async with Stack(settings(home, own.folder)):
            pass


async def test_what_a_killed_supervisor_left_is_replaced(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "left"
    abandoned = Stack(settings(home, folder))
    await abandoned.__aenter__()
    assert abandoned.switch is not None
    old = abandoned.switch.pid()
    assert abandoned._lock is not None
    abandoned._lock.close()  # what the kernel does for a killed process
    async with Stack(settings(home, folder)) as successor:
        assert successor.switch is not None
        assert successor.switch.pid() != old
        assert successor.switch.healthy()
    assert abandoned.switch.pid() is None


async def test_the_lab_calls_the_switch(stack: Stack) -> None:
    assert stack.switch is not None
    assert stack.lab is not None
    async with AriProbe(stack.switch.ari, app="kwabo") as ari:
        await ari.connect()
        call = CallIn(number="+22921000000", caller="+2290166000000", stays_seconds=5)
        await asyncio.to_thread(stack.lab.call_in, call)
        entered = await ari.when(lambda event: event["type"] == "StasisStart")
        assert entered["args"][:3] == ["inbound", "+22921000000", "trunk-lab"]
        assert entered["channel"]["caller"]["number"] == "+2290166000000"
        await ari.ask("DELETE", f"/channels/{entered['channel']['id']}")
