"""Callers who still wait when their queue closes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from kwabo.domain.routing.settings import AtClosing, QueueSettings
from unit.floor.callers import SpokenWorld, answers, call_in, flow
from unit.floor.desk import Desk, at_the_desk

GROUP = UUID(int=901)
WAIT = {
    "id": "wait",
    "type": "queue",
    "queue_id": "QUEUE",
    "seconds": 600,
    "ways": {"closed": "sorry", "timeout": "late"},
}
SORRY = {"id": "sorry", "type": "say", "say": [{"prompt": "ferme"}], "ways": {"next": "bye"}}
LATE = {"id": "late", "type": "say", "say": [{"prompt": "tard"}], "ways": {"next": "bye"}}
BYE = {"id": "bye", "type": "hang_up"}


class _Hours(SpokenWorld):
    """Counts who asks; may fail."""

    questions: int = 0
    fails: bool = False

    async def hours(self, *given: Any) -> Any:
        self.questions += 1
        if self.fails:
            raise OSError("the database is away")
        return await super().hours(*given)


def _tell(story: Callable[[Desk, _Hours], Awaitable[None]], **settings: Any) -> None:
    world = _Hours()

    def prepare(desk: Desk) -> None:
        answers(desk, flow(desk, WAIT, SORRY, LATE, BYE), world)
        queue_id = desk.data.campaigns[desk.campaign_id].queue_id
        desk.data.queue_settings.put(queue_id, QueueSettings(**settings))

    async def told(desk: Desk) -> None:
        await story(desk, world)

    at_the_desk(told, prepare=prepare)


def _nodes(desk: Desk) -> list[str]:
    (attempt,) = desk.attempts
    return [step["node"] for step in attempt.row.flow["trail"]]


async def _waits(desk: Desk) -> None:
    call_in(desk, patience_seconds=None)
    await desk.until(lambda: len(desk.floor.calls.waiting) == 1)


def test_whoever_waits_at_closing_leaves_by_the_way_closed() -> None:
    async def story(desk: Desk, world: _Hours) -> None:
        await _waits(desk)
        await desk.clock.sleep(60)
        assert len(desk.floor.calls.waiting) == 1  # open
        assert 3 <= world.questions <= 5  # now and then
        world.hours_state = "closed"
        await desk.until(lambda: not desk.floor.calls.waiting, 20)
        await desk.until(lambda: not desk.floor.live_calls())
        assert _nodes(desk) == ["wait", "sorry", "bye"]

    _tell(story, schedule_group_id=GROUP, at_closing=AtClosing.LEAVE)


def test_whoever_waits_is_served_when_the_queue_says_so() -> None:
    async def story(desk: Desk, world: _Hours) -> None:
        world.hours_state = "closed"
        await _waits(desk)
        await desk.clock.sleep(60)
        await desk.ready()
        await desk.until(lambda: desk.agent().status == "on_call")
        assert world.questions == 0

    _tell(story, schedule_group_id=GROUP)


def test_hours_that_nobody_knows_are_open() -> None:
    async def story(desk: Desk, world: _Hours) -> None:
        world.fails = True
        await _waits(desk)
        await desk.until(lambda: world.questions == 2)
        world.fails, world.hours_state = False, ""
        await desk.until(lambda: world.questions == 4, 120)
        assert len(desk.floor.calls.waiting) == 1

    _tell(story, schedule_group_id=GROUP, at_closing=AtClosing.LEAVE)


def test_an_agent_has_the_caller_who_was_taken_before_the_hours_were_told() -> None:
    async def story(desk: Desk, world: _Hours) -> None:
        await desk.ready()
        world.hours_state = "closed"
        call_in(desk, patience_seconds=None, talks_seconds=None)
        await desk.until(lambda: desk.agent().status == "on_call")
        await desk.clock.sleep(60)
        assert desk.agent().status == "on_call"

    _tell(story, schedule_group_id=GROUP, at_closing=AtClosing.LEAVE)
