"""With the customer on the line: holding, consulting, transferring, and what can go wrong."""

from __future__ import annotations

import pytest

from kwabo.adapters.switch.simulator import Behaviour, BehaviourKind
from unit.floor.desk import THIRD, Desk, at_the_desk

BUSY = Behaviour(kind=BehaviourKind.BUSY)
BUSY_LATE = Behaviour(kind=BehaviourKind.BUSY, rings_after_seconds=5.0)


def test_hold_and_resume() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        leg = desk.agent().live_leg
        assert desk.together(call.channel_id, leg)
        await desk.act("call.hold")
        assert desk.channel(call.channel_id).music
        assert not desk.together(call.channel_id, leg)
        await desk.act("call.resume")
        assert desk.together(call.channel_id, leg)

    at_the_desk(story)


def test_a_muted_leg_is_unmuted_for_the_next_call() -> None:
    async def story(desk: Desk) -> None:
        await desk.talking()
        await desk.act("call.mute")
        leg = desk.agent().live_leg
        assert desk.channel(leg).muted
        await desk.act("call.hang_up")
        assert not desk.channel(leg).muted

    at_the_desk(story)


def test_consulting_a_number_and_coming_back() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        leg = desk.agent().live_leg
        await desk.act("call.consult", to={"number": THIRD})
        await desk.until(lambda: bool(call.consult and call.consult.connected))
        assert call.consult is not None
        third = call.consult.channel_id
        assert desk.together(leg, third)
        assert desk.channel(call.channel_id).music
        refused = await desk.act("call.resume")
        assert refused["code"] == "ATTEMPT_STATE"
        await desk.act("call.consult_cancel")
        assert desk.together(call.channel_id, leg)
        assert third not in desk.node.channels

    at_the_desk(story)


def test_a_busy_third_party_leaves_the_customer_with_music_until_resumed() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        await desk.act("call.consult", to={"number": THIRD})
        await desk.until(lambda: call.consult is None)
        assert desk.channel(call.channel_id).music
        await desk.act("call.resume")
        assert desk.together(call.channel_id, desk.agent().live_leg)

    at_the_desk(story, numbers={THIRD: BUSY})


def test_completing_a_consultation_leaves_customer_and_third_party() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        await desk.act("call.consult", to={"number": THIRD})
        await desk.until(lambda: bool(call.consult and call.consult.connected))
        assert call.consult is not None
        third = call.consult.channel_id
        assert (await desk.act("call.consult_complete"))["ok"]
        assert desk.together(call.channel_id, third)
        assert desk.agent().status == "after_call"
        desk.node.far_end_hangs_up(third)
        await desk.until(lambda: call.closed)
        assert call.channel_id not in desk.node.channels

    at_the_desk(story)


def test_a_blind_transfer_that_fails_brings_the_customer_back() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        await desk.act("call.transfer", to={"number": THIRD})
        assert desk.agent().status == "after_call"
        await desk.until(lambda: call.consult is None)
        assert desk.agent().status == "on_call"
        assert desk.together(call.channel_id, desk.agent().live_leg)
        assert desk.agent().after_call_until is None

    at_the_desk(story, numbers={THIRD: BUSY})


def test_a_transfer_that_fails_after_the_wrap_up_goes_to_another_agent() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        await desk.ready(desk.second)
        await desk.act("call.transfer", to={"number": THIRD})
        await desk.act(
            "call.wrap_up", wrap_up_code_id=str(desk.world.code_ids["sale"]), next="pause"
        )
        await desk.until(lambda: call.consult is None)
        assert desk.agent(desk.second).status == "on_call"
        assert desk.together(call.channel_id, desk.agent(desk.second).live_leg)

    at_the_desk(story, numbers={THIRD: BUSY})


def test_a_transfer_that_fails_with_nobody_there_ends_with_the_apology() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        await desk.act("call.transfer", to={"number": THIRD})
        await desk.act(
            "call.wrap_up", wrap_up_code_id=str(desk.world.code_ids["sale"]), next="pause"
        )
        await desk.until(lambda: call.apologising)
        assert desk.channel(call.channel_id).playbacks
        await desk.until(lambda: call.closed)
        assert not call.abandoned  # the customer had spoken with an agent

    at_the_desk(story, numbers={THIRD: BUSY})


def test_who_takes_a_customer_back_gives_the_outcome_that_nobody_gave() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        await desk.act("call.transfer", to={"number": THIRD})
        await desk.act("agent.sign_out")
        assert call.attempt_id not in desk.data.wrap_ups  # it may yet be given
        await desk.ready(desk.second)
        await desk.until(lambda: desk.agent(desk.second).status == "on_call")
        desk.node.far_end_hangs_up(call.channel_id)
        await desk.until(lambda: desk.agent(desk.second).status == "after_call")
        sale = str(desk.world.code_ids["sale"])
        answer = await desk.act("call.wrap_up", desk.second, wrap_up_code_id=sale)
        assert answer["ok"], answer
        assert str(desk.data.wrap_ups[call.attempt_id].wrap_up_code_id) == sale

    at_the_desk(story, numbers={THIRD: BUSY_LATE})


@pytest.mark.parametrize("dies", [False, True])
def test_a_transferred_call_without_an_outcome_has_the_system_s_at_its_end(dies: bool) -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        await desk.act("call.transfer", to={"number": THIRD})
        await desk.act("agent.sign_out")
        if dies:
            await desk.clock.sleep(6)  # the third party has answered
            await desk.crash()
        assert call.attempt_id not in desk.data.wrap_ups
        desk.node.far_end_hangs_up(call.channel_id)
        await desk.until(lambda: call.attempt_id in desk.data.wrap_ups)
        assert desk.data.wrap_ups[call.attempt_id].system_code == "NOT_GIVEN"
        assert desk.data.attempts[call.attempt_id].row.result == "person"

    at_the_desk(story)


def test_a_transfer_to_an_agent_takes_the_duty_along() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        await desk.ready(desk.second)
        await desk.act("call.transfer", to={"user_id": str(desk.second)})
        assert desk.agent().status == "ready"
        assert desk.together(call.channel_id, desk.agent(desk.second).live_leg)
        await desk.act("call.hang_up", desk.second)
        assert desk.agent(desk.second).status == "after_call"

    at_the_desk(story)


def test_a_consulted_agent_steers_nothing_and_can_leave() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        await desk.ready(desk.second)
        await desk.act("call.consult", to={"user_id": str(desk.second)})
        assert desk.together(desk.agent().live_leg, desk.agent(desk.second).live_leg)
        for kind in ("call.resume", "call.hold", "call.consult_complete", "call.wrap_up"):
            assert not (await desk.act(kind, desk.second))["ok"], kind
        assert (await desk.act("call.hang_up", desk.second))["ok"]
        assert desk.agent(desk.second).status == "ready"
        assert desk.channel(call.channel_id).music
        await desk.act("call.resume")
        assert desk.together(call.channel_id, desk.agent().live_leg)

    at_the_desk(story)


def test_a_consultation_between_agents_ends_with_the_engine() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        await desk.ready(desk.second)
        await desk.act("call.consult", to={"user_id": str(desk.second)})
        await desk.crash()
        assert desk.agent(desk.second).status == "ready"
        assert desk.agent().status == "on_call"
        assert desk.together(call.channel_id, desk.agent().live_leg)

    at_the_desk(story)


def test_a_completed_transfer_outlives_the_engine_and_ends_for_both() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        await desk.act("call.consult", to={"number": THIRD})
        await desk.until(lambda: bool(call.consult and call.consult.connected))
        assert call.consult is not None
        third = call.consult.channel_id
        await desk.act("call.consult_complete")
        await desk.crash()
        assert desk.together(call.channel_id, third)
        desk.node.far_end_hangs_up(call.channel_id)
        await desk.until(lambda: third not in desk.node.channels)
        await desk.until(lambda: not desk.floor.live_calls())

    at_the_desk(story)


def test_a_callback_promised_during_a_transferred_call_is_kept() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        await desk.act("call.transfer", to={"number": THIRD})
        due_at = desk.world.clock.now().replace(microsecond=0, second=59, minute=30)
        answer = await desk.act(
            "call.wrap_up",
            wrap_up_code_id=str(desk.world.code_ids["callback"]),
            callback={"due_at": due_at.isoformat()},
        )
        assert answer["ok"], answer
        desk.node.far_end_hangs_up(call.channel_id)
        await desk.until(lambda: call.closed)
        course = desk.data.courses[(desk.campaign_id, call.contact_id)].course
        assert (course.state, course.next_attempt_at) == ("open", due_at)

    at_the_desk(story)
