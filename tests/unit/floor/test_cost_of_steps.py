"""What a step of a floor with many callers does not do: wait, write and tell without need."""

from __future__ import annotations

from uuid import UUID

import pytest

from kwabo.engine.floor import calls, writing
from kwabo.engine.floor.outbox import Outbox
from kwabo.ports.floor_changes import AttemptWritten
from unit.floor.callers import SpokenWorld, answers, call_in, flow
from unit.floor.desk import Desk, at_the_desk

MENU = {
    "id": "menu",
    "type": "menu",
    "say": [{"prompt": "menu"}],
    "seconds": 20,
    "options": [{"key": "1"}],
    "ways": {"1": "one", "timeout": "bye"},
}
ONE = {"id": "one", "type": "say", "say": [{"prompt": "un"}], "ways": {"next": "menu"}}
BYE = {"id": "bye", "type": "hang_up"}


def _prepare(desk: Desk, world: SpokenWorld) -> None:
    answers(desk, flow(desk, MENU, ONE, BYE), world)


@pytest.mark.parametrize("asks", [True, False])
def test_sounds_that_are_known_are_said_without_asking_for_them(asks: bool) -> None:
    async def story(desk: Desk) -> None:
        channel = call_in(desk, patience_seconds=None)
        caller = next(call for call in desk.node.calls_in if call.channel_id == channel)
        await desk.until(lambda: bool(caller.heard))
        await desk.clock.sleep(1.0)
        desk.node.press(channel, "1")
        await desk.until(lambda: len(caller.heard) > 2)
        assert [what for _, what in caller.heard[:3]] == [
            "sound:fr-menu",
            "sound:fr-un",
            "sound:fr-menu",
        ]

    at_the_desk(story, prepare=lambda desk: _prepare(desk, SpokenWorld(asks=asks)))


def test_a_flow_that_goes_on_is_written_and_not_told() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, patience_seconds=None)
        await desk.until(lambda: any(call.inbound for call in desk.floor.live_calls()))
        floor, call = desk.floor, desk.call
        floor.tells = True
        try:
            calls.keep(floor, call)
            changes, events = writing.flush(floor)
            assert [type(change) for change in changes] == [AttemptWritten]
            assert events == []
            calls.touch(floor, call)
            changes, events = writing.flush(floor)
            assert [event.entity for event in events] == ["attempt"]
        finally:
            floor.tells = False

    at_the_desk(story, prepare=lambda desk: _prepare(desk, SpokenWorld()))


def test_what_is_kept_and_told_in_one_step_is_told() -> None:
    entity_id = UUID(int=1)
    for first, second in (("keep", "touch"), ("touch", "keep")):
        out = Outbox()
        for what in (first, second):
            if what == "keep":
                out.keep("attempt", entity_id)
            else:
                out.touch("attempt", entity_id, "attempt.changed")
        assert list(out.touched.values()) == ["attempt.changed"]


def test_live_views_are_compared_a_few_times_a_second_and_then_told() -> None:
    async def story(desk: Desk) -> None:
        await desk.start()
        floor = desk.floor
        campaign = floor.campaigns[desk.campaign_id]
        floor.tells = True
        try:
            for _ in range(2):
                floor.mono += 10.0
                writing.touch_stale(floor)
                writing.flush(floor)
            campaign.attempts += 1
            floor.mono += writing.COMPARE_SECONDS / 2
            writing.touch_stale(floor)
            assert not floor.out.touched
            assert floor.views_due_at > floor.mono  # a step will be made for it
            floor.mono = floor.views_due_at
            writing.touch_stale(floor)
            assert ("campaign", desk.campaign_id) in floor.out.touched
        finally:
            floor.tells = False
            floor.out.touched.clear()

    at_the_desk(story)
