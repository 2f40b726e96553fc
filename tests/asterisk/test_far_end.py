"""Each behaviour of the lab reaches the switch as the cause and SIP code that networks use."""

from __future__ import annotations

import asyncio

import pytest

from ari_probe import AriProbe
from kwabo.stack.stack import Stack

pytestmark = pytest.mark.asterisk
LIST = "+22901000000"  # two more digits choose the behaviour


@pytest.mark.parametrize(
    ("suffix", "behaviour", "cause", "sip_code"),
    [
        ("03", "busy", 17, 486),
        ("05", "unallocated", 1, 404),
        ("06", "congestion", 34, 503),
        ("07", "rejected", 21, 403),
        ("08", "sit", 1, 404),
    ],
)
async def test_refusals(
    ari: AriProbe, lab_call, suffix: str, behaviour: str, cause: int, sip_code: int
) -> None:
    attempt = await ari.call(LIST + suffix)
    ended = await ari.event("ChannelDestroyed", attempt)
    assert ended["cause"] == cause
    assert ended["tech_cause"] == sip_code
    seen = await lab_call(attempt, lambda call: call.ended_at is not None)
    assert (seen.behaviour, seen.number) == (behaviour, LIST + suffix)
    assert (seen.caller_id, seen.answered_at) == ("+2290121000000", None)


@pytest.mark.parametrize(
    ("suffix", "behaviour"),
    [("01", "person"), ("02", "voicemail"), ("09", "fax"), ("10", "hang_up"), ("11", "keys")],
)
async def test_answers(ari: AriProbe, lab_call, suffix: str, behaviour: str) -> None:
    attempt = await ari.call(LIST + suffix)
    entered = await ari.event("StasisStart", attempt)
    assert entered["args"] == ["attempt", attempt]
    ended = await ari.event("ChannelDestroyed", attempt)
    assert ended["cause"] == 16
    seen = await lab_call(attempt, lambda call: call.ended_at is not None)
    assert seen.behaviour == behaviour
    assert seen.answered_at is not None


async def test_no_answer_is_given_up_after_the_ring_time(ari: AriProbe, lab_call) -> None:
    attempt = await ari.call(LIST + "04", timeout_seconds=2)
    ended = await ari.event("ChannelDestroyed", attempt)
    assert ended["cause"] == 19
    seen = await lab_call(attempt, lambda call: call.ended_at is not None)
    assert seen.answered_at is None


async def test_sit_tones_come_as_early_media(ari: AriProbe) -> None:
    attempt = await ari.call(LIST + "08")
    progress = await ari.when(
        lambda event: (
            event["type"] == "Dial"
            and event["peer"]["id"] == attempt
            and event["dialstatus"] == "PROGRESS"
        )
    )
    assert progress


async def test_keys_are_heard(ari: AriProbe) -> None:
    attempt = await ari.call(LIST + "11")
    pressed = await ari.event("ChannelDtmfReceived", attempt)
    assert pressed["digit"] == "1"


async def test_a_list_of_behaviours_goes_try_by_try(ari: AriProbe, lab_call) -> None:
    first = await ari.call("+2290199990000")
    assert (await ari.event("ChannelDestroyed", first))["cause"] == 17
    second = await ari.call("+2290199990000", timeout_seconds=1)
    assert (await ari.event("ChannelDestroyed", second))["cause"] == 19
    third = await ari.call("+2290199990000")
    await ari.event("StasisStart", third)
    assert (await lab_call(third)).attempt == 3


async def test_agents_numbers_answer_at_once_and_stay(ari: AriProbe, lab_call) -> None:
    leg = await ari.call("+2290121990007")
    await ari.event("StasisStart", leg, seconds=2)
    await asyncio.sleep(2)
    status, channel = await ari.ask("GET", f"/channels/{leg}")
    assert (status, channel["state"]) == (200, "Up")
    await ari.ask("DELETE", f"/channels/{leg}")
    assert (await lab_call(leg, lambda call: call.ended_at is not None)).behaviour == "agent"


async def test_the_lab_draws_as_the_table_says(ari: AriProbe, stack: Stack, lab_call) -> None:
    """The dialplan's hash and the table's are one."""
    assert stack.lab is not None
    numbers = [f"+33199{number:06d}" for number in range(50000, 50080)]
    numbers = [n for n in numbers if not n.endswith(tuple(f"{i:02d}" for i in range(1, 12)))]
    attempts = {number: await ari.call(number, timeout_seconds=1) for number in numbers[:60]}
    for number, attempt in attempts.items():
        seen = await lab_call(attempt)
        assert seen.behaviour == stack.lab.table.decide(number, seen.attempt).name
    for attempt in attempts.values():
        await ari.ask("DELETE", f"/channels/{attempt}")


async def test_the_table_can_be_changed_while_the_lab_runs(
    ari: AriProbe, stack: Stack, lab_call
) -> None:
    from dataclasses import replace

    assert stack.lab is not None
    before = stack.lab.table
    stack.lab.use(replace(before, numbers={**before.numbers, LIST + "01": ("busy",)}))
    try:
        attempt = await ari.call(LIST + "01")
        assert (await ari.event("ChannelDestroyed", attempt))["cause"] == 17
    finally:
        stack.lab.use(before)


@pytest.mark.parametrize(("suffix", "verdict"), [("91", "HUMAN"), ("92", "MACHINE")])
async def test_call_analysis_tells_people_from_machines(
    ari: AriProbe, suffix: str, verdict: str
) -> None:
    attempt = await ari.call(LIST + suffix, analyse=True)
    entered = await ari.event("StasisStart", attempt)
    assert entered["args"][:2] == ["attempt", attempt]
    assert entered["args"][2].startswith(f"amd={verdict}/")
    await ari.ask("DELETE", f"/channels/{attempt}")
