"""What queues' figures count: every stay of a caller in a queue, with what became of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from kwabo.domain.reporting.live_views import instant
from kwabo.domain.routing.expected_wait import Handled
from kwabo.domain.routing.settings import QueueSettings
from kwabo.domain.routing.values import OverflowRule, OverflowWhen
from kwabo.engine.floor import queue_board
from kwabo.ports.floor_changes import QueueStayWritten
from unit.floor import callers
from unit.floor.callers import BYE, answers, call_in, flow
from unit.floor.desk import Desk, at_the_desk

WAIT = {
    "id": "wait",
    "type": "queue",
    "queue_id": "QUEUE",
    "seconds": 60,
    "offers": [{"key": "2"}, {"key": "3"}],
    "ways": {"2": "offer", "3": "message", "timeout": "bye"},
}
OFFER = {**callers.OFFER, "ways": {"accepted": "bye", "declined": "bye"}}
MESSAGE = {
    "id": "message",
    "type": "voicemail",
    "queue_id": "QUEUE",
    "say": [{"prompt": "parlez"}],
    "ways": {"next": "bye"},
}
OTHER = UUID(int=4711)
SKILL = str(UUID(int=4712))


def _tell(story: Callable[[Desk], Awaitable[None]], **settings: Any) -> None:
    wait = settings.pop("wait", WAIT)

    def prepare(desk: Desk) -> None:
        answers(desk, flow(desk, wait, OFFER, MESSAGE, BYE))
        desk.data.queue_settings.put(_queue(desk), QueueSettings(**settings))
        desk.data.queue_settings.put(OTHER, QueueSettings())

    at_the_desk(story, prepare=prepare)


def _queue(desk: Desk) -> UUID:
    return desk.data.campaigns[desk.campaign_id].queue_id


def _stays(desk: Desk) -> list[QueueStayWritten]:
    return sorted(desk.data.queue_stays, key=lambda stay: stay.stay_id)


def _outcomes(desk: Desk) -> list[str | None]:
    return [stay.outcome for stay in _stays(desk)]


async def _over(desk: Desk, calls: int = 1) -> None:
    await desk.until(lambda: sum(a.state == "closed" for a in desk.attempts) == calls, 120)


def test_one_who_is_taken_at_once_is_answered_without_a_wait() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        call_in(desk, patience_seconds=None)
        await desk.until(lambda: _outcomes(desk) == ["answered"])
        (stay,) = _stays(desk)
        (attempt,) = (one.row for one in desk.attempts if one.mode == "inbound")
        assert (stay.queue_id, stay.attempt_id) == (_queue(desk), attempt.attempt_id)
        assert stay.left_at == attempt.connected_at
        assert stay.left_at is not None
        assert (stay.left_at - stay.entered_at).total_seconds() < 1

    _tell(story)


def test_one_who_waits_is_counted_while_waiting_and_answered_by_the_first_agent() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, patience_seconds=None)
        await desk.until(lambda: _outcomes(desk) == [None])
        await desk.clock.sleep(7)
        await desk.ready()
        await desk.until(lambda: _outcomes(desk) == ["answered"])
        (stay,) = _stays(desk)
        assert stay.left_at is not None
        assert 6 < (stay.left_at - stay.entered_at).total_seconds() < 9

    _tell(story)


def test_one_who_hangs_up_while_waiting_is_abandoned() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, patience_seconds=8.0)
        await _over(desk)
        assert _outcomes(desk) == ["abandoned"]

    _tell(story)


def test_the_end_of_the_flows_own_wait_is_the_longest_wait() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, patience_seconds=None)
        await _over(desk)
        assert _outcomes(desk) == ["timeout"]

    _tell(story)


def test_the_end_of_the_queues_longest_wait_is_the_same() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, patience_seconds=None)
        await _over(desk)
        assert _outcomes(desk) == ["timeout"]
        (stay,) = _stays(desk)
        assert stay.left_at is not None
        assert (stay.left_at - stay.entered_at).total_seconds() < 20

    _tell(story, max_wait_seconds=15)


def test_a_callback_that_the_flow_keeps_is_told_apart() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, presses=((5.0, "2"), (9.0, "1")), patience_seconds=None)
        await _over(desk)
        assert _outcomes(desk) == ["callback"]

    _tell(story)


def test_so_is_one_that_the_queue_offers_itself() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, presses=((9.0, "1"),), patience_seconds=None)
        await _over(desk)
        assert _outcomes(desk) == ["callback"]

    _tell(story, callback_after_seconds=5)


def test_an_offer_that_is_declined_is_neither_callback_nor_abandoned() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, presses=((5.0, "2"), (9.0, "4")), patience_seconds=None)
        await _over(desk)
        assert _outcomes(desk) == ["elsewhere"]

    _tell(story)


def test_one_who_leaves_a_message_is_told_apart() -> None:
    async def story(desk: Desk) -> None:
        channel = call_in(desk, presses=((5.0, "3"),), patience_seconds=None, speaks_seconds=60.0)
        await desk.until(lambda: bool(desk.node.sounds.recordings))
        # What a real switch tells of it comes after the call's end.
        desk.node.sounds.recordings.clear()
        desk.node.hang_up(channel)
        await _over(desk)
        assert _outcomes(desk) == ["voicemail"]

    _tell(story)


def test_overflow_is_a_stay_in_each_queue() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, patience_seconds=30.0)
        await _over(desk)
        first, second = _stays(desk)
        assert (first.queue_id, first.outcome) == (_queue(desk), "overflow")
        assert (second.queue_id, second.outcome) == (OTHER, "abandoned")
        assert first.left_at == second.entered_at

    _tell(story, overflow=(OverflowRule(OverflowWhen.WAIT, 10, OTHER),))


def test_a_long_expected_wait_is_left_on_arrival() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        call_in(desk, patience_seconds=30.0, speaks_seconds=300.0)
        await desk.until(lambda: _outcomes(desk) == ["answered"])
        # Known from before: an agent takes two minutes for a call.
        desk.floor.handled[_queue(desk)] = Handled(calls=50.0, seconds=6000.0)
        call_in(desk, patience_seconds=30.0)
        await desk.until(lambda: len(_stays(desk)) == 3)
        _, first, second = _stays(desk)
        assert (first.queue_id, first.outcome) == (_queue(desk), "overflow")
        assert first.left_at == first.entered_at
        assert second.queue_id == OTHER

    _tell(story, overflow=(OverflowRule(OverflowWhen.EXPECTED_WAIT, 90, OTHER),))


def test_a_short_expected_wait_is_waited() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        call_in(desk, patience_seconds=30.0, speaks_seconds=300.0)
        await desk.until(lambda: _outcomes(desk) == ["answered"])
        desk.floor.handled[_queue(desk)] = Handled(calls=50.0, seconds=6000.0)
        call_in(desk, patience_seconds=30.0)
        await desk.until(lambda: _outcomes(desk) == ["answered", "abandoned"])

    _tell(story, overflow=(OverflowRule(OverflowWhen.EXPECTED_WAIT, 600, OTHER),))


def test_one_who_lost_the_agent_waits_again_but_is_not_offered_again() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        call_in(desk, patience_seconds=200.0)
        await desk.until(lambda: _outcomes(desk) == ["answered"])
        desk.beats.cancel()  # type: ignore[attr-defined]
        desk.node.set_reachable(desk.agent().endpoint, False)
        desk.node.far_end_hangs_up(desk.agent().leg_channel_id or "")
        await desk.until(lambda: any(c.queue is not None for c in desk.floor.calls.values()), 60)
        assert len(_stays(desk)) == 1

    _tell(story)


def test_after_an_engines_death_a_stay_goes_on_where_it_was() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, patience_seconds=60.0)
        await desk.until(lambda: len(_stays(desk)) == 2)
        before = _stays(desk)
        await desk.crash()
        assert _stays(desk) == before
        (call,) = desk.floor.live_calls()
        assert call.queue is not None
        assert call.queue.queue_id == OTHER
        await _over(desk)
        assert _outcomes(desk) == ["overflow", "abandoned"]

    _tell(story, overflow=(OverflowRule(OverflowWhen.WAIT, 10, OTHER),))


def test_who_hung_up_while_no_engine_ran_has_abandoned() -> None:
    async def story(desk: Desk) -> None:
        channel = call_in(desk, patience_seconds=None)
        await desk.until(lambda: _outcomes(desk) == [None])
        for engine in desk.engines:
            await engine.kill()
        desk.node.hang_up(channel)
        desk.start_engine()
        await desk.until(lambda: _outcomes(desk) == ["abandoned"], 40)

    _tell(story)


def test_live_views_show_the_queue_as_its_stays_are_counted() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, patience_seconds=8.0)
        call_in(desk, caller="+2290197000002", patience_seconds=None)
        await desk.until(lambda: "abandoned" in _outcomes(desk))
        told = _told(desk)
        await desk.until(lambda: told()["today"]["abandoned"] == 1)
        view = told()
        assert (view["waiting"], view["today"]["waiting"], view["today"]["offered"]) == (1, 1, 2)
        assert view["oldest_wait_at"] is not None
        assert view["expected_wait"]["unknown"] == "NO_AGENTS"
        await desk.ready()
        await desk.until(lambda: told()["last_half_hour"]["answered"] == 1)
        view = told()
        assert (view["waiting"], view["agents"]["on_call"], view["oldest_wait_at"]) == (0, 1, None)
        assert view["waiting_by_minute"][-1] == 0
        assert view["last_half_hour"]["service_level"] == 0.5

    _tell(story)


def _told(desk: Desk) -> Callable[[], Any]:
    def newest() -> Any:
        views = [
            event.data
            for event in desk.data.events
            if event.entity == "queue" and event.subject_id == _queue(desk)
        ]
        return views[-1]

    return newest


def test_somebody_who_waits_too_long_gives_an_alarm_until_they_do_no_more() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, patience_seconds=30.0)
        queue_id = _queue(desk)
        await desk.until(lambda: bool(desk.floor.queue_alarms.get(queue_id)), 30)
        since = queue_board.oldest(desk.floor)[queue_id]
        assert 12 < (desk.floor.now - since).total_seconds() < 14
        await _over(desk)
        await desk.until(lambda: not desk.floor.queue_alarms[queue_id])

    _tell(story, alarm_wait_seconds=12)


def test_a_supervisor_sees_who_waits_and_why_nobody_has_taken_them() -> None:
    async def story(desk: Desk) -> None:
        queue_id = str(_queue(desk))
        first = await _comes(desk, "+2290197000001")
        await _comes(desk, "+2290197000002")
        answer = await desk.ask("queue.callers", queue_id=queue_id)
        one, two = answer["callers"]
        assert (one["position"], one["reason"], one["number"]) == (1, "NO_AGENTS", "+2290197000001")
        assert (two["position"], two["passed"], two["skills"]) == (2, {}, [])
        assert one["since"] == instant(_stays(desk)[0].entered_at)
        await desk.ready()
        await desk.until(lambda: desk.agent().status == "on_call")
        (left,) = (await desk.ask("queue.callers", queue_id=queue_id))["callers"]
        assert (left["number"], left["reason"]) == ("+2290197000002", "ALL_BUSY")
        assert first != UUID(left["attempt_id"])

    _tell(story)


def test_a_skill_that_nobody_has_is_named_as_the_reason() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        attempt_id = await _comes(desk)
        (one,) = (await desk.ask("queue.callers", queue_id=str(_queue(desk))))["callers"]
        assert one["attempt_id"] == str(attempt_id)
        assert (one["reason"], one["skills"]) == ("NOBODY_FITS", [SKILL])
        assert one["passed"] == {str(desk.first): "SKILL_MISSING"}

    _tell(story, wait={**WAIT, "skills": [SKILL]})


def test_a_caller_who_is_raised_goes_first_also_after_an_engines_death() -> None:
    async def story(desk: Desk) -> None:
        await _comes(desk, "+2290197000001")
        second = await _comes(desk, "+2290197000002")
        queue_id = str(_queue(desk))
        change = {"queue_id": queue_id, "attempt_id": str(second), "priority": 90}
        assert (await desk.ask("queue.change_caller", **change))["changed"]
        callers = (await desk.ask("queue.callers", queue_id=queue_id))["callers"]
        assert [one["priority"] for one in callers] == [90, 0]
        await desk.crash()
        await desk.ready()
        await desk.until(lambda: desk.agent().status == "on_call")
        assert desk.agent().attempt_id == second

    _tell(story)


def test_a_caller_who_is_raised_goes_first_at_once() -> None:
    async def story(desk: Desk) -> None:
        await _comes(desk, "+2290197000001")
        second = await _comes(desk, "+2290197000002")
        change = {"queue_id": str(_queue(desk)), "attempt_id": str(second), "priority": 90}
        assert (await desk.ask("queue.change_caller", **change))["changed"]
        await desk.ready()
        await desk.until(lambda: desk.agent().status == "on_call")
        assert desk.agent().attempt_id == second

    _tell(story)


def test_a_caller_who_is_moved_waits_in_the_other_queue_and_is_counted_in_both() -> None:
    async def story(desk: Desk) -> None:
        moved = await _comes(desk)
        change = {
            "queue_id": str(_queue(desk)),
            "attempt_id": str(moved),
            "to_queue_id": str(OTHER),
        }
        assert (await desk.ask("queue.change_caller", **change))["changed"]
        first, second = _stays(desk)
        assert (first.outcome, second.queue_id, second.outcome) == ("moved", OTHER, None)
        again = await desk.ask("queue.change_caller", **change)
        assert (again["ok"], again["changed"]) == (True, False)
        await desk.ready()  # an agent of the first queue alone
        await desk.clock.sleep(2)
        assert desk.agent().status == "ready"

    _tell(story)


def test_nobody_is_moved_to_a_queue_that_is_gone() -> None:
    async def story(desk: Desk) -> None:
        waits = await _comes(desk)
        change = {"queue_id": str(_queue(desk)), "attempt_id": str(waits), "priority": 50}
        gone = await desk.ask("queue.change_caller", **change, to_queue_id=str(UUID(int=99)))
        assert gone["changed"] is False
        (stay,) = _stays(desk)
        assert (stay.outcome, stay.priority) == (None, 0)

    _tell(story)


async def _comes(desk: Desk, caller: str = "+2290197000001") -> UUID:
    """Somebody who waits until they are served; the attempt's id."""
    before = len(_stays(desk))
    call_in(desk, caller=caller, patience_seconds=None)
    await desk.until(lambda: len(_stays(desk)) > before)
    return _stays(desk)[-1].attempt_id
