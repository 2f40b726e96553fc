"""Agents who are asked for the record of a kept place before it is shown to them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from kwabo.adapters.switch.simulator import Behaviour
from kwabo.domain.routing.alerts import REFUSED_FOR_SECONDS
from kwabo.domain.routing.settings import Arrival, CallbackFirst, QueueSettings
from kwabo.engine.floor.writing import agent_view
from unit.floor.callers import BYE, CALLER, KEEPS, OFFER, WAIT, answers, call_in, flow
from unit.floor.desk import Desk, at_the_desk

OTHER = "+2290197000002"
ALERT_SECONDS = 20
TALKS = Behaviour(rings_after_seconds=0.5, answers_after_seconds=1.0, patience_seconds=None)


def _asked(story: Callable[[Desk], Awaitable[None]], **settings: Any) -> None:
    """Tell a story of a queue that asks its agents, and shows them who has kept the place."""
    asked = {
        "arrival": Arrival.ASKED,
        "alert_seconds": ALERT_SECONDS,
        "callback_first": CallbackFirst.AGENT,
        **settings,
    }

    def prepare(desk: Desk) -> None:
        answers(desk, flow(desk, WAIT, OFFER, BYE))
        queue_id = desk.data.campaigns[desk.campaign_id].queue_id
        desk.data.queue_settings.put(queue_id, QueueSettings(**asked))

    at_the_desk(story, prepare=prepare, numbers={CALLER: TALKS})


async def _rings(desk: Desk) -> None:
    """The first agent's desk rings for a place that its caller keeps."""
    call_in(desk, caller=CALLER, presses=KEEPS, patience_seconds=None)
    await desk.until(lambda: bool(desk.data.callbacks))
    await desk.until(lambda: not desk.floor.live_calls())
    await desk.ready()
    await desk.until(lambda: desk.agent().status == "alerting")


def _callback(desk: Desk) -> Any:
    (one,) = desk.data.callbacks
    return one


def _ours(desk: Desk) -> list[Any]:
    return [one.row for one in desk.attempts if one.mode != "inbound"]


def _outcomes(desk: Desk) -> list[tuple[str, str]]:
    return [(one.outcome, one.reason) for one in desk.data.alerts]


def test_the_record_is_shown_to_the_agent_who_takes_it_and_the_caller_is_called_then() -> None:
    async def story(desk: Desk) -> None:
        await _rings(desk)
        queue_id = desk.data.campaigns[desk.campaign_id].queue_id
        assert desk.floor.board is not None
        view = agent_view(desk.floor, desk.agent())
        assert view["alert_until"] is not None
        assert view["attempt"]["number"] == CALLER
        assert (await desk.act("agent.dial"))["ok"] is False
        assert (await desk.act("agent.skip"))["ok"] is False
        assert desk.agent().status == "alerting"
        assert (await desk.act("call.take"))["ok"]
        assert desk.agent().status == "previewing"
        assert _ours(desk)[0].dialling_at is None
        assert (await desk.act("call.take"))["code"] == "ALERT_OVER"
        assert (await desk.act("agent.dial"))["ok"]
        await desk.until(lambda: desk.agent().status == "on_call")
        assert _ours(desk)[0].callback_id == _callback(desk).written.callback_id
        assert [(one.queue_id, one.outcome) for one in desk.data.alerts] == [(queue_id, "taken")]

    _asked(story)


def test_a_queue_that_asks_nobody_shows_the_record_at_once() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, caller=CALLER, presses=KEEPS, patience_seconds=None)
        await desk.until(lambda: bool(desk.data.callbacks))
        await desk.ready()
        await desk.until(lambda: desk.agent().status == "previewing")
        assert _outcomes(desk) == []

    _asked(story, arrival=Arrival.AT_ONCE)


def test_who_refuses_is_not_asked_again_at_once_and_the_place_is_kept() -> None:
    async def story(desk: Desk) -> None:
        await _rings(desk)
        since = _callback(desk).written.place.waiting_since
        assert (await desk.act("call.refuse", reason="not_mine"))["ok"]
        assert (desk.agent().status, desk.agent().attempt_id) == ("ready", None)
        await desk.clock.sleep(REFUSED_FOR_SECONDS - 5)
        assert desk.agent().status == "ready"
        assert (_callback(desk).state, _callback(desk).tries) == ("open", 0)
        assert _callback(desk).written.place.waiting_since == since
        await desk.until(lambda: desk.agent().status == "alerting", 10)
        assert (await desk.act("call.take"))["ok"]
        assert _outcomes(desk) == [("refused", "not_mine"), ("taken", "")]
        assert [one.result for one in _ours(desk)] == ["cancelled", None]

    _asked(story)


def test_a_place_that_was_refused_comes_first_for_another_agent() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, caller=OTHER, patience_seconds=None)  # has waited for longer
        await desk.until(lambda: len(desk.floor.calls.waiting) == 1)
        call_in(desk, caller=CALLER, presses=KEEPS, patience_seconds=None)
        await desk.until(lambda: bool(desk.data.callbacks))
        await desk.ready(desk.first)
        await desk.until(lambda: desk.agent().status == "alerting")
        await desk.ready(desk.second)
        await desk.until(lambda: desk.agent(desk.second).status == "alerting")
        held = desk.floor.call_of(desk.agent(desk.second))
        assert held is not None
        assert held.number == CALLER
        assert (await desk.act("call.refuse", desk.second))["ok"]
        assert (await desk.act("call.refuse", desk.first))["ok"]
        # Each has refused one, and gets the other's.
        await desk.until(lambda: desk.agent(desk.first).status == "alerting")
        mine = desk.floor.call_of(desk.agent(desk.first))
        assert mine is not None
        assert mine.number == CALLER

    _asked(story)


def test_who_does_not_answer_is_paused_and_another_agent_is_asked() -> None:
    async def story(desk: Desk) -> None:
        await _rings(desk)
        await desk.ready(desk.second)
        await desk.until(lambda: desk.agent().status == "paused", ALERT_SECONDS + 5)
        assert (desk.agent().pause_cause, desk.agent().attempt_id) == ("not_answered", None)
        await desk.until(lambda: desk.agent(desk.second).status == "alerting")
        assert (await desk.act("call.take", desk.second))["ok"]
        assert _outcomes(desk) == [("not_answered", ""), ("taken", "")]
        assert (len(_ours(desk)), _callback(desk).state) == (2, "open")

    _asked(story)


def test_an_agent_whose_leg_is_lost_leaves_the_place_to_others() -> None:
    async def story(desk: Desk) -> None:
        await _rings(desk)
        await desk.ready(desk.second)
        desk.node.set_reachable(desk.agent().endpoint, reachable=False)
        desk.node.far_end_hangs_up(desk.agent().leg_channel_id or "")
        await desk.until(lambda: desk.agent(desk.second).status == "alerting")
        assert (desk.agent().status, desk.agent().attempt_id) == ("lost", None)
        assert _outcomes(desk) == [("agent_lost", "")]

    _asked(story)


def test_a_campaign_that_is_paused_stops_the_ringing_and_the_agent_was_idle_all_the_time() -> None:
    async def story(desk: Desk) -> None:
        await _rings(desk)
        campaign_id = str(desk.floor.live_calls()[0].campaign_id)
        assert (await desk.ask("campaign.start", campaign_id=campaign_id))["ok"]
        paused = await desk.ask("campaign.pause", campaign_id=campaign_id)
        assert paused["ok"], paused
        assert desk.agent().status == "ready"
        assert _outcomes(desk) == [("caller_left", "")]
        assert _callback(desk).state == "open"

    _asked(story)


def test_an_engine_that_is_killed_leaves_the_desk_ringing_for_the_rest_of_the_time() -> None:
    async def story(desk: Desk) -> None:
        await _rings(desk)
        alerted = desk.agent().since
        await desk.crash()
        assert (desk.agent().status, desk.agent().since) == ("alerting", alerted)
        assert len(_ours(desk)) == 1
        await desk.until(lambda: desk.agent().status == "paused", ALERT_SECONDS)
        assert _outcomes(desk) == [("not_answered", "")]
        assert _callback(desk).state == "open"
        assert (await desk.ask("agent.ready"))["ok"]
        await desk.until(lambda: desk.agent().status == "alerting")
        assert (await desk.act("call.take"))["ok"]
        assert (await desk.act("agent.dial"))["ok"]
        await desk.until(lambda: desk.agent().status == "on_call")

    _asked(story)
