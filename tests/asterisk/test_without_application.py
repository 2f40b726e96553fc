"""What an answered person hears when no engine is there: a message, never silence."""

from __future__ import annotations

import asyncio

import pytest

from ari_probe import AriProbe
from kwabo.stack.stack import Stack

pytestmark = pytest.mark.asterisk


async def test_a_message_is_played_and_the_call_ended(
    ari: AriProbe, stack: Stack, lab_call
) -> None:
    assert stack.switch is not None
    async with AriProbe(stack.switch.ari) as nobody:  # never connects: no such application
        attempt = await nobody.call("+2290121990001")
        await lab_call(attempt, lambda call: call.answered_at is not None)
        await asyncio.sleep(0.5)
        status, channel = await nobody.ask("GET", f"/channels/{attempt}")
        assert status == 200
        assert channel["dialplan"]["app_name"] == "Playback"
        seen = await lab_call(attempt, lambda call: call.ended_at is not None, 20)
    assert seen.ended_at is not None
    assert seen.answered_at is not None
    assert (seen.ended_at - seen.answered_at).total_seconds() > 1.5


async def test_channels_survive_a_lost_connection(ari: AriProbe) -> None:
    """A held channel is still there for the next connection of the same name."""
    attempt = await ari.call("+2290121990002")
    await ari.event("StasisStart", attempt)
    await ari.disconnect()
    await asyncio.sleep(1)
    status, _ = await ari.ask("GET", f"/channels/{attempt}")
    assert status == 200
    _, applications = await ari.ask("GET", "/applications")
    assert ari.app not in [application["name"] for application in applications]
    await ari.connect()
    _, applications = await ari.ask("GET", "/applications")
    assert ari.app in [application["name"] for application in applications]
    assert (await ari.ask("DELETE", f"/channels/{attempt}"))[0] == 204
    await ari.event("ChannelDestroyed", attempt)


async def test_a_finished_channels_id_can_be_used_again(ari: AriProbe) -> None:
    """So "never twice" is the database's duty; only a live id is refused."""
    attempt = await ari.call("+2290100000003")
    await ari.event("ChannelDestroyed", attempt)
    assert await ari.call("+2290100000003", attempt_id=attempt) == attempt


async def test_connections_that_come_and_go_under_load_do_not_block_the_switch(
    ari: AriProbe,
) -> None:
    """Applications close while calls begin and end; afterwards everything still answers."""
    for _ in range(15):
        async with AriProbe(ari._access) as passing:
            await passing.connect()
            attempts = [await passing.call("+2290100000003") for _ in range(4)]
        del attempts
    status, _ = await asyncio.wait_for(ari.ask("GET", "/applications"), 5)
    assert status == 200
    last = await ari.call("+2290100000003")
    await ari.event("ChannelDestroyed", last)
