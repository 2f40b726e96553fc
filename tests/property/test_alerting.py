"""Agents who are asked, under whatever happens: nobody has two callers, no place is lost."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kwabo.domain.routing.settings import Arrival, CallbackFirst, QueueSettings
from unit.floor.callers import BYE, OFFER, WAIT, answers, call_in, flow
from unit.floor.desk import Desk, at_the_desk

HAPPENINGS = st.sampled_from(
    [
        "calls",
        "keeps the place",
        "gives up",
        "takes",
        "dials",
        "refuses",
        "ready",
        "pauses",
        "hangs up",
        "waits",
        "crash",
    ]
)


def _prepare(desk: Desk) -> None:
    answers(desk, flow(desk, {**WAIT, "seconds": 3600}, OFFER, BYE))
    queue_id = desk.data.campaigns[desk.campaign_id].queue_id
    asked = QueueSettings(
        arrival=Arrival.ASKED, alert_seconds=7, callback_first=CallbackFirst.AGENT
    )
    desk.data.queue_settings.put(queue_id, asked)


class _Judge:
    """What must hold after every happening."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._since: dict[Any, float] = {}

    def look(self) -> None:
        floor = self._desk.floor
        asked: list[Any] = []
        for agent in floor.agents.values():
            call = floor.call_of(agent)
            if agent.status == "alerting":
                assert call is not None
                if call.queue is not None:
                    assert call.queue.alerting == agent.user_id
                else:
                    assert call.asked_first
                    assert call.agent_user_id == agent.user_id
                    assert call.dialling_at is None, "called before the agent has agreed"
                assert call.connected_at is None, "asked, and speaking already"
                asked.append(call.attempt_id)
            elif call is not None and call.queue is not None:
                assert call.queue.alerting is None, f"held by an agent who is {agent.status}"
        assert len(set(asked)) == len(asked), "two agents are asked for one caller"
        talking = [
            call.agent_user_id
            for call in floor.live_calls()
            if call.agent_user_id is not None and not call.closed and not call.asked_first
        ]
        assert len(set(talking)) == len(talking), "an agent has two voice calls"
        assert not set(talking) & {
            call.queue.alerting for call in floor.live_calls() if call.queue is not None
        }, "asked while speaking"
        for call in floor.live_calls():
            if call.queue is not None and call.queued_at is not None:
                kept = self._since.setdefault(call.attempt_id, call.queued_at)
                assert call.queued_at == kept, "a caller has lost the place"
                assert not call.abandoned
        self._look_at_places()

    def _look_at_places(self) -> None:
        """A kept place is open until its caller was reached, and is called once at a time."""
        calling = [c.callback_id for c in self._desk.floor.live_calls() if c.callback_id]
        assert len(set(calling)) == len(calling), "one place, called twice"
        for callback in self._desk.data.callbacks:
            kept = callback.written
            assert kept.place is not None
            since = self._since.setdefault(kept.callback_id, kept.place.waiting_since)
            assert kept.place.waiting_since == since, "a kept place was moved"
            reached = any(
                one.row.callback_id == kept.callback_id and one.row.dialling_at is not None
                for one in self._desk.attempts
            )
            assert callback.state == "open" or reached, "a place was lost"


async def _happen(desk: Desk, what: str, which: bool) -> None:
    user_id = desk.second if which else desk.first
    agent = desk.floor.agents.get(user_id)
    attempt_id = str(agent.attempt_id) if agent is not None and agent.attempt_id else None
    if what == "calls":
        number = f"+22901970000{len(desk.attempts):02d}"
        call_in(desk, caller=number, patience_seconds=None, talks_seconds=None)
    elif what == "keeps the place":
        number = f"+22901970000{len(desk.attempts):02d}"
        call_in(desk, caller=number, presses=((0.2, "2"), (0.4, "1")), patience_seconds=None)
    elif what == "gives up":
        waiting = list(desk.floor.calls.waiting.values())
        if waiting:
            desk.node.far_end_hangs_up(waiting[0].channel_id)
    elif what == "crash":
        await desk.crash()
    elif what == "ready":
        await desk.ask("agent.ready", user_id)
    elif what == "pauses":
        await desk.ask("agent.pause", user_id)
    elif what == "dials" and attempt_id is not None:
        await desk.ask("agent.dial", user_id, attempt_id=attempt_id)
    elif what in ("takes", "refuses", "hangs up") and attempt_id is not None:
        kind = {"takes": "take", "refuses": "refuse", "hangs up": "hang_up"}[what]
        await desk.ask(f"call.{kind}", user_id, attempt_id=attempt_id)
    await desk.clock.sleep(9.0 if what == "waits" else 0.6)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(HAPPENINGS, st.booleans()), min_size=3, max_size=18))
def test_no_agent_has_two_callers_and_no_caller_loses_the_place(
    happenings: list[tuple[str, bool]],
) -> None:
    async def story(desk: Desk) -> None:
        await desk.ready(desk.first, desk.second)
        judge = _Judge(desk)
        for number in ("+2290197000098", "+2290197000099"):
            call_in(desk, caller=number, patience_seconds=None, talks_seconds=None)
        await desk.clock.sleep(1.0)
        judge.look()
        for what, which in happenings:
            await _happen(desk, what, which)
            judge.look()

    at_the_desk(story, prepare=_prepare)
