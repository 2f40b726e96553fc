"""Settings of a running campaign take effect at once, and dialling stops within one tick."""

from __future__ import annotations

from collections import Counter

import pytest

from kwabo.adapters.memory.floor import MemoryFloorTransaction
from kwabo.domain.pacing.abandon_alarm import AlarmLevel
from kwabo.domain.pacing.learning import Ended, Segment
from kwabo.domain.pacing.situation import Reason
from kwabo.engine.floor.writing import campaign_view
from kwabo.ports.floor_claims import ClaimAnswer, ClaimRequest
from unit.floor.desk import Desk, at_the_desk
from unit.floor.paces import (
    ALL_REFUSE,
    AT_ONCE,
    NOBODY_ANSWERS,
    PATIENT_TIMEOUT,
    calls_out,
    campaign_of,
    same_as_rows,
)

WATCHED = 1.5  # a step is made each second in any case


class TestSettings:
    """What is changed while running takes effect at once."""

    def test_the_ratio(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            await desk.until(lambda: len(calls_out(desk)) == 1)
            await desk.world.alter(desk.campaign_id, calls_per_agent=3.0)
            await desk.until(lambda: len(calls_out(desk)) == 3, AT_ONCE)
            await desk.clock.sleep(3)
            assert len(calls_out(desk)) == 3

        campaign = {"mode": "power", "calls_per_agent": 1.0, **PATIENT_TIMEOUT}
        at_the_desk(story, contacts=8, numbers=NOBODY_ANSWERS, campaign=campaign)

    def test_the_mode(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            await desk.until(lambda: len(calls_out(desk)) == 1)
            (held,) = calls_out(desk)
            assert held.agent_user_id == desk.first
            await desk.world.alter(desk.campaign_id, mode="power", calls_per_agent=3.0)
            await desk.ready(desk.second)
            await desk.until(lambda: len(calls_out(desk)) == 4, AT_ONCE)
            assert Counter(row.agent_user_id for row in calls_out(desk)) == {desk.first: 1, None: 3}
            await desk.world.alter(desk.campaign_id, mode="progressive")
            await desk.until(lambda: not calls_out(desk), 90)
            await desk.until(lambda: len(calls_out(desk)) == 2, 90)
            assert {row.agent_user_id for row in calls_out(desk)} == {desk.first, desk.second}

        campaign = {"no_answer_timeout_seconds": 20}
        at_the_desk(story, contacts=8, numbers=NOBODY_ANSWERS, campaign=campaign)

    def test_the_target(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            await desk.until(lambda: campaign_of(desk).plan is not None)
            campaign = campaign_of(desk)
            for _ in range(20):
                campaign.learner.answered(Segment(number_range="+22901", hour=9), 5.0)
                campaign.learner.talked(60.0)
            campaign.window.count(desk.floor.now, dialled=90, live=50, abandoned=2)
            await desk.until(lambda: _reason(desk) is Reason.BUDGET_SPENT)
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
            await desk.until(lambda: campaign_of(desk).window.seconds > 86_400)
            await desk.ask("campaign.stop", campaign_id=str(desk.campaign_id))
            assert campaign_of(desk).window.tally(desk.floor.now).dialled >= 2
            assert same_as_rows(desk)

        at_the_desk(story, contacts=4, numbers=NOBODY_ANSWERS, campaign=PATIENT_TIMEOUT)


def _reason(desk: Desk) -> Reason | None:
    plan = campaign_of(desk).plan
    return plan.reason if plan else None


class TestFullLines:
    """Where lines are all that holds calls back, one that gets free is used at once."""

    def test_lines_that_get_free_one_soon_after_the_other(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready(desk.first, desk.second)
            await desk.start()
            await desk.until(lambda: campaign_of(desk).plan is not None)
            campaign, where = campaign_of(desk), Segment(number_range="+22901", hour=9)
            for n in range(1200):
                if n % 60:
                    campaign.learner.ended(where, 30.0, Ended.GAVE_UP)
                else:
                    campaign.learner.answered(where, 8.0)
                    campaign.learner.talked(60.0)
            campaign.window.count(desk.floor.now, dialled=9000, live=900, abandoned=5)
            await desk.until(lambda: len(calls_out(desk)) == 4)
            for _ in range(6):
                dialled = len(desk.node.calls)
                ends = next(call for call in desk.floor.live_calls() if call.channel_id)
                desk.node.far_end_hangs_up(ends.channel_id)
                await desk.until(lambda n=dialled: len(desk.node.calls) > n, 0.16)  # type: ignore[misc]
                assert len(calls_out(desk)) == 4

        campaign = {"mode": "predictive", **PATIENT_TIMEOUT}
        at_the_desk(
            story, contacts=40, numbers=NOBODY_ANSWERS, campaign=campaign, lines=4,
            calls_per_second=50.0,
        )  # fmt: skip


class TestTheAbandonAlarm:
    """The law's thresholds are watched; at the stop a power campaign calls for free agents only."""

    def test_alarm_stop_and_the_return(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            await desk.until(lambda: len(calls_out(desk)) == 3)
            campaign = campaign_of(desk)
            assert campaign_view(desk.floor, campaign)["abandon_alarm"] is None
            campaign.window.count(desk.floor.now, dialled=200, live=100, abandoned=1)
            await desk.until(lambda: campaign.alarm is AlarmLevel.ALARM, WATCHED)
            campaign.window.count(desk.floor.now, abandoned=2)
            await desk.until(lambda: campaign.alarm is AlarmLevel.STOP, WATCHED)
            shown = campaign_view(desk.floor, campaign)["abandon_alarm"]
            assert shown == {
                "level": "stop", "live": 100, "abandoned": 3, "alarm": 0.01, "stop": 0.03,
            }  # fmt: skip
            await desk.until(lambda: len(calls_out(desk)) <= 1, 120)
            most = 0
            for _ in range(200):
                await desk.clock.sleep(0.2)
                most = max(most, len(calls_out(desk)))
            assert most == 1
            assert _reason(desk) is Reason.BUDGET_SPENT
            campaign.window.count(desk.floor.now, abandoned=-3)
            await desk.until(lambda: campaign.alarm is AlarmLevel.NONE, WATCHED)
            await desk.until(lambda: len(calls_out(desk)) == 3, 60)
            told = [event.code for event in desk.data.logged]
            assert [code for code in told if code.startswith("ABANDON_")] == [
                "ABANDON_ALARM", "ABANDON_STOP", "ABANDON_ALARM_OVER",
            ]  # fmt: skip

        campaign = {
            "mode": "power", "calls_per_agent": 3.0, "compliance_preset": "GB",
            "caller_id": "+442079460000", "no_answer_timeout_seconds": 20,
        }  # fmt: skip
        at_the_desk(story, contacts=60, numbers=NOBODY_ANSWERS, campaign=campaign)


class TestAnOrderThatIsBeingFilled:
    """The campaign says so, with how far it is, until the store knows who comes first."""

    def test_the_reason_comes_and_goes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        filled: list[int | None] = [5000, 10_000]
        claim = MemoryFloorTransaction.claim

        async def filling(self: MemoryFloorTransaction, request: ClaimRequest) -> ClaimAnswer:
            if not filled or not request.attempt_ids:
                return await claim(self, request)
            return ClaimAnswer(
                attempts=[], next_attempt_at=None, next_reason="", exhausted=False, more=True,
                order_filled=filled[0],
            )  # fmt: skip

        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            for number in (5000, 10_000):
                await desk.until(lambda n=number: _filled(desk) == ("ORDER_FILLING", n))  # type: ignore[misc]
                assert campaign_view(desk.floor, campaign_of(desk))["order_filled"] == number
                assert not calls_out(desk)
                filled.pop(0)
            await desk.until(lambda: len(calls_out(desk)) == 1)
            await desk.until(lambda: campaign_of(desk).state_reason == "")
            assert campaign_view(desk.floor, campaign_of(desk))["order_filled"] is None

        monkeypatch.setattr(MemoryFloorTransaction, "claim", filling)
        at_the_desk(story, contacts=4, numbers=NOBODY_ANSWERS, campaign=PATIENT_TIMEOUT)


def _filled(desk: Desk) -> tuple[str, int | None]:
    campaign = campaign_of(desk)
    return campaign.state_reason, campaign.order_filled


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

        campaign = {"mode": "power", "calls_per_agent": 2.0}
        at_the_desk(story, contacts=40, numbers=ALL_REFUSE, campaign=campaign)

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

        campaign = {"mode": "predictive"}
        at_the_desk(story, contacts=40, numbers=ALL_REFUSE, campaign=campaign)

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
            assert campaign_of(desk).state_reason == "SWITCH_LOST"

        campaign = {"mode": "power", "calls_per_agent": 2.0}
        at_the_desk(story, contacts=40, numbers=ALL_REFUSE, campaign=campaign)
