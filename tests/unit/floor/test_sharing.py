"""Agents, queues and lines that several campaigns share; callbacks of one agent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kwabo.domain.pacing.learning import Ended, Segment
from kwabo.domain.pacing.situation import Reason
from kwabo.engine.floor import pacing
from simulation.plan import Share
from unit.floor.desk import Desk, at_the_desk
from unit.floor.paces import (
    AT_ONCE,
    NOBODY_ANSWERS,
    PATIENT_TIMEOUT,
    calls_out,
    campaign_of,
    preset,
    start_all,
)


class TestSharing:
    """Agents, queues and lines that several campaigns share."""

    @pytest.mark.parametrize(("mode", "each"), [("progressive", 1), ("power", 2)])
    def test_agents_kept_free_are_not_called_for(self, mode: str, each: int) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready(desk.first, desk.second)
            await desk.start()
            await desk.clock.sleep(3)
            assert len(calls_out(desk)) == each
            await desk.world.alter(desk.campaign_id, agents_kept_free=0)
            await desk.until(lambda: len(calls_out(desk)) == 2 * each, AT_ONCE)

        campaign = {
            "mode": mode,
            "calls_per_agent": 2.0,
            "agents_kept_free": 1,
            **PATIENT_TIMEOUT,
        }
        at_the_desk(story, contacts=8, numbers=NOBODY_ANSWERS, campaign=campaign)

    def test_lines_set_aside_are_left_to_their_campaign(self) -> None:
        async def story(desk: Desk) -> None:
            (trunk,) = desk.world.data.trunks
            few = replace(trunk, lines=4, calls_per_second=50.0)
            desk.world.data.trunks.put(trunk.trunk_id, few)
            preset(desk, 0, mode="power", calls_per_agent=8.0, lines_reserved=0, **PATIENT_TIMEOUT)
            preset(
                desk,
                1,
                mode="power",
                calls_per_agent=8.0,
                lines_reserved=3,
                lines_most=3,
                **PATIENT_TIMEOUT,
            )
            await start_all(desk)
            await desk.ready(desk.first, desk.second)
            await desk.until(lambda: len(calls_out(desk, 1)) == 3, AT_ONCE)
            await desk.clock.sleep(2)
            assert (len(calls_out(desk, 0)), len(calls_out(desk, 1))) == (1, 3)

        at_the_desk(story, contacts=24, numbers=NOBODY_ANSWERS, two_campaigns=True)

    @pytest.mark.parametrize("mode", ["progressive", "power"])
    def test_a_campaign_keeps_to_its_most_lines(self, mode: str) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready(desk.first, desk.second)
            await desk.start()
            await desk.clock.sleep(3)
            assert len(calls_out(desk)) == 1
            await desk.world.alter(desk.campaign_id, lines_most=0)
            await desk.until(lambda: len(calls_out(desk)) == 2, AT_ONCE)

        campaign = {"mode": mode, "calls_per_agent": 1.0, "lines_most": 1, **PATIENT_TIMEOUT}
        at_the_desk(story, contacts=8, numbers=NOBODY_ANSWERS, campaign=campaign)

    @pytest.mark.parametrize(("first", "second"), [("progressive", "predictive"), ("power",) * 2])
    def test_the_more_urgent_campaign_takes_the_agents(self, first: str, second: str) -> None:
        async def story(desk: Desk) -> None:
            preset(desk, 0, mode=first, priority=5, calls_per_agent=1.0, **PATIENT_TIMEOUT)
            preset(desk, 1, mode=second, priority=2, calls_per_agent=1.0, **PATIENT_TIMEOUT)
            await start_all(desk)
            await desk.ready(desk.first, desk.second)
            await desk.clock.sleep(3)
            assert (len(calls_out(desk, 0)), len(calls_out(desk, 1))) == (2, 0)

        at_the_desk(story, contacts=8, numbers=NOBODY_ANSWERS, two_campaigns=True)

    def test_a_less_urgent_campaign_that_holds_agents_gets_those_that_are_not_spoken_for(
        self,
    ) -> None:
        async def story(desk: Desk) -> None:
            preset(desk, 0, mode="power", priority=5, calls_per_agent=2.0, **PATIENT_TIMEOUT)
            preset(desk, 1, mode="progressive", priority=2, **PATIENT_TIMEOUT)
            await start_all(desk)
            await desk.ready(desk.first, desk.second)
            await desk.clock.sleep(3)
            assert (len(calls_out(desk, 0)), len(calls_out(desk, 1))) == (4, 0)
            await desk.ask("campaign.stop", campaign_id=str(desk.world.campaign_ids[0]))
            await desk.until(lambda: len(calls_out(desk, 1)) == 2, 2)
            assert {row.agent_user_id for row in calls_out(desk, 1)} == {desk.first, desk.second}

        at_the_desk(story, contacts=8, numbers=NOBODY_ANSWERS, two_campaigns=True)

    def test_who_calls_ahead_and_has_no_line_left_keeps_an_agent_for_each_call(self) -> None:
        async def story(desk: Desk) -> None:
            preset(desk, 0, mode="power", priority=5, lines_most=1, **PATIENT_TIMEOUT)
            preset(desk, 1, mode="progressive", priority=2, **PATIENT_TIMEOUT)
            await start_all(desk)
            await desk.ready(desk.first, desk.second)
            await desk.until(lambda: len(calls_out(desk, 1)) == 1, 3)
            await desk.clock.sleep(3)
            assert (len(calls_out(desk, 0)), len(calls_out(desk, 1))) == (1, 1)

        at_the_desk(story, contacts=8, numbers=NOBODY_ANSWERS, two_campaigns=True)

    def test_who_calls_ahead_and_has_nobody_left_to_call_keeps_an_agent_for_each_call(self) -> None:
        async def story(desk: Desk) -> None:
            preset(desk, 0, mode="power", priority=5, calls_per_agent=3.0, **PATIENT_TIMEOUT)
            preset(desk, 1, mode="progressive", priority=2, minimum_gap_seconds=0)
            ahead, held = (str(one) for one in desk.world.campaign_ids)
            await desk.ask("campaign.start", campaign_id=ahead)
            await desk.ready(desk.first)
            await desk.until(lambda: len(calls_out(desk, 0)) == 2, 3)
            await desk.ask("campaign.start", campaign_id=held)
            await desk.clock.sleep(3)
            assert not campaign_of(desk).has_contacts(desk.floor.mono)
            assert not calls_out(desk, 1)
            await desk.ask("campaign.stop", campaign_id=ahead)
            await desk.until(lambda: len(calls_out(desk, 1)) == 1, 3)

        at_the_desk(story, contacts=2, numbers=NOBODY_ANSWERS, two_campaigns=True)

    def test_who_may_only_call_progressively_gets_an_agent_beside_a_rival_who_calls_ahead(
        self,
    ) -> None:
        async def story(desk: Desk) -> None:
            preset(desk, 0, mode="predictive", priority=3, **PATIENT_TIMEOUT)
            preset(desk, 1, mode="power", priority=3, calls_per_agent=4.0, **PATIENT_TIMEOUT)
            await start_all(desk)
            await desk.ready(desk.first, desk.second)
            await desk.until(lambda: len(calls_out(desk, 1)) >= 3, 3)
            held = {row.agent_user_id for row in calls_out(desk, 0)} - {None}
            assert len(held) == 1
            assert {row.agent_user_id for row in calls_out(desk, 1)} == {None}

        at_the_desk(story, contacts=20, numbers=NOBODY_ANSWERS, two_campaigns=True)

    def test_no_agent_is_held_on_whom_a_rival_s_calls_count(self) -> None:
        async def story(desk: Desk) -> None:
            preset(desk, 0, mode="predictive", priority=3, **PATIENT_TIMEOUT)
            preset(desk, 1, mode="power", priority=3, calls_per_agent=4.0, **PATIENT_TIMEOUT)
            newcomer, rival = (str(one) for one in desk.world.campaign_ids)
            await desk.ask("campaign.start", campaign_id=rival)
            await desk.ready(desk.first, desk.second)
            await desk.until(lambda: len(calls_out(desk, 1)) == 8, 3)
            await desk.ask("campaign.start", campaign_id=newcomer)
            await desk.clock.sleep(3)
            assert not calls_out(desk, 0)
            await desk.world.alter(desk.world.campaign_ids[1], calls_per_agent=10.0)
            await desk.until(lambda: len(calls_out(desk, 0)) == 1, 3)
            (called,) = calls_out(desk, 0)
            assert called.agent_user_id in (desk.first, desk.second)

        at_the_desk(story, contacts=40, numbers=NOBODY_ANSWERS, two_campaigns=True)

    def test_a_rival_of_higher_priority_leaves_it_none(self) -> None:
        async def story(desk: Desk) -> None:
            preset(desk, 0, mode="predictive", priority=2, **PATIENT_TIMEOUT)
            preset(desk, 1, mode="power", priority=3, calls_per_agent=4.0, **PATIENT_TIMEOUT)
            await start_all(desk)
            await desk.ready(desk.first, desk.second)
            await desk.until(lambda: len(calls_out(desk, 1)) == 8, 3)
            assert not calls_out(desk, 0)

        at_the_desk(story, contacts=20, numbers=NOBODY_ANSWERS, two_campaigns=True)

    def test_whose_rivals_start_all_that_the_agents_can_take_is_told_so(self) -> None:
        async def story(desk: Desk) -> None:
            preset(desk, 0, mode="power", priority=5, calls_per_agent=2.0, **PATIENT_TIMEOUT)
            preset(desk, 1, mode="power", priority=2, calls_per_agent=2.0, **PATIENT_TIMEOUT)
            await start_all(desk)
            await desk.ready(desk.first)
            first, second = campaign_of(desk, 0), campaign_of(desk, 1)
            await desk.until(lambda: first.plan is not None and first.plan.dials == 2, 3)
            assert second.plan is not None
            assert (second.plan.reason, second.plan.dials) == (Reason.TURN_OF_OTHERS, 0)

        at_the_desk(story, contacts=8, numbers=NOBODY_ANSWERS, two_campaigns=True)

    def test_calling_ahead_last_does_not_keep_those_who_come_first_from_planning(self) -> None:
        async def story(desk: Desk) -> None:
            for index, (mode, priority) in enumerate(
                (("predictive", 5), ("progressive", 3), ("power", 2))
            ):
                preset(desk, index, mode=mode, priority=priority, **PATIENT_TIMEOUT)
            await start_all(desk)
            await desk.clock.sleep(3)
            await desk.ready(desk.first, desk.second)
            await desk.until(lambda: len(calls_out(desk, 0)) == 2, 2)

        shares = (Share(mode="predictive"), Share(mode="progressive"), Share(mode="power"))
        at_the_desk(story, contacts=8, numbers=NOBODY_ANSWERS, shares=shares)

    def test_a_rival_s_calls_are_told_by_how_often_ours_are_answered(self) -> None:
        async def story(desk: Desk) -> None:
            for index in range(2):
                preset(desk, index, mode="power", calls_per_agent=1.0, **PATIENT_TIMEOUT)
            await start_all(desk)
            await desk.ready(desk.first, desk.second)
            await desk.until(lambda: len(calls_out(desk, 1)) == 2, 3)  # the more urgent one
            ours, theirs = (desk.floor.campaigns[one] for one in desk.world.campaign_ids)
            where = Segment(number_range="+2290197", hour=9)
            for n in range(400):  # theirs are answered more often than ours
                ours.learner.ended(where, 12.0, Ended.REFUSED)
                if n % 2:
                    theirs.learner.answered(where, 6.0)
                else:
                    theirs.learner.ended(where, 12.0, Ended.REFUSED)
            seen = pacing.situation(desk.floor, ours, [], 10, frozenset(), {}).in_air
            rival, _ = (call for call in seen if not call.own)
            ratio = theirs.learner.answer_level / ours.learner.answer_level
            assert ratio > 2
            assert rival.odds == pytest.approx(ratio, rel=0.2)

        at_the_desk(story, contacts=8, numbers=NOBODY_ANSWERS, two_campaigns=True)

    def test_equals_share_by_weight(self) -> None:
        async def story(desk: Desk) -> None:
            for index, weight in enumerate((1, 3)):
                preset(desk, index, mode="power", priority=3, weight=weight, calls_per_agent=4.0)
                preset(desk, index, **PATIENT_TIMEOUT)
            for index in range(2):
                campaign_id = str(desk.world.campaign_ids[index])
                desk.world.command(None, "campaign.start", {"campaign_id": campaign_id})
            await desk.ready(desk.first, desk.second)
            await desk.until(lambda: len(calls_out(desk, 0)) + len(calls_out(desk, 1)) == 8)
            assert (len(calls_out(desk, 0)), len(calls_out(desk, 1))) == (2, 6)

        at_the_desk(story, contacts=30, numbers=NOBODY_ANSWERS, two_campaigns=True)

    def test_queues_with_the_same_agents_do_not_call_for_them_twice(self) -> None:
        async def story(desk: Desk) -> None:
            for index in range(2):
                preset(desk, index, no_answer_timeout_seconds=60)
            await start_all(desk)
            await desk.ready()
            await desk.clock.sleep(3)
            assert len(calls_out(desk, 0)) + len(calls_out(desk, 1)) == 2

        shares = tuple(Share(mode="power", calls_per_agent=2.0, queue=queue) for queue in range(2))
        at_the_desk(story, contacts=8, numbers=NOBODY_ANSWERS, queues=2, shares=shares)

    def test_no_second_has_more_calls_than_the_trunk_takes(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready(desk.first, desk.second)
            begun = desk.world.clock.now()
            await desk.start()
            await desk.until(lambda: len(desk.node.calls) == 24)
            seconds = [(call.at - begun).total_seconds() for call in desk.node.calls]
            assert all(b - a > 0.999 for a, b in zip(seconds, seconds[5:], strict=False))
            assert seconds[-1] < 6.0
            await desk.crash()
            taken = desk.world.clock.now()
            await desk.clock.sleep(1.0)
            again = [call for call in desk.node.calls if call.at >= taken]
            assert len(again) <= 5

        campaign = {"mode": "power", "calls_per_agent": 12.0, **PATIENT_TIMEOUT}
        at_the_desk(story, contacts=40, numbers=NOBODY_ANSWERS, campaign=campaign, lines=100)

    def test_an_agent_who_becomes_free_is_called_for_at_once(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.talking()
            await desk.act("call.hang_up")
            await desk.clock.sleep(2)
            await desk.act("call.wrap_up", wrap_up_code_id=str(desk.world.code_ids["sale"]))
            await desk.until(lambda: len(desk.node.calls) == 2, AT_ONCE)

        at_the_desk(story, contacts=2)


class TestCallbacks:
    """Promises of an agent."""

    @pytest.mark.parametrize("mode", ["predictive", "power"])
    def test_the_owner_is_held_for_a_callback_of_their_own(self, mode: str) -> None:
        async def story(desk: Desk) -> None:
            await desk.talking(desk.first)
            await desk.act("call.hang_up")
            due_at = desk.world.clock.now() + timedelta(seconds=20)
            await desk.act(
                "call.wrap_up",
                wrap_up_code_id=str(desk.world.code_ids["callback"]),
                callback={"due_at": due_at.isoformat(), "mine": True},
            )
            await desk.ready(desk.second)
            await desk.until(lambda: len(calls_out(desk)) == 1, 90)
            (called,) = calls_out(desk)
            assert called.agent_user_id == desk.first
            assert desk.agent().status == "reserved"
            assert desk.agent(desk.second).status == "ready"
            await desk.until(lambda: desk.agent().status == "on_call")

        at_the_desk(story, campaign={"mode": mode, "calls_per_agent": 1.0})

    def test_who_promised_a_callback_in_a_call_of_another_queue_makes_it(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready(desk.first, desk.second)
            await desk.start()
            await desk.until(lambda: desk.agent().status == "on_call")
            assert desk.agent(desk.second).status == "ready"  # of the other queue
            await desk.act("call.transfer", to={"user_id": str(desk.second)})
            await desk.act("call.hang_up", desk.second)
            due_at = desk.world.clock.now() + timedelta(seconds=60)
            await desk.act(
                "call.wrap_up",
                desk.second,
                wrap_up_code_id=str(desk.world.code_ids["callback"]),
                callback={"due_at": due_at.isoformat(), "mine": True},
            )
            await desk.until(lambda: len(desk.node.calls) == 2, 70)
            assert desk.agent(desk.second).status == "reserved"
            assert desk.agent().status == "ready"

        shares = (Share(mode="progressive", queue=1),)  # which only the first agent serves
        at_the_desk(story, shares=shares, queues=2)
