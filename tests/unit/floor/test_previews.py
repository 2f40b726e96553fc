"""Records for an agent to look at first, where the dialler decides when to call; callbacks told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kwabo.domain.callbacks.terms import CallbackTerms
from kwabo.domain.interactions.attempt import AttemptState
from kwabo.engine.floor import writing
from unit.floor.desk import Desk, at_the_desk


def _mark(desk: Desk, value: str = "oui") -> None:
    """The first contact is always previewed."""
    contact_id = desk.data.lists[next(iter(desk.data.lists))][0]
    contact = desk.data.contacts[contact_id]
    desk.data.contacts.put(contact_id, replace(contact, data={"vip": value}))


def _previewing(mode: str) -> dict[str, Any]:
    marks = {"preview_column": "vip", "preview_values": ("oui",)}
    return {"mode": mode, "preview_timeout_seconds": 0, **marks}


@pytest.mark.parametrize("mode", ["progressive", "power", "predictive"])
def test_a_contact_that_is_always_previewed_is_offered_in_every_mode(mode: str) -> None:
    async def story(desk: Desk) -> None:
        _mark(desk)
        await desk.ready()
        await desk.start()
        await desk.until(lambda: str(desk.agent().status) == "previewing")
        call = desk.call
        assert (call.state, call.mode) == (AttemptState.OFFERED, "preview")
        await desk.clock.sleep(20)
        assert desk.node.calls == [], "nothing is dialled before the agent has looked"
        assert (await desk.act("agent.dial"))["ok"]
        await desk.until(lambda: call.connected_at is not None)
        assert call.agent_user_id == desk.first
        assert not call.abandoned

    at_the_desk(story, campaign=_previewing(mode))


@pytest.mark.parametrize("mode", ["power", "predictive"])
def test_others_are_called_while_one_agent_looks_at_a_record(mode: str) -> None:
    async def story(desk: Desk) -> None:
        _mark(desk)
        await desk.ready(desk.first, desk.second)
        await desk.start()
        states = lambda: {call.state for call in desk.floor.live_calls()}  # noqa: E731
        await desk.until(lambda: AttemptState.OFFERED in states())
        await desk.until(lambda: AttemptState.CONNECTED in states())
        offered = [c for c in desk.floor.live_calls() if c.state is AttemptState.OFFERED]
        assert [call.mode for call in offered] == ["preview"]
        window = desk.floor.campaigns[desk.campaign_id].window.tally(desk.floor.now)
        assert (window.live, window.abandoned) == (1, 0)

    at_the_desk(story, campaign=_previewing(mode), contacts=2)


def test_a_skipped_record_comes_back_and_the_promise_stands() -> None:
    async def story(desk: Desk) -> None:
        await desk.talking()
        await desk.act("call.hang_up")
        due_at = desk.clock.now() + timedelta(seconds=60)
        callback = {"due_at": due_at.isoformat(), "mine": True}
        code = str(desk.world.code_ids["callback"])
        answer = await desk.act("call.wrap_up", wrap_up_code_id=code, callback=callback)
        assert answer["ok"], answer
        await desk.until(lambda: _told(desk) == (1, 0), 10)
        await desk.until(lambda: str(desk.agent().status) == "previewing", 90)
        assert desk.clock.now() >= due_at
        assert desk.call.callback_id is not None
        assert (await desk.act("agent.skip"))["ok"]
        await desk.until(lambda: str(desk.agent().status) == "previewing", 400)
        assert (await desk.act("agent.dial"))["ok"]
        await desk.until(lambda: desk.call.connected_at is not None)
        await desk.act("call.hang_up")
        (kept,) = desk.data.callbacks
        assert kept.state == "done"
        await desk.until(lambda: _told(desk) == (0, 0), 10)

    terms = CallbackTerms(own_delivery="preview", takeover="by_hand")
    recalls = {"recall_seconds": {"skipped": None}, "max_attempts": 1}
    at_the_desk(story, campaign={"callbacks": terms, "preview_timeout_seconds": 0, **recalls})


def _told(desk: Desk) -> tuple[int, int]:
    """Open and due callbacks, as the agent's live view says."""
    view = writing.agent_view(desk.floor, desk.agent())["callbacks"]
    return view["open"], view["due"]
