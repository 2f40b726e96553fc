"""Agents who are asked: the desk rings, and what becomes of the caller and the agent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from kwabo.domain.routing.alerts import REFUSED_FOR_SECONDS
from kwabo.domain.routing.settings import Arrival, QueueSettings
from kwabo.engine.floor.state import Call
from kwabo.engine.floor.writing import agent_view
from unit.floor.callers import answers, call_in, flow
from unit.floor.desk import Desk, at_the_desk

WAIT = {
    "id": "wait",
    "type": "queue",
    "queue_id": "QUEUE",
    "seconds": 600,
    "ways": {"timeout": "bye"},
}
BYE = {"id": "bye", "type": "hang_up"}
FIRST, SECOND = "+2290197000001", "+2290197000002"
ALERT_SECONDS = 20


def _asked(story: Callable[[Desk], Awaitable[None]], **settings: Any) -> None:
    """Tell a story of a number whose callers wait in a queue that asks its agents."""
    asked = {"arrival": Arrival.ASKED, "alert_seconds": ALERT_SECONDS, **settings}

    def prepare(desk: Desk) -> None:
        answers(desk, flow(desk, WAIT, BYE))
        queue_id = desk.data.campaigns[desk.campaign_id].queue_id
        desk.data.queue_settings.put(queue_id, QueueSettings(**asked))

    at_the_desk(story, prepare=prepare)


def _call(desk: Desk, channel: str) -> Call:
    return desk.floor.calls.by_channel[channel]


def _outcomes(desk: Desk) -> list[tuple[str, str]]:
    return [(one.outcome, one.reason) for one in desk.data.alerts]


async def _rings(desk: Desk, **caller: Any) -> str:
    """A caller for whom the first agent's desk rings."""
    await desk.ready()
    channel = call_in(desk, **{"caller": FIRST, "patience_seconds": None, **caller})
    await desk.until(lambda: desk.agent().status == "alerting")
    return channel


def test_the_desk_rings_and_the_agent_who_takes_the_caller_speaks_with_them() -> None:
    async def story(desk: Desk) -> None:
        channel = await _rings(desk, talks_seconds=None)
        call = _call(desk, channel)
        assert call.connected_at is None
        assert desk.channel(channel).music, "the caller hears that they still wait"
        view = agent_view(desk.floor, desk.agent())
        assert view["attempt"]["number"] == FIRST
        assert view["alert_until"] > view["since"]
        assert (await desk.act("call.take"))["ok"]
        await desk.until(lambda: call.connected_at is not None)
        assert desk.agent().status == "on_call"
        assert desk.together(channel, desk.agent().leg_channel_id)
        assert call.routing["chosen"] == "ONLY_ONE"
        assert _outcomes(desk) == [("taken", "")]
        assert call.flow is not None
        assert call.flow.outcome == "ANSWERED"

    _asked(story)


def test_whoever_refuses_stays_ready_and_the_caller_comes_first_for_the_next_agent() -> None:
    async def story(desk: Desk) -> None:
        channel = await _rings(desk)
        call = _call(desk, channel)
        assert call.queue is not None
        since = call.queue.since
        assert (await desk.act("call.refuse", reason="busy"))["ok"]
        assert desk.agent().status == "ready"
        other = call_in(desk, caller=SECOND, patience_seconds=None)
        await desk.until(lambda: desk.agent().status == "alerting")
        assert desk.agent().attempt_id == _call(desk, other).attempt_id, "the same is not asked"
        await desk.ready(desk.second)
        await desk.until(lambda: desk.agent(desk.second).status == "alerting")
        assert desk.agent(desk.second).attempt_id == call.attempt_id
        assert call.queue.since == since, "the place is kept"
        assert not call.abandoned
        passed = call.routing["agents"]
        assert _outcomes(desk) == [("refused", "busy")]
        assert isinstance(passed, list)

    _asked(story)


def test_a_caller_whom_all_have_refused_is_offered_to_them_again_after_a_while() -> None:
    async def story(desk: Desk) -> None:
        channel = await _rings(desk)
        refused = desk.floor.mono
        assert (await desk.act("call.refuse"))["ok"]
        await desk.until(lambda: desk.agent().status == "alerting")
        assert desk.floor.mono - refused >= REFUSED_FOR_SECONDS
        assert desk.agent().attempt_id == _call(desk, channel).attempt_id

    _asked(story)


def test_whoever_does_not_answer_is_paused_and_the_next_agent_is_asked() -> None:
    async def story(desk: Desk) -> None:
        channel = await _rings(desk)
        begun = desk.floor.mono
        call = _call(desk, channel)
        await desk.ready(desk.second)
        await desk.until(lambda: desk.agent().status == "paused")
        assert desk.floor.mono - begun >= ALERT_SECONDS
        assert agent_view(desk.floor, desk.agent())["pause_cause"] == "not_answered"
        await desk.until(lambda: desk.agent(desk.second).status == "alerting")
        assert desk.agent(desk.second).attempt_id == call.attempt_id
        assert not call.abandoned
        assert _outcomes(desk) == [("not_answered", "")]
        assert "AGENT_NOT_ANSWERED" in {one.code for one in desk.data.logged}
        assert (await desk.ask("agent.ready"))["ok"]
        assert agent_view(desk.floor, desk.agent())["pause_cause"] == ""

    _asked(story)


def test_a_caller_who_hangs_up_while_the_desk_rings_is_abandoned_and_the_agent_free() -> None:
    async def story(desk: Desk) -> None:
        channel = await _rings(desk)
        idle_since = desk.agent().ready_since
        await desk.clock.sleep(3.0)
        desk.node.far_end_hangs_up(channel)
        await desk.until(lambda: desk.agent().status == "ready")
        assert desk.agent().ready_since == idle_since, "it was not the agent's doing"
        (row,) = [one.row for one in desk.attempts]
        assert (row.state, row.abandoned) == ("closed", True)
        assert _outcomes(desk) == [("caller_left", "")]

    _asked(story)


def test_taking_a_caller_who_is_gone_is_refused() -> None:
    async def story(desk: Desk) -> None:
        channel = await _rings(desk)
        attempt_id = str(_call(desk, channel).attempt_id)
        desk.node.far_end_hangs_up(channel)
        await desk.until(lambda: desk.agent().status == "ready")
        answer = await desk.ask("call.take", attempt_id=attempt_id)
        assert (answer["ok"], answer["code"]) == (False, "NOT_FOUND")

    _asked(story)


def test_an_agent_who_talks_cannot_take_a_second_time_and_no_reason_is_made_up() -> None:
    async def story(desk: Desk) -> None:
        await _rings(desk, talks_seconds=None)
        unknown = await desk.act("call.refuse", reason="tired")
        assert (unknown["ok"], unknown["code"]) == (False, "REFUSAL_REASON")
        assert desk.agent().status == "alerting"
        assert (await desk.act("call.take"))["ok"]
        again = await desk.act("call.take")
        assert (again["ok"], again["code"]) == (False, "ALERT_OVER")
        assert (await desk.act("call.refuse"))["code"] == "ALERT_OVER"
        assert desk.agent().status == "on_call"

    _asked(story)


def test_an_agent_whose_leg_is_lost_is_asked_no_longer() -> None:
    async def story(desk: Desk) -> None:
        channel = await _rings(desk)
        await desk.ready(desk.second)
        desk.node.set_reachable(desk.agent().endpoint, reachable=False)
        desk.node.far_end_hangs_up(desk.agent().leg_channel_id or "")
        await desk.until(lambda: desk.agent(desk.second).status == "alerting")
        assert desk.agent().status == "lost"
        assert desk.agent().attempt_id is None
        assert desk.agent(desk.second).attempt_id == _call(desk, channel).attempt_id
        assert _outcomes(desk) == [("agent_lost", "")]

    _asked(story)


def test_an_agent_whose_browser_falls_silent_is_asked_no_longer() -> None:
    async def story(desk: Desk) -> None:
        await _rings(desk)
        desk.beats.cancel()  # type: ignore[attr-defined]
        await desk.until(lambda: desk.agent().status == "lost")
        assert _outcomes(desk) == [("agent_lost", "")]

    _asked(story, alert_seconds=60)


def test_an_engine_that_is_killed_leaves_the_desk_ringing_for_the_rest_of_the_time() -> None:
    async def story(desk: Desk) -> None:
        channel = await _rings(desk, talks_seconds=None)
        alerted = desk.agent().since
        await desk.crash()
        assert desk.agent().status == "alerting"
        assert desk.agent().since == alerted, "it did not begin anew"
        assert not list(desk.data.alerts)
        call = _call(desk, channel)
        assert (await desk.act("call.take"))["ok"]
        await desk.until(lambda: call.connected_at is not None)

    _asked(story, alert_seconds=60)


def test_time_that_runs_out_while_no_engine_lives_pauses_the_agent() -> None:
    async def story(desk: Desk) -> None:
        await _rings(desk)
        for engine in desk.engines:
            await engine.kill()
        await desk.clock.sleep(30.0)
        await desk.crash()
        await desk.until(lambda: desk.agent().status != "alerting", 5)
        assert (desk.agent().status, desk.agent().pause_cause) == ("paused", "not_answered")

    _asked(story)


def test_a_queue_that_is_deleted_stops_the_ringing() -> None:
    async def story(desk: Desk) -> None:
        await _rings(desk)
        desk.floor.queues.clear()
        desk.floor.quiet = False
        await desk.until(lambda: desk.agent().status == "ready", 10)
        await desk.until(lambda: any(one.state == "closed" for one in desk.attempts), 10)
        assert _outcomes(desk) == [("caller_left", "")]

    _asked(story, alert_seconds=60)


def test_an_agent_who_wants_to_pause_while_the_desk_rings_is_paused_after_refusing() -> None:
    async def story(desk: Desk) -> None:
        await _rings(desk)
        assert (await desk.ask("agent.pause"))["ok"]
        assert desk.agent().status == "alerting"
        assert not (await desk.ask("agent.sign_out"))["ok"]
        assert (await desk.act("call.refuse"))["ok"]
        assert (desk.agent().status, desk.agent().pause_cause) == ("paused", "")

    _asked(story)


def test_a_tone_tells_an_agent_who_is_not_asked_that_a_caller_comes() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        call_in(desk, patience_seconds=None, talks_seconds=None)
        await desk.until(lambda: desk.agent().status == "on_call")
        tone = f"arrival-{desk.agent().attempt_id}"
        await desk.until(lambda: tone in desk.node.sounds.playbacks, 5)
        assert desk.node.sounds.playbacks[tone].channel_id == desk.agent().leg_channel_id

    _asked(story, arrival=Arrival.AT_ONCE)
