"""The key that opts out of calls while the message for abandoned people plays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from unit.floor.desk import Desk, at_the_desk
from unit.floor.test_people_who_wait import (
    POWER,
    _answers_after,
    _call_of,
    _number,
    _one_talks,
)

US: dict[str, Any] = {
    **POWER,
    "message_media": "sound:custom/nine-to-opt-out",
    "opt_out_key": "9",
    "confirmation_media": "sound:auth-thankyou",
}


def _listed(desk: Desk) -> set[str]:
    """Numbers on an organisation-wide DNC list."""
    wide = {key for key, one in desk.data.dnc_lists.items() if one.organisation_wide}
    return {value for (dnc_list_id, value), _ in desk.data.dnc.items() if dnc_list_id in wide}


async def _hears_the_message(desk: Desk) -> None:
    await _one_talks(desk)
    await desk.until(lambda: _call_of(desk, 1).message_started_at is not None)


def test_the_key_lists_the_number_within_a_second_and_confirms() -> None:
    async def story(desk: Desk) -> None:
        await _hears_the_message(desk)
        call = _call_of(desk, 1)
        assert desk.data.attempts[call.attempt_id].row.message_media == US["message_media"]
        pressed = desk.clock.now()
        desk.node.press(call.channel_id, "9")
        await desk.until(lambda: _number(1) in _listed(desk), 1)
        row = desk.data.attempts[call.attempt_id].row
        assert row.opted_out_at is not None
        assert row.opted_out_at - pressed < timedelta(seconds=1)
        assert not call.closed  # the confirmation plays
        (playback,) = desk.channel(call.channel_id).playbacks
        assert playback.startswith("opted-out-")
        await desk.until(lambda: call.closed, 5)
        row = desk.data.attempts[call.attempt_id].row
        assert (row.abandoned, row.result) == (True, "person")

    at_the_desk(story, contacts=2, campaign=US, numbers=_answers_after(1.0, 2.0))


@pytest.mark.parametrize("key", ["1", "#", "0"])
def test_another_key_means_nothing(key: str) -> None:
    async def story(desk: Desk) -> None:
        await _hears_the_message(desk)
        call = _call_of(desk, 1)
        desk.node.press(call.channel_id, key)
        await desk.until(lambda: call.closed, 5)
        assert not _listed(desk)
        assert desk.data.attempts[call.attempt_id].row.opted_out_at is None

    at_the_desk(story, contacts=2, campaign=US, numbers=_answers_after(1.0, 2.0))


def test_without_a_key_in_the_campaign_nine_means_nothing() -> None:
    async def story(desk: Desk) -> None:
        await _hears_the_message(desk)
        call = _call_of(desk, 1)
        desk.node.press(call.channel_id, "9")
        await desk.until(lambda: call.closed, 5)
        assert not _listed(desk)

    at_the_desk(story, contacts=2, campaign=POWER, numbers=_answers_after(1.0, 2.0))


def test_the_key_means_nothing_while_an_agent_speaks() -> None:
    async def story(desk: Desk) -> None:
        await _one_talks(desk)
        desk.node.press(_call_of(desk, 0).channel_id, "9")
        await desk.until(lambda: _call_of(desk, 1).closed, 20)
        assert not _listed(desk)

    at_the_desk(story, contacts=2, campaign=US, numbers=_answers_after(1.0, 2.0))


def test_pressed_twice_is_pressed_once() -> None:
    async def story(desk: Desk) -> None:
        await _hears_the_message(desk)
        call = _call_of(desk, 1)
        desk.node.press(call.channel_id, "9")
        desk.node.press(call.channel_id, "9")
        await desk.until(lambda: call.closed, 5)
        assert _listed(desk) == {_number(1)}
        assert len([one for one in desk.data.dnc_lists if one.organisation_wide]) == 1

    at_the_desk(story, contacts=2, campaign=US, numbers=_answers_after(1.0, 2.0))


def test_the_next_owner_plays_the_message_again_and_hears_its_key() -> None:
    async def story(desk: Desk) -> None:
        await _hears_the_message(desk)
        await desk.crash()
        call = _call_of(desk, 1)
        await desk.until(lambda: bool(desk.channel(call.channel_id).playbacks))
        desk.node.press(call.channel_id, "9")
        await desk.until(lambda: _number(1) in _listed(desk), 1)
        await desk.until(lambda: call.closed, 5)

    at_the_desk(story, contacts=2, campaign=US, numbers=_answers_after(1.0, 2.0))


def test_the_next_owner_confirms_what_the_last_one_wrote() -> None:
    async def story(desk: Desk) -> None:
        await _hears_the_message(desk)
        call = _call_of(desk, 1)
        desk.node.press(call.channel_id, "9")
        await desk.until(lambda: _number(1) in _listed(desk), 1)
        await desk.crash()
        call = _call_of(desk, 1)
        assert call.opted_out_at is not None
        await desk.until(lambda: call.closed, 5)
        assert _listed(desk) == {_number(1)}

    at_the_desk(story, contacts=2, campaign=US, numbers=_answers_after(1.0, 2.0))
