"""Numbers of calls that come in; callers in virtual time; what the events of one mean."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwabo.adapters.switch.asterisk.calls import CallBook
from kwabo.adapters.switch.inbound_numbers import read_sent
from kwabo.adapters.switch.simulator import Caller, SimulatedNode, SimulatedSwitch
from kwabo.adapters.virtual_time import run_in_virtual_time
from kwabo.kernel.clock import Clock
from kwabo.ports.switch import (
    BridgeKind,
    ChannelAnswered,
    ChannelArrived,
    ChannelDigit,
    ChannelEnded,
    InboundTrunk,
    RecordingEnded,
    SwitchEvent,
)

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sent", "country", "number"),
    [
        ("0121000000", "BJ", "+2290121000000"),
        ("21000000", "BJ", "+2290121000000"),
        ("2290121000000", "BJ", "+2290121000000"),
        ("2290121000000", "", "+2290121000000"),
        ("+2290121000000", "", "+2290121000000"),
        ("002290121000000", "BJ", "+2290121000000"),
        ("0142000000", "FR", "+33142000000"),
        ("33142000000", "FR", "+33142000000"),
        ("33142000000", "BJ", "+33142000000"),
        ("0142000000", "", ""),
        ("anonymous", "BJ", ""),
        ("12", "BJ", ""),
        ("", "BJ", ""),
    ],
)
def test_numbers_as_trunks_send_them(sent: str, country: str, number: str) -> None:
    assert read_sent(sent, country) == number


@given(sent=st.text(max_size=25), country=st.sampled_from(["BJ", "FR", "US", ""]))
def test_whatever_is_sent_is_a_number_or_nothing(sent: str, country: str) -> None:
    number = read_sent(sent, country)
    assert number == "" or number[1:].isdigit()


def simulated(caller: Caller, *, answers: bool = True) -> tuple[list[SwitchEvent], Any]:
    """A caller on a simulated switch, who is answered at once and hears nobody."""
    told: list[SwitchEvent] = []

    async def main(clock: Clock) -> Any:
        node = SimulatedNode(clock)
        switch = SimulatedSwitch(node, "floor")
        switch.listen(told.append)
        await switch.start()
        await clock.sleep(0.1)
        await switch.take_calls([InboundTrunk(endpoint="trunk-lab", country="BJ")])
        channel_id = node.call_in(caller)
        assert isinstance(told[-1], ChannelArrived)  # at once
        if answers:
            await switch.answer(channel_id)
            assert isinstance(told[-1], ChannelAnswered)
        await clock.sleep(600)
        return node.calls_in[0]

    return told, run_in_virtual_time(main)


def seconds_of(told: list[SwitchEvent], kind: type) -> list[float]:
    """From the arrival."""
    arrived = next(event for event in told if isinstance(event, ChannelArrived))
    return [
        round((event.at - arrived.at).total_seconds(), 3)
        for event in told
        if isinstance(event, kind)
    ]


def test_a_simulated_caller_presses_keys_and_loses_patience_on_time() -> None:
    told, seen = simulated(
        Caller(number="0121000000", presses=((2.0, "1"), (5.5, "#")), patience_seconds=40.0)
    )
    assert seconds_of(told, ChannelDigit) == [2.0, 5.5]
    assert seconds_of(told, ChannelEnded) == [40.0]
    assert seen.cause == 16


def test_a_simulated_caller_gives_up_unanswered() -> None:
    told, seen = simulated(Caller(number="0121000000", rings_seconds=12.0), answers=False)
    assert seconds_of(told, ChannelEnded) == [12.0]
    assert seen.answered_at is None


def test_a_simulated_caller_whom_nobody_takes_hears_so() -> None:
    async def main(clock: Clock) -> Any:
        node = SimulatedNode(clock)
        node.call_in(Caller(number="0121000000"))
        await clock.sleep(60)
        return node.calls_in[0]

    seen = run_in_virtual_time(main)
    assert (seen.identified_at - seen.at).total_seconds() == 5
    assert seen.ended_at is not None


def test_a_simulated_caller_is_recorded_until_silence() -> None:
    told: list[SwitchEvent] = []

    async def main(clock: Clock) -> None:
        node = SimulatedNode(clock)
        switch = SimulatedSwitch(node, "floor")
        switch.listen(told.append)
        await switch.start()
        await clock.sleep(0.1)
        await switch.take_calls([InboundTrunk(endpoint="trunk-lab", country="BJ")])
        caller = node.call_in(Caller(number="0121000000", speaks_seconds=7.0, talks_seconds=20.0))
        agent = node.call_in(Caller(number="0121000000", talks_seconds=None))
        for channel_id in (caller, agent):
            await switch.answer(channel_id)
        await switch.record(caller, "message", max_seconds=60, silence_seconds=3)
        await clock.sleep(11)
        await switch.create_bridge("talk", BridgeKind.MIXING)
        for channel_id in (caller, agent):
            await switch.join("talk", channel_id)
        await clock.sleep(60)
        assert caller not in node.channels
        assert agent in node.channels

    run_in_virtual_time(main)
    recorded = next(event for event in told if isinstance(event, RecordingEnded))
    assert recorded.seconds == 10.0


def channel(state: str) -> dict[str, Any]:
    return {
        "id": "17.1",
        "name": "PJSIP/trunk-lab-1",
        "state": state,
        "creationtime": "2026-01-05T08:00:01.000+0000",
        "channelvars": {},
        "caller": {"number": "0197000001", "name": "Ali"},
    }


EVENTS: list[dict[str, Any]] = [
    {"type": "ChannelCreated", "channel": channel("Ring")},
    {
        "type": "StasisStart",
        "application": "kwabo-1",
        "args": ["inbound", "0121000000", "trunk-lab", "allowed_not_screened", "BJ"],
        "channel": channel("Ring"),
    },
    {"type": "ChannelStateChange", "channel": channel("Up")},
    {"type": "ChannelDestroyed", "channel": channel("Up"), "cause": 16},
]


@given(events=st.lists(st.sampled_from(EVENTS), max_size=20))
def test_any_order_and_any_copies_make_one_call_that_comes_in(events: list[dict[str, Any]]) -> None:
    book = CallBook("kwabo-1")
    kinds = [type(told) for event in events for told in book.apply(event, NOW)]
    order: list[type] = [ChannelArrived, ChannelAnswered, ChannelEnded]
    assert kinds == sorted(set(kinds), key=order.index)
    assert not kinds or kinds[0] is ChannelArrived


def test_what_is_told_of_a_call_that_comes_in() -> None:
    (arrived,) = CallBook("kwabo-1").apply(EVENTS[1], NOW)
    assert arrived == ChannelArrived(
        channel_id="17.1",
        at=NOW,
        number="+2290121000000",
        caller="+2290197000001",
        caller_name="Ali",
        trunk_endpoint="trunk-lab",
        number_sent="0121000000",
    )
    hidden = {**EVENTS[1], "args": [*EVENTS[1]["args"][:3], "prohib_not_screened", "BJ"]}
    (arrived,) = CallBook("kwabo-1").apply(hidden, NOW)
    assert isinstance(arrived, ChannelArrived)
    assert (arrived.caller, arrived.caller_name) == ("", "")
    assert CallBook("kwabo-2").apply(EVENTS[1], NOW) == []
