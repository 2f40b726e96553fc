"""Preview, stopping, do-not-call, trunks, and what a new owner of the floor makes of calls."""

from __future__ import annotations

from datetime import timedelta

from kwabo.adapters.switch.simulator import Behaviour, BehaviourKind
from unit.floor.desk import Desk, at_the_desk

PREVIEW = {"campaign": {"mode": "preview", "preview_timeout_seconds": 0}}
SILENT = Behaviour(kind=BehaviourKind.NO_ANSWER, rings_after_seconds=0.2)
CONGESTED = Behaviour(kind=BehaviourKind.CONGESTION, rings_after_seconds=0.1)


async def _offered(desk: Desk) -> None:
    await desk.ready()
    await desk.start()
    await desk.until(lambda: desk.agent().status == "previewing")


class TestPreview:
    """Records before calls."""

    def test_skipping(self) -> None:
        async def story(desk: Desk) -> None:
            await _offered(desk)
            call = desk.call
            assert (await desk.act("call.hang_up"))["code"] == "ATTEMPT_STATE"
            assert (await desk.act("agent.skip"))["ok"]
            course = desk.data.courses[(desk.campaign_id, call.contact_id)].course
            assert (call.result, course.attempts, course.state) == ("skipped", 0, "open")
            assert desk.agent().status == "ready"
            assert not desk.node.calls

        at_the_desk(story, **PREVIEW)

    def test_skipping_can_be_forbidden(self) -> None:
        async def story(desk: Desk) -> None:
            await _offered(desk)
            assert (await desk.act("agent.skip"))["code"] == "SKIP_NOT_ALLOWED"

        at_the_desk(story, campaign={**PREVIEW["campaign"], "preview_skip_allowed": False})

    def test_the_timer_calls(self) -> None:
        async def story(desk: Desk) -> None:
            await _offered(desk)
            await desk.until(lambda: bool(desk.node.calls), 11)

        at_the_desk(story, campaign={**PREVIEW["campaign"], "preview_timeout_seconds": 10})

    def test_a_number_of_another_is_not_called(self) -> None:
        async def story(desk: Desk) -> None:
            await _offered(desk)
            assert (await desk.act("agent.dial", number="+2290100000000"))[
                "code"
            ] == "NUMBER_UNKNOWN"
            assert (await desk.act("agent.dial"))["ok"]
            await desk.until(lambda: bool(desk.node.calls))

        at_the_desk(story, **PREVIEW)

    def test_a_dialled_record_counts_at_once_even_if_the_engine_dies(self) -> None:
        async def story(desk: Desk) -> None:
            await _offered(desk)
            call = desk.call
            await desk.act("agent.dial")
            course = desk.data.courses[(desk.campaign_id, call.contact_id)].course
            assert (course.state, course.attempts) == ("in_progress", 1)
            await desk.crash()
            assert desk.floor.calls[call.attempt_id].course_attempts == 1

        at_the_desk(story, **PREVIEW)

    def test_skip_and_fetch_in_one_step(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            assert (await desk.ask("agent.fetch"))["ok"]
            attempt_id = str(desk.agent().attempt_id)
            skip = desk.world.command(desk.first, "agent.skip", {"attempt_id": attempt_id})
            fetch = desk.world.command(desk.first, "agent.fetch", {})
            await desk.until(lambda: desk.data.commands[fetch].answer is not None)
            for command_id in (skip, fetch):
                assert (desk.data.commands[command_id].answer or {})["ok"]

        at_the_desk(
            story, contacts=2, campaign={**PREVIEW["campaign"], "preview_delivery": "fetch"}
        )

    def test_a_fetch_campaign_completes_although_nobody_fetches(self) -> None:
        async def story(desk: Desk) -> None:
            for contact in desk.data.contacts:
                for number in contact.numbers:
                    desk.data.dnc.put((desk.world.dnc_list_id, number), None)
            await desk.ready()
            await desk.start()
            assert (await desk.ask("agent.fetch"))["code"] == "NO_RECORD"
            await desk.until(lambda: desk.data.campaigns[desk.campaign_id].state == "complete")

        at_the_desk(story, campaign={**PREVIEW["campaign"], "preview_delivery": "fetch"})


class TestStopping:
    """What is taken back, and how soon."""

    def test_do_not_call_takes_back_a_ringing_call_within_a_second(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            await desk.until(lambda: any(c.state == "ringing" for c in desk.floor.live_calls()))
            call = desk.call
            at = desk.world.clock.now()
            desk.world.list_number(call.number)
            await desk.until(lambda: desk.node.calls[0].ended_at is not None, 1)
            assert desk.node.calls[0].ended_at <= at + timedelta(seconds=1)  # type: ignore[operator]
            assert call.result == "cancelled"

        at_the_desk(story)

    def test_an_emergency_stop_spares_conversations(self) -> None:
        async def story(desk: Desk) -> None:
            call = await desk.talking()
            await desk.ready(desk.second)
            await desk.until(lambda: len(desk.floor.live_calls()) == 2)
            await desk.ask("campaign.stop", campaign_id=str(desk.campaign_id))
            assert desk.floor.live_calls() == [call]
            assert desk.data.campaigns[desk.campaign_id].state == "stopped"

        at_the_desk(story, contacts=2)

    def test_pausing_waits_for_calls(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.talking()
            await desk.ask("campaign.pause", campaign_id=str(desk.campaign_id))
            assert desk.data.campaigns[desk.campaign_id].state == "pausing"
            await desk.act("call.hang_up")
            await desk.until(lambda: desk.data.campaigns[desk.campaign_id].state == "paused")

        at_the_desk(story)

    def test_a_campaign_waits_for_the_last_outcome_which_may_be_a_callback(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.talking()
            await desk.act("call.hang_up")
            await desk.clock.sleep(10)
            assert desk.data.campaigns[desk.campaign_id].state == "running"
            due_at = desk.world.clock.now() + timedelta(seconds=30)
            await desk.act(
                "call.wrap_up",
                wrap_up_code_id=str(desk.world.code_ids["callback"]),
                callback={"due_at": due_at.isoformat(), "mine": True},
            )
            await desk.until(lambda: len(desk.node.calls) == 2, 40)
            assert desk.node.calls[1].at >= due_at

        at_the_desk(story)

    def test_a_congested_trunk_is_given_a_rest(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            await desk.until(lambda: len(desk.node.calls) == 3)
            await desk.clock.sleep(4)
            assert len(desk.node.calls) == 3
            assert desk.data.campaigns[desk.campaign_id].state_reason == "TRUNK_CONGESTED"
            await desk.until(lambda: len(desk.node.calls) == 4)

        numbers = {f"+2290197{c:04d}{n:02d}": CONGESTED for c in range(8) for n in range(2)}
        at_the_desk(story, contacts=8, numbers=numbers)


class TestAdoption:
    """Another engine takes the floor."""

    def test_a_conversation_goes_on(self) -> None:
        async def story(desk: Desk) -> None:
            call = await desk.talking()
            await desk.crash()
            assert desk.together(call.channel_id, desk.agent().live_leg)
            assert desk.call.state == "connected"
            assert len(desk.node.calls) == 1

        at_the_desk(story)

    def test_a_held_customer_is_brought_back_without_music(self) -> None:
        async def story(desk: Desk) -> None:
            call = await desk.talking()
            await desk.act("call.hold")
            await desk.crash()
            assert desk.together(call.channel_id, desk.agent().live_leg)

        at_the_desk(story)

    def test_a_ringing_call_is_adopted_and_connected(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            await desk.until(lambda: any(c.state == "ringing" for c in desk.floor.live_calls()))
            await desk.crash()
            assert desk.call.state == "ringing"
            desk.node._answer(desk.channel(desk.call.channel_id))
            await desk.until(lambda: desk.call.connected_at is not None)

        numbers = {f"+2290197{0:04d}{n:02d}": SILENT for n in range(2)}
        at_the_desk(story, numbers=numbers, campaign={"no_answer_timeout_seconds": 60})

    def test_a_call_that_ended_meanwhile_is_unknown_and_not_dialled_again_soon(self) -> None:
        async def story(desk: Desk) -> None:
            await desk.ready()
            await desk.start()
            await desk.until(lambda: any(c.state == "ringing" for c in desk.floor.live_calls()))
            (attempt,) = desk.attempts
            for engine in desk.engines:
                await engine.kill()
            desk.node.far_end_hangs_up(str(attempt.row.attempt_id))
            await desk.crash()
            (attempt,) = desk.attempts
            assert attempt.row.result == "unknown"
            assert desk.agent().status == "ready"
            assert len(desk.node.calls) == 1

        at_the_desk(story)

    def test_a_switch_that_restarts_ends_calls_and_calls_legs_again(self) -> None:
        async def story(desk: Desk) -> None:
            call = await desk.talking()
            old = desk.agent().live_leg
            desk.node.restart()
            await desk.until(lambda: call.closed)
            assert call.result == "person"
            await desk.until(lambda: desk.agent().live_leg not in (None, old))
            await desk.until(lambda: desk.agent().status == "after_call")

        at_the_desk(story)

    def test_the_older_of_two_owners_does_nothing_more(self) -> None:
        async def story(desk: Desk) -> None:
            call = await desk.talking()
            desk.start_engine()
            desk.engines[0].freeze()
            await desk.until(lambda: bool(desk.engines[1].floors), 15)
            desk.engines[0].thaw()
            await desk.until(lambda: not desk.engines[0].floors)
            await desk.clock.sleep(5)
            assert desk.engines[1].floors[0].live_calls()
            assert desk.together(
                call.channel_id, desk.engines[1].floors[0].agents[desk.first].live_leg
            )

        at_the_desk(story)


def test_a_command_that_makes_no_sense_is_refused_once_and_for_all() -> None:
    async def story(desk: Desk) -> None:
        answers = [
            await desk.ask("campaign.start", campaign_id="?"),
            await desk.ask("agent.pause", pause_reason_id="?"),
            await desk.ask("call.hold", attempt_id=7),
            await desk.ask("agent.sign_in", leg="browser"),
            await desk.ask("nonsense"),
        ]
        assert not any(answer["ok"] for answer in answers)
        assert desk.engines[0].floors

    at_the_desk(story)


def test_a_withdrawn_command_is_not_done() -> None:
    from dataclasses import replace

    async def story(desk: Desk) -> None:
        await desk.ready()
        command_id = desk.world.command(desk.first, "agent.pause", {})
        command = desk.data.commands[command_id]
        desk.data.commands.put(command_id, replace(command, withdrawn=True))
        await desk.clock.sleep(3)
        assert desk.agent().status == "ready"

    at_the_desk(story)


def test_a_sign_in_is_done_once_however_slow_the_switch() -> None:
    async def story(desk: Desk) -> None:
        desk.world.plan.latency = 2.0
        answer = await desk.ask("agent.sign_in", leg={"kind": "webrtc"})
        assert answer["ok"]
        assert desk.agent().sign_ins == 1

    at_the_desk(story)


def test_what_a_schedule_wanted_is_not_done_too_late_nor_after_an_emergency_stop() -> None:
    async def story(desk: Desk) -> None:
        campaign = {"campaign_id": str(desk.campaign_id)}

        def in_seconds(seconds: float) -> str:
            return (desk.floor.now + timedelta(seconds=seconds)).isoformat()

        await desk.ask("campaign.start", **campaign, valid_until=in_seconds(-1))
        assert desk.floor.campaigns[desk.campaign_id].state == "ready"
        await desk.ask("campaign.start", **campaign, valid_until=in_seconds(60))
        assert desk.floor.campaigns[desk.campaign_id].state == "running"
        await desk.ask("campaign.stop", **campaign)
        answer = await desk.ask("campaign.start", **campaign, valid_until=in_seconds(60))
        assert answer["state_reason"] == "OVERTAKEN"
        assert desk.floor.campaigns[desk.campaign_id].state == "stopped"

    at_the_desk(story)
