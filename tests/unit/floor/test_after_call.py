"""After-call work as queues want it, and whom campaigns may have of their agents."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from kwabo.domain.routing.settings import AfterCall, QueueSettings
from kwabo.engine.floor.writing import agent_view
from unit.floor.callers import answers, call_in, flow
from unit.floor.desk import Desk, at_the_desk

WAIT = {"id": "wait", "type": "queue", "queue_id": "QUEUE", "seconds": 60, "ways": {}}


def _tell(story: Callable[[Desk], Awaitable[None]], **settings: Any) -> None:
    """A number that leads into a queue with these settings."""

    def prepare(desk: Desk) -> None:
        answers(desk, flow(desk, WAIT))
        queue_id = desk.data.campaigns[desk.campaign_id].queue_id
        desk.data.queue_settings.put(queue_id, QueueSettings(**settings))

    at_the_desk(story, prepare=prepare)


async def _served(desk: Desk) -> None:
    """A caller has been with the first agent."""
    await desk.ready()
    call_in(desk)
    await desk.until(lambda: any(c.connected_at for c in desk.floor.live_calls()))
    await desk.clock.sleep(3)


async def _hang_up(desk: Desk) -> None:
    assert (await desk.act("call.hang_up"))["ok"]


def _wish(desk: Desk) -> Any:
    return agent_view(desk.floor, desk.agent())["after_call"]


def _outcomes(desk: Desk) -> list[tuple[str | None, Any]]:
    return [(one.system_code, one.wrap_up_code_id) for one in desk.data.wrap_ups]


def test_mandatory_work_lasts_until_the_agent_ends_it() -> None:
    async def story(desk: Desk) -> None:
        await _served(desk)
        await _hang_up(desk)
        await desk.clock.sleep(900)
        assert (desk.agent().status, desk.agent().after_call_until) == ("after_call", None)
        sale = desk.world.code_ids["sale"]
        assert (await desk.act("call.wrap_up", wrap_up_code_id=str(sale)))["ok"]
        assert desk.agent().status == "ready"
        assert _outcomes(desk) == [(None, sale)]

    _tell(story, after_call=AfterCall.MANDATORY)


def test_a_time_out_gives_the_systems_outcome() -> None:
    async def story(desk: Desk) -> None:
        await _served(desk)
        await _hang_up(desk)
        await desk.clock.sleep(18)
        assert desk.agent().status == "after_call"
        await desk.clock.sleep(4)
        assert desk.agent().status == "ready"
        assert _outcomes(desk) == [("NOT_GIVEN", None)]

    _tell(story, after_call=AfterCall.MANDATORY_TIMEOUT, after_call_seconds=20)


def test_a_forced_time_out_is_waited_for_after_the_outcome_too() -> None:
    async def story(desk: Desk) -> None:
        await _served(desk)
        await _hang_up(desk)
        sale = desk.world.code_ids["sale"]
        assert (await desk.act("call.wrap_up", wrap_up_code_id=str(sale)))["ok"]
        await desk.clock.sleep(15)
        assert (desk.agent().status, desk.agent().attempt_id) == ("after_call", None)
        await desk.crash()
        await desk.until(lambda: desk.agent().status == "ready", 90)
        assert _outcomes(desk) == [(None, sale)]

    _tell(story, after_call=AfterCall.MANDATORY_FORCED_TIMEOUT, after_call_seconds=60)


def test_without_a_wish_the_agent_is_free_at_once() -> None:
    async def story(desk: Desk) -> None:
        await _served(desk)
        assert _wish(desk) == "offered"
        await _hang_up(desk)
        assert desk.agent().status == "ready"
        await desk.until(lambda: _outcomes(desk) == [("NOT_GIVEN", None)], 5)
        refused = await desk.ask("agent.after_call")
        assert refused["code"] == "AGENT_STATE"

    _tell(story, after_call=AfterCall.AGENT_REQUESTED)


def test_a_wish_during_the_call_brings_after_call_work() -> None:
    async def story(desk: Desk) -> None:
        await _served(desk)
        assert (await desk.ask("agent.after_call"))["agent"]["after_call"] == "wanted"
        await _hang_up(desk)
        assert desk.agent().status == "after_call"

    _tell(story, after_call=AfterCall.AGENT_REQUESTED)


def test_the_outcome_of_the_last_call_may_be_given_for_a_while() -> None:
    async def story(desk: Desk) -> None:
        await _served(desk)
        await _hang_up(desk)
        assert (desk.agent().status, _outcomes(desk)) == ("ready", [])
        assert _wish(desk) == "offered"
        await desk.clock.sleep(10)
        assert (await desk.ask("agent.after_call"))["agent"]["status"] == "after_call"
        sale = desk.world.code_ids["sale"]
        assert (await desk.act("call.wrap_up", wrap_up_code_id=str(sale)))["ok"]
        await desk.clock.sleep(60)
        assert (desk.agent().status, _outcomes(desk)) == ("ready", [(None, sale)])

    _tell(story, after_call=AfterCall.OPTIONAL, after_call_seconds=30)


def test_an_outcome_that_nobody_gives_is_the_systems_also_after_a_crash() -> None:
    async def story(desk: Desk) -> None:
        await _served(desk)
        await _hang_up(desk)
        await desk.crash()
        await desk.until(lambda: _outcomes(desk) == [("NOT_GIVEN", None)], 5)
        assert _wish(desk) == ""

    _tell(story, after_call=AfterCall.OPTIONAL, after_call_seconds=600)


def _blended(story: Callable[[Desk], Awaitable[None]], **settings: Any) -> None:
    """A progressive campaign whose agents take callers of their queue as well."""

    def prepare(desk: Desk) -> None:
        row = desk.data.campaigns[desk.campaign_id]
        answers(desk, flow(desk, WAIT))
        callers = replace(row, campaign_id=desk.world.ids.new(), mode="inbound")
        desk.data.campaigns.put(callers.campaign_id, callers)
        desk.data.campaigns.put(row.campaign_id, row)
        for number, kept in list(desk.data.inbound_numbers.items()):
            moved = replace(kept, campaign_id=callers.campaign_id)
            desk.data.inbound_numbers.put(number, moved)
        desk.data.queue_settings.put(row.queue_id, QueueSettings(**settings))

    at_the_desk(story, prepare=prepare, contacts=4)


def test_the_agents_that_a_queue_keeps_are_not_given_to_a_campaign() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready(desk.first, desk.second)
        await desk.start()
        await desk.until(lambda: len(desk.floor.live_calls()) == 1)
        await desk.clock.sleep(20)
        assert sorted(desk.agent(a).status for a in (desk.first, desk.second)) == [
            "on_call",
            "ready",
        ]
        call_in(desk)
        await desk.until(lambda: len(desk.floor.live_calls()) == 2)
        await desk.until(
            lambda: {desk.agent(a).status for a in (desk.first, desk.second)} == {"on_call"}
        )

    _blended(story, keep_free=1)


def test_with_nobody_kept_the_campaign_has_all_of_them() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready(desk.first, desk.second)
        await desk.start()
        await desk.until(
            lambda: [desk.agent(a).status for a in (desk.first, desk.second)] == ["on_call"] * 2
        )

    _blended(story, keep_free=0)
