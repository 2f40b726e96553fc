"""Browsers that close, legs that drop, second tabs, and agents who owe an outcome."""

from __future__ import annotations

from unit.floor.desk import GRACE_SECONDS, Desk, at_the_desk

PHONE = {"kind": "address", "address": "+2290196000001"}


def _close_tab(desk: Desk) -> None:
    desk.beats.cancel()  # type: ignore[attr-defined]
    desk.node.set_reachable(desk.agent().endpoint, False)
    desk.node.far_end_hangs_up(desk.agent().leg_channel_id or "")


async def _come_back(desk: Desk) -> None:
    desk.heartbeats(desk.first, desk.second)
    desk.node.set_reachable(desk.agent().endpoint, True)


def test_a_customer_hears_music_until_the_agent_is_back() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        _close_tab(desk)
        await desk.until(lambda: call.agent_lost)
        assert desk.channel(call.channel_id).music
        await desk.clock.sleep(GRACE_SECONDS - 2)
        await _come_back(desk)
        await desk.until(lambda: desk.agent().status == "on_call")
        assert desk.together(call.channel_id, desk.agent().live_leg)
        await desk.clock.sleep(GRACE_SECONDS)
        assert desk.together(call.channel_id, desk.agent().live_leg)

    at_the_desk(story)


def test_the_grace_begins_anew_when_the_agent_is_lost_again() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        _close_tab(desk)
        await desk.clock.sleep(GRACE_SECONDS - 3)
        await _come_back(desk)
        await desk.until(lambda: desk.agent().status == "on_call")
        _close_tab(desk)
        await desk.clock.sleep(GRACE_SECONDS - 2)
        assert not call.apologising
        await desk.until(lambda: call.apologising, 4)

    at_the_desk(story)


def test_another_agent_takes_the_customer_when_the_grace_is_over() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        await desk.ready(desk.second, leg=PHONE)
        _close_tab(desk)
        await desk.until(lambda: desk.agent(desk.second).status == "on_call")
        assert desk.together(call.channel_id, desk.agent(desk.second).live_leg)
        assert desk.agent().attempt_id is None

    at_the_desk(story)


def test_nobody_else_is_there_an_apology_and_an_outcome() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        _close_tab(desk)
        await desk.until(lambda: call.apologising)
        assert desk.channel(call.channel_id).playbacks
        assert not desk.channel(call.channel_id).music
        await desk.until(lambda: call.attempt_id in desk.data.wrap_ups)
        assert desk.data.wrap_ups[call.attempt_id].system_code == "NOT_GIVEN"
        assert not call.abandoned

    at_the_desk(story)


def test_an_agent_who_returns_during_the_apology_does_not_cut_in() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        _close_tab(desk)
        await desk.until(lambda: call.apologising)
        await _come_back(desk)
        await desk.until(lambda: call.closed)
        await desk.until(lambda: desk.agent().status == "after_call")

    at_the_desk(story)


def test_an_agent_who_leaves_while_it_rings_takes_the_call_back() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        await desk.start()
        await desk.until(lambda: any(c.state == "ringing" for c in desk.floor.live_calls()))
        call = desk.call
        _close_tab(desk)
        await desk.until(lambda: call.closed)
        assert call.result == "cancelled"
        assert desk.node.calls[0].answered_at is None
        assert desk.agent().status == "lost"
        await _come_back(desk)
        await desk.until(lambda: desk.agent().status == "ready")

    at_the_desk(story)


def test_who_waits_for_an_agent_is_told_as_nobody_s_when_that_one_is_given_up() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        await desk.start()
        await desk.until(lambda: any(c.state == "ringing" for c in desk.floor.live_calls()))
        call = desk.call
        agent = desk.agent()
        agent.leg_state = "calling"  # a new leg is on its way at the answer …
        await desk.until(lambda: call.waiting_since is not None)
        assert call.agent_user_id == desk.first
        agent.leg_state = "up"
        _close_tab(desk)  # … and is lost with the browser
        await desk.until(lambda: call.agent_user_id is None)
        assert desk.data.attempts[call.attempt_id].row.agent_user_id is None

    at_the_desk(story)


def test_an_endpoint_that_the_switch_does_not_know_is_put_again() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        del desk.node.endpoints[desk.agent().endpoint]  # the request to put it was lost
        desk.node.far_end_hangs_up(desk.agent().leg_channel_id or "")
        await desk.until(lambda: desk.agent().leg_state == "none")
        await desk.ask("agent.connect_leg")
        await desk.until(lambda: desk.agent().endpoint in desk.node.endpoints)
        desk.node.set_reachable(desk.agent().endpoint, True)
        await desk.until(lambda: desk.agent().leg_up, 5)

    at_the_desk(story)


def test_a_second_tab_takes_the_conversation_over() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        old = desk.agent().live_leg
        await desk.ask("agent.sign_in", leg={"kind": "webrtc"})
        await desk.ask("agent.connect_leg")
        assert desk.together(call.channel_id, old)  # until the new one answers
        await desk.until(lambda: desk.agent().live_leg != old)
        assert desk.together(call.channel_id, desk.agent().live_leg)
        assert old not in desk.node.channels

    at_the_desk(story)


def test_a_second_tab_keeps_a_customer_on_hold() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        await desk.act("call.hold")
        old = desk.agent().live_leg
        await desk.ask("agent.connect_leg")
        await desk.until(lambda: desk.agent().live_leg != old)
        assert call.held
        assert desk.channel(call.channel_id).music
        await desk.act("call.resume")
        assert desk.together(call.channel_id, desk.agent().live_leg)

    at_the_desk(story)


def test_a_newer_leg_that_is_not_answered_leaves_the_older_one() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        old = desk.agent().live_leg
        desk.node.set_reachable(desk.agent().endpoint, False)
        await desk.ask("agent.connect_leg")
        await desk.until(lambda: desk.agent().leg_state == "up")
        assert desk.agent().live_leg == old
        await desk.start()
        await desk.until(lambda: desk.agent().status == "on_call")

    at_the_desk(story)


def test_from_browser_to_telephone() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        old = desk.agent().live_leg
        await desk.ask("agent.sign_in", leg=PHONE)
        await desk.until(lambda: desk.agent().live_leg != old)
        assert desk.node.calls[-1].number == PHONE["address"]
        assert desk.agent().status == "ready"

    at_the_desk(story)


def test_a_telephone_that_is_no_number_changes_nothing() -> None:
    async def story(desk: Desk) -> None:
        answer = await desk.ask("agent.sign_in", leg={"kind": "address", "address": "100;x=1"})
        assert answer["code"] == "LEG_ADDRESS"
        assert desk.agent().status == "signed_out"

    at_the_desk(story)


def test_the_limit_of_after_call_work() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        await desk.act("call.hang_up")
        await desk.until(lambda: desk.agent().status == "ready", 21)
        assert desk.data.wrap_ups[call.attempt_id].system_code == "NOT_GIVEN"

    at_the_desk(story)


def test_pause_during_a_call_comes_after_it() -> None:
    async def story(desk: Desk) -> None:
        await desk.talking()
        await desk.ask("agent.pause")
        assert desk.agent().pause_after
        await desk.act("call.hang_up")
        await desk.act("call.wrap_up", wrap_up_code_id=str(desk.world.code_ids["sale"]))
        assert desk.agent().status == "paused"

    at_the_desk(story)


def test_a_pause_asked_for_in_a_call_outlasts_a_lost_leg() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        await desk.ask("agent.pause")
        _close_tab(desk)
        await desk.until(lambda: call.agent_lost)
        await _come_back(desk)
        await desk.until(lambda: desk.agent().status == "on_call")
        await desk.act("call.hang_up")
        await desk.act("call.wrap_up", wrap_up_code_id=str(desk.world.code_ids["sale"]))
        assert desk.agent().status == "paused"

    at_the_desk(story)


def test_a_pause_asked_for_by_whoever_is_lost_comes_after_the_call() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        _close_tab(desk)
        await desk.until(lambda: call.agent_lost)
        await desk.ask("agent.pause")
        await _come_back(desk)
        await desk.until(lambda: desk.agent().status == "on_call")
        await desk.act("call.hang_up")
        code = str(desk.world.code_ids["sale"])
        await desk.act("call.wrap_up", wrap_up_code_id=code)
        assert desk.agent().status == "paused"
        assert not desk.agent().pause_after

    at_the_desk(story)


def test_a_pause_wanted_with_the_outcome_by_whoever_is_lost() -> None:
    async def story(desk: Desk) -> None:
        await desk.talking()
        await desk.act("call.hang_up")
        _close_tab(desk)
        await desk.until(lambda: desk.agent().status == "lost")
        code = str(desk.world.code_ids["sale"])
        await desk.act("call.wrap_up", wrap_up_code_id=code, next="pause")
        await _come_back(desk)
        await desk.until(lambda: desk.agent().status == "paused")
        assert not desk.agent().pause_after

    at_the_desk(story)


def test_signing_out_in_a_call_is_refused_and_owing_an_outcome_is_not() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        assert (await desk.ask("agent.sign_out"))["code"] == "AGENT_STATE"
        await desk.act("call.hang_up")
        assert (await desk.ask("agent.sign_out"))["ok"]
        assert desk.data.wrap_ups[call.attempt_id].system_code == "NOT_GIVEN"
        assert not desk.node.endpoints

    at_the_desk(story)


def test_a_lost_agent_who_signs_out_leaves_the_outcome_to_whoever_takes_the_customer() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        await desk.ready(desk.second, leg=PHONE)
        _close_tab(desk)
        await desk.until(lambda: call.agent_lost)
        assert (await desk.ask("agent.sign_out"))["ok"]
        assert desk.agent(desk.second).status == "on_call"
        await desk.act("call.hang_up", desk.second)
        code = str(desk.world.code_ids["sale"])
        assert (await desk.act("call.wrap_up", desk.second, wrap_up_code_id=code))["ok"]
        assert desk.data.wrap_ups[call.attempt_id].user_id == desk.second

    at_the_desk(story)


def test_a_wrap_up_that_is_refused_changes_nothing() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        await desk.act("call.hang_up")
        code = str(desk.world.code_ids["callback"])
        for due_at in ("tomorrow", "2026-01-06T10:00:00", ""):
            answer = await desk.act(
                "call.wrap_up", wrap_up_code_id=code, callback={"due_at": due_at}
            )
            assert answer["code"] == "CALLBACK_TIME"
        assert (await desk.act("call.wrap_up", wrap_up_code_id="?"))["code"] == "NOT_FOUND"
        assert call.attempt_id not in desk.data.wrap_ups
        assert desk.agent().status == "after_call"

    at_the_desk(story)
