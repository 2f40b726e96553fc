"""Whatever order, copies and gaps the switch's events have, each life is told once and in order."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kwabo.adapters.switch.asterisk.calls import CallBook, analysis_of, end_causes
from kwabo.ports.switch import (
    ChannelAnswered,
    ChannelEnded,
    ChannelRinging,
    PlaybackEnded,
    SwitchEvent,
)

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
ORDER = [ChannelRinging, ChannelAnswered, ChannelEnded]


def channel(life: int = 1, state: str = "Down", application: str = "kwabo-1") -> dict[str, Any]:
    return {
        "id": "c1",
        "name": f"PJSIP/trunk-{life:08x}",
        "state": state,
        "creationtime": f"2026-01-05T08:00:0{life}.000+0000",
        "channelvars": {"KWABO_APP": application},
    }


def life_events(life: int = 1) -> list[dict[str, Any]]:
    """All that Asterisk says of an answered call."""
    return [
        {"type": "ChannelCreated", "channel": channel(life)},
        {"type": "Dial", "peer": channel(life), "dialstatus": ""},
        {"type": "ChannelStateChange", "channel": channel(life, "Ringing")},
        {"type": "Dial", "peer": channel(life, "Ringing"), "dialstatus": "RINGING"},
        {"type": "ChannelStateChange", "channel": channel(life, "Up")},
        {"type": "Dial", "peer": channel(life, "Up"), "dialstatus": "ANSWER"},
        {"type": "StasisStart", "channel": channel(life, "Up"), "args": ["attempt"]},
        {"type": "StasisEnd", "channel": channel(life, "Up")},
        {"type": "ChannelHangupRequest", "channel": channel(life, "Up"), "cause": 16},
        {"type": "ChannelDestroyed", "channel": channel(life, "Up"), "cause": 16},
    ]


def kinds(told: list[SwitchEvent]) -> list[type]:
    return [type(event) for event in told]


mixed = st.lists(st.sampled_from(life_events()), max_size=30)


@given(events=mixed, cut=st.integers(0, 30))
def test_any_order_any_copies_any_gaps(events: list[dict[str, Any]], cut: int) -> None:
    book = CallBook("kwabo-1")
    book.ask("c1")
    told: list[SwitchEvent] = []
    for event in events[:cut]:
        told += book.apply(event, NOW)
    assert told == []  # nothing is told before the answer
    told += book.accepted("c1", channel(), NOW)
    for event in events[cut:]:
        told += book.apply(event, NOW)
    assert kinds(told) == sorted(set(kinds(told)), key=ORDER.index)
    destroyed = any(event["type"] == "ChannelDestroyed" for event in events)
    assert (ChannelEnded in kinds(told)) == destroyed


@given(events=mixed)
def test_a_refused_originate_tells_nothing(events: list[dict[str, Any]]) -> None:
    book = CallBook("another-floor")
    book.ask("c1")
    told: list[SwitchEvent] = []
    for event in events:
        told += book.apply(event, NOW)
    book.refused("c1")
    assert told == []
    assert book.alive() == 0


@given(old=st.permutations(life_events(1)), new=st.permutations(life_events(2)), data=st.data())
def test_two_lives_of_one_id_are_told_apart(
    old: list[dict[str, Any]], new: list[dict[str, Any]], data: st.DataObject
) -> None:
    """The first life's events come late, mixed into the second's."""
    book = CallBook("kwabo-1")
    book.ask("c1")
    told = book.accepted("c1", channel(1), NOW)
    at = data.draw(st.integers(0, len(old)))
    for event in old[:at]:
        told += book.apply(event, NOW)
    book.ask("c1")
    told += book.accepted("c1", channel(2), NOW)
    assert kinds(told).count(ChannelEnded) == 1
    second: list[SwitchEvent] = []
    rest = [*old[at:], *new]
    for event in data.draw(st.permutations(rest)):
        second += book.apply(event, NOW)
    assert kinds(second) == sorted(set(kinds(second)), key=ORDER.index)
    assert kinds(second)[-1] is ChannelEnded


@given(events=mixed)
def test_an_unanswered_originate_is_told_when_it_lives(events: list[dict[str, Any]]) -> None:
    book = CallBook("kwabo-1")
    book.ask("c1")
    told = book.unanswered("c1", NOW)
    for event in events:
        told += book.apply(event, NOW)
    assert kinds(told) == sorted(set(kinds(told)), key=ORDER.index)


def test_other_applications_channels_are_no_concern() -> None:
    book = CallBook("kwabo-1")
    for event in life_events():
        about = "peer" if event["type"] == "Dial" else "channel"
        assert book.apply({**event, about: channel(application="kwabo-2")}, NOW) == []
    assert book.alive() == 0


def test_channels_of_a_dead_engine_are_adopted() -> None:
    book = CallBook("kwabo-1")
    book.note_alive(channel(1, "Up"), answered=True)
    told = book.apply(life_events()[6], NOW) + book.apply(life_events()[9], NOW)
    assert kinds(told) == [ChannelEnded]


def test_missing_twice_is_ended_once() -> None:
    book = CallBook("kwabo-1")
    book.ask("c1")
    book.accepted("c1", channel(), NOW)
    assert book.listed({}, NOW) == []
    assert book.listed({"c1": channel()}, NOW) == []
    assert book.listed({}, NOW) == []
    assert kinds(book.listed({}, NOW)) == [ChannelEnded]
    assert book.listed({}, NOW) == []
    assert book.apply(life_events()[9], NOW) == []


def test_what_was_never_made_is_forgotten_without_a_word() -> None:
    book = CallBook("kwabo-1")
    book.ask("c1")
    book.unanswered("c1", NOW)
    assert book.listed({}, NOW) + book.listed({}, NOW) == []
    assert book.alive() == 0


def test_sounds_end_before_their_channel() -> None:
    book = CallBook("kwabo-1")
    book.ask("c1")
    book.accepted("c1", channel(), NOW)
    book.play("p1", "c1")
    book.play("p2", "c1")
    finished = {"type": "PlaybackFinished", "playback": {"id": "p1"}}
    assert kinds(book.apply(finished, NOW)) == [PlaybackEnded]
    assert book.apply(finished, NOW) == []
    assert kinds(book.apply(life_events()[9], NOW)) == [PlaybackEnded, ChannelEnded]


def test_causes_and_analysis() -> None:
    assert end_causes({"cause": 17, "tech_cause": 486}) == (17, 486)
    assert end_causes({"cause": 0}) == (None, None)
    assert end_causes({"cause": 16, "tech_cause": 200}) == (16, None)
    assert analysis_of(["attempt"]) == (None, "")
    assert analysis_of(["attempt", "amd=HUMAN/HUMAN-807-800/0"]) == ("person", "HUMAN-807-800")
    assert analysis_of(["attempt", "amd=MACHINE/LONGGREETING-1-1/"])[0] == "machine"
    assert analysis_of(["attempt", "amd=MACHINE/LONGGREETING-1-1/2"]) == ("fax", "TONE-2100")
    assert analysis_of(["attempt", "amd=NOTSURE/TOOLONG-5000/0"])[0] == "unsure"
    assert analysis_of(["attempt", "amd=//"])[0] == "unsure"  # AMD gave up
