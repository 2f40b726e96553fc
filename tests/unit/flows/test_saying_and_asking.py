"""What is said, menus, digits, recordings and questions do what they say."""

from __future__ import annotations

from typing import Any

import pytest

from kwabo.domain.flows.actions import (
    HangUp,
    NoteOutcome,
    Record,
    Say,
    SetTimer,
    StopRecording,
    StopSaying,
)
from kwabo.domain.flows.inputs import (
    Recorded,
    TextReceived,
)
from kwabo.domain.flows.parts import PromptPart, TextPart
from unit.flows.walked import GONE, HELLO, LOST, MENU, Call, document


def test_what_is_said_ends_by_itself_or_by_a_key_that_the_menu_takes() -> None:
    say = {"id": "say", "type": "say", "say": HELLO, "ways": {"next": "menu"}}
    menu = {
        "id": "menu", "type": "menu", "say": HELLO, "options": [{"key": "1"}],
        "ways": {"1": "bye", "timeout": "bye"},
    }  # fmt: skip
    call = Call(document(say, menu))
    assert call.one(Say).parts == (PromptPart(key="hello"),)
    call.said()
    assert call.trail == ["say", "menu"]
    call = Call(document(say, menu))
    call.press("1")
    assert call.trail == ["say", "menu", "bye"], "the key went to the menu, which said nothing"
    assert call.last.outcome == "HUNG_UP"
    assert call.last.actions[-1] == HangUp()
    call = Call(document({**say, "interruptible": False}, menu))
    call.press("1")
    assert call.trail == ["say"]
    assert call.last.actions == ()


def test_a_prompt_is_played_as_often_as_is_said() -> None:
    call = Call(
        document({"id": "p", "type": "play", "prompt": "k", "times": 3, "ways": {"next": "bye"}})
    )
    assert call.one(Say).parts == (PromptPart(key="k"),) * 3


def test_a_menu_takes_keys_repeats_and_gives_up() -> None:
    call = Call(document(MENU, GONE, LOST))
    name = call.one(Say).playback
    call.press("*")
    assert call.names(StopSaying) == [StopSaying(playback=name)]
    call.press("7")
    assert call.one(Say).parts[0] == PromptPart(key="wrong")
    call.press("8")
    assert call.trail[-1] == "lost"
    call = Call(document(MENU, GONE, LOST))
    call.said()
    assert call.one(SetTimer).seconds == 5
    call.silence()
    assert call.one(Say).parts[0] == PromptPart(key="silent")
    call.said()
    call.silence()
    assert call.trail[-1] == "gone"
    without = {**MENU, "ways": {**MENU["ways"], "wrong": ""}}  # type: ignore[dict-item]
    call = Call(document(without, GONE, LOST))
    call.press("78")
    assert call.trail[-1] == "gone", "a way that is not there is taken by another"


def test_a_menu_notes_its_key_by_the_name_it_is_given() -> None:
    call = Call(document({**MENU, "result": "choix"}, GONE, LOST))
    call.press("7")
    assert call.names(NoteOutcome) == []
    call.press("2")
    assert call.one(NoteOutcome) == NoteOutcome(name="choix", value="2")
    silent = Call(document(MENU, GONE, LOST))
    silent.press("2")
    assert silent.names(NoteOutcome) == []


def test_a_menu_in_writing_is_a_numbered_list() -> None:
    call = Call(document(MENU, GONE, LOST), medium="text")
    parts = call.one(Say).parts
    assert parts[1:] == (TextPart(text="1. Solde"), TextPart(text="2. Agent"))
    assert call.names(SetTimer)[-1].seconds == 600
    call.tell(TextReceived(text=" agent "))
    assert call.last.outcome == "HUNG_UP"


ASK = {
    "id": "ask", "type": "ask", "say": HELLO, "variable": "digits", "least": 3, "most": 8,
    "tries": 2, "ways": {"next": "bye", "timeout": "gone", "wrong": "lost"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "keys", "value"),
    [
        ({}, "12345678", "12345678"),
        ({}, "1234#", "1234"),
        ({"variable": "amount"}, "0500#", "500"),
        ({"variable": "date"}, "27112026", "2026-11-27"),
        ({"variable": "time", "most": 4}, "1830", "18:30"),
        ({"end_key": ""}, "12345678", "12345678"),
    ],
)
def test_digits_are_read_by_the_type_of_their_variable(
    more: dict[str, Any], keys: str, value: str
) -> None:
    on = {"id": "on", "type": "say", "say": HELLO, "ways": {"next": "bye"}}
    call = Call(document({**ASK, **more, "ways": {**ASK["ways"], "next": "on"}}, GONE, LOST, on))  # type: ignore[dict-item]
    call.press(keys)
    assert call.trail == ["ask", "on"]
    assert call.value[str({**ASK, **more}["variable"])] == value


def test_digits_that_are_no_value_are_asked_for_again() -> None:
    call = Call(document({**ASK, "variable": "date"}, GONE, LOST))
    call.press("99999999")
    assert call.trail == ["ask"]
    call.press("1")
    call.silence()
    assert call.trail[-1] == "lost"
    assert call.value["date"] == ""
    call = Call(document(ASK, GONE, LOST))
    call.said()
    call.silence()
    call.said()
    call.silence()
    assert call.trail[-1] == "gone"


def test_digits_are_confirmed() -> None:
    confirm = [{"digits": "{{digits}}"}]
    on = {"id": "on", "type": "say", "say": HELLO, "ways": {"next": "bye"}}
    ways = {"next": "on", "timeout": "gone"}
    call = Call(document({**ASK, "confirm": confirm, "tries": 3, "ways": ways}, GONE, on))
    call.press("123#")
    assert call.one(Say).parts[0].value == "123"
    call.press("2")
    call.press("456#1")
    assert call.trail == ["ask", "on"]
    assert call.value["digits"] == "456"


def test_a_recording_begins_after_the_words_and_ends_by_key() -> None:
    node = {
        "id": "rec", "type": "record", "say": HELLO, "variable": "text",
        "ways": {"next": "bye", "silent": "gone"},
    }  # fmt: skip
    call = Call(document(node, GONE))
    call.said()
    name = call.one(Record).recording
    call.press("#")
    assert call.one(StopRecording).recording == name
    call.tell(Recorded(recording="another", media="x", seconds=1))
    assert call.last.actions == ()
    call.tell(Recorded(recording=name, media="kept", seconds=4))
    assert call.last.outcome == "HUNG_UP"
    call = Call(document(node, GONE))
    call.said()
    call.tell(Recorded(recording=call.one(Record).recording, media=""))
    assert call.trail[-1] == "gone"


def test_a_survey_notes_what_is_answered() -> None:
    questions = [{"name": "csat", "say": HELLO}, {"name": "nps", "say": HELLO, "lowest": 0}]
    node = {"id": "s", "type": "survey", "questions": questions, "ways": {"next": "bye"}}
    call = Call(document(node))
    call.press("4")
    assert call.one(NoteOutcome) == NoteOutcome(name="csat", value="4")
    call.press("9")
    assert call.names(NoteOutcome) == []
    call.press("0")
    assert call.last.outcome == "HUNG_UP"
