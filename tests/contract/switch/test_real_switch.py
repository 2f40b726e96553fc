"""What only a real switch can show: many calls at once, and its own death."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from contract.switch.asterisk_bench import AsteriskBench, RealSwitch
from contract.switch.bench import ENDINGS, Under, connect
from kwabo.ports.switch import (
    CallNumber,
    ChannelAnswered,
    ChannelEnded,
    ChannelRinging,
    SwitchConnected,
    SwitchLost,
    SwitchRefused,
)

pytestmark = pytest.mark.asterisk

ORDER = [ChannelRinging, ChannelAnswered, ChannelEnded]


@pytest.fixture
async def under(real_switch: RealSwitch) -> AsyncIterator[Under]:
    bench = AsteriskBench(real_switch, "kwabo-real")
    under = await connect(bench, bench.another(), "0009")
    yield under
    await under.switch.close()
    await bench.close()


async def test_many_calls_at_once_are_each_told_once_and_seen_once(under: Under) -> None:
    kinds = ["busy", "invalid", "short", "rejected", "congestion", "short"]
    calls = [under.call(kinds[n % len(kinds)], f"many-{n:03d}") for n in range(90)]
    await asyncio.gather(*(under.switch.originate(call) for call in calls))
    for call in calls:
        await under.inbox.first(ChannelEnded, call.channel_id, 60)
    for call in calls:
        told = [type(event) for event in under.inbox.about(call.channel_id)]
        assert told == sorted(set(told), key=ORDER.index)
        assert isinstance(call.to, CallNumber)
        answered = call.to.number.endswith(ENDINGS["short"])
        assert (ChannelAnswered in told) == answered
    seen = await under.bench.far_calls()
    assert Counter(one.attempt_id for one in seen) == Counter(call.channel_id for call in calls)
    assert {one.number for one in seen} == {
        call.to.number for call in calls if isinstance(call.to, CallNumber)
    }
    assert not (await under.switch.snapshot()).channels


async def test_an_id_that_begins_a_live_one_is_told_apart(under: Under) -> None:
    await under.answered("person", "same-10")
    with pytest.raises(SwitchRefused) as refused:
        await under.switch.originate(under.call("person", "same-1"))
    assert (refused.value.code, refused.value.retryable) == ("CHANNEL_ID_AMBIGUOUS", False)
    await under.answered("person", "same-100")


async def test_a_killed_switch_is_noticed_and_used_again(
    under: Under, real_switch: RealSwitch
) -> None:
    channel_id = await under.answered("person", "killed")
    pid = real_switch.switch.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    await under.inbox.first(SwitchLost)
    assert not under.switch.ready
    await asyncio.to_thread(real_switch.switch.start)
    await under.inbox.nth(SwitchConnected, 2)
    await under.inbox.until(lambda: under.switch.ready)
    assert not (await under.switch.snapshot()).channels
    await under.inbox.first(ChannelEnded, channel_id, 40)  # found missing, twice in a row
    again = under.call("person", "killed")
    await under.switch.originate(again)
    await under.inbox.nth(ChannelAnswered, 2, again.channel_id)
    told = [type(event) for event in under.inbox.about(channel_id)]
    assert told == [*ORDER, ChannelRinging, ChannelAnswered]


async def test_a_frozen_switch_is_noticed(under: Under, real_switch: RealSwitch) -> None:
    channel_id = await under.answered("person", "frozen")
    pid = real_switch.switch.pid()
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        await under.inbox.until(lambda: not under.switch.ready)
        await under.inbox.first(SwitchLost)
    finally:
        os.kill(pid, signal.SIGCONT)
    await under.inbox.nth(SwitchConnected, 2)
    await under.inbox.until(lambda: under.switch.ready)
    alive = await under.switch.snapshot()
    assert alive.channels[channel_id].in_application
    await under.switch.hang_up(channel_id)
    await under.inbox.first(ChannelEnded, channel_id)
