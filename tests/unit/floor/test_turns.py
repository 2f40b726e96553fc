"""Campaigns that hold agents beside those that call ahead for the same ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from kwabo.domain.campaigns.trunk_health import TrunkHealth
from kwabo.domain.pacing.situation import Reason
from kwabo.engine.floor import spoken_for
from unit.floor.desk import Desk, at_the_desk
from unit.floor.paces import NOBODY_ANSWERS, calls_out, campaign_of, preset, start_all

BRIEF = {"no_answer_timeout_seconds": 8, "recall_seconds": {}, "minimum_gap_seconds": 0}


def two(desk: Desk, ahead: dict[str, Any], held: dict[str, Any]) -> None:
    """The first campaign calls ahead, one call for each agent; the second holds agents."""
    preset(desk, 0, **{"mode": "power", "calls_per_agent": 1.0, **ahead})
    preset(desk, 1, **{"mode": "progressive", **held})


def free_agents(desk: Desk) -> int:
    return sum(agent.attempt_id is None for agent in desk.floor.agents.ready.values())


@pytest.mark.parametrize("priority", [2, 3, 5])
def test_nobody_is_held_whom_a_call_in_the_air_counts_on(priority: int) -> None:
    async def story(desk: Desk) -> None:
        two(desk, BRIEF, {**BRIEF, "priority": priority})
        await start_all(desk)
        await desk.ready(desk.first, desk.second)
        started = [0, 0]
        for _ in range(300):
            await desk.clock.sleep(0.1)
            out = [len(calls_out(desk, index)) for index in (0, 1)]
            started = [max(pair) for pair in zip(started, out, strict=True)]
            assert spoken_for.unserved(desk.floor, campaign_of(desk)) <= free_agents(desk)
        dialled = [campaign_of(desk, index).attempts for index in (0, 1)]
        if priority == 3:
            assert abs(dialled[0] - dialled[1]) <= 2  # they have turns
        first, last = (0, 1) if priority == 2 else (1, 0)
        assert dialled[first] > 2
        assert priority == 3 or not dialled[last]

    at_the_desk(story, contacts=40, numbers=NOBODY_ANSWERS, two_campaigns=True)


def test_calls_that_are_out_keep_their_agents_when_a_more_urgent_campaign_begins() -> None:
    async def story(desk: Desk) -> None:
        two(desk, BRIEF, {**BRIEF, "priority": 5})
        ahead, held = (str(one) for one in desk.world.campaign_ids)
        await desk.ask("campaign.start", campaign_id=ahead)
        await desk.ready(desk.first, desk.second)
        await desk.until(lambda: len(calls_out(desk, 0)) == 2, 3)
        await desk.ask("campaign.start", campaign_id=held)
        await desk.clock.sleep(2)
        assert not calls_out(desk, 1)
        await desk.until(lambda: len(calls_out(desk, 1)) == 2, 12)
        assert not calls_out(desk, 0)
        plan = campaign_of(desk).plan
        assert plan is not None
        assert plan.dials == 0

    at_the_desk(story, contacts=40, numbers=NOBODY_ANSWERS, two_campaigns=True)


def test_a_predictive_campaign_counts_on_no_agent_of_a_more_urgent_one() -> None:
    async def story(desk: Desk) -> None:
        two(desk, {**BRIEF, "mode": "predictive"}, {**BRIEF, "priority": 5})
        await start_all(desk)
        await desk.ready(desk.first, desk.second)
        await desk.until(lambda: len(calls_out(desk, 1)) == 2, 3)
        plan = campaign_of(desk).plan
        assert plan is not None
        assert (plan.dials, plan.reason) == (0, Reason.TURN_OF_OTHERS)

    at_the_desk(story, contacts=40, numbers=NOBODY_ANSWERS, two_campaigns=True)


def test_who_waits_for_recalls_leaves_the_agents_to_the_other() -> None:
    async def story(desk: Desk) -> None:
        late = {**BRIEF, "recall_seconds": {"no_answer": 3600}, "priority": 5}
        two(desk, BRIEF, late)
        await start_all(desk)
        await desk.ready(desk.first, desk.second)
        await desk.until(lambda: campaign_of(desk, 1).attempts == 2, 20)
        await desk.until(lambda: len(calls_out(desk, 0)) == 2, 30)

    at_the_desk(story, contacts=2, numbers=NOBODY_ANSWERS, two_campaigns=True)


def test_a_trunk_that_rests_leaves_the_agents_to_who_can_call() -> None:
    async def story(desk: Desk) -> None:
        (trunk,) = desk.world.data.trunks
        other = replace(trunk, trunk_id=UUID(int=99))
        desk.world.data.trunks.put(other.trunk_id, other)
        two(desk, {**BRIEF, "priority": 5}, {**BRIEF, "priority": 2, "trunk_id": other.trunk_id})
        await start_all(desk)
        resting = TrunkHealth(troubles=5, rest_until=desk.floor.later(60))
        desk.floor.trunks[trunk.trunk_id].health = resting
        await desk.ready(desk.first, desk.second)
        await desk.until(lambda: len(calls_out(desk, 1)) == 2, 3)
        assert not calls_out(desk, 0)

    at_the_desk(story, contacts=8, numbers=NOBODY_ANSWERS, two_campaigns=True)
