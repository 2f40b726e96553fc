"""What a floor counts and learns, and that the next owner counts and learns the same."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from kwabo.adapters.switch.simulator import Behaviour, BehaviourKind
from kwabo.engine.floor import experience
from kwabo.engine.floor.state import Campaign
from kwabo.ports.switch import ChannelPickedUp
from unit.floor.desk import THIRD, Desk, at_the_desk
from unit.floor.paces import campaign_of, same_as_rows


class TestExperience:
    """What is counted and learnt, and that the next owner counts and learns the same."""

    def test_a_machine_that_an_agent_found_is_no_live_answer(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.talking()
            tally = campaign_of(desk).window.tally(desk.floor.now)
            assert (tally.live, tally.dialled) == (1, 1)
            await desk.act("call.hang_up")
            await desk.act("call.wrap_up", wrap_up_code_id=str(desk.world.code_ids["machine"]))
            tally = campaign_of(desk).window.tally(desk.floor.now)
            assert (tally.live, tally.dialled) == (0, 1)
            assert campaign_of(desk).learner.machines_passed == 1.0
            assert same_as_rows(desk)
            await desk.crash()
            assert same_as_rows(desk)
            assert campaign_of(desk).learner.machines_passed == 1.0

        campaign = {"mode": "predictive"}
        at_the_desk(story, campaign=campaign, analysis=True, machines_told=True)

    def test_a_pick_up_that_is_told_after_the_verdict_is_no_second_answer(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            await desk.until(lambda: any(c.state == "ringing" for c in desk.floor.live_calls()))
            call = desk.call
            desk.node._enter(desk.channel(call.channel_id))  # the verdict, without the pick-up
            await desk.until(lambda: call.answered_at is not None)
            assert campaign_of(desk).learner.answers_seen == 1.0
            late = ChannelPickedUp(channel_id=call.channel_id, at=desk.world.clock.now())
            desk.node._tell(desk.channel(call.channel_id), late)
            await desk.clock.sleep(0.1)
            assert campaign_of(desk).learner.answers_seen == 1.0

        at_the_desk(story, campaign={"mode": "predictive"}, analysis=True)

    def test_a_call_that_goes_on_after_its_outcome_is_counted_once(self) -> None:
        async def story(desk: Desk) -> None:
            call = await desk.talking()
            assert (await desk.act("call.transfer", to={"number": THIRD}))["ok"]
            await desk.act("call.wrap_up", wrap_up_code_id=str(desk.world.code_ids["machine"]))
            assert not call.closed
            desk.node.far_end_hangs_up(call.channel_id)
            await desk.until(lambda: call.closed)
            tally = campaign_of(desk).window.tally(desk.floor.now)
            assert (tally.live, tally.dialled) == (0, 1)
            assert same_as_rows(desk)

        at_the_desk(story, campaign={"mode": "power"}, analysis=True, machines_told=True)

    def test_calls_of_a_preview_campaign_are_in_its_window(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            await desk.until(lambda: desk.agent().status == "previewing")
            await desk.act("agent.dial")
            await desk.until(lambda: desk.agent().status == "on_call")
            tally = campaign_of(desk).window.tally(desk.floor.now)
            assert (tally.live, tally.dialled, tally.abandoned) == (1, 1, 0)
            assert same_as_rows(desk)

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
            live = campaign_of(desk).learner
            history = await desk.world.store.load_pacing(
                None,  # type: ignore[arg-type]  # whose lease does not matter in memory
                desk.campaign_id,
                datetime(2000, 1, 1, tzinfo=UTC),
                100,
            )
            assert len(history.attempts) >= 5
            known = Campaign.of(campaign_of(desk).row)
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
