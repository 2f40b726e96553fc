"""Callbacks that keep a caller's place, and other callbacks of those who called."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kwabo.adapters.switch.simulator import Behaviour
from kwabo.domain.routing.settings import CallbackFirst, QueueSettings
from kwabo.ports.floor_changes import CallbackWritten, CourseWritten
from unit.floor.callers import BYE, CALLER, KEEPS, OFFER, WAIT, answers, call_in, flow
from unit.floor.desk import Desk, at_the_desk

ASK = {
    "id": "ask",
    "type": "ask",
    "say": [{"prompt": "numero"}],
    "variable": "numero",
    "ways": {"next": "offer", "timeout": "bye"},
}
NOBODY = Behaviour(rings_after_seconds=0.5, answers_after_seconds=3600.0, patience_seconds=None)


def _tell(story: Callable[[Desk], Awaitable[None]], **settings: Any) -> None:
    more = {name: settings.pop(name) for name in ("numbers",) if name in settings}

    def prepare(desk: Desk) -> None:
        answers(desk, flow(desk, WAIT, OFFER, BYE))
        queue_id = desk.data.campaigns[desk.campaign_id].queue_id
        desk.data.queue_settings.put(queue_id, QueueSettings(**settings))

    at_the_desk(story, prepare=prepare, **more)


async def _keeps_the_place(desk: Desk, caller: str = CALLER) -> None:
    before = len(desk.data.callbacks)
    call_in(desk, caller=caller, presses=KEEPS, patience_seconds=None)
    await desk.until(lambda: len(desk.data.callbacks) > before)
    await desk.until(lambda: not desk.floor.live_calls())


def _callback(desk: Desk) -> Any:
    (one,) = desk.data.callbacks
    return one


def _ours(desk: Desk) -> list[Any]:
    return [one.row for one in desk.attempts if one.mode != "inbound"]


def test_the_caller_is_called_when_an_agent_is_free_and_they_are_joined() -> None:
    async def story(desk: Desk) -> None:
        await _keeps_the_place(desk)
        assert _ours(desk) == []  # no agent yet
        await desk.ready()
        await desk.until(lambda: desk.agent().status == "on_call")
        (made,) = desk.floor.live_calls()
        assert (made.number, made.mode) == (CALLER, "progressive")
        assert made.callback_id == _callback(desk).written.callback_id
        assert made.routing["chosen"] == "ONLY_ONE"
        await desk.until(lambda: made.connected_at is not None)
        assert (await desk.act("call.hang_up"))["ok"]
        await desk.until(lambda: _callback(desk).state == "done")

    _tell(story)


def test_the_place_is_that_of_the_caller_who_left_the_line() -> None:
    async def story(desk: Desk) -> None:
        await _keeps_the_place(desk)
        call_in(desk, caller="+2290197000002", patience_seconds=None)
        await desk.until(lambda: len(desk.floor.calls.waiting) == 1)
        await desk.ready()
        await desk.until(lambda: desk.agent().attempt_id is not None)
        held = desk.floor.call_of(desk.agent())
        assert held is not None
        assert held.number == CALLER

    _tell(story)


def test_who_waited_before_is_taken_before_a_kept_place() -> None:
    async def story(desk: Desk) -> None:
        first = call_in(desk, caller="+2290197000002", patience_seconds=None)
        await desk.until(lambda: len(desk.floor.calls.waiting) == 1)
        before = len(desk.data.callbacks)
        call_in(desk, presses=KEEPS, patience_seconds=None)
        await desk.until(lambda: len(desk.data.callbacks) > before)
        await desk.ready()
        await desk.until(lambda: desk.agent().status == "on_call")
        held = desk.floor.call_of(desk.agent())
        assert held is not None
        assert held.channel_id == first

    _tell(story)


def test_a_number_has_one_place_in_a_queue() -> None:
    async def story(desk: Desk) -> None:
        await _keeps_the_place(desk)
        call_in(desk, presses=KEEPS, patience_seconds=None)
        await desk.until(lambda: sum(a.state == "closed" for a in desk.attempts) == 2)
        kept = _callback(desk)
        assert kept.state == "open"
        assert kept.written.place.waiting_since < desk.attempts[1].row.arrived_at

    _tell(story)


def test_a_caller_who_is_not_reached_is_tried_again_up_to_the_limit() -> None:
    async def story(desk: Desk) -> None:
        await _keeps_the_place(desk)
        await desk.ready()
        await desk.until(lambda: len(_ours(desk)) == 1)
        await desk.until(lambda: _callback(desk).tries == 1)
        assert desk.agent().status == "ready"
        first = _ours(desk)[0].dialling_at
        await desk.until(lambda: len(_ours(desk)) == 2, 400)
        assert _ours(desk)[1].dialling_at - first >= timedelta(seconds=120)
        await desk.until(lambda: _callback(desk).state == "done")
        await desk.clock.sleep(400)
        assert [one.result for one in _ours(desk)] == ["no_answer", "no_answer"]

    _tell(story, numbers={CALLER: NOBODY}, callback_tries=2, callback_retry_seconds=120)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0197004455", "+2290197004455"), ("97004455", "+2290197004455"), ("12", CALLER)],
)
def test_the_caller_is_called_on_the_number_that_they_typed(typed: str, number: str) -> None:
    async def story(desk: Desk) -> None:
        keys = (*((5.0 + 0.5 * at, digit) for at, digit in enumerate(f"2{typed}#")), (15.0, "1"))
        call_in(desk, presses=keys, patience_seconds=None)
        await desk.until(lambda: len(desk.data.callbacks) == 1)
        await desk.ready()
        await desk.until(lambda: desk.agent().status == "on_call")
        assert [one.number for one in _ours(desk)] == [number]

    def prepare(desk: Desk) -> None:
        wait = {**WAIT, "ways": {"2": "ask", "timeout": "bye"}}
        document = flow(desk, wait, ASK, {**OFFER, "number": "{{numero}}"}, BYE)
        document["variables"] = [{"name": "numero", "type": "digits", "personal": True}]
        answers(desk, document)
        for trunk in list(desk.data.trunks):
            desk.data.trunks.put(trunk.trunk_id, replace(trunk, country="BJ"))

    at_the_desk(story, prepare=prepare)


def test_a_place_that_nobody_could_serve_expires() -> None:
    async def story(desk: Desk) -> None:
        await _keeps_the_place(desk)
        await desk.until(lambda: _callback(desk).state == "expired", 400)
        await desk.ready()
        await desk.clock.sleep(20)
        assert _ours(desk) == []

    _tell(story, callback_expires_seconds=300)


def test_the_agent_sees_the_caller_first_where_the_queue_says_so() -> None:
    async def story(desk: Desk) -> None:
        await _keeps_the_place(desk)
        await desk.ready()
        await desk.until(lambda: desk.agent().status == "previewing")
        assert _ours(desk)[0].dialling_at is None
        assert (await desk.act("agent.dial"))["ok"]
        await desk.until(lambda: desk.agent().status == "on_call")
        assert _ours(desk)[0].number == CALLER

    _tell(story, callback_first=CallbackFirst.AGENT)


def test_nobody_is_called_who_has_objected_meanwhile() -> None:
    async def story(desk: Desk) -> None:
        await _keeps_the_place(desk)
        (dnc_list_id,) = desk.data.campaigns[desk.campaign_id].dnc_list_ids
        desk.data.dnc.put((dnc_list_id, CALLER), None)
        await desk.ready()
        await desk.until(lambda: _callback(desk).state == "cancelled")
        assert _callback(desk).reason == "DNC_LISTED"
        assert (_ours(desk), desk.agent().status) == ([], "ready")

    _tell(story)


def test_a_killed_engine_loses_neither_place_nor_call() -> None:
    async def story(desk: Desk) -> None:
        await _keeps_the_place(desk)
        await desk.crash()
        await desk.ready()
        await desk.until(lambda: len(_ours(desk)) == 1)
        await desk.crash()
        await desk.until(lambda: _callback(desk).tries == 1, 200)
        assert _callback(desk).state == "open"

    _tell(story, numbers={CALLER: NOBODY})


def test_an_agents_own_callback_of_a_caller_is_made() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, patience_seconds=3.0)
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        contact_id = desk.attempts[0].row.contact_id
        await desk.ready()
        due_at = desk.floor.now + timedelta(seconds=30)
        desk.floor.out.write(
            CallbackWritten(
                callback_id=desk.world.ids.new(),
                campaign_id=desk.campaign_id,
                contact_id=contact_id,
                attempt_id=None,
                owner_user_id=desk.first,
                number=CALLER,
                due_at=due_at,
                note="",
                at=desk.floor.now,
            )
        )
        desk.floor.out.write(_course(desk, contact_id, due_at))
        await desk.clock.sleep(20)
        assert _ours(desk) == []
        await desk.until(lambda: desk.agent().status == "on_call", 30)
        assert [one.number for one in _ours(desk)] == [CALLER]

    _tell(story)


def _course(desk: Desk, contact_id: Any, due_at: Any) -> Any:
    return CourseWritten(
        campaign_id=desk.campaign_id,
        contact_id=contact_id,
        state="open",
        attempts=0,
        last_attempt_at=None,
        last_result=None,
        next_attempt_at=due_at,
        reason="CALLBACK_SCHEDULED",
    )


def test_a_list_of_callers_is_never_called_by_itself() -> None:
    async def story(desk: Desk) -> None:
        row = desk.data.campaigns[desk.campaign_id]
        desk.data.campaigns.put(row.campaign_id, replace(row, state="running"))
        await desk.ready()
        await desk.clock.sleep(30)
        assert desk.attempts == []

    _tell(story)


ONLY_WAIT = {**WAIT, "offers": [], "ways": {"timeout": "bye"}}


def _offered(story: Callable[[Desk], Awaitable[None]], **settings: Any) -> None:
    def prepare(desk: Desk) -> None:
        answers(desk, flow(desk, ONLY_WAIT, BYE))
        queue_id = desk.data.campaigns[desk.campaign_id].queue_id
        desk.data.queue_settings.put(queue_id, QueueSettings(**settings))

    at_the_desk(story, prepare=prepare)


def _heard(desk: Desk) -> list[str]:
    return [what for _, what in desk.node.calls_in[0].heard]


def test_a_queue_offers_it_by_itself_and_the_caller_takes_it_by_key() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, presses=((30.0, "5"),), patience_seconds=None)
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        assert _heard(desk) == ["sound:fr-queue_callback_offer", "sound:fr-queue_callback_kept"]
        row = desk.attempts[0].row
        assert not row.abandoned
        place = _callback(desk).written.place
        assert place.waiting_since == row.queued_at
        await desk.ready()
        await desk.until(lambda: desk.agent().status == "on_call")
        assert [one.number for one in _ours(desk)] == [CALLER]

    _offered(story, callback_after_seconds=20, callback_key="5")


def test_before_its_time_the_key_means_nothing() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, presses=((10.0, "5"),), patience_seconds=None)
        await desk.clock.sleep(40)
        assert len(desk.floor.calls.waiting) == 1
        assert not list(desk.data.callbacks)

    _offered(story, callback_after_seconds=20, callback_key="5")


def test_a_caller_without_a_number_is_offered_nothing() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, caller="", presses=((30.0, "5"),), patience_seconds=None)
        await desk.clock.sleep(40)
        assert (_heard(desk), list(desk.data.callbacks)) == ([], [])

    _offered(story, callback_after_seconds=20, callback_key="5")
