"""Campaigns that call for nobody in particular: settings, shared agents, and what is learnt."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kwabo.adapters.switch.simulator import Behaviour, BehaviourKind
from kwabo.domain.pacing.learning import Segment
from kwabo.domain.pacing.situation import Reason
from kwabo.engine.floor import experience
from kwabo.engine.floor.state import Campaign
from kwabo.ports.floor_store import AttemptRow
from simulation.dialling import window_of
from simulation.plan import Share
from unit.floor.desk import THIRD, Desk, at_the_desk

AT_ONCE = 0.55  # a step follows each command, and a plan of it a tick later at the latest
SILENT = Behaviour(kind=BehaviourKind.NO_ANSWER, rings_after_seconds=0.1)
NOBODY_ANSWERS = {f"+2290197{c:04d}{n:02d}": SILENT for c in range(40) for n in range(2)}
PATIENT_TIMEOUT = {"no_answer_timeout_seconds": 60}


def _campaign(desk: Desk, index: int = 0) -> Campaign:
    return desk.floor.campaigns[desk.world.campaign_ids[index]]


def _out(desk: Desk, index: int = 0) -> list[AttemptRow]:
    """Rows of the campaign's calls that nobody has answered."""
    return [
        attempt.row
        for attempt in desk.attempts
        if attempt.row.campaign_id == desk.world.campaign_ids[index]
        and attempt.row.state in ("dialling", "ringing")
    ]


async def _start_all(desk: Desk) -> None:
    for campaign_id in desk.world.campaign_ids:
        assert (await desk.ask("campaign.start", campaign_id=str(campaign_id)))["ok"]


def _set(desk: Desk, index: int, **values: Any) -> None:
    """Before the campaign is started."""
    campaign_id = desk.world.campaign_ids[index]
    row = desk.data.campaigns[campaign_id]
    desk.data.campaigns.put(campaign_id, replace(row, **values))


def _same_as_rows(desk: Desk) -> bool:
    campaign = _campaign(desk)
    tally = campaign.window.tally(desk.floor.now)
    counted = (tally.dialled, tally.live, tally.abandoned, tally.machines)
    return counted == window_of(desk.world, campaign.row)


class TestSettings:
    """What is changed while running takes effect at once."""

    def test_the_ratio(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            await desk.until(lambda: len(_out(desk)) == 1)
            await desk.world.alter(desk.campaign_id, calls_per_agent=3.0)
            await desk.until(lambda: len(_out(desk)) == 3, AT_ONCE)
            await desk.clock.sleep(3)
            assert len(_out(desk)) == 3

        campaign = {"mode": "power", "calls_per_agent": 1.0, **PATIENT_TIMEOUT}
        at_the_desk(story, contacts=8, numbers=NOBODY_ANSWERS, campaign=campaign)

    def test_the_mode(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            await desk.until(lambda: len(_out(desk)) == 1)
            (held,) = _out(desk)
            assert held.agent_user_id == desk.first
            await desk.world.alter(desk.campaign_id, mode="power", calls_per_agent=3.0)
            await desk.ready(desk.second)
            await desk.until(lambda: len(_out(desk)) == 4, AT_ONCE)
            assert Counter(row.agent_user_id for row in _out(desk)) == {desk.first: 1, None: 3}
            await desk.world.alter(desk.campaign_id, mode="progressive")
            await desk.until(lambda: not _out(desk), 90)
            await desk.until(lambda: len(_out(desk)) == 2, 90)
            assert {row.agent_user_id for row in _out(desk)} == {desk.first, desk.second}

        campaign = {"no_answer_timeout_seconds": 20}
        at_the_desk(story, contacts=8, numbers=NOBODY_ANSWERS, campaign=campaign)

    def test_the_target(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            await desk.until(lambda: _campaign(desk).plan is not None)
            campaign = _campaign(desk)
            for _ in range(20):
                campaign.learner.answered(Segment(number_range="+22901", hour=9), 5.0)
                campaign.learner.talked(60.0)
            campaign.window.count(desk.floor.now, dialled=90, live=50, abandoned=2)
            await desk.until(lambda: _reason(desk) is Reason.BUDGET_SPENT, AT_ONCE)
            await desk.world.alter(desk.campaign_id, abandon_target=0.2)
            await desk.until(lambda: _reason(desk) is not Reason.BUDGET_SPENT, AT_ONCE)

        campaign = {"mode": "predictive", **PATIENT_TIMEOUT}
        at_the_desk(story, contacts=30, numbers=NOBODY_ANSWERS, campaign=campaign)

    def test_the_window_is_counted_anew_and_loses_nothing_of_the_step(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready(desk.first, desk.second)
            await desk.start()
            await desk.until(lambda: desk.agent().status == desk.agent(desk.second).status)
            await desk.until(lambda: len(desk.floor.live_calls()) == 2)
            engine = desk.engines[0]
            engine.freeze()  # so that all of it is taken in one step
            await desk.world.alter(desk.campaign_id, abandon_window="30_days")
            for call in desk.floor.live_calls():
                desk.node.far_end_hangs_up(call.channel_id)
            engine.thaw()
            await desk.until(lambda: _campaign(desk).window.seconds > 86_400)
            await desk.ask("campaign.stop", campaign_id=str(desk.campaign_id))
            assert _campaign(desk).window.tally(desk.floor.now).dialled >= 2
            assert _same_as_rows(desk)

        at_the_desk(story, contacts=4, numbers=NOBODY_ANSWERS, campaign=PATIENT_TIMEOUT)


def _reason(desk: Desk) -> Reason | None:
    plan = _campaign(desk).plan
    return plan.reason if plan else None


class TestSharing:
    """Agents, queues and lines that several campaigns share."""

    def test_agents_kept_free_are_not_called_for(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready(desk.first, desk.second)
            await desk.start()
            await desk.clock.sleep(3)
            assert len(_out(desk)) == 2
            await desk.world.alter(desk.campaign_id, agents_kept_free=0)
            await desk.until(lambda: len(_out(desk)) == 4, AT_ONCE)

        campaign = {
            "mode": "power",
            "calls_per_agent": 2.0,
            "agents_kept_free": 1,
            **PATIENT_TIMEOUT,
        }
        at_the_desk(story, contacts=8, numbers=NOBODY_ANSWERS, campaign=campaign)

    @pytest.mark.parametrize(("first", "second"), [("progressive", "predictive"), ("power",) * 2])
    def test_the_more_urgent_campaign_takes_the_agents(self, first: str, second: str) -> None:
        async def story(desk: Desk) -> None:
            _set(desk, 0, mode=first, priority=5, calls_per_agent=1.0, **PATIENT_TIMEOUT)
            _set(desk, 1, mode=second, priority=2, calls_per_agent=1.0, **PATIENT_TIMEOUT)
            await _start_all(desk)
            await desk.ready(desk.first, desk.second)
            await desk.clock.sleep(3)
            assert (len(_out(desk, 0)), len(_out(desk, 1))) == (2, 0)

        at_the_desk(story, contacts=8, numbers=NOBODY_ANSWERS, two_campaigns=True)

    def test_a_less_urgent_campaign_that_holds_agents_gets_those_that_are_not_spoken_for(
        self,
    ) -> None:
        async def story(desk: Desk) -> None:
            _set(desk, 0, mode="power", priority=5, calls_per_agent=2.0, **PATIENT_TIMEOUT)
            _set(desk, 1, mode="progressive", priority=2, **PATIENT_TIMEOUT)
            await _start_all(desk)
            await desk.ready(desk.first, desk.second)
            await desk.clock.sleep(3)
            assert (len(_out(desk, 0)), len(_out(desk, 1))) == (4, 0)
            await desk.ask("campaign.stop", campaign_id=str(desk.world.campaign_ids[0]))
            await desk.until(lambda: len(_out(desk, 1)) == 2, 2)
            assert {row.agent_user_id for row in _out(desk, 1)} == {desk.first, desk.second}

        at_the_desk(story, contacts=8, numbers=NOBODY_ANSWERS, two_campaigns=True)

    def test_equals_share_by_weight(self) -> None:
        async def story(desk: Desk) -> None:
            for index, weight in enumerate((1, 3)):
                _set(desk, index, mode="power", priority=3, weight=weight, calls_per_agent=4.0)
                _set(desk, index, **PATIENT_TIMEOUT)
            for index in range(2):
                campaign_id = str(desk.world.campaign_ids[index])
                desk.world.command(None, "campaign.start", {"campaign_id": campaign_id})
            await desk.ready(desk.first, desk.second)
            await desk.until(lambda: len(_out(desk, 0)) + len(_out(desk, 1)) == 8)
            assert (len(_out(desk, 0)), len(_out(desk, 1))) == (2, 6)

        at_the_desk(story, contacts=30, numbers=NOBODY_ANSWERS, two_campaigns=True)

    def test_queues_with_the_same_agents_do_not_call_for_them_twice(self) -> None:
        async def story(desk: Desk) -> None:
            for index in range(2):
                _set(desk, index, no_answer_timeout_seconds=60)
            await _start_all(desk)
            await desk.ready()
            await desk.clock.sleep(3)
            assert len(_out(desk, 0)) + len(_out(desk, 1)) == 2

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
            await desk.until(lambda: len(_out(desk)) == 1, 90)
            (called,) = _out(desk)
            assert called.agent_user_id == desk.first
            assert desk.agent().status == "reserved"
            assert desk.agent(desk.second).status == "ready"
            await desk.until(lambda: desk.agent().status == "on_call")

        at_the_desk(story, campaign={"mode": mode, "calls_per_agent": 1.0})


class TestExperience:
    """What is counted and learnt, and that the next owner counts and learns the same."""

    def test_a_machine_that_an_agent_found_is_no_live_answer(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.talking()
            tally = _campaign(desk).window.tally(desk.floor.now)
            assert (tally.live, tally.dialled) == (1, 1)
            await desk.act("call.hang_up")
            await desk.act("call.wrap_up", wrap_up_code_id=str(desk.world.code_ids["machine"]))
            tally = _campaign(desk).window.tally(desk.floor.now)
            assert (tally.live, tally.dialled) == (0, 1)
            assert _campaign(desk).learner.machines_passed == 1.0
            assert _same_as_rows(desk)
            await desk.crash()
            assert _same_as_rows(desk)
            assert _campaign(desk).learner.machines_passed == 1.0

        campaign = {"mode": "predictive"}
        at_the_desk(story, campaign=campaign, analysis=True, machines_told=True)

    def test_a_call_that_goes_on_after_its_outcome_is_counted_once(self) -> None:
        async def story(desk: Desk) -> None:
            call = await desk.talking()
            assert (await desk.act("call.transfer", to={"number": THIRD}))["ok"]
            await desk.act("call.wrap_up", wrap_up_code_id=str(desk.world.code_ids["machine"]))
            assert not call.closed
            desk.node.far_end_hangs_up(call.channel_id)
            await desk.until(lambda: call.closed)
            tally = _campaign(desk).window.tally(desk.floor.now)
            assert (tally.live, tally.dialled) == (0, 1)
            assert _same_as_rows(desk)

        at_the_desk(story, campaign={"mode": "power"}, analysis=True, machines_told=True)

    def test_calls_of_a_preview_campaign_are_in_its_window(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            await desk.until(lambda: desk.agent().status == "previewing")
            await desk.act("agent.dial")
            await desk.until(lambda: desk.agent().status == "on_call")
            tally = _campaign(desk).window.tally(desk.floor.now)
            assert (tally.live, tally.dialled, tally.abandoned) == (1, 1, 0)
            assert _same_as_rows(desk)

        at_the_desk(story, campaign={"mode": "preview", "preview_timeout_seconds": 0})

    @pytest.mark.parametrize("mode", ["progressive", "power", "predictive"])
    def test_what_is_learnt_from_the_rows_is_what_was_learnt_from_the_calls(
        self, mode: str
    ) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            for _ in range(3):
                await desk.until(lambda: desk.agent().status == "on_call")
                await desk.clock.sleep(7)
                await desk.act("call.hang_up")
                await desk.clock.sleep(2)
                await desk.act("call.wrap_up", wrap_up_code_id=str(desk.world.code_ids["sale"]))
            await desk.ask("campaign.stop", campaign_id=str(desk.campaign_id))
            await desk.clock.sleep(2)
            live = _campaign(desk).learner
            history = await desk.world.store.load_pacing(
                None,  # type: ignore[arg-type]  # whose lease does not matter in memory
                desk.campaign_id,
                datetime(2000, 1, 1, tzinfo=UTC),
                100,
            )
            assert len(history.attempts) >= 5
            known = Campaign.of(_campaign(desk).row)
            experience.remember(known, history)
            told, kept = live.as_data(), known.learner.as_data()
            if mode == "predictive":
                # While it predicts, what is expected of a call is told anew again and again.
                for data in (told, kept):
                    del data["level"], data["odds"]
                share = live.answer_share(10.0)
                assert known.learner.answer_share(10.0) == pytest.approx(share, rel=0.05)
            assert _numbers(kept) == pytest.approx(_numbers(told))
            assert live.answers_seen == 3.0
            assert live.talks_seen == 3.0

        # Not at the edge of a bin, where the last digit of a clock decides.
        person = Behaviour(rings_after_seconds=0.53, answers_after_seconds=2.1, talks_seconds=None)
        busy = Behaviour(kind=BehaviourKind.BUSY, rings_after_seconds=1.13)
        numbers = {
            f"+2290197{c:04d}{n:02d}": busy if c in (1, 3) else person
            for c in range(8)
            for n in range(2)
        }
        at_the_desk(
            story,
            contacts=8,
            numbers=numbers,
            max_attempts=1,
            campaign={"mode": mode, "calls_per_agent": 1.0, "no_answer_timeout_seconds": 10},
        )


def _numbers(data: Any) -> list[float]:
    """All numbers of data, in its order."""
    if isinstance(data, dict):
        return [number for key in sorted(data, key=str) for number in _numbers(data[key])]
    if isinstance(data, (list, tuple)):
        return [number for one in data for number in _numbers(one)]
    return [float(data)] if isinstance(data, (int, float)) else []


class TestStopping:
    """Dialling stops within one tick."""

    def test_when_the_last_agent_is_gone(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            await desk.until(lambda: len(desk.node.calls) >= 2)
            desk.node.far_end_hangs_up(desk.agent().leg_channel_id or "")
            await desk.clock.sleep(AT_ONCE)
            dialled = len(desk.node.calls)
            await desk.clock.sleep(5)
            assert len(desk.node.calls) == dialled

        refused = Behaviour(kind=BehaviourKind.BUSY, rings_after_seconds=0.1)
        numbers = dict.fromkeys(NOBODY_ANSWERS, refused)
        campaign = {"mode": "power", "calls_per_agent": 2.0}
        at_the_desk(story, contacts=40, numbers=numbers, campaign=campaign)

    @pytest.mark.parametrize("kind", ["campaign.pause", "campaign.stop"])
    def test_when_the_campaign_is_halted(self, kind: str) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            await desk.until(lambda: len(desk.node.calls) >= 2)
            desk.world.command(None, kind, {"campaign_id": str(desk.campaign_id)})
            await desk.clock.sleep(AT_ONCE)
            dialled = len(desk.node.calls)
            await desk.clock.sleep(5)
            assert len(desk.node.calls) == dialled

        refused = Behaviour(kind=BehaviourKind.BUSY, rings_after_seconds=0.1)
        numbers = dict.fromkeys(NOBODY_ANSWERS, refused)
        campaign = {"mode": "predictive"}
        at_the_desk(story, contacts=40, numbers=numbers, campaign=campaign)

    def test_when_the_switch_is_lost(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            await desk.until(lambda: len(desk.node.calls) >= 2)
            desk.node.accepting = False
            desk.node.drop_connections("the network broke")
            await desk.clock.sleep(AT_ONCE)
            made = len(desk.attempts)
            await desk.clock.sleep(5)
            assert len(desk.attempts) == made
            assert _campaign(desk).state_reason == "SWITCH_LOST"

        refused = Behaviour(kind=BehaviourKind.BUSY, rings_after_seconds=0.1)
        numbers = dict.fromkeys(NOBODY_ANSWERS, refused)
        campaign = {"mode": "power", "calls_per_agent": 2.0}
        at_the_desk(story, contacts=40, numbers=numbers, campaign=campaign)
