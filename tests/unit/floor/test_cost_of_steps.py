"""What a step of a floor with many callers does not do: wait, write and tell without need."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.interactions.attempt import AttemptState
from kwabo.domain.pacing.situation import Figures, Plan, Reason
from kwabo.engine.floor import calls, pacing, switching, timers, writing
from kwabo.engine.floor.items import allows_no_more, no_news
from kwabo.engine.floor.outbox import Outbox
from kwabo.engine.floor.timer_queue import Timer, TimerQueue
from kwabo.ports.floor_changes import AttemptWritten
from kwabo.ports.switch import ChannelAnswered, ChannelEnded
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


@pytest.mark.parametrize("followed", [False, True])
def test_that_a_call_rings_is_written_at_once_only_where_the_floor_is_followed(
    followed: bool,
) -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        desk.floor.tells = followed
        await desk.start()
        await desk.until(lambda: any(call.ringing_at for call in desk.floor.live_calls()))
        rang, (row,) = desk.call.ringing_at, desk.attempts
        assert desk.call.state is AttemptState.RINGING
        assert (str(row.state), row.ringing_at) == (
            ("ringing", rang) if followed else ("dialling", None)
        )
        await desk.until(lambda: desk.call.connected_at is not None)
        assert desk.attempts[0].ringing_at == rang
        desk.floor.tells = False

    at_the_desk(story)


def test_a_timer_of_after_call_work_that_is_over_wakes_nobody() -> None:
    async def story(desk: Desk) -> None:
        floor = desk.floor
        await desk.talking()
        await desk.act("call.hang_up")
        agent = desk.agent()
        until = agent.after_call_until
        assert until is not None
        timer = Timer("after_call", agent.user_id, until=until)
        assert not timers.is_idle(floor, timer)
        sale = str(desk.world.code_ids["sale"])
        assert (await desk.act("call.wrap_up", wrap_up_code_id=sale))["ok"]
        assert timers.is_idle(floor, timer)
        # Other after-call work has another end, and a timer of its own.
        agent.after_call_until = until + timedelta(seconds=1)
        assert timers.is_idle(floor, timer)
        agent.after_call_until = None
        assert floor.timers.next_at(lambda one: timers.is_idle(floor, one)) == float("inf")
        assert not timers.is_idle(floor, Timer("reconcile", None))

    at_the_desk(story, contacts=1)


def test_timers_run_out_in_order_and_idle_ones_are_let_go_until_one_is_wanted() -> None:
    queue = TimerQueue()
    for due, kind in ((3.0, "c"), (1.0, "a"), (2.0, "b"), (1.0, "a2")):
        queue.add(due, Timer(kind, None))
    assert queue.next_at(lambda _: False) == 1.0
    assert queue.next_at(lambda timer: timer.kind == "a") == 1.0
    assert [timer.kind for timer in queue.run_out(2.5)] == ["a2", "b"]
    assert queue.next_at(lambda timer: timer.kind == "c") == float("inf")
    assert queue.run_out(9.0) == []


def test_a_hang_up_of_the_floors_own_is_no_news_and_any_other_is() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        ended = ChannelEnded(channel_id=call.channel_id, at=desk.floor.now, cause=16, sip_code=None)
        assert not switching.is_echo(desk.floor, ended)
        assert not no_news(desk.floor, ended)
        await desk.act("call.hang_up")
        assert call.closed
        assert switching.is_echo(desk.floor, ended)
        stranger = ChannelEnded(channel_id="x", at=desk.floor.now, cause=16, sip_code=None)
        assert not switching.is_echo(desk.floor, stranger)

    at_the_desk(story)


def test_an_answer_that_takes_an_agent_is_no_news_and_a_machine_s_lets_more_calls_start() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        floor = desk.floor
        answered = ChannelAnswered(channel_id=call.channel_id, at=floor.now)
        assert allows_no_more(floor, answered)
        call.state = AttemptState.ANSWERED
        assert no_news(floor, answered)
        call.bridged = False  # nobody was there for it
        assert not no_news(floor, answered)
        call.bridged, call.mode = True, "power"
        assert not no_news(floor, answered)
        assert allows_no_more(floor, answered)
        call.state = AttemptState.CLOSED
        assert not allows_no_more(floor, answered)
        leg = ChannelAnswered(channel_id=desk.agent().leg_channel_id or "", at=floor.now)
        assert not allows_no_more(floor, leg)

    at_the_desk(story)


@given(st.floats(0.0, 1.0), st.floats(0.0, 0.2), st.integers(0, 1))
def test_a_plan_far_from_a_call_is_looked_at_less_often(
    risk: float, allowed: float, dials: int
) -> None:
    def seconds(risk: float) -> float:
        figures = Figures(risk=risk, risk_allowed=allowed)
        reason = Reason.DIALLING if dials else Reason.ENOUGH
        return pacing.quiet_seconds(Plan(dials=dials, reason=reason, figures=figures))

    longest = pacing.QUIET_SECONDS * pacing.QUIET_MOST
    assert pacing.QUIET_SECONDS <= seconds(risk) <= seconds(risk + 0.1) <= longest
    if not allowed:
        assert seconds(risk) == pacing.QUIET_SECONDS
