"""Flows that run others, and calls that go wrong: they end as they should."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kwabo.domain.flows.actions import (
    HangUp,
    KeepVoicemail,
    Record,
    Say,
    SetTimer,
)
from kwabo.domain.flows.inputs import (
    DigitPressed,
    Recorded,
    TimedOut,
)
from kwabo.domain.flows.interpreter import resume
from kwabo.domain.flows.parts import AmountPart, PromptPart
from unit.flows.walked import GONE, HELLO, LOST, MENU, NOW, Call, document


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
