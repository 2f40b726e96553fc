"""Calls that come in: one contract for every switch."""

from __future__ import annotations

import asyncio

import pytest

from contract.switch.bench import CALLED, CALLED_SENT, COUNTRY, TRUNK, Under, connect
from kwabo.ports.switch import (
    BridgeKind,
    ChannelAnswered,
    ChannelArrived,
    ChannelDigit,
    ChannelEnded,
    ChannelState,
    InboundTrunk,
    PlaybackEnded,
    RecordingEnded,
    SwitchRefused,
)


async def test_a_call_arrives_rings_is_answered_and_hung_up(under: Under) -> None:
    arrived = await under.arrives()
    assert (arrived.number, arrived.number_sent) == (CALLED, CALLED_SENT)
    assert (arrived.caller, arrived.trunk_endpoint) == (under.caller(), TRUNK)
    channel_id = arrived.channel_id
    await under.switch.ring(channel_id)
    for _ in range(100):
        if (await under.bench.caller(under.caller())).rang is not False:
            break
        await asyncio.sleep(0.05)
    assert (await under.bench.caller(under.caller())).rang in (True, None)
    await under.switch.answer(channel_id)
    await under.inbox.first(ChannelAnswered, channel_id)
    await under.switch.answer(channel_id)
    await under.switch.hang_up(channel_id)
    ended = await under.inbox.first(ChannelEnded, channel_id)
    assert ended.cause == 16
    assert [type(event) for event in under.inbox.about(channel_id)] == [
        ChannelArrived,
        ChannelAnswered,
        ChannelEnded,
    ]


async def test_a_withheld_number_is_not_told(under: Under) -> None:
    arrived = await under.arrives("withheld")
    assert (arrived.number, arrived.caller, arrived.caller_name) == (CALLED, "", "")
    await under.switch.hang_up(arrived.channel_id)


async def test_a_caller_who_gives_up_before_the_answer(under: Under) -> None:
    arrived = await under.arrives("gives_up")
    await under.inbox.first(ChannelEnded, arrived.channel_id)
    assert [type(event) for event in under.inbox.about(arrived.channel_id)] == [
        ChannelArrived,
        ChannelEnded,
    ]


async def test_a_caller_who_hangs_up(under: Under) -> None:
    channel_id = await under.taken("leaves")
    ended = await under.inbox.first(ChannelEnded, channel_id)
    assert ended.cause == 16


async def test_a_call_is_rejected_before_its_answer_only(under: Under) -> None:
    arrived = await under.arrives()
    await under.switch.reject(arrived.channel_id, 17)
    await under.inbox.first(ChannelEnded, arrived.channel_id)
    for _ in range(100):
        if (await under.bench.caller(under.caller())).cause is not None:
            break
        await asyncio.sleep(0.05)
    assert (await under.bench.caller(under.caller())).cause == 17
    await under.switch.reject(arrived.channel_id, 17)  # gone: nothing is left to do
    channel_id = await under.taken()
    with pytest.raises(SwitchRefused) as refused:
        await under.switch.reject(channel_id, 17)
    assert (refused.value.code, refused.value.retryable) == ("CHANNEL_ANSWERED", False)
    await under.switch.hang_up(channel_id)


async def test_keys_of_a_caller_are_told(under: Under) -> None:
    channel_id = await under.taken("keys")
    await under.inbox.nth(ChannelDigit, 2, channel_id)
    assert [event.digit for event in under.inbox.of(ChannelDigit, channel_id)] == ["1", "2"]
    await under.switch.hang_up(channel_id)


async def test_several_media_are_one_playback(under: Under) -> None:
    channel_id = await under.taken()
    playback_id = f"{channel_id}-list"
    await under.switch.play(channel_id, ["sound:beep", "sound:beep", "sound:beep"], playback_id)
    await under.inbox.first(PlaybackEnded, channel_id)
    await under.switch.play(channel_id, "sound:beep", f"{channel_id}-more")
    more = await under.inbox.nth(PlaybackEnded, 2, channel_id)
    assert more.playback_id == f"{channel_id}-more"
    assert [e.playback_id for e in under.inbox.of(PlaybackEnded)] == [
        playback_id,
        f"{channel_id}-more",
    ]
    with pytest.raises(SwitchRefused) as refused:
        await under.switch.play(channel_id, [], f"{channel_id}-none")
    assert refused.value.code == "BAD_MEDIA"
    await under.switch.hang_up(channel_id)


async def test_an_interrupted_list_ends_once(under: Under) -> None:
    channel_id = await under.taken()
    playback_id = f"{channel_id}-cut"
    await under.switch.play(channel_id, ["sound:beep"] * 40, playback_id)
    await under.switch.stop_playing(playback_id)
    await under.inbox.first(PlaybackEnded, channel_id)
    await under.switch.play(channel_id, "sound:beep", f"{channel_id}-next")
    await under.inbox.nth(PlaybackEnded, 2, channel_id)
    assert len([e for e in under.inbox.of(PlaybackEnded) if e.playback_id == playback_id]) == 1
    await under.switch.hang_up(channel_id)


async def test_a_long_list_is_played(under: Under) -> None:
    """A spoken history has dozens of fragments with long paths."""
    channel_id = await under.taken()
    media = ["sound:beep"] + [f"sound:/nowhere/{'x' * 60}/{n}" for n in range(79)]
    await under.switch.play(channel_id, media, f"{channel_id}-long")
    await under.switch.stop_playing(f"{channel_id}-long")
    await under.inbox.first(PlaybackEnded, channel_id)
    await under.switch.hang_up(channel_id)


async def test_music_goes_on_after_an_announcement(under: Under) -> None:
    channel_id = await under.taken()
    await under.switch.start_music(channel_id)
    assert await under.bench.music(channel_id) in (True, None)
    await under.switch.play(channel_id, ["sound:beep", "sound:beep"], f"{channel_id}-news")
    assert await under.bench.music(channel_id) in (False, None)
    await under.inbox.first(PlaybackEnded, channel_id)
    for _ in range(100):
        if await under.bench.music(channel_id) is not False:
            break
        await asyncio.sleep(0.02)
    assert await under.bench.music(channel_id) in (True, None)
    await under.switch.stop_music(channel_id)
    await under.switch.play(channel_id, "sound:beep", f"{channel_id}-last")
    await under.inbox.nth(PlaybackEnded, 2, channel_id)
    await asyncio.sleep(0.1)
    assert await under.bench.music(channel_id) in (False, None)
    await under.switch.hang_up(channel_id)


async def _hears(under: Under, channel_id: str, *media: str) -> None:
    """Return when these sounds, and no others, are the channel's music."""
    for _ in range(100):
        if (heard := await under.bench.sounds(channel_id)) in (None, frozenset(media)):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{heard} is heard, and not {media}")


async def test_sounds_are_music_over_and_over_and_make_way(under: Under) -> None:
    channel_id = await under.taken()
    await under.switch.start_music(channel_id, ["sound:beep", "sound:beeperr"])
    await _hears(under, channel_id, "sound:beep", "sound:beeperr")
    await asyncio.sleep(2.5)  # longer than what is asked for at a time, where it can be seen
    await _hears(under, channel_id, "sound:beep", "sound:beeperr")
    await under.switch.start_music(channel_id, ["sound:beeperr"])
    await _hears(under, channel_id, "sound:beeperr")
    for number in range(3):
        async with asyncio.timeout(1.9):  # it does not wait for the music
            await under.switch.play(channel_id, "sound:beep", f"{channel_id}-news{number}")
            assert await under.bench.sounds(channel_id) in (frozenset(), None)
            await under.inbox.nth(PlaybackEnded, number + 1, channel_id)
        await _hears(under, channel_id, "sound:beeperr")
    await under.switch.start_music(channel_id)  # the switch's own
    await _hears(under, channel_id)
    assert await under.bench.music(channel_id) in (True, None)
    await under.switch.start_music(channel_id, "sound:beep")
    await _hears(under, channel_id, "sound:beep")
    await under.switch.stop_music(channel_id)
    await _hears(under, channel_id)
    await asyncio.sleep(0.2)
    await _hears(under, channel_id)
    assert await under.bench.music(channel_id) in (False, None)
    assert len(under.inbox.of(PlaybackEnded, channel_id)) == 3, "the music's ends are not told"
    await under.switch.hang_up(channel_id)


async def test_music_that_is_begun_during_an_announcement_waits_for_its_end(under: Under) -> None:
    channel_id = await under.taken()
    await under.switch.play(channel_id, ["sound:beep"] * 3, f"{channel_id}-news")
    await under.switch.start_music(channel_id, ["sound:beeperr"])
    assert await under.bench.sounds(channel_id) in (frozenset(), None)
    await under.inbox.first(PlaybackEnded, channel_id)
    await _hears(under, channel_id, "sound:beeperr")
    await under.switch.hang_up(channel_id)


async def test_the_switchs_own_music_stands_in_for_sounds_that_cannot_be_played(
    under: Under,
) -> None:
    channel_id = await under.taken()
    await under.switch.start_music(channel_id, ["sound:/nowhere/prompt"])
    for _ in range(100):
        if await under.bench.music(channel_id) is not False:
            break
        await asyncio.sleep(0.02)
    assert await under.bench.music(channel_id) in (True, None)
    await under.switch.stop_music(channel_id)
    await asyncio.sleep(0.2)
    assert await under.bench.music(channel_id) in (False, None)
    await under.switch.hang_up(channel_id)


@pytest.mark.parametrize("ask", ["stops", "speaks", "goes on"])
async def test_another_engine_can_end_and_go_on_with_music(under: Under, ask: str) -> None:
    channel_id = await under.taken()
    await under.switch.start_music(channel_id, ["sound:beep"])
    await under.switch.close()
    new = await connect(under.bench, under.bench.another(), f"{under.prefix}7")
    try:
        assert channel_id in (await new.switch.snapshot()).channels
        await _hears(under, channel_id, "sound:beep")
        if ask == "goes on":
            await new.switch.start_music(channel_id, ["sound:beep"])
            await asyncio.sleep(2.5)
            await _hears(under, channel_id, "sound:beep")
        elif ask == "stops":
            await new.switch.stop_music(channel_id)
            await asyncio.sleep(0.2)
            await _hears(under, channel_id)
        async with asyncio.timeout(1.9):
            await new.switch.play(channel_id, "sound:beep", f"{channel_id}-told")
            await new.inbox.first(PlaybackEnded, channel_id)
        await new.switch.hang_up(channel_id)
    finally:
        await new.switch.close()


async def test_a_recording_ends_by_silence_by_request_and_with_the_call(under: Under) -> None:
    channel_id = await under.taken()
    silent, stopped, cut = (f"{channel_id}-{name}" for name in ("silent", "stopped", "cut"))
    await under.switch.record(channel_id, silent, max_seconds=20, silence_seconds=1, beep=True)
    await under.inbox.nth(RecordingEnded, 1, channel_id)
    await under.switch.record(channel_id, stopped, max_seconds=20)
    await asyncio.sleep(0.4)
    await under.switch.stop_recording(stopped)
    await under.inbox.nth(RecordingEnded, 2, channel_id)
    await under.switch.stop_recording(stopped)
    await under.switch.record(channel_id, cut, max_seconds=20)
    await asyncio.sleep(0.4)
    await under.switch.hang_up(channel_id)
    await under.inbox.nth(RecordingEnded, 3, channel_id)
    told = under.inbox.of(RecordingEnded)
    assert [one.recording_name for one in told] == [silent, stopped, cut]
    assert all(one.seconds > 0 for one in told)
    assert told[1].seconds < 5


async def test_another_engine_finds_a_recording_that_goes_on_and_ends_it(under: Under) -> None:
    channel_id = await under.taken()
    name, before = f"{channel_id}-goes-on", f"{channel_id}-before"
    await under.switch.record(channel_id, before, max_seconds=20)
    await asyncio.sleep(0.4)
    await under.switch.stop_recording(before)
    await under.inbox.first(RecordingEnded, channel_id)
    await under.switch.record(channel_id, name, max_seconds=20)
    await asyncio.sleep(0.4)
    assert name in (await under.switch.snapshot()).recordings
    await under.switch.close()
    new = await connect(under.bench, under.bench.another(), f"{under.prefix}8")
    try:
        assert name in (await new.switch.snapshot()).recordings
        assert name not in [one.recording_name for one in new.inbox.of(RecordingEnded)]
        await new.switch.stop_recording(name)
        await new.inbox.until(
            lambda: name in [one.recording_name for one in new.inbox.of(RecordingEnded)]
        )
        await asyncio.sleep(0.4)
        assert name not in (await new.switch.snapshot()).recordings
        await new.switch.hang_up(channel_id)
    finally:
        await new.switch.close()


async def test_a_snapshot_shows_calls_that_came_in(under: Under) -> None:
    waiting = await under.arrives()
    talking = await under.taken()
    alive = (await under.switch.snapshot()).channels
    assert set(alive) == {waiting.channel_id, talking}
    shown = alive[waiting.channel_id]
    assert shown.inbound
    assert shown.in_application
    assert (shown.state, alive[talking].state) == (ChannelState.RINGING, ChannelState.UP)
    assert (shown.number, shown.caller) == (waiting.number, waiting.caller)
    assert (shown.number_sent, shown.trunk_endpoint) == (CALLED_SENT, TRUNK)
    await under.switch.hang_up(waiting.channel_id)
    await under.switch.hang_up(talking)


async def test_another_engine_adopts_calls_that_came_in(under: Under) -> None:
    waiting = await under.arrives()
    talking = await under.taken()
    await under.switch.close()
    new = await connect(under.bench, under.bench.another(), f"{under.prefix}6")
    try:
        alive = (await new.switch.snapshot()).channels
        assert {waiting.channel_id, talking} <= set(alive)
        await new.switch.answer(waiting.channel_id)
        await new.inbox.first(ChannelAnswered, waiting.channel_id)
        assert not new.inbox.of(ChannelAnswered, talking)
        for channel_id in (waiting.channel_id, talking):
            await new.switch.play(channel_id, "sound:beep", f"{channel_id}-again")
            await new.inbox.first(PlaybackEnded, channel_id)
            await new.switch.hang_up(channel_id)
            await new.inbox.first(ChannelEnded, channel_id)
        assert not new.inbox.of(ChannelArrived)
    finally:
        await new.switch.close()


async def test_a_caller_is_bridged_with_somebody_who_was_called(under: Under) -> None:
    caller = await under.taken()
    called = await under.answered("person", "agent")
    bridge_id = f"{under.prefix}-talk"
    await under.switch.create_bridge(bridge_id, BridgeKind.MIXING)
    for channel_id in (caller, called):
        await under.switch.join(bridge_id, channel_id)
    assert (await under.switch.snapshot()).bridges[bridge_id] == {caller, called}
    await under.switch.destroy_bridge(bridge_id)
    await under.switch.hang_up(caller)


async def test_calls_go_to_whoever_asked_last_and_to_nobody_after_that(under: Under) -> None:
    first = await under.arrives()
    name = f"{under.bench.application}-5"
    other = await connect(under.bench, under.bench.another(name), f"{under.prefix}5")
    try:
        await other.switch.take_calls([InboundTrunk(endpoint=TRUNK, country=COUNTRY)])
        await under.bench.call_in("stays", under.caller())
        second = await other.inbox.first(ChannelArrived)
        assert [e.channel_id for e in under.inbox.of(ChannelArrived)] == [first.channel_id]
        await under.switch.take_calls([])  # no concern of the other's
        await under.bench.call_in("gives_up", under.caller())
        third = await other.inbox.nth(ChannelArrived, 2)
        await other.switch.hang_up(second.channel_id)
        await other.inbox.first(ChannelEnded, third.channel_id)
    finally:
        await other.switch.close()
    await under.switch.hang_up(first.channel_id)


@pytest.mark.parametrize("country", ["bj", "BJN", "B:"])
async def test_a_country_is_two_letters(under: Under, country: str) -> None:
    with pytest.raises(SwitchRefused) as refused:
        await under.switch.take_calls([InboundTrunk(endpoint=TRUNK, country=country)])
    assert refused.value.code == "BAD_COUNTRY"
