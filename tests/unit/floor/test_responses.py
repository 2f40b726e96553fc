"""What a campaign does with machines, faxes and ends that nobody answered: its response set."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from kwabo.adapters.switch.simulator import Behaviour, BehaviourKind
from kwabo.domain.call_analysis.network import NetworkAnswer
from kwabo.domain.call_analysis.record import AnalysisRecord
from kwabo.domain.call_analysis.response_set import (
    Reaction,
    ReactionType,
    ResponseSet,
    Sensitivity,
)
from kwabo.domain.call_analysis.results import AnalysisResult
from kwabo.domain.interactions.attempt import Result
from kwabo.ports.floor_rows import AttemptRow
from unit.floor.desk import Desk, at_the_desk

NUMBER = "+2290197000000"
MEDIA = "sound:/prompts/message"
SECONDS = 2.0  # as long as every sound of the simulator
MACHINE = Behaviour(
    kind=BehaviourKind.MACHINE,
    rings_after_seconds=0.5,
    answers_after_seconds=1.0,
    talks_seconds=60.0,
    patience_seconds=None,
    analysis_seconds=1.5,
    greeting_seconds=8.0,
)


def message(*, after_greeting: bool = False) -> Reaction:
    return Reaction(
        type=ReactionType.PLAY_FILE,
        prompt_id=uuid4(),
        after_greeting=after_greeting,
        media=MEDIA,
        media_seconds=SECONDS,
    )


def changes(reaction: Reaction | None, behaviour: Behaviour = MACHINE, **more: Any) -> Any:
    """A campaign with call analysis whose one contact behaves so."""
    result = more.pop("result", AnalysisResult.MACHINE)
    reactions = {} if reaction is None else {result: reaction}
    response_set = ResponseSet(reactions=reactions, **more)
    return {
        "numbers": {NUMBER: behaviour},
        "campaign": {"call_analysis": True, "response_set": response_set},
    }


async def called(desk: Desk) -> None:
    await desk.ready()
    await desk.start()
    await desk.until(lambda: bool(desk.node.calls))


async def closed(desk: Desk) -> AttemptRow:
    await desk.until(lambda: any(a.state == "closed" for a in desk.attempts), 90)
    return desk.attempts[0].row


def heard(desk: Desk) -> list[tuple[float, str]]:
    """What the far end heard, in seconds after its answer."""
    (far,) = desk.node.calls
    assert far.answered_at is not None
    return [((at - far.answered_at).total_seconds(), media) for at, media in far.heard]


def test_without_a_response_set_a_machine_is_hung_up_on() -> None:
    async def story(desk: Desk) -> None:
        await called(desk)
        row = await closed(desk)
        assert row.result == Result.MACHINE
        record = AnalysisRecord.of(row.call_analysis)
        assert (record.result, record.engine, record.reaction) == ("machine", "amd", "hang_up")
        assert record.seconds == 1.5
        assert heard(desk) == []

    at_the_desk(story, **changes(None))


def test_a_machine_hears_the_message_whole_and_nobody_is_abandoned() -> None:
    async def story(desk: Desk) -> None:
        await called(desk)
        await desk.until(lambda: desk.call.state == "answered")
        await desk.until(lambda: desk.agent().status == "ready")  # not held by a machine
        row = await closed(desk)
        assert (row.result, row.abandoned) == (Result.MACHINE, False)
        assert row.message_media == MEDIA
        record = AnalysisRecord.of(row.call_analysis)
        assert record.message_whole is True
        ((at, media),) = heard(desk)
        assert media == MEDIA
        assert 1.4 < at < 2.0
        campaign = desk.floor.campaigns[desk.campaign_id]
        assert campaign.window.tally(desk.floor.now).live == 0
        assert campaign.abandoned == 0

    at_the_desk(story, **changes(message()))


def test_the_message_waits_for_the_end_of_the_greeting() -> None:
    async def story(desk: Desk) -> None:
        await called(desk)
        row = await closed(desk)
        assert row.result == Result.MACHINE
        ((at, _),) = heard(desk)
        assert 9.0 < at < 10.0  # 8 s of greeting, then 1.2 s of silence

    at_the_desk(story, **changes(message(after_greeting=True)))


def test_a_greeting_that_never_ends_gets_no_message() -> None:
    async def story(desk: Desk) -> None:
        await called(desk)
        row = await closed(desk)
        assert row.result == Result.MACHINE
        assert heard(desk) == []
        assert row.message_started_at is None

    talker = replace(MACHINE, greeting_seconds=500.0, talks_seconds=500.0)
    at_the_desk(story, **changes(message(after_greeting=True), talker))


def test_a_message_that_is_cut_short_is_known_as_such() -> None:
    async def story(desk: Desk) -> None:
        await called(desk)
        row = await closed(desk)
        record = AnalysisRecord.of(row.call_analysis)
        assert row.result == Result.MACHINE
        assert record.message_whole is False

    at_the_desk(story, **changes(message(), replace(MACHINE, talks_seconds=2.0)))


def test_a_new_owner_ends_a_message_that_plays_and_knows_that_it_was_whole() -> None:
    async def story(desk: Desk) -> None:
        desk.node.sounds.seconds = 30.0
        await called(desk)
        await desk.until(lambda: bool(desk.attempts[0].row.message_started_at))
        await desk.crash()
        row = await closed(desk)
        assert row.result == Result.MACHINE
        record = AnalysisRecord.of(row.call_analysis)
        assert record.message_whole is True
        assert len(heard(desk)) == 1  # never twice
        assert row.message_started_at is not None
        assert row.closed_at is not None
        assert (row.closed_at - row.message_started_at).total_seconds() > 29

    long = replace(message(), media_seconds=30.0)
    at_the_desk(story, **changes(long))


def test_a_call_that_vanished_during_its_message_is_a_machines_and_not_called_whole() -> None:
    async def story(desk: Desk) -> None:
        desk.node.sounds.seconds = 30.0
        await called(desk)
        await desk.until(lambda: bool(desk.attempts[0].row.message_started_at))
        channel_id = desk.call.channel_id
        for engine in desk.engines:
            await engine.kill()
        desk.node.far_end_hangs_up(channel_id)
        desk.start_engine()
        row = await closed(desk)
        assert (row.result, row.abandoned) == (Result.MACHINE, False)
        assert AnalysisRecord.of(row.call_analysis).message_whole is None

    at_the_desk(story, **changes(replace(message(), media_seconds=30.0)))


def test_a_machine_may_go_to_an_agent_as_a_person_does() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        assert call.analysis.result == "machine"
        assert (await desk.act("call.hang_up"))["ok"]
        row = await closed(desk)
        assert row.result == Result.PERSON
        assert row.call_analysis["reaction"] == "queue"

    at_the_desk(story, **changes(Reaction(type=ReactionType.QUEUE)))


def test_for_another_queue_the_held_agent_is_let_go_and_nobody_there_is_an_abandoned_call() -> None:
    async def story(desk: Desk) -> None:
        await called(desk)
        row = await closed(desk)
        assert row.abandoned is True
        assert desk.agent().status == "ready"

    at_the_desk(story, **changes(Reaction(type=ReactionType.QUEUE, queue_id=uuid4())))


def test_a_fax_has_its_own_result_and_its_number_can_be_given_up() -> None:
    async def story(desk: Desk) -> None:
        await called(desk)
        row = await closed(desk)
        assert row.result == Result.FAX
        contact = desk.data.contacts[row.contact_id]
        assert NUMBER in contact.uncallable_numbers

    fax = replace(MACHINE, kind=BehaviourKind.FAX)
    reaction = Reaction(type=ReactionType.NUMBER_UNCALLABLE)
    at_the_desk(story, **changes(reaction, fax, result=AnalysisResult.FAX))


def test_who_listens_to_nobody_connects_everybody() -> None:
    async def story(desk: Desk) -> None:
        call = await desk.talking()
        assert call.analysis.result is None

    at_the_desk(story, **changes(None, sensitivity=Sensitivity.OFF))


BUSY = Behaviour(kind=BehaviourKind.BUSY, rings_after_seconds=0.5)


def test_a_result_can_be_put_on_retry() -> None:
    async def story(desk: Desk) -> None:
        await called(desk)
        row = await closed(desk)
        course = desk.data.courses[desk.campaign_id, row.contact_id].course
        assert row.closed_at is not None
        assert course.next_attempt_at is not None
        assert (course.next_attempt_at - row.closed_at).total_seconds() == 4321

    reaction = Reaction(type=ReactionType.RETRY, retry_seconds=4321)
    at_the_desk(story, **changes(reaction, BUSY, result=AnalysisResult.BUSY))


def test_a_number_that_does_not_exist_may_stay_callable() -> None:
    async def story(desk: Desk) -> None:
        await called(desk)
        row = await closed(desk)
        assert row.result == Result.INVALID
        assert NUMBER not in desk.data.contacts[row.contact_id].uncallable_numbers

    invalid = replace(BUSY, kind=BehaviourKind.INVALID)
    reaction = Reaction(type=ReactionType.HANG_UP)
    at_the_desk(story, **changes(reaction, invalid, result=AnalysisResult.NOT_FOUND))


def test_a_trunks_table_and_its_tones_say_what_an_end_means() -> None:
    async def story(desk: Desk) -> None:
        (trunk,) = desk.data.trunks
        table = (NetworkAnswer(sip_code=486, tone="voice", result=Result.INVALID),)
        row = replace(trunk, network_answers=table, early_media_seconds=10)
        desk.data.trunks.put(row.trunk_id, row, None)
        await called(desk)
        closed_row = await closed(desk)
        assert closed_row.result == Result.INVALID
        record = AnalysisRecord.of(closed_row.call_analysis)
        assert (record.tone, record.network_answer, record.early_media) == ("voice", 1, True)

    at_the_desk(story, **changes(None, replace(BUSY, early_tone="voice")))
