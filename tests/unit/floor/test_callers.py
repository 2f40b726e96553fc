"""Calls from outside: answered by a flow, put into queues, taken by agents."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from kwabo.domain.campaigns.flow_notes import FlowNote
from kwabo.domain.reporting.live_views import instant
from kwabo.domain.routing.values import QueueTerms
from kwabo.engine.floor import flow_runs, switching
from kwabo.engine.floor.blended import HandledLately
from kwabo.engine.floor.state import Call
from kwabo.engine.floor.writing import campaign_view
from kwabo.ports.switch import RecordingEnded
from unit.floor.callers import CALLER, NUMBER, SpokenWorld, answers, call_in, flow
from unit.floor.desk import Desk, at_the_desk

HELLO = {
    "id": "hello",
    "type": "say",
    "say": [{"prompt": "bienvenue"}],
    "ways": {"next": "wait"},
}
WAIT = {
    "id": "wait",
    "type": "queue",
    "queue_id": "QUEUE",
    "seconds": 60,
    "ways": {"timeout": "bye"},
}
BYE = {"id": "bye", "type": "hang_up"}


def _with(
    *nodes: dict[str, Any], world: SpokenWorld | None = None
) -> Callable[[Callable[[Desk], Awaitable[None]]], None]:
    """Tell a story of a number that these nodes answer."""

    def tell(story: Callable[[Desk], Awaitable[None]]) -> None:
        at_the_desk(story, prepare=lambda desk: answers(desk, flow(desk, *nodes), world))

    return tell


def _call(desk: Desk) -> Call:
    (call,) = (call for call in desk.floor.calls.values() if call.inbound)
    return call


def _row(desk: Desk) -> Any:
    (attempt,) = (one for one in desk.attempts if one.mode == "inbound")
    return attempt.row


def _heard(desk: Desk, channel_id: str) -> list[str]:
    far_end = next(call for call in desk.node.calls_in if call.channel_id == channel_id)
    return [what for _, what in far_end.heard]


def test_a_caller_hears_the_flow_and_is_taken_by_a_free_agent() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        channel = call_in(desk)
        await desk.until(lambda: desk.agent().status == "on_call")
        call = _call(desk)
        assert (call.number, call.called_number) == (CALLER, NUMBER)
        assert desk.together(channel, desk.agent().leg_channel_id)
        assert _heard(desk, channel)[0] == "sound:fr-bienvenue"
        assert call.routing["chosen"] == "ONLY_ONE"
        assert (await desk.act("call.hang_up"))["ok"]
        await desk.until(lambda: desk.agent().status == "after_call")
        answer = await desk.act("call.wrap_up", wrap_up_code_id=str(desk.world.code_ids["sale"]))
        assert answer["ok"]
        row = _row(desk)
        assert (row.state, row.result, row.abandoned) == ("closed", "person", False)
        assert [step["node"] for step in row.flow["trail"]] == ["hello", "wait"]
        assert row.flow["outcome"] == "ANSWERED"
        assert row.queued_at is not None

    _with(HELLO, WAIT, BYE)(story)


def test_who_waits_longest_is_taken_first_when_an_agent_gets_free() -> None:
    async def story(desk: Desk) -> None:
        first = call_in(desk, caller="+2290197000001", patience_seconds=None)
        await desk.clock.sleep(2)
        call_in(desk, caller="+2290197000002", patience_seconds=None)
        await desk.until(lambda: len(desk.floor.calls.waiting) == 2)
        await desk.ready()
        await desk.until(lambda: desk.agent().status == "on_call")
        held = desk.floor.call_of(desk.agent())
        assert held is not None
        assert held.channel_id == first

    _with(HELLO, WAIT, BYE)(story)


def test_a_caller_who_gives_up_in_the_queue_is_abandoned() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, patience_seconds=8.0)
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        row = _row(desk)
        assert (row.abandoned, row.flow["outcome"]) == (True, "CALLER_GONE")
        assert next(iter(desk.data.wrap_ups)).system_code == "ABANDONED"

    _with(HELLO, WAIT, BYE)(story)


def test_a_paused_campaigns_queues_are_closed_but_for_those_who_wait_already() -> None:
    async def story(desk: Desk) -> None:
        await desk.start()
        call_in(desk, patience_seconds=None)
        await desk.until(lambda: bool(_waiting(desk)))
        (first,) = _waiting(desk)
        assert (await desk.ask("campaign.pause", campaign_id=str(desk.campaign_id)))["ok"]
        call_in(desk, caller="+2290197009988", patience_seconds=None)
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        (row,) = (a.row for a in desk.attempts if a.state == "closed")
        assert row.attempt_id != first
        assert [step["node"] for step in row.flow["trail"]] == ["wait", "bye"]
        assert _waiting(desk) == [first]

    _with(WAIT, BYE)(story)


def _waiting(desk: Desk) -> list[UUID]:
    return [call.attempt_id for call in desk.floor.calls.values() if call.queue is not None]


def test_a_caller_who_waited_too_long_goes_the_flows_way() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, patience_seconds=None)
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts), 90)
        row = _row(desk)
        assert (row.abandoned, row.flow["outcome"]) == (False, "HUNG_UP")
        assert [step["node"] for step in row.flow["trail"]] == ["hello", "wait", "bye"]
        assert next(iter(desk.data.wrap_ups)).system_code == "SELF_SERVED"

    _with(HELLO, WAIT, BYE)(story)


def test_a_key_during_the_menu_leads_on_and_stops_what_is_said() -> None:
    menu = {
        "id": "menu",
        "type": "menu",
        "say": [{"prompt": "menu"}],
        "options": [{"key": "1", "label": {"fr": "Solde", "fon": "Solde"}}],
        "ways": {"1": "ask", "timeout": "bye"},
    }
    ask = {
        "id": "ask",
        "type": "lookup",
        "source_id": "balance",
        "outputs": [],
        "ways": {"ok": "bye", "error": "bye"},
    }
    world = SpokenWorld(outputs={"solde": "1500"})

    async def story(desk: Desk) -> None:
        call_in(desk, presses=((0.5, "1"),), patience_seconds=None)
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        assert [step["node"] for step in _row(desk).flow["trail"]] == ["menu", "ask", "bye"]
        assert [asked.source_id for asked in world.asked] == ["balance"]

    _with(menu, ask, BYE, world=world)(story)


def test_a_second_call_begins_in_the_language_that_was_chosen_in_the_first() -> None:
    choose = {
        "id": "choose",
        "type": "language",
        "say": [{"prompt": "langues"}],
        "options": [{"key": "1", "language": "fr"}, {"key": "2", "language": "fon"}],
        "ways": {"next": "hello", "timeout": "hello"},
    }
    hello = {**HELLO, "ways": {"next": "bye"}}

    async def story(desk: Desk) -> None:
        call_in(desk, presses=((0.5, "2"),), patience_seconds=None)
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        channel = call_in(desk, patience_seconds=None)
        await desk.until(lambda: sum(a.state == "closed" for a in desk.attempts) == 2)
        heard = _heard(desk, channel)
        assert heard == ["sound:fon-bienvenue"]

    _with(choose, hello, BYE)(story)


def test_an_unknown_number_is_refused_and_logged() -> None:
    async def story(desk: Desk) -> None:
        channel = call_in(desk, number="+2290121000000")
        far_end = next(call for call in desk.node.calls_in if call.channel_id == channel)
        await desk.until(lambda: far_end.ended_at is not None)
        assert far_end.cause == 1
        assert not [a for a in desk.attempts if a.mode == "inbound"]
        assert [event.code for event in desk.data.logged] == ["INBOUND_CALL_REFUSED"]

    _with(HELLO, WAIT, BYE)(story)


def test_an_engine_that_is_killed_leaves_the_caller_in_the_queue_with_the_place_kept() -> None:
    async def story(desk: Desk) -> None:
        first = call_in(desk, caller="+2290197000001", patience_seconds=None)
        await desk.until(lambda: len(desk.floor.calls.waiting) == 1)
        await desk.crash()
        call_in(desk, caller="+2290197000002", patience_seconds=None)
        await desk.until(lambda: len(desk.floor.calls.waiting) == 2)
        await desk.ready()
        await desk.until(lambda: desk.agent().status == "on_call")
        held = desk.floor.call_of(desk.agent())
        assert held is not None
        assert held.channel_id == first

    _with(HELLO, WAIT, BYE)(story)


def test_a_caller_whose_queue_is_deleted_goes_the_flows_way() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk, patience_seconds=None)
        await desk.until(lambda: len(desk.floor.calls.waiting) == 1)
        desk.floor.queues.clear()
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts), 10)
        assert [step["node"] for step in _row(desk).flow["trail"]] == ["hello", "wait", "bye"]

    _with(HELLO, WAIT, BYE)(story)


def test_a_caller_who_has_lost_the_agent_and_waits_too_long_hears_the_message() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        channel = call_in(desk, patience_seconds=None, talks_seconds=None)
        await desk.until(lambda: desk.agent().status == "on_call")
        queue_id = desk.data.campaigns[desk.campaign_id].queue_id
        desk.floor.queues[queue_id] = QueueTerms(queue_id=queue_id, max_wait_seconds=60)
        desk.floor.board = None
        desk.node.far_end_hangs_up(desk.agent().leg_channel_id or "")
        desk.node.set_reachable(desk.agent().endpoint, reachable=False)
        call = _call(desk)
        await desk.until(lambda: call.queue is not None)
        await desk.until(lambda: call.queue is None, 120)
        assert call.apologising
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        assert _heard(desk, channel)[-1] == desk.floor.settings.apology_media

    _with(HELLO, WAIT, BYE)(story)


def test_a_key_to_be_called_no_more_is_kept_at_once() -> None:
    stop = {"id": "stop", "type": "do_not_call", "ways": {"next": "bye"}}

    async def story(desk: Desk) -> None:
        call_in(desk)
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        assert CALLER in {value for (_, value), _ in desk.data.dnc.items()}

    _with(stop, BYE)(story)


@pytest.mark.parametrize(("typed", "listed"), [("97004455", "+2290197004455"), ("12", CALLER)])
def test_a_number_that_is_typed_is_listed_as_it_would_be_called(typed: str, listed: str) -> None:
    ask = {
        "id": "ask",
        "type": "ask",
        "say": [{"prompt": "numero"}],
        "variable": "numero",
        "ways": {"next": "stop", "timeout": "bye"},
    }
    stop = {"id": "stop", "type": "do_not_call", "number": "{{numero}}", "ways": {"next": "bye"}}

    async def story(desk: Desk) -> None:
        keys = tuple((5.0 + 0.5 * at, digit) for at, digit in enumerate(f"{typed}#"))
        call_in(desk, presses=keys, patience_seconds=None)
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        values = {value for (_, value), _ in desk.data.dnc.items()}
        assert listed in values
        assert typed not in values

    def prepare(desk: Desk) -> None:
        document = flow(desk, ask, stop, BYE)
        document["variables"] = [{"name": "numero", "type": "digits", "personal": True}]
        answers(desk, document)
        for trunk in list(desk.data.trunks):
            desk.data.trunks.put(trunk.trunk_id, replace(trunk, country="BJ"))

    at_the_desk(story, prepare=prepare)


def test_live_views_count_callers_in_flows_and_queues_apart_from_conversations() -> None:
    async def story(desk: Desk) -> None:
        call_in(desk)
        await desk.until(lambda: any(one.queue is not None for one in desk.floor.calls.values()))
        told = campaign_view(desk.floor, desk.floor.campaigns[desk.campaign_id])
        assert (told["waiting"], told["in_flow"], told["talking"]) == (1, 0, 0)
        assert told["oldest_wait_at"] == instant(_call(desk).queued_at)
        await desk.ready()
        await desk.until(lambda: desk.agent().status == "on_call")
        told = campaign_view(desk.floor, desk.floor.campaigns[desk.campaign_id])
        assert (told["waiting"], told["in_flow"], told["talking"]) == (0, 0, 1)
        assert told["oldest_wait_at"] is None

    _with(HELLO, WAIT, BYE)(story)


def test_a_caller_hears_about_how_long_it_takes_once_enough_calls_were_handled() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        call_in(desk, caller="+2290197000001", patience_seconds=None)
        await desk.until(lambda: desk.agent().status == "on_call")
        channel = call_in(desk, caller="+2290197000002", patience_seconds=None)
        await desk.until(lambda: bool(_announced(desk, channel)))
        assert _announced(desk, channel) == ["queue_position"], "nothing is known yet"
        queue_id = desk.data.campaigns[desk.campaign_id].queue_id
        desk.floor.handled[queue_id] = HandledLately(calls=10, seconds=1500)
        await desk.until(lambda: "queue_wait_about" in _announced(desk, channel))
        place = desk.floor.calls.by_channel[channel].queue
        assert place is not None
        assert place.told is not None
        assert place.told.minutes == 3, "a call takes the only agent 150 s"

    waits = {**WAIT, "seconds": 600, "announce_position": True, "announce_seconds": 20}
    _with({**waits, "announce_wait": True}, BYE)(story)


REASON = {
    "id": "reason",
    "type": "note",
    "result": "motif",
    "value": "panne",
    "ways": {"next": "name"},
}
NAME = {
    "id": "name",
    "type": "note",
    "result": "autre",
    "value": "Cotonou",
    "ways": {"next": "wait"},
}


@pytest.mark.parametrize("served", [True, False])
def test_what_a_callers_flow_noted_is_in_the_columns_that_the_campaign_says(served: bool) -> None:
    def prepare(desk: Desk) -> None:
        answers(desk, flow(desk, REASON, NAME, WAIT, BYE))
        row = desk.data.campaigns[desk.campaign_id]
        kinds = {"motif_appel": "text", "autre": "text"}
        notes = (FlowNote(name="motif", column="motif_appel"), FlowNote(name="autre"))
        desk.data.campaigns.put(row.campaign_id, replace(row, flow_notes=notes, column_kinds=kinds))

    async def story(desk: Desk) -> None:
        if served:
            await desk.ready()
        channel_id = call_in(desk, patience_seconds=None, talks_seconds=None)
        await desk.until(lambda: bool(desk.floor.calls.by_channel.get(channel_id)))
        await desk.until(
            lambda: _call(desk).connected_at is not None if served else bool(_call(desk).queue)
        )
        contact_id = _call(desk).contact_id
        before = dict(desk.data.contacts[contact_id].data)
        assert "motif_appel" not in before, "it is written when the call is over"
        desk.node.hang_up(channel_id)
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        assert desk.data.contacts[contact_id].data == {**before, "motif_appel": "panne"}
        assert _row(desk).flow["results"] == {"motif": "panne", "autre": "Cotonou"}

    at_the_desk(story, prepare=prepare)


def _announced(desk: Desk, channel: str) -> list[str]:
    return [one.split("-")[-1] for one in _heard(desk, channel) if "queue_" in one]


BOX = {
    "id": "box",
    "type": "voicemail",
    "queue_id": "QUEUE",
    "say": [{"prompt": "leave_a_message"}],
    "max_seconds": 60,
    "ways": {"next": "bye"},
}


def test_a_message_is_kept_when_its_caller_hangs_up_before_the_recording_is_there() -> None:
    async def story(desk: Desk) -> None:
        channel_id = call_in(desk, patience_seconds=None, speaks_seconds=60.0)
        await desk.until(lambda: bool(desk.node.sounds.recordings))
        (name,) = desk.node.sounds.recordings
        # What a real switch tells of it comes after the call's end.
        desk.node.sounds.recordings.clear()
        desk.node.hang_up(channel_id)
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        assert not list(desk.data.voicemails)
        flow_runs.recorded(desk.floor, name, 4.5, "/recordings/box.wav")
        await desk.until(lambda: bool(list(desk.data.voicemails)))
        (kept,) = desk.data.voicemails
        assert (kept.path, kept.seconds, kept.number) == ("/recordings/box.wav", 4.5, CALLER)
        assert kept.attempt_id == _row(desk).attempt_id
        flow_runs.recorded(desk.floor, name, 4.5, "/recordings/box.wav")  # told twice
        await desk.until(lambda: not desk.floor.out.to_write, 5)
        assert len(list(desk.data.voicemails)) == 1

    _with(BOX, BYE)(story)


async def _records(desk: Desk) -> tuple[str, str]:
    """A caller speaks to the box: the channel, and the recording that goes on."""
    channel_id = call_in(desk, patience_seconds=None, speaks_seconds=60.0)
    await desk.until(lambda: bool(desk.node.sounds.recordings))
    (name,) = desk.node.sounds.recordings
    return channel_id, name


def _told_of(desk: Desk, name: str, channel_id: str) -> None:
    """The switch hands a recording over to whoever has the floor."""
    ended = RecordingEnded(
        recording_name=name,
        channel_id=channel_id,
        at=desk.floor.now,
        seconds=4.5,
        path="/recordings/box.wav",
    )
    switching.happened(desk.floor, ended)


def test_a_message_is_kept_when_the_engine_dies_before_its_recording_is_there() -> None:
    async def story(desk: Desk) -> None:
        channel_id, name = await _records(desk)
        # What a real switch tells of it comes after the call's end.
        desk.node.sounds.recordings.clear()
        desk.node.hang_up(channel_id)
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        await desk.crash()
        assert not list(desk.data.voicemails)
        _told_of(desk, name, channel_id)
        await desk.until(lambda: bool(list(desk.data.voicemails)))
        (kept,) = desk.data.voicemails
        assert (kept.path, kept.number) == ("/recordings/box.wav", CALLER)
        assert kept.attempt_id == _row(desk).attempt_id
        await desk.crash()  # nothing is waited for any more
        _told_of(desk, name, channel_id)
        await desk.clock.sleep(3.0)
        assert len(list(desk.data.voicemails)) == 1

    _with(BOX, BYE)(story)


def _asked_to_speak(desk: Desk, channel: str) -> int:
    return sum("leave_a_message" in one for one in _heard(desk, channel))


def test_a_message_goes_on_when_its_engine_dies_while_the_caller_speaks() -> None:
    async def story(desk: Desk) -> None:
        channel_id, name = await _records(desk)
        await desk.crash()
        await desk.clock.sleep(5.0)
        assert set(desk.node.sounds.recordings) == {name}, "the same one, and no other"
        assert _asked_to_speak(desk, channel_id) == 1
        desk.node.sounds.recordings.clear()
        _told_of(desk, name, channel_id)
        await desk.until(lambda: bool(list(desk.data.voicemails)))
        (kept,) = desk.data.voicemails
        assert (kept.path, kept.number) == ("/recordings/box.wav", CALLER)
        await desk.until(lambda: channel_id not in desk.node.channels, 5)
        assert len(list(desk.data.voicemails)) == 1

    _with(BOX, BYE)(story)


def test_a_message_that_went_on_is_kept_when_its_caller_hangs_up() -> None:
    async def story(desk: Desk) -> None:
        channel_id, name = await _records(desk)
        await desk.crash()
        desk.node.sounds.recordings.clear()
        desk.node.hang_up(channel_id)
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        _told_of(desk, name, channel_id)
        await desk.until(lambda: bool(list(desk.data.voicemails)))

    _with(BOX, BYE)(story)


def test_a_message_that_goes_on_for_ever_is_given_up_by_the_next_engine() -> None:
    async def story(desk: Desk) -> None:
        channel_id, _ = await _records(desk)
        await desk.crash()
        desk.node.sounds.recordings.clear()  # its end is told to nobody
        await desk.until(lambda: channel_id not in desk.node.channels, 80)
        assert not list(desk.data.voicemails)

    _with(BOX, BYE)(story)


def test_a_message_that_the_switch_has_not_begun_is_asked_for_again() -> None:
    async def story(desk: Desk) -> None:
        channel_id, name = await _records(desk)
        desk.node.sounds.recordings.clear()
        await desk.crash()
        await desk.until(lambda: bool(desk.node.sounds.recordings))
        assert name not in desk.node.sounds.recordings
        assert _asked_to_speak(desk, channel_id) == 2

    _with(BOX, BYE)(story)


def test_a_message_is_kept_when_its_caller_hangs_up_while_no_engine_lives() -> None:
    async def story(desk: Desk) -> None:
        channel_id, name = await _records(desk)
        for engine in desk.engines:
            await engine.kill()
        desk.node.sounds.recordings.clear()
        desk.node.hang_up(channel_id)
        desk.start_engine()
        await desk.until(lambda: bool(desk.engines[-1].floors), 20)
        _told_of(desk, name, channel_id)  # before anything was compared
        await desk.until(lambda: desk.floor.reconciled, 20)
        await desk.until(lambda: bool(list(desk.data.voicemails)))
        (kept,) = desk.data.voicemails
        assert (kept.path, kept.number) == ("/recordings/box.wav", CALLER)

    _with(BOX, BYE)(story)
