"""Values, hours, languages, lookups, segments, incidents and small acts have their ways."""

from __future__ import annotations

import pytest

from kwabo.domain.flows.actions import (
    AddToDnc,
    AskHours,
    AskIncidents,
    LookUp,
    NoteOutcome,
    NotifyWhenOver,
    RememberLanguage,
    Say,
    SendMessage,
)
from kwabo.domain.flows.inputs import (
    HoursTold,
    Incident,
    IncidentsTold,
    LookedUp,
)
from kwabo.domain.flows.parts import AmountPart, PromptPart, TextPart
from unit.flows.walked import GONE, HELLO, MENU, TYPES, Call, document


def test_values_are_set_and_counted_and_decide() -> None:
    count = {
        "id": "set", "type": "set", "ways": {"next": "decide"},
        "values": [
            {"variable": "number", "mode": "add", "value": "2"},
            {"variable": "text", "value": "n={{number}}"},
            {"variable": "date", "value": "no date"},
        ],
    }  # fmt: skip
    when = {
        "of": "variable", "name": "number", "value_type": "NUMERIC",
        "operator": "LESS_THAN", "value": "5",
    }  # fmt: skip
    decide = {
        "id": "decide", "type": "decide", "branches": [{"way": "few", "when": when}],
        "ways": {"few": "set", "else": "end"},
    }  # fmt: skip
    end = {"id": "end", "type": "say", "say": HELLO, "ways": {"next": "bye"}}
    call = Call(document(count, decide, end))
    assert call.trail == ["set", "decide"] * 3 + ["end"]
    assert call.value == dict.fromkeys(TYPES, "") | {"number": "6", "text": "n=6"}


@pytest.mark.parametrize(
    ("state", "node"),
    [("open", "open"), ("closed", "shut"), ("holiday", "shut"), ("emergency", "alarm")],
)
def test_hours_have_ways(state: str, node: str) -> None:
    hours = {
        "id": "hours", "type": "hours", "schedule_id": "s",
        "ways": {"open": "open", "closed": "shut", "emergency": "alarm"},
    }  # fmt: skip
    ends = [{"id": one, "type": "hang_up"} for one in ("open", "shut", "alarm")]
    call = Call(document(hours, *ends))
    asked = call.one(AskHours)
    assert asked.schedule_id == "s"
    call.tell(HoursTold(question=asked.question, state=state))
    assert call.trail == ["hours", node]


LANGUAGE = {
    "id": "l", "type": "language", "say": [{"prompt": "choose", "language": "fon"}],
    "options": [{"key": "1", "language": "fr"}, {"key": "2", "language": "fon"}],
    "ways": {"next": "on"},
}  # fmt: skip
ON = {"id": "on", "type": "say", "say": [{"text": {"fr": "Oui", "fon": "Ɛɛn"}}]}


def test_a_language_is_chosen_and_remembered() -> None:
    call = Call(document(LANGUAGE, {**ON, "ways": {"next": "bye"}}))
    assert call.one(Say).parts == (PromptPart(key="choose", language="fon"),)
    call.press("2")
    assert call.one(RememberLanguage).language == "fon"
    assert call.names(Say)[-1].parts == (TextPart(text="Ɛɛn", instead={"fr": "Oui"}),)
    call = Call(document(LANGUAGE, ON), language="fon")
    assert call.trail == ["l", "on"]
    call = Call(document({**LANGUAGE, "skip_known": False}, ON), language="fon")
    assert call.trail == ["l"]
    call = Call(document({**LANGUAGE, "tries": 1}, ON))
    call.said()
    call.silence()
    assert call.one(Say).language == "fr"


LOOKUP = {
    "id": "ask", "type": "lookup", "source_id": "balance", "seconds": 4,
    "parameters": {"number": "{{call:caller}}"}, "outputs": {"balance": "amount"},
    "waiting": [{"prompt": "wait"}],
    "ways": {"ok": "tell", "empty": "empty", "error": "error", "slow": "slow"},
}  # fmt: skip
TELL = {"id": "tell", "type": "say", "say": [{"amount": "{{amount}}"}], "ways": {"next": "bye"}}
ENDS = [{"id": one, "type": "hang_up"} for one in ("empty", "error", "slow")]


@pytest.mark.parametrize(
    ("outputs", "failure", "node"),
    [
        ({"balance": "1250.0"}, "", "tell"),
        ({"other": "1"}, "", "empty"),
        ({"balance": "no number"}, "", "empty"),
        ({}, "HTTP_STATUS", "error"),
        ({}, "SLOW", "slow"),
    ],
)
def test_a_lookup_has_a_way_for_each_end(outputs: dict[str, str], failure: str, node: str) -> None:
    call = Call(document(LOOKUP, TELL, *ENDS))
    asked = call.one(LookUp)
    assert asked.parameters == {"number": "+2290197000001"}
    call.tell(LookedUp(lookup=asked.lookup, outputs=outputs, failure=failure))
    assert call.trail == ["ask", node]
    if node == "tell":
        assert call.one(Say).parts == (AmountPart(value="1250"),)


def test_a_lookup_that_is_late_is_not_waited_for() -> None:
    call = Call(document(LOOKUP, TELL, *ENDS))
    asked = call.one(LookUp)
    call.said()
    call.silence()
    assert call.trail == ["ask", "slow"]
    call = Call(document(LOOKUP, {**TELL, "id": "slow", "say": HELLO}, TELL, *ENDS[:2]))
    call.silence()
    call.tell(LookedUp(lookup=asked.lookup, outputs={"balance": "1"}))
    assert call.trail == ["ask", "slow"]
    assert call.last.actions == ()


def test_segments_have_ways() -> None:
    node = {
        "id": "s", "type": "segment", "segments": [{"way": "good", "values": ["Élite", "or"]}],
        "ways": {"good": "vip", "else": "bye"},
    }  # fmt: skip
    vip = {"id": "vip", "type": "hang_up"}
    assert Call(document(node, vip), person={"segment": "elite"}).trail == ["s", "vip"]
    assert Call(document(node, vip)).trail == ["s", "bye"]


def test_incidents_are_told_and_their_end_is_offered() -> None:
    node = {
        "id": "i", "type": "incidents", "service": "data", "offer": [{"prompt": "offer"}],
        "accepted": [{"prompt": "thanks"}], "ways": {"next": "bye", "told": "gone"},
    }  # fmt: skip
    incident = Incident(incident_id="i1", texts={"fr": "Panne à Parakou"})
    call = Call(document(node, GONE))
    asked = call.one(AskIncidents)
    assert asked.service == "data"
    call.tell(IncidentsTold(question=asked.question, incidents=(incident,)))
    assert call.one(Say).parts == (TextPart(text="Panne à Parakou"), PromptPart(key="offer"))
    call.press("1")
    assert call.one(NotifyWhenOver) == NotifyWhenOver(incident_id="i1", to="+2290197000001")
    call.said()
    assert call.trail == ["i", "gone"]
    call = Call(document(node, GONE))
    call.tell(IncidentsTold(question=call.one(AskIncidents).question))
    assert call.trail == ["i", "bye"]
    menu = {**MENU, "id": "gone", "ways": {"1": "bye", "2": "bye", "timeout": "bye"}}
    call = Call(document(node, menu))
    call.tell(IncidentsTold(question=call.one(AskIncidents).question, incidents=(incident,)))
    call.press("12")
    assert call.trail == ["i", "gone", "bye"], "the second key goes to the menu after it"
    call = Call(document({**node, "offer": []}, GONE))
    asked = call.one(AskIncidents)
    call.tell(IncidentsTold(question=asked.question, incidents=(incident,)))
    call.said()
    assert call.trail == ["i", "gone"]


def test_small_acts_happen_at_once() -> None:
    nodes = [
        {
            "id": "dnc", "type": "do_not_call", "dnc_list_id": "d", "days": 30,
            "ways": {"next": "msg"},
        },
        {
            "id": "msg", "type": "message", "channel": "sms", "template": "invite",
            "values": {"n": "{{text}}"}, "ways": {"next": "note"},
        },
        {"id": "note", "type": "note", "result": "r", "value": "v", "ways": {"next": "bye"}},
    ]  # fmt: skip
    call = Call(document(*nodes))
    number = "+2290197000001"
    assert call.one(AddToDnc) == AddToDnc(dnc_list_id="d", number=number, days=30)
    assert call.one(SendMessage) == SendMessage(
        channel="sms", template="invite", to=number, language="fr", values={"n": ""}
    )
    assert call.one(NoteOutcome) == NoteOutcome(name="r", value="v")
    assert Call(document(*nodes), caller="").names(AddToDnc) == []
