"""One contract for every switch: the simulator, Asterisk's adapter on a fake, and on a real one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contract.switch.bench import CALLER_ID, TRUNK, Inbox, Under, connect
from kwabo.ports.switch import (
    AgentEndpoint,
    AgentEndpointChanged,
    BridgeKind,
    CallAgentEndpoint,
    CallAnalysis,
    CallNumber,
    ChannelAnswered,
    ChannelDigit,
    ChannelEnded,
    ChannelPickedUp,
    ChannelRinging,
    ChannelSpeech,
    ChannelState,
    Originate,
    PlaybackEnded,
    SwitchRefused,
    SwitchTakenOver,
)

# ── Calls ───────────────────────────────────────────────────────────────────────────────────────


async def test_a_person_answers(under: Under) -> None:
    call = under.call("person", "a")
    await under.switch.originate(call)
    answered = await under.inbox.first(ChannelAnswered, call.channel_id)
    assert answered.analysis is None
    assert [type(event) for event in under.inbox.about(call.channel_id)] == [
        ChannelRinging,
        ChannelAnswered,
    ]
    await under.switch.hang_up(call.channel_id)
    ended = await under.inbox.first(ChannelEnded, call.channel_id)
    assert ended.cause == 16
    assert isinstance(call.to, CallNumber)
    calls = await under.bench.far_calls()
    assert [(one.number, one.caller_id, one.attempt_id) for one in calls] == [
        (call.to.number, CALLER_ID, call.channel_id)
    ]


@pytest.mark.parametrize(
    ("behaviour", "cause", "sip_codes", "rings"),
    [
        ("busy", 17, {486}, False),
        ("invalid", 1, {404}, False),
        ("congestion", 34, {503}, False),
        ("rejected", 21, {403, 603}, None),
    ],
)
async def test_a_call_that_is_refused(
    under: Under, behaviour: str, cause: int, sip_codes: set[int], rings: bool | None
) -> None:
    call = under.call(behaviour, behaviour)
    ended = await under.ended(call)
    assert ended.cause == cause
    assert ended.sip_code in sip_codes
    told = [type(event) for event in under.inbox.about(call.channel_id)]
    assert told[-1] is ChannelEnded
    if rings is False:
        assert told == [ChannelEnded]


async def test_nobody_answers_in_the_ring_time(under: Under) -> None:
    call = under.call("silent", "silent", timeout_seconds=1)
    ended = await under.ended(call)
    assert ended.cause == 19
    assert [type(event) for event in under.inbox.about(call.channel_id)] == [
        ChannelRinging,
        ChannelEnded,
    ]


async def test_the_far_end_hangs_up(under: Under) -> None:
    call = under.call("short", "short")
    ended = await under.ended(call)
    assert ended.cause == 16
    assert [type(event) for event in under.inbox.about(call.channel_id)] == [
        ChannelRinging,
        ChannelAnswered,
        ChannelEnded,
    ]


async def test_hanging_up_while_it_rings(under: Under) -> None:
    call = under.call("silent", "ringing")
    await under.switch.originate(call)
    await under.inbox.first(ChannelRinging, call.channel_id)
    await under.switch.hang_up(call.channel_id)
    await under.inbox.first(ChannelEnded, call.channel_id)
    assert not under.inbox.of(ChannelAnswered, call.channel_id)


async def test_hanging_up_what_is_gone_succeeds(under: Under) -> None:
    call = under.call("busy", "gone")
    await under.ended(call)
    await under.switch.hang_up(call.channel_id)
    await under.switch.hang_up("never-was")


async def test_an_id_is_refused_while_its_channel_lives_and_accepted_afterwards(
    under: Under,
) -> None:
    first = under.call("person", "same")
    await under.switch.originate(first)
    await under.inbox.first(ChannelAnswered, first.channel_id)
    with pytest.raises(SwitchRefused) as refused:
        await under.switch.originate(under.call("person", "same"))
    assert (refused.value.code, refused.value.retryable) == ("CHANNEL_EXISTS", False)
    await under.switch.hang_up(first.channel_id)
    await under.inbox.first(ChannelEnded, first.channel_id)

    await under.switch.originate(under.call("busy", "same"))
    await under.inbox.nth(ChannelEnded, 2, first.channel_id)
    assert [type(event) for event in under.inbox.about(first.channel_id)] == [
        ChannelRinging,
        ChannelAnswered,
        ChannelEnded,
        ChannelEnded,
    ]
    assert len(await under.bench.far_calls()) == 2


async def test_call_analysis_tells_person_from_machine(under: Under) -> None:
    person = await under.answered("person", "p", call_analysis=CallAnalysis())
    machine = await under.answered("machine", "m", call_analysis=CallAnalysis())
    assert under.inbox.of(ChannelAnswered, person)[0].analysis == "person"
    assert under.inbox.of(ChannelAnswered, machine)[0].analysis == "machine"


async def test_call_analysis_hears_a_fax_where_it_is_asked_to(under: Under) -> None:
    fax = await under.answered("fax", "f", call_analysis=CallAnalysis())
    told = under.inbox.of(ChannelAnswered, fax)[0]
    assert told.analysis == "fax"
    assert told.analysis_cause
    deaf = await under.answered("fax", "g", call_analysis=CallAnalysis(fax=False))
    assert under.inbox.of(ChannelAnswered, deaf)[0].analysis == "machine"


@pytest.mark.parametrize("sensitivity", ["low", "medium", "high"])
async def test_the_sensitivity_is_told_with_the_verdict(under: Under, sensitivity: str) -> None:
    asked = CallAnalysis(sensitivity=sensitivity)
    machine = await under.answered("machine", f"s{sensitivity}", call_analysis=asked)
    told = under.inbox.of(ChannelAnswered, machine)[0]
    assert told.analysis == "machine"
    assert told.analysis_terms.startswith(sensitivity)


async def test_the_end_of_a_machines_greeting_is_told(under: Under) -> None:
    machine = await under.answered("machine", "m", call_analysis=CallAnalysis())
    await under.switch.detect_speech(machine, 0.5)
    speaks, silent = [await under.inbox.nth(ChannelSpeech, n, machine) for n in (1, 2)]
    assert (speaks.speaking, silent.speaking) == (True, False)
    assert silent.seconds is not None
    assert silent.seconds > 0
    await under.switch.ignore_speech(machine)
    await under.switch.hang_up(machine)
    await under.inbox.first(ChannelEnded, machine)


async def test_who_is_listened_to_by_call_analysis_is_told_when_they_answer(under: Under) -> None:
    channel_id = await under.answered("person", "p", call_analysis=CallAnalysis())
    kinds = [type(event) for event in under.inbox.about(channel_id)]
    assert kinds[-2:] == [ChannelPickedUp, ChannelAnswered]
    plain = await under.answered("person", "q")
    assert not under.inbox.of(ChannelPickedUp, plain)


async def test_keys_pressed_are_told(under: Under) -> None:
    channel_id = await under.answered("keys", "keys")
    await under.inbox.nth(ChannelDigit, 2, channel_id)
    assert [event.digit for event in under.inbox.of(ChannelDigit, channel_id)] == ["1", "2"]


async def test_keys_are_sent(under: Under) -> None:
    call = under.call("person", "dtmf")
    await under.switch.originate(call)
    await under.inbox.first(ChannelAnswered, call.channel_id)
    await under.switch.send_digits(call.channel_id, "12#")
    assert isinstance(call.to, CallNumber)
    assert await under.bench.digits_received(call.to.number) in ("12#", None)
    with pytest.raises(SwitchRefused):
        await under.switch.send_digits(call.channel_id, "1w2")


# ── Sounds ──────────────────────────────────────────────────────────────────────────────────────


async def test_a_sound_ends_by_itself(under: Under) -> None:
    channel_id = await under.answered("person", "sound")
    playback_id = f"{channel_id}-hello"
    await under.switch.play(channel_id, "sound:beep", playback_id)
    ended = await under.inbox.first(PlaybackEnded, channel_id)
    assert ended.playback_id == playback_id


async def test_a_tone_is_stopped(under: Under) -> None:
    channel_id = await under.answered("person", "tone")
    playback_id = f"{channel_id}-ring"
    await under.switch.play(channel_id, "tone:ring", playback_id)
    await under.switch.stop_playing(playback_id)
    ended = await under.inbox.first(PlaybackEnded, channel_id)
    assert ended.playback_id == playback_id
    await under.switch.stop_playing(playback_id)


async def test_a_sound_ends_before_its_channel(under: Under) -> None:
    channel_id = await under.answered("person", "cut")
    await under.switch.play(channel_id, "tone:ring", f"{channel_id}-ring")
    await under.switch.hang_up(channel_id)
    await under.inbox.first(ChannelEnded, channel_id)
    assert [type(event) for event in under.inbox.about(channel_id)] == [
        ChannelRinging,
        ChannelAnswered,
        PlaybackEnded,
        ChannelEnded,
    ]


async def test_music_and_mute(under: Under) -> None:
    channel_id = await under.answered("person", "music")
    await under.switch.start_music(channel_id)
    await under.switch.stop_music(channel_id)
    await under.switch.mute(channel_id)
    await under.switch.unmute(channel_id)
    await under.switch.hang_up(channel_id)
    await under.inbox.first(ChannelEnded, channel_id)
    await under.switch.stop_music(channel_id)


async def test_acting_on_a_channel_that_is_not_there(under: Under) -> None:
    for asked in (
        under.switch.play("nobody", "sound:beep", "nothing"),
        under.switch.start_music("nobody"),
        under.switch.mute("nobody"),
        under.switch.send_digits("nobody", "1"),
    ):
        with pytest.raises(SwitchRefused) as refused:
            await asked
        assert (refused.value.code, refused.value.retryable) == ("CHANNEL_UNKNOWN", False)


# ── Bridges ─────────────────────────────────────────────────────────────────────────────────────


async def test_channels_are_joined_moved_and_taken_out(under: Under) -> None:
    switch, prefix = under.switch, under.prefix
    talk, hold = f"{prefix}-talk", f"{prefix}-hold"
    one = await under.answered("person", "one")
    two = await under.answered("person", "two")
    await switch.create_bridge(talk, BridgeKind.MIXING)
    await switch.create_bridge(talk, BridgeKind.MIXING)
    await switch.create_bridge(hold, BridgeKind.HOLDING)
    await switch.join(talk, one)
    await switch.join(talk, two)
    assert (await switch.snapshot()).bridges[talk] == {one, two}

    await switch.join(hold, one)  # out of the bridge where it was
    bridges = (await switch.snapshot()).bridges
    assert (bridges[talk], bridges[hold]) == ({two}, {one})
    await switch.start_music(one)
    await switch.stop_music(one)
    await switch.join(talk, one)
    assert (await switch.snapshot()).bridges[talk] == {one, two}

    await switch.leave(talk, one)
    await switch.leave(talk, one)
    alive = await switch.snapshot()
    assert alive.bridges[talk] == {two}
    assert alive.channels[one].bridge_id is None
    assert alive.channels[two].bridge_id == talk
    await switch.destroy_bridge(talk)
    await switch.destroy_bridge(talk)
    alive = await under.without(talk)
    assert alive.channels[two].bridge_id is None
    await switch.leave(talk, two)
    await switch.destroy_bridge(hold)


async def test_joining_what_is_not_there(under: Under) -> None:
    bridge_id = f"{under.prefix}-bridge"
    channel_id = await under.answered("person", "lonely")
    with pytest.raises(SwitchRefused) as refused:
        await under.switch.join(bridge_id, channel_id)
    assert (refused.value.code, refused.value.retryable) == ("BRIDGE_UNKNOWN", False)
    await under.switch.create_bridge(bridge_id, BridgeKind.MIXING)
    with pytest.raises(SwitchRefused) as refused:
        await under.switch.join(bridge_id, "nobody")
    assert (refused.value.code, refused.value.retryable) == ("CHANNEL_UNKNOWN", False)
    await under.switch.destroy_bridge(bridge_id)


async def test_a_channel_that_still_rings_cannot_be_joined(under: Under) -> None:
    bridge_id = f"{under.prefix}-early"
    call = under.call("silent", "early")
    await under.switch.originate(call)
    await under.inbox.first(ChannelRinging, call.channel_id)
    await under.switch.create_bridge(bridge_id, BridgeKind.MIXING)
    with pytest.raises(SwitchRefused) as refused:
        await under.switch.join(bridge_id, call.channel_id)
    assert (refused.value.code, refused.value.retryable) == ("CHANNEL_NOT_HELD", True)
    await under.switch.destroy_bridge(bridge_id)


# ── Snapshot, connection ────────────────────────────────────────────────────────────────────────


async def test_a_snapshot_shows_what_is_alive(under: Under) -> None:
    held = await under.answered("person", "held")
    ringing = under.call("silent", "ringing")
    await under.switch.originate(ringing)
    await under.inbox.first(ChannelRinging, ringing.channel_id)
    alive = await under.switch.snapshot()
    assert set(alive.channels) == {held, ringing.channel_id}
    assert alive.channels[held].state is ChannelState.UP
    assert alive.channels[held].in_application
    assert alive.channels[ringing.channel_id].state is ChannelState.RINGING
    assert not alive.channels[ringing.channel_id].in_application
    await under.switch.hang_up(held)
    await under.inbox.first(ChannelEnded, held)
    assert set((await under.switch.snapshot()).channels) == {ringing.channel_id}


async def test_applications_do_not_see_each_other(under: Under) -> None:
    other = await connect(
        under.bench, under.bench.another(f"{under.bench.application}-2"), f"{under.prefix}9"
    )
    try:
        mine = await under.answered("short", "mine")
        await under.inbox.first(ChannelEnded, mine)
        held = await under.answered("person", "held")
        assert held not in (await other.switch.snapshot()).channels
        assert other.inbox.about(mine) == []
        assert under.switch.ready
    finally:
        await other.switch.close()


async def test_another_connection_takes_over_and_adopts(under: Under) -> None:
    held = await under.answered("person", "adopted")
    bridge_id = f"{under.prefix}-kept"
    await under.switch.create_bridge(bridge_id, BridgeKind.MIXING)
    await under.switch.join(bridge_id, held)
    ringing = under.call("silent", "ringing")
    await under.switch.originate(ringing)
    await under.inbox.first(ChannelRinging, ringing.channel_id)

    new = await connect(under.bench, under.bench.another(), f"{under.prefix}8")
    try:
        await under.inbox.first(SwitchTakenOver)
        assert not under.switch.ready
        for asked in (
            under.switch.originate(under.call("person", "no")),
            under.switch.hang_up(held),
            under.switch.snapshot(),
        ):
            with pytest.raises(SwitchRefused) as refused:
                await asked
            assert (refused.value.code, refused.value.retryable) == ("TAKEN_OVER", False)

        alive = await new.switch.snapshot()
        assert set(alive.channels) == {held, ringing.channel_id}
        assert alive.channels[held].bridge_id == bridge_id
        await new.switch.hang_up(held)
        await new.switch.hang_up(ringing.channel_id)
        await new.inbox.first(ChannelEnded, held)
        await new.inbox.first(ChannelEnded, ringing.channel_id)
        await new.switch.destroy_bridge(bridge_id)
        assert not new.inbox.of(ChannelAnswered)
        assert not under.inbox.of(ChannelEnded)
        assert len(under.inbox.of(SwitchTakenOver)) == 1
    finally:
        await new.switch.close()


async def test_calls_outlive_the_connection(under: Under) -> None:
    held = await under.answered("person", "outlives")
    await under.switch.close()
    await under.inbox.until(lambda: under.inbox.ended)
    assert not under.switch.ready
    new = await connect(under.bench, under.bench.another(), f"{under.prefix}7")
    try:
        alive = await new.switch.snapshot()
        assert alive.channels[held].in_application
        await new.switch.hang_up(held)
        await new.inbox.first(ChannelEnded, held)
    finally:
        await new.switch.close()


async def test_nothing_is_dialled_before_the_connection_stands(under: Under) -> None:
    idle = under.bench.another(f"{under.bench.application}-3")
    with pytest.raises(SwitchRefused) as refused:
        await idle.originate(under.call("person", "early"))
    assert (refused.value.code, refused.value.retryable) == ("SWITCH_NOT_READY", True)
    assert await under.bench.far_calls() == []
    await idle.close()


# ── Agents ──────────────────────────────────────────────────────────────────────────────────────


async def test_an_agents_phone_comes_is_called_and_goes(under: Under) -> None:
    name, password = f"agent-{under.prefix}", "Une phrase de passe"
    unknown = Originate(
        channel_id=f"leg-{under.prefix}-0",
        to=CallAgentEndpoint(endpoint=name),
        caller_id="",
        purpose="leg",
    )
    with pytest.raises(SwitchRefused) as refused:
        await under.switch.originate(unknown)
    assert (refused.value.code, refused.value.retryable) == ("ENDPOINT_UNKNOWN", False)

    await under.switch.put_agent_endpoint(AgentEndpoint(endpoint=name, password=password))
    await under.switch.put_agent_endpoint(AgentEndpoint(endpoint=name, password=password))
    with pytest.raises(SwitchRefused) as refused:
        await under.switch.originate(unknown)
    assert (refused.value.code, refused.value.retryable) == ("ENDPOINT_UNREACHABLE", True)
    assert name not in (await under.switch.snapshot()).reachable_endpoints

    await under.bench.register(name, password)
    await under.inbox.until(lambda: _reachable(under.inbox, name) == [True])
    assert name in (await under.switch.snapshot()).reachable_endpoints
    leg = Originate(
        channel_id=f"leg-{under.prefix}-1",
        to=CallAgentEndpoint(endpoint=name),
        caller_id="",
        caller_name="Kwabo",
        purpose="leg",
    )
    await under.switch.originate(leg)
    await under.inbox.first(ChannelAnswered, leg.channel_id)
    await under.switch.hang_up(leg.channel_id)
    await under.inbox.first(ChannelEnded, leg.channel_id)

    await under.bench.unregister(name)
    await under.inbox.until(lambda: _reachable(under.inbox, name) == [True, False])
    await under.switch.remove_agent_endpoint(name)
    await under.switch.remove_agent_endpoint(name)
    with pytest.raises(SwitchRefused) as refused:
        await under.switch.originate(unknown)
    assert refused.value.code == "ENDPOINT_UNKNOWN"
    assert await under.bench.far_calls() == []


def _reachable(inbox: Inbox, endpoint: str) -> list[bool]:
    return [e.reachable for e in inbox.of(AgentEndpointChanged) if e.endpoint == endpoint]


# ── What must never reach a dial string ─────────────────────────────────────────────────────────

_HOSTILE = st.text(
    alphabet=st.sampled_from("+0123456789&/,@;=|!^$(){}\"'<>\\\r\n\t %*#abPJSIP\u0661\u200f．"),
    max_size=24,
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
@given(number=_HOSTILE, endpoint=_HOSTILE, value=_HOSTILE, which=st.integers(0, 4))
async def test_a_hostile_dial_string_is_refused_before_anything_is_sent(
    under: Under, number: str, endpoint: str, value: str, which: int
) -> None:
    good = under.number("person")
    to: CallNumber | CallAgentEndpoint = CallNumber(number=good, trunk_endpoint=TRUNK)
    caller, name, headers = CALLER_ID, "", {}
    if which == 0:
        to = CallNumber(number=f"+229{number}x", trunk_endpoint=TRUNK)
    elif which == 1:
        to = CallNumber(number=good, trunk_endpoint=f"{endpoint}@")
    elif which == 2:
        to = CallAgentEndpoint(endpoint=f"{endpoint}/")
    elif which == 3:
        caller, name = f"{value}>", f'{value}"'
    else:
        headers = {"X-Any": f"{value}\r\nX-More: 1"}
    with pytest.raises(SwitchRefused) as refused:
        await under.switch.originate(
            Originate(
                channel_id=f"{under.prefix}-hostile",
                to=to,
                caller_id=caller,
                caller_name=name,
                headers=headers,
            )
        )
    assert not refused.value.retryable
    assert refused.value.code.startswith("BAD_")
    assert await under.bench.far_calls() == []
