"""People who answer when no agent is free: who serves them, the message, and its proof."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kwabo.adapters.switch.simulator import Behaviour
from kwabo.engine.floor.state import Call
from unit.floor.desk import Desk, at_the_desk

POWER = {"mode": "power", "calls_per_agent": 3.0}
LAW_SECONDS = 2.0


def _number(contact: int) -> str:
    return f"+2290197{contact:04d}00"


def _answers_after(*seconds: float) -> dict[str, Behaviour]:
    """Contacts who answer so long after the alert, and stay."""
    return {
        _number(contact): Behaviour(
            rings_after_seconds=0.0,
            answers_after_seconds=after,
            talks_seconds=None,
            patience_seconds=None,
        )
        for contact, after in enumerate(seconds)
    }


def _call_of(desk: Desk, contact: int) -> Call:
    (call,) = (c for c in desk.floor.calls.values() if c.number == _number(contact))
    return call


def _waits(desk: Desk, contact: int) -> bool:
    return _call_of(desk, contact).waiting_since is not None


async def _one_talks(desk: Desk) -> None:
    """One agent; the first contact answers first and is connected, the others are called too."""
    await desk.ready()
    await desk.start()
    await desk.until(lambda: desk.agent().status == "on_call")


async def _free(desk: Desk) -> None:
    await desk.act("call.hang_up")
    await desk.act("call.wrap_up", wrap_up_code_id=str(desk.world.code_ids["sale"]))


def test_whoever_becomes_free_takes_who_has_waited_longest() -> None:
    async def story(desk: Desk) -> None:
        await _one_talks(desk)
        await desk.until(lambda: _waits(desk, 1) and _waits(desk, 2))
        await _free(desk)
        assert _call_of(desk, 2).agent_user_id == desk.first
        assert _call_of(desk, 1).agent_user_id is None

    # The third contact answers before the second.
    at_the_desk(story, contacts=3, campaign=POWER, numbers=_answers_after(1.0, 2.2, 2.0))


def test_an_answer_does_not_overtake_who_waits_when_both_come_with_a_free_agent() -> None:
    async def story(desk: Desk) -> None:
        await _one_talks(desk)
        await desk.until(lambda: _waits(desk, 1))
        first, waits, answers = (_call_of(desk, contact) for contact in range(3))
        engine = desk.engines[0]
        engine.freeze()  # so that what happens now is taken in one step
        desk.node.far_end_hangs_up(first.channel_id)
        desk.world.command(
            desk.first,
            "call.wrap_up",
            {
                "attempt_id": str(first.attempt_id),
                "wrap_up_code_id": str(desk.world.code_ids["sale"]),
            },
        )
        desk.node._answer(desk.channel(answers.channel_id))
        engine.thaw()
        await desk.until(
            lambda: waits.agent_user_id is not None or answers.connected_at is not None
        )
        assert waits.agent_user_id == desk.first
        assert answers.agent_user_id is None

    at_the_desk(story, contacts=3, campaign=POWER, numbers=_answers_after(1.0, 2.0, 9.0))


def test_who_meets_nobody_hears_the_message_within_two_seconds_and_it_is_on_record() -> None:
    async def story(desk: Desk) -> None:
        await _one_talks(desk)
        await desk.until(lambda: _call_of(desk, 1).closed, 20)
        row = desk.data.attempts[_call_of(desk, 1).attempt_id].row
        (far,) = (call for call in desk.node.calls if call.number == _number(1))
        assert far.answered_at is not None
        assert row.message_started_at is not None
        assert row.message_ended_at is not None
        assert row.message_started_at - far.answered_at <= timedelta(seconds=LAW_SECONDS)
        assert row.message_ended_at - row.message_started_at == timedelta(
            seconds=desk.node.sounds.seconds
        )
        assert row.message_media == desk.floor.settings.apology_media
        assert (row.abandoned, row.connected_at, row.result) == (True, None, "person")
        assert desk.data.wrap_ups[row.attempt_id].system_code == "ABANDONED"
        talking = desk.data.attempts[_call_of(desk, 0).attempt_id].row
        assert (talking.abandoned, talking.message_started_at) == (False, None)

    at_the_desk(story, contacts=2, campaign=POWER, numbers=_answers_after(1.0, 2.0))


def test_who_hangs_up_before_the_message_is_abandoned_all_the_same() -> None:
    async def story(desk: Desk) -> None:
        await _one_talks(desk)
        await desk.until(lambda: _waits(desk, 1))
        desk.node.far_end_hangs_up(_call_of(desk, 1).channel_id)
        await desk.until(lambda: _call_of(desk, 1).closed)
        row = desk.data.attempts[_call_of(desk, 1).attempt_id].row
        assert (row.abandoned, row.message_started_at) == (True, None)

    at_the_desk(story, contacts=2, campaign=POWER, numbers=_answers_after(1.0, 2.0))


def test_the_next_owner_goes_on_with_the_message_and_lets_no_agent_cut_in() -> None:
    async def story(desk: Desk) -> None:
        await _one_talks(desk)
        await desk.until(lambda: _call_of(desk, 1).message_started_at is not None)
        await _free(desk)
        await desk.crash()
        abandoned = _call_of(desk, 1)
        assert abandoned.agent_user_id is None
        assert desk.channel(abandoned.channel_id).playbacks
        await desk.until(lambda: abandoned.closed)
        row = desk.data.attempts[abandoned.attempt_id].row
        assert (row.abandoned, row.connected_at) == (True, None)

    at_the_desk(story, contacts=2, campaign=POWER, numbers=_answers_after(1.0, 2.0))


def test_the_next_owner_serves_who_answered_first() -> None:
    async def story(desk: Desk) -> None:
        await _one_talks(desk)
        await desk.until(lambda: _waits(desk, 1) and _waits(desk, 2))
        talking = _call_of(desk, 0)
        for engine in desk.engines:
            await engine.kill()
        desk.node.far_end_hangs_up(talking.channel_id)
        desk.data.presence.put(
            desk.first, replace(desk.data.presence[desk.first], status="ready", attempt_id=None)
        )
        await desk.crash()
        assert _call_of(desk, 2).agent_user_id == desk.first

    at_the_desk(story, contacts=3, campaign=POWER, numbers=_answers_after(1.0, 2.2, 2.0))


def test_who_hears_the_message_while_the_switch_is_lost_is_not_left_in_silence() -> None:
    async def story(desk: Desk) -> None:
        await _one_talks(desk)
        await desk.until(lambda: _call_of(desk, 1).message_started_at is not None)
        abandoned = _call_of(desk, 1)
        desk.node.accepting = False
        desk.node.drop_connections("the network broke")
        await desk.until(lambda: not desk.channel(abandoned.channel_id).playbacks)  # unheard of
        desk.node.accepting = True
        await desk.until(lambda: bool(desk.channel(abandoned.channel_id).playbacks), 2)
        await desk.until(lambda: abandoned.closed, 3)
        assert desk.data.attempts[abandoned.attempt_id].row.connected_at is None

    at_the_desk(story, contacts=2, campaign=POWER, numbers=_answers_after(1.0, 2.0))


async def _answers_as_the_leg_dies(desk: Desk) -> Call:
    """The agent's leg is gone, and the floor has not been told, when the person answers."""
    await desk.until(lambda: any(c.state == "ringing" for c in desk.floor.live_calls()))
    desk.node.faults.lose_event = 1.0
    desk.node.set_reachable(desk.agent().endpoint, False)
    desk.node.far_end_hangs_up(desk.agent().leg_channel_id or "")
    desk.node.faults.lose_event = 0.0
    call = desk.call
    desk.node._answer(desk.channel(call.channel_id))
    await desk.until(lambda: call.agent_user_id == desk.first)
    return call


def test_who_was_given_an_agent_that_is_gone_hears_the_message_soon() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        await desk.start()
        call = await _answers_as_the_leg_dies(desk)
        await desk.until(lambda: call.message_started_at is not None, LAW_SECONDS)
        assert call.abandoned
        assert desk.agent().attempt_id is None
        await desk.until(lambda: call.closed)
        assert desk.data.attempts[call.attempt_id].row.agent_user_id is None

    at_the_desk(story, campaign=POWER, numbers=_answers_after(9.0))


def test_who_was_given_an_agent_that_is_gone_gets_another_one_who_is_free() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        await desk.start()
        call = await _answers_as_the_leg_dies(desk)
        await desk.ready(desk.second)
        await desk.until(lambda: call.connected_at is not None, LAW_SECONDS)
        assert call.agent_user_id == desk.second
        assert not call.abandoned

    at_the_desk(story, campaign=POWER, numbers=_answers_after(9.0))


def test_the_next_owner_stops_the_music_when_a_lost_agent_is_back() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        leg = desk.agent().live_leg
        for engine in desk.engines:
            await engine.kill()
        # The last owner had seen the agent lost, and a new leg answered as it died.
        presence = desk.data.presence[desk.first]
        desk.data.presence.put(desk.first, replace(presence, status="lost"))
        customer = desk.channel(call.channel_id)
        desk.node.remove_from_bridge(customer)
        customer.music = True
        await desk.crash()
        await desk.until(lambda: desk.together(call.channel_id, leg), 2)

    at_the_desk(story)
