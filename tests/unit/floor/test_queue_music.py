"""What callers hear while they wait: the queue's own prompt, the flow's, or the switch's music."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

import pytest

from kwabo.domain.flows.parts import Part, PromptPart
from kwabo.domain.reporting.queue_figures import QueueOutcome
from kwabo.domain.routing.settings import QueueSettings
from kwabo.engine.floor import queueing
from kwabo.engine.floor.state import Call
from unit.floor.callers import CALLER, SpokenWorld, answers, call_in, flow
from unit.floor.desk import Desk, at_the_desk

PROMPT = UUID(int=5)
OTHER_PROMPT = UUID(int=6)
OTHER_QUEUE = UUID(int=7)
WAIT: dict[str, Any] = {
    "id": "wait",
    "type": "queue",
    "queue_id": "QUEUE",
    "seconds": 600,
    "announcement": [{"prompt": "patience"}],
    "announce_seconds": 10,
    "ways": {"timeout": "bye"},
}
BYE = {"id": "bye", "type": "say", "say": [{"prompt": "au_revoir"}], "ways": {"next": "end"}}
END = {"id": "end", "type": "hang_up"}
MUSIC = ("sound:fr-attente",)


class _Mute(SpokenWorld):
    """Some prompts have no recording."""

    async def media(self, organisation_id: UUID, parts: Sequence[Part], language: str) -> list[str]:
        found = await super().media(organisation_id, parts, language)
        return [] if any(isinstance(p, PromptPart) and p.key == "attente" for p in parts) else found


def _waiting(
    story: Callable[[Desk], Awaitable[None]], world: SpokenWorld | None = None, **node: Any
) -> None:
    """Tell a story of a queue whose callers hear a prompt."""

    def prepare(desk: Desk) -> None:
        answers(desk, flow(desk, {**WAIT, **node}, BYE, END), world)
        desk.node.sounds.seconds = 2.0
        queue_id = desk.data.campaigns[desk.campaign_id].queue_id
        for one, prompt in ((queue_id, PROMPT), (OTHER_QUEUE, OTHER_PROMPT)):
            desk.data.queue_settings.put(one, QueueSettings(music_prompt_id=prompt))
        desk.data.prompt_keys.put(PROMPT, "attente")
        desk.data.prompt_keys.put(OTHER_PROMPT, "autre_file")

    at_the_desk(story, prepare=prepare)


async def _comes(desk: Desk) -> str:
    channel = call_in(desk, caller=CALLER, patience_seconds=None, talks_seconds=None)
    await desk.until(lambda: channel in desk.node.channels and desk.channel(channel).music)
    await desk.clock.sleep(0.5)
    return channel


def _call(desk: Desk, channel: str) -> Call:
    return desk.floor.calls.by_channel[channel]


@pytest.mark.parametrize("asks", [True, False])
def test_callers_hear_the_queues_prompt_in_their_language_until_an_agent_comes(asks: bool) -> None:
    async def story(desk: Desk) -> None:
        channel = await _comes(desk)
        assert (desk.channel(channel).hears_music, desk.channel(channel).music_media) == (
            True,
            MUSIC,
        )
        await desk.ready()
        await desk.until(lambda: _call(desk, channel).connected_at is not None)
        assert not desk.channel(channel).music
        assert desk.together(channel, desk.agent().leg_channel_id)
        assert (await desk.act("call.hold"))["ok"]
        await desk.until(lambda: desk.channel(channel).music)
        assert desk.channel(channel).music_media == (), "on hold it is the switch's music"

    _waiting(story, SpokenWorld(asks=asks))


def test_an_announcement_interrupts_it() -> None:
    async def story(desk: Desk) -> None:
        channel = await _comes(desk)
        for _ in range(2):
            await desk.until(lambda: bool(desk.channel(channel).playbacks), 15)
            assert not desk.channel(channel).hears_music
            await desk.until(lambda: not desk.channel(channel).playbacks, 5)
            assert desk.channel(channel).hears_music
            assert desk.channel(channel).music_media == MUSIC

    _waiting(story)


def test_the_flows_prompt_comes_before_the_queues() -> None:
    async def story(desk: Desk) -> None:
        channel = await _comes(desk)
        assert desk.channel(channel).music_media == ("sound:fr-du_flux",)
        queueing.change_queue(desk.floor, _call(desk, channel), OTHER_QUEUE, QueueOutcome.MOVED)
        await desk.clock.sleep(1.0)
        assert desk.channel(channel).music_media == ("sound:fr-du_flux",)

    _waiting(story, music="du_flux")


def test_another_queue_has_other_music() -> None:
    async def story(desk: Desk) -> None:
        channel = await _comes(desk)
        queueing.change_queue(desk.floor, _call(desk, channel), OTHER_QUEUE, QueueOutcome.MOVED)
        await desk.until(lambda: desk.channel(channel).music_media == ("sound:fr-autre_file",), 15)
        assert desk.channel(channel).music

    _waiting(story)


def test_without_a_recording_it_is_the_switchs_music() -> None:
    async def story(desk: Desk) -> None:
        channel = await _comes(desk)
        assert desk.channel(channel).hears_music
        assert desk.channel(channel).music_media == ()
        await desk.ready()
        await desk.until(lambda: _call(desk, channel).connected_at is not None)

    _waiting(story, _Mute())


def test_who_waits_no_longer_hears_it_no_longer() -> None:
    async def story(desk: Desk) -> None:
        channel = await _comes(desk)
        await desk.until(
            lambda: _call(desk, channel).queue is None or not desk.channel(channel).music, 30
        )
        assert not desk.channel(channel).music
        assert channel in desk.node.channels, "the word of goodbye is said after it"

    _waiting(story, seconds=15)


def test_a_new_owner_of_the_floor_goes_on_with_it() -> None:
    async def story(desk: Desk) -> None:
        channel = await _comes(desk)
        await desk.crash()
        assert desk.channel(channel).music
        assert desk.channel(channel).music_media == MUSIC
        await desk.ready()
        await desk.until(lambda: _call(desk, channel).connected_at is not None)
        assert not desk.channel(channel).music
        assert desk.together(channel, desk.agent().leg_channel_id)

    _waiting(story)


def test_a_caller_whose_agent_was_lost_for_good_hears_it_again() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        channel = await _comes_to_agent(desk)
        desk.node.hang_up(desk.agent().leg_channel_id or "")
        desk.node.set_reachable(desk.agent().endpoint, False)
        await desk.until(lambda: _call(desk, channel).queue is not None, 60)
        await desk.clock.sleep(0.5)
        assert desk.channel(channel).music
        assert desk.channel(channel).music_media == MUSIC

    _waiting(story)


async def _comes_to_agent(desk: Desk) -> str:
    channel = call_in(desk, caller=CALLER, patience_seconds=None, talks_seconds=None)
    await desk.until(
        lambda: (
            channel in desk.floor.calls.by_channel and _call(desk, channel).connected_at is not None
        )
    )
    return channel
