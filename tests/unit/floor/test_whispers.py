"""What an agent alone hears before a caller of a queue, and what becomes of both meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from kwabo.domain.routing.settings import Arrival, QueueSettings
from kwabo.domain.routing.skills import language_skill
from kwabo.engine.floor import whispers
from kwabo.engine.floor.state import Call
from unit.floor.callers import CALLER, answers, call_in, flow
from unit.floor.desk import Desk, at_the_desk

WAIT = {
    "id": "wait",
    "type": "queue",
    "queue_id": "QUEUE",
    "seconds": 600,
    "ways": {"timeout": "bye"},
}
BYE = {"id": "bye", "type": "hang_up"}
LONG = 3.0  # seconds that the prompt takes


def _whispering(story: Callable[[Desk], Awaitable[None]], **settings: Any) -> None:
    """Tell a story of a queue that whispers to its agents."""

    def prepare(desk: Desk) -> None:
        answers(desk, flow(desk, WAIT, BYE))
        desk.node.sounds.seconds = LONG
        queue_id = desk.data.campaigns[desk.campaign_id].queue_id
        said = QueueSettings(**{"whisper_prompt": "file_facturation", **settings})
        desk.data.queue_settings.put(queue_id, said)

    at_the_desk(story, prepare=prepare)


def _call(desk: Desk, channel: str) -> Call:
    return desk.floor.calls.by_channel[channel]


def _heard(desk: Desk) -> list[tuple[str, str]]:
    """(what begins a whisper's name, the channel that hears it) of those that are heard now."""
    return [
        (whispers.WHISPER, channel.channel_id)
        for playback, channel in desk.node.sounds.playbacks.items()
        if playback.startswith(whispers.WHISPER)
    ]


async def _whispers(desk: Desk, **caller: Any) -> str:
    """A caller before whom the first agent hears the whisper."""
    await desk.ready()
    channel = call_in(
        desk, **{"caller": CALLER, "patience_seconds": None, "talks_seconds": None, **caller}
    )
    await desk.until(lambda: bool(_heard(desk)))
    return channel


def test_the_agent_alone_hears_it_and_the_caller_hears_music_until_they_are_together() -> None:
    async def story(desk: Desk) -> None:
        channel = await _whispers(desk)
        assert _heard(desk) == [(whispers.WHISPER, desk.agent().leg_channel_id)]
        assert desk.channel(channel).music
        assert not desk.channel(channel).playbacks
        assert (desk.agent().status, _call(desk, channel).connected_at) == ("reserved", None)
        await desk.clock.sleep(LONG / 2)
        assert desk.agent().status == "reserved"
        await desk.until(lambda: desk.agent().status == "on_call", LONG)
        assert desk.together(channel, desk.agent().leg_channel_id)
        assert not desk.channel(channel).music
        assert not _heard(desk)
        assert _call(desk, channel).queue is None

    _whispering(story)


def test_a_queue_without_one_joins_at_once() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        call_in(desk, caller=CALLER, patience_seconds=None, talks_seconds=None)
        await desk.until(lambda: desk.agent().status == "on_call")
        assert not _heard(desk)

    _whispering(story, whisper_prompt="")


def test_an_agent_who_is_asked_hears_it_after_taking_the_caller() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        channel = call_in(desk, caller=CALLER, patience_seconds=None, talks_seconds=None)
        await desk.until(lambda: desk.agent().status == "alerting")
        assert not _heard(desk)
        assert (await desk.act("call.take"))["ok"]
        await desk.until(lambda: bool(_heard(desk)))
        assert (await desk.act("call.refuse"))["code"] == "ALERT_OVER"
        await desk.until(lambda: desk.agent().status == "on_call", LONG + 1)
        assert desk.together(channel, desk.agent().leg_channel_id)

    _whispering(story, arrival=Arrival.ASKED)


def test_a_caller_who_hangs_up_meanwhile_was_not_served_and_the_agent_was_idle() -> None:
    async def story(desk: Desk) -> None:
        channel = await _whispers(desk)
        idle_since = desk.agent().ready_since
        desk.node.far_end_hangs_up(channel)
        await desk.until(lambda: desk.agent().status == "ready")
        assert not _heard(desk), "the whisper goes on for a caller who is gone"
        assert desk.agent().ready_since == idle_since
        assert [stay.outcome for stay in desk.data.queue_stays] == ["abandoned"]

    _whispering(story)


def test_an_agent_whose_leg_is_lost_meanwhile_leaves_the_caller_to_another() -> None:
    async def story(desk: Desk) -> None:
        channel = await _whispers(desk)
        since = _call(desk, channel).queued_at
        await desk.ready(desk.second)
        desk.node.set_reachable(desk.agent().endpoint, reachable=False)
        desk.node.far_end_hangs_up(desk.agent().leg_channel_id or "")
        await desk.until(lambda: desk.agent(desk.second).status == "reserved")
        assert (desk.agent().status, desk.agent().attempt_id) == ("lost", None)
        await desk.until(lambda: desk.agent(desk.second).status == "on_call", LONG + 1)
        assert desk.together(channel, desk.agent(desk.second).leg_channel_id)
        assert _call(desk, channel).queued_at == since

    _whispering(story)


def test_a_comparison_with_the_switch_leaves_it_alone() -> None:
    async def story(desk: Desk) -> None:
        await _whispers(desk)
        desk.floor.snapshot_wanted = True
        await desk.clock.sleep(LONG / 2)
        assert desk.agent().status == "reserved"
        await desk.until(lambda: desk.agent().status == "on_call", LONG)

    _whispering(story)


def test_a_whisper_whose_end_is_never_told_ends_by_time() -> None:
    async def story(desk: Desk) -> None:
        channel = await _whispers(desk)
        begun = desk.clock.monotonic()
        await desk.until(lambda: desk.agent().status == "on_call", 30)
        assert desk.clock.monotonic() - begun == pytest.approx(whispers.LIMIT_SECONDS, abs=0.5)
        assert desk.together(channel, desk.agent().leg_channel_id)

    def prepare(desk: Desk) -> None:
        answers(desk, flow(desk, WAIT, BYE))
        desk.node.sounds.seconds = 3600.0
        queue_id = desk.data.campaigns[desk.campaign_id].queue_id
        desk.data.queue_settings.put(queue_id, QueueSettings(whisper_prompt="sans_fin"))

    at_the_desk(story, prepare=prepare)


def test_a_killed_engine_leaves_the_caller_waiting_and_the_next_one_whispers_anew() -> None:
    async def story(desk: Desk) -> None:
        channel = await _whispers(desk)
        await desk.crash()
        await desk.until(lambda: desk.agent().status == "on_call", 20)
        assert desk.together(channel, desk.agent().leg_channel_id)

    _whispering(story)


def test_it_is_said_in_the_language_that_the_agent_speaks_best() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        agent = desk.agent()
        assert whispers.language(agent) == ""
        agent.skills = {
            language_skill("fr"): 3,
            language_skill("fon"): 5,
            language_skill("en"): 5,
        }
        assert whispers.language(agent) == "en"  # of equals the first by code
        agent.skills = {language_skill("fr"): 3, language_skill("fon"): 5}
        assert whispers.language(agent) == "fon"

    _whispering(story)
