"""Each kind of node does what it says; calls that go wrong end as they should."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kwabo.domain.flows.actions import (
    AddToDnc,
    AskHours,
    AskIncidents,
    AwaitVoicemail,
    CancelTimer,
    EnterQueue,
    HangUp,
    KeepVoicemail,
    LeaveQueue,
    LookUp,
    NoteOutcome,
    NotifyWhenOver,
    OfferCallback,
    Record,
    RememberLanguage,
    Say,
    SendMessage,
    SetTimer,
    StopRecording,
    StopSaying,
    Transfer,
)
from kwabo.domain.flows.cursor import Facts
from kwabo.domain.flows.flow import flow_of
from kwabo.domain.flows.inputs import (
    CallerGone,
    DigitPressed,
    HoursTold,
    Incident,
    IncidentsTold,
    Input,
    LookedUp,
    PlaybackEnded,
    QueueLeft,
    Recorded,
    TextReceived,
    TimedOut,
    TransferEnded,
)
from kwabo.domain.flows.interpreter import Step, begin, resume, step
from kwabo.domain.flows.parts import AmountPart, PromptPart, TextPart

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
HELLO = [{"prompt": "hello"}]
BYE = {"id": "bye", "type": "hang_up"}
TYPES = ("number", "text", "amount", "date", "digits", "yes_no", "time")


def document(*nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A flow that begins with the first node; each type has a variable of its name."""
    return {
        "languages": ["fr", "fon"],
        "start": nodes[0]["id"],
        "variables": [{"name": one, "type": one} for one in TYPES],
        "nodes": [*nodes, BYE],
        **more,
    }


class Call:
    """A call on its way through a flow."""

    def __init__(self, main: dict[str, Any], others: dict[str, Any] | None = None, **facts: Any):
        self.flow = flow_of("main", {"main": main, **(others or {})})
        known = {"caller": "+2290197000001", "called": "+2290121000000"}
        self.now = NOW
        self.trail: list[str] = []
        self.last: Step
        self._take(begin(self.flow, Facts(**(known | facts)), NOW))

    def _take(self, done: Step) -> None:
        self.last = done
        self.trail += [one.node for one in done.trail]

    def tell(self, told: Input, seconds: float = 1) -> Step:
        """Something happens, after some seconds."""
        assert self.last.cursor is not None
        self.now += timedelta(seconds=seconds)
        before, flow = self.last.cursor, self.flow
        self._take(step(flow, before, told, self.now))
        return self.last

    def one(self, kind: type[Any]) -> Any:
        """The action of this kind in the last step; there is one."""
        found = [one for one in self.last.actions if isinstance(one, kind)]
        assert len(found) == 1, self.last.actions
        return found[0]

    def names(self, kind: type[Any]) -> list[Any]:
        """The actions of this kind in the last step."""
        return [one for one in self.last.actions if isinstance(one, kind)]

    def said(self) -> None:
        """What is being said ends."""
        assert self.last.cursor is not None
        self.tell(PlaybackEnded(playback=str(self.last.cursor.state["playback"])))

    def silence(self) -> None:
        """The node's timer runs down."""
        assert self.last.cursor is not None
        self.tell(TimedOut(timer=str(self.last.cursor.state["timer"])))

    def press(self, keys: str) -> None:
        """Keys, one by one."""
        for key in keys:
            self.tell(DigitPressed(digit=key))

    @property
    def value(self) -> dict[str, str]:
        """The variables."""
        assert self.last.cursor is not None
        return dict(self.last.cursor.variables)


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


MENU = {
    "id": "menu", "type": "menu", "say": HELLO, "tries": 2,
    "options": [{"key": "1", "label": {"fr": "Solde"}}, {"key": "2", "label": {"fr": "Agent"}}],
    "wrong": [{"prompt": "wrong"}], "silent": [{"prompt": "silent"}], "repeat_key": "*",
    "ways": {"1": "bye", "2": "bye", "timeout": "gone", "wrong": "lost"},
}  # fmt: skip
GONE = {"id": "gone", "type": "hang_up", "say": HELLO}
LOST = {"id": "lost", "type": "hang_up", "say": HELLO}


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
    assert call.names(Say)[-1].parts == (TextPart(text="Ɛɛn"),)
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


QUEUE = {
    "id": "q", "type": "queue", "queue_id": "q1", "skills": ["billing"], "seconds": 60,
    "offers": [{"key": "9"}], "ways": {"timeout": "late", "9": "back", "closed": "shut"},
}  # fmt: skip
QUEUE_ENDS = [{"id": one, "type": "hang_up", "say": HELLO} for one in ("late", "back", "shut")]


def test_a_queue_is_left_by_an_agent_by_key_or_too_late() -> None:
    main = document(QUEUE, *QUEUE_ENDS, limits={"seconds": 10})
    call = Call(main)
    entered = call.one(EnterQueue)
    assert (entered.queue_id, entered.skills, entered.language) == ("q1", ("billing",), "fr")
    assert len(call.names(CancelTimer)) == 1, "the call's time does not count in the queue"
    call.tell(QueueLeft(reason="answered"), seconds=1_000)
    assert (call.last.cursor, call.last.outcome) == (None, "ANSWERED")
    assert HangUp() not in call.last.actions
    call = Call(main)
    call.press("9")
    assert call.trail == ["q", "back"]
    assert call.names(LeaveQueue) == [LeaveQueue()]
    call = Call(main)
    call.tell(QueueLeft(reason="full"))
    assert call.trail == ["q", "late"]
    assert call.names(LeaveQueue) == []
    call = Call(main)
    call.tell(QueueLeft(reason="closed"))
    assert call.trail == ["q", "shut"]
    call.tell(QueueLeft(reason="answered"))
    assert call.last.outcome == "ANSWERED", "an agent who was faster"


def test_a_transfer_is_connected_or_fails() -> None:
    node = {
        "id": "t", "type": "transfer", "kind": "number", "to": "{{contact:autre}}",
        "ways": {"failed": "gone"},
    }  # fmt: skip
    call = Call(document(node, GONE), contact={"autre": "+2290197000009"})
    assert call.one(Transfer).to == "+2290197000009"
    call.tell(TransferEnded(reason="busy"))
    assert call.trail == ["t", "gone"]
    call = Call(document(node, GONE), contact={"autre": "+2290197000009"})
    call.tell(TransferEnded(reason="connected"))
    assert call.last.outcome == "TRANSFERRED"
    assert Call(document(node, GONE)).trail == ["t", "gone"]


def test_a_callback_is_accepted_declined_or_impossible() -> None:
    node = {
        "id": "c", "type": "callback", "queue_id": "q1", "say": HELLO, "priority": 2,
        "ways": {"accepted": "bye", "declined": "gone"},
    }  # fmt: skip
    call = Call(document(node, GONE))
    call.press("1")
    assert call.one(OfferCallback) == OfferCallback(
        queue_id="q1", number="+2290197000001", language="fr", priority=2
    )
    call = Call(document(node, GONE))
    call.press("2")
    assert call.trail == ["c", "gone"]
    assert Call(document(node, GONE), caller="").trail == ["c", "gone"]


def test_a_voicemail_is_kept() -> None:
    node = {
        "id": "v", "type": "voicemail", "queue_id": "q1", "say": HELLO, "ways": {"next": "bye"}
    }  # fmt: skip
    call = Call(document(node))
    call.said()
    call.tell(Recorded(recording=call.one(Record).recording, media="m", seconds=7))
    assert call.one(KeepVoicemail) == KeepVoicemail(
        queue_id="q1", media="m", seconds=7, number="+2290197000001"
    )
    call = Call(document(node), medium="text")
    call.tell(TextReceived(text="Rappelez-moi"))
    assert call.one(KeepVoicemail).text == "Rappelez-moi"


def test_a_caller_who_hangs_up_while_a_message_is_recorded_has_left_it() -> None:
    node = {
        "id": "v", "type": "voicemail", "queue_id": "q1", "say": HELLO, "ways": {"next": "bye"}
    }  # fmt: skip
    call = Call(document(node))
    call.said()
    recording = call.one(Record).recording
    call.tell(CallerGone())
    assert call.one(AwaitVoicemail) == AwaitVoicemail(
        recording=recording, queue_id="q1", number="+2290197000001"
    )
    call = Call(document(node))
    call.tell(CallerGone())
    assert not call.names(AwaitVoicemail), "before the tone"


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


def test_a_flow_runs_another_and_takes_results_over() -> None:
    run = {
        "id": "run", "type": "flow", "flow_id": "inner", "values": {"text": "{{call:caller}}"},
        "results": {"number": "amount"}, "ways": {"next": "on"},
    }  # fmt: skip
    inner = document(
        {
            "id": "count", "type": "set", "ways": {"next": "back"},
            "values": [{"variable": "number", "value": "{{text}}"}],
        },
        {"id": "back", "type": "return"},
    )  # fmt: skip
    on = {"id": "on", "type": "say", "say": [{"amount": "{{amount}}"}], "ways": {"next": "bye"}}
    call = Call(document(run, on), {"inner": inner}, caller="97000001")
    assert call.trail == ["run", "count", "back", "on"]
    assert call.one(Say).parts == (AmountPart(value="97000001"),)
    assert call.last.cursor is not None
    assert call.last.cursor.frames == ()
    assert Call(inner).last.outcome == "HUNG_UP", "without a flow that runs it the call ends"
    itself = document({**run, "flow_id": "main"}, on, GONE, on_error="gone")
    call = Call(itself)
    assert call.trail == ["run"] * 6 + ["gone"], "five deep, then the error branch"


# ── When it goes wrong ───────────────────────────────────────────────────────────────────────────

LOOP = {"id": "loop", "type": "note", "result": "r", "ways": {"next": "loop"}}


def test_a_loop_that_waits_for_nothing_ends_through_the_error_branch() -> None:
    call = Call(document(LOOP, GONE, on_error="gone", limits={"steps": 20}))
    assert call.trail == ["loop"] * 20 + ["gone"]
    call.said()
    assert call.last.outcome == "FLOW_LIMIT"
    call = Call(document(LOOP, limits={"visits": 7}))
    assert call.trail == ["loop"] * 7
    assert (call.last.outcome, call.last.actions[-1]) == ("FLOW_LIMIT", HangUp())
    call = Call(document(LOOP, on_error="loop", limits={"visits": 7}))
    assert call.trail == ["loop"] * 12, "the error branch has little of everything itself"
    assert call.last.outcome == "FLOW_LIMIT"


def test_time_in_the_flow_is_limited() -> None:
    menu = {**MENU, "tries": 9, "seconds": 60}
    call = Call(document(menu, GONE, LOST, on_error="gone", limits={"seconds": 30}))
    limit = call.names(SetTimer)[0]
    assert limit.seconds == 30
    call.tell(TimedOut(timer=limit.timer), seconds=30)
    assert call.trail == ["menu", "gone"]
    call = Call(document(menu, GONE, LOST, on_error="gone", limits={"seconds": 30}))
    call.tell(DigitPressed(digit="1"), seconds=31)
    assert call.trail == ["menu", "gone"], "a timer that is late"


def test_a_way_that_leads_nowhere_is_an_error() -> None:
    say = {"id": "say", "type": "say", "say": HELLO, "ways": {"next": "nowhere"}}
    call = Call(document(say, GONE, on_error="gone"))
    call.said()
    assert call.trail == ["say", "gone"]
    call.said()
    assert call.last.outcome == "FLOW_ERROR"
    call = Call(document({**say, "ways": {}}))
    call.said()
    assert call.last.outcome == "FLOW_ERROR"
    assert Call({}).last.outcome == "FLOW_ERROR"


@pytest.mark.parametrize("kind", ["voicemail", "record"])
def test_after_a_crash_a_recording_that_goes_on_is_waited_for(kind: str) -> None:
    node = {"id": "v", "type": kind, "say": HELLO, "max_seconds": 50, "ways": {"next": "bye"}}
    node |= {"queue_id": "q1"} if kind == "voicemail" else {"variable": "text"}
    call = Call(document(node))
    call.said()
    recording, cursor = call.one(Record).recording, call.last.cursor
    assert cursor is not None
    for others in (frozenset[str](), frozenset({"recording-99"})):
        anew = resume(call.flow, cursor, NOW, others)
        assert [type(one) for one in anew.actions if isinstance(one, Say | Record)] == [Say]
    call.last = resume(call.flow, cursor, NOW, frozenset({recording, "recording-99"}))
    assert not call.names(Say)
    assert not call.names(Record)
    assert 60 in [one.seconds for one in call.names(SetTimer)], "it is given up at some time"
    call.tell(Recorded(recording=recording, media="m", seconds=9))
    assert call.trail[-1] == "bye"
    if kind == "voicemail":
        assert call.one(KeepVoicemail).media == "m"


def test_after_a_crash_the_node_is_done_again() -> None:
    call = Call(document(MENU, GONE, LOST))
    first = call.one(Say).playback
    cursor = call.last.cursor
    assert cursor is not None
    done = resume(call.flow, cursor, NOW + timedelta(seconds=100))
    said = [one for one in done.actions if isinstance(one, Say)]
    assert said[0].parts == (PromptPart(key="hello"),)
    assert said[0].playback != first
    limits = [one for one in done.actions if isinstance(one, SetTimer)]
    assert limits[0].seconds == 1_700
    assert done.cursor is not None
    assert done.cursor.steps == cursor.steps
    lost = resume(call.flow, replace(cursor, node="taken-out"), NOW)
    assert lost.outcome == "FLOW_ERROR"
