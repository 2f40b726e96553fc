"""Asterisk's adapter when the switch is late, loses, doubles, reorders, refuses, hangs and dies."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from contract.switch.bench import Under, connect
from contract.switch.fake_bench import FakeBench, behaviour_of
from fake_ari import FakeAri, Fault
from kwabo.adapters.switch.asterisk.client import AriAddress
from kwabo.adapters.switch.asterisk.switch import AsteriskSwitch
from kwabo.adapters.system import SystemClock
from kwabo.ports.switch import (
    CallNumber,
    ChannelAnswered,
    ChannelEnded,
    ChannelRinging,
    SwitchConnected,
    SwitchLost,
    SwitchRefused,
    SwitchTakenOver,
    SwitchUncertain,
)

Event = Mapping[str, Any]


@pytest.fixture
async def fake() -> AsyncIterator[FakeAri]:
    fake = FakeAri(behaviour_of)
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
async def under(fake: FakeAri) -> AsyncIterator[Under]:
    bench = FakeBench("kwabo-faults", fake)
    under = await connect(bench, bench.another(), "0001")
    yield under
    await under.switch.close()


def originates(fake: FakeAri) -> int:
    return fake.requests.count(("POST", "channels"))


# ── Originate ───────────────────────────────────────────────────────────────────────────────────


async def test_events_before_a_late_answer_wait_for_it(under: Under, fake: FakeAri) -> None:
    fake.faults.requests.append(Fault(method="POST", path="channels", late_seconds=1.0))
    call = under.call("short", "late")
    asked = asyncio.create_task(under.switch.originate(call))
    await under.inbox.until(lambda: bool(fake.world.calls) and not fake.world.channels)
    assert not asked.done()
    assert under.inbox.about(call.channel_id) == []  # it may still be refused
    await asked
    await under.inbox.first(ChannelEnded, call.channel_id)
    assert [type(event) for event in under.inbox.about(call.channel_id)] == [
        ChannelRinging,
        ChannelAnswered,
        ChannelEnded,
    ]


async def test_a_channel_that_came_and_went_under_a_refusal_is_not_told(
    under: Under, fake: FakeAri
) -> None:
    fake.faults.requests.append(
        Fault(method="POST", path="channels", status=500, done_first=True, late_seconds=0.3)
    )
    call = under.call("invalid", "both")
    with pytest.raises(SwitchRefused):
        await under.switch.originate(call)
    assert len(fake.world.calls) == 1
    await under.answered("person", "marker")
    assert under.inbox.about(call.channel_id) == []


@pytest.mark.parametrize(
    ("status", "code", "retryable"),
    [
        (400, "SWITCH_REFUSED", False),
        (401, "SWITCH_LOGIN", False),
        (404, "ENDPOINT_UNKNOWN", False),
        (500, "SWITCH_BUSY", True),
        (503, "SWITCH_BUSY", True),
    ],
)
async def test_refusals(
    under: Under, fake: FakeAri, status: int, code: str, retryable: bool
) -> None:
    fake.faults.requests.append(Fault(method="POST", path="channels", status=status))
    call = under.call("person", "no")
    with pytest.raises(SwitchRefused) as refused:
        await under.switch.originate(call)
    assert (refused.value.code, refused.value.retryable) == (code, retryable)
    await under.answered("person", "marker")
    assert under.inbox.about(call.channel_id) == []


async def test_a_stale_conflict_is_looked_into(under: Under, fake: FakeAri) -> None:
    fake.faults.requests.append(Fault(method="POST", path="channels", status=409))
    call = under.call("person", "stale")
    dead = replace(call, to=CallNumber(number=under.number("person"), trunk_endpoint="trunk-dead"))
    with pytest.raises(SwitchRefused) as refused:
        await under.switch.originate(dead)
    assert (refused.value.code, refused.value.retryable) == ("ENDPOINT_UNREACHABLE", True)


async def test_an_id_that_begins_a_live_one_is_told_apart(under: Under) -> None:
    await under.answered("person", "same-10")
    with pytest.raises(SwitchRefused) as refused:
        await under.switch.originate(under.call("person", "same-1"))
    assert (refused.value.code, refused.value.retryable) == ("CHANNEL_ID_AMBIGUOUS", False)
    await under.answered("person", "same-100")


@pytest.mark.parametrize("how", ["hang", "drop"])
@pytest.mark.parametrize("done", [True, False])
async def test_no_answer_to_an_originate_is_uncertain_and_asked_once(
    under: Under, fake: FakeAri, how: str, done: bool
) -> None:
    fake.faults.requests.append(
        Fault(method="POST", path="channels", do=done, hang=how == "hang", drop=how == "drop")
    )
    before = originates(fake)
    call = under.call("person", "uncertain")
    with pytest.raises(SwitchUncertain):
        await under.switch.originate(call)
    assert originates(fake) == before + 1
    if done:
        await under.inbox.first(ChannelAnswered, call.channel_id)
        assert call.channel_id in (await under.switch.snapshot()).channels
        await under.switch.hang_up(call.channel_id)
        await under.inbox.first(ChannelEnded, call.channel_id)
    else:
        await under.answered("person", "marker")
        assert call.channel_id not in (await under.switch.snapshot()).channels
        assert under.inbox.about(call.channel_id) == []


async def test_a_hang_up_without_an_answer_is_asked_again(under: Under, fake: FakeAri) -> None:
    channel_id = await under.answered("person", "again")
    fake.faults.requests.append(Fault(method="DELETE", path="channels/.*", do=False, hang=True))
    await under.switch.hang_up(channel_id)
    await under.inbox.first(ChannelEnded, channel_id)


async def test_hanging_up_what_is_still_being_started_ends_it(under: Under, fake: FakeAri) -> None:
    fake.faults.requests.append(Fault(method="POST", path="channels", late_seconds=0.3, do=True))
    call = under.call("silent", "regretted")
    asked = asyncio.create_task(under.switch.originate(call))
    await under.inbox.until(lambda: originates(fake) == 1)
    await under.switch.hang_up(call.channel_id)
    await asked
    await under.inbox.first(ChannelEnded, call.channel_id)
    assert not fake.world.channels


async def test_a_switch_that_is_gone_refuses_at_once_and_comes_back(
    under: Under, fake: FakeAri
) -> None:
    await fake.stop()
    await under.inbox.first(SwitchLost)
    assert not under.switch.ready
    for _ in range(5):
        with pytest.raises(SwitchRefused) as refused:
            await under.switch.hang_up("anything")
        assert (refused.value.code, refused.value.retryable) == ("SWITCH_UNREACHABLE", True)
    with pytest.raises(SwitchRefused) as refused:
        await under.switch.originate(under.call("person", "no"))
    assert refused.value.code == "SWITCH_NOT_READY"
    await fake.start()
    await under.inbox.nth(SwitchConnected, 2)
    await under.inbox.until(lambda: under.switch.ready)
    await under.answered("person", "back")


async def test_a_wrong_password_never_connects() -> None:
    fake = FakeAri(behaviour_of)
    await fake.start()
    address = AriAddress(url=fake.url, user="kwabo", password="wrong")
    switch = AsteriskSwitch(address, "kwabo-x", SystemClock())
    await switch.start()
    try:
        with pytest.raises(SwitchRefused) as refused:
            await switch.snapshot()
        assert refused.value.code == "SWITCH_LOGIN"
        assert not switch.ready
        assert "wrong" not in repr(address)
    finally:
        await switch.close()
        await fake.stop()


# ── Events ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", range(6))
async def test_doubled_and_reordered_events_are_told_once_and_in_order(
    under: Under, fake: FakeAri, seed: int
) -> None:
    source = random.Random(seed)

    def mangle(event: Event) -> list[tuple[float, Event]]:
        copies = source.choice([1, 1, 2, 3])
        return [(source.uniform(0.0, 0.3), event) for _ in range(copies)]

    fake.faults.mangle = mangle
    calls = [
        under.call(behaviour, f"{n}")
        for n, behaviour in enumerate(["short", "busy", "rejected", "short", "invalid"] * 4)
    ]
    await asyncio.gather(*(under.switch.originate(call) for call in calls))
    for call in calls:
        await under.inbox.first(ChannelEnded, call.channel_id)
    await asyncio.sleep(0.7)  # the longest delay twice over: nothing more may come
    order = [ChannelRinging, ChannelAnswered, ChannelEnded]
    for call in calls:
        told = [type(event) for event in under.inbox.about(call.channel_id)]
        assert told == sorted(set(told), key=order.index), told
        assert told[-1] is ChannelEnded


async def test_a_lost_end_is_found_on_the_switchs_own_list(under: Under, fake: FakeAri) -> None:
    channel_id = await under.answered("person", "silent-end")
    fake.faults.mangle = lambda event: [] if event["type"] == "ChannelDestroyed" else [(0.0, event)]
    fake.world.end(fake.world.channels[channel_id], 16, None)
    ended = await under.inbox.first(ChannelEnded, channel_id)
    assert ended.cause is None
    await asyncio.sleep(1.0)
    assert len(under.inbox.of(ChannelEnded, channel_id)) == 1


async def test_late_news_of_a_former_life_do_not_end_the_new_one(
    under: Under, fake: FakeAri
) -> None:
    kept: list[Event] = []

    def keep(event: Event) -> list[tuple[float, Event]]:
        kept.append(event)
        return [(0.0, event)]

    fake.faults.mangle = keep
    first = under.call("busy", "twice")
    await under.ended(first)
    second = under.call("person", "twice")
    await under.switch.originate(second)
    await under.inbox.first(ChannelAnswered, second.channel_id)
    end = next(event for event in kept if event["type"] == "ChannelDestroyed")
    fake.world._emit(dict(end))
    await under.answered("person", "marker")
    assert len(under.inbox.of(ChannelEnded, second.channel_id)) == 1
    assert second.channel_id in (await under.switch.snapshot()).channels


# ── Connection ──────────────────────────────────────────────────────────────────────────────────


async def test_a_dropped_socket_is_made_again(under: Under, fake: FakeAri) -> None:
    channel_id = await under.answered("person", "goes-on")
    fake.drop_sockets()
    await under.inbox.first(SwitchLost)
    assert not under.switch.ready
    await under.inbox.nth(SwitchConnected, 2)
    await under.inbox.until(lambda: under.switch.ready)
    assert (await under.switch.snapshot()).channels[channel_id].in_application
    await under.switch.hang_up(channel_id)
    await under.inbox.first(ChannelEnded, channel_id)
    kinds = [type(e) for e in under.inbox.events if isinstance(e, SwitchLost | SwitchConnected)]
    assert kinds == [SwitchConnected, SwitchLost, SwitchConnected]


async def test_an_answer_while_nobody_listens_is_explained_to_the_person(
    under: Under, fake: FakeAri
) -> None:
    call = under.call("person", "alone")
    await under.switch.originate(call)
    await under.switch.close()
    await under.inbox.until(lambda: not fake.world.channels)
    assert fake.world.calls[0].identified


async def test_a_half_open_socket_is_noticed_within_five_seconds(
    under: Under, fake: FakeAri
) -> None:
    clock = SystemClock()
    fake.faults.silent = True
    silent_since = clock.monotonic()
    assert under.switch.ready
    await under.inbox.until(lambda: clock.monotonic() - silent_since >= 5.0)
    assert not under.switch.ready
    with pytest.raises(SwitchRefused) as refused:
        await under.switch.originate(under.call("person", "no"))
    assert refused.value.code == "SWITCH_NOT_READY"
    await under.inbox.first(SwitchLost)
    fake.faults.silent = False
    await under.inbox.nth(SwitchConnected, 2)
    assert not under.inbox.of(SwitchTakenOver)  # our own old socket does not count
    await under.inbox.until(lambda: under.switch.ready)
    await under.answered("person", "back")


async def test_no_listing_no_dialling(under: Under, fake: FakeAri) -> None:
    fake.faults.hide_applications = True
    lost = await under.inbox.first(SwitchLost)
    assert lost.reason == "the switch does not list the application"
    assert not under.switch.ready
    fake.faults.hide_applications = False
    await under.inbox.nth(SwitchConnected, 2)
    await under.inbox.until(lambda: under.switch.ready)


async def test_unanswered_checks_make_the_switch_not_ready(under: Under, fake: FakeAri) -> None:
    fake.faults.requests.append(
        Fault(method="GET", path="applications", times=100, do=False, hang=True)
    )
    await under.inbox.until(lambda: not under.switch.ready)
    assert not under.inbox.of(SwitchLost)  # events still flow: only dialling stops
    fake.faults.requests.clear()
    await under.inbox.until(lambda: under.switch.ready)


async def test_after_a_takeover_nothing_more_is_sent(under: Under, fake: FakeAri) -> None:
    new = await connect(under.bench, under.bench.another(), "0002")
    await under.inbox.first(SwitchTakenOver)
    await new.switch.close()
    await under.inbox.until(lambda: not fake.connected(under.bench.application))
    sent = len(fake.requests)
    await asyncio.sleep(3.0)  # longer than a check, a reconciliation and the first waits together
    assert len(fake.requests) == sent
    assert not fake.connected(under.bench.application)
    assert not under.inbox.of(SwitchLost)


async def test_a_restarted_switch_is_empty(under: Under, fake: FakeAri) -> None:
    channel_id = await under.answered("person", "lost")
    await under.switch.create_bridge("b", "mixing")  # type: ignore[arg-type]
    await fake.restart()
    await under.inbox.nth(SwitchConnected, 2)
    await under.inbox.until(lambda: under.switch.ready)
    alive = await under.switch.snapshot()
    assert not alive.channels
    assert not alive.bridges
    ended = await under.inbox.first(ChannelEnded, channel_id)
    assert ended.cause is None
    again = under.call("person", "lost")
    await under.switch.originate(again)
    await under.inbox.nth(ChannelAnswered, 2, again.channel_id)
