"""What is around a flow: tests that are kept with it, JSON of steps, files, comparisons."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

import pytest

from flow_documents import LANGUAGES
from kwabo.domain.flows.actions import EnterQueue, Say
from kwabo.domain.flows.compare import Difference, differences
from kwabo.domain.flows.cursor import Facts, of_json, to_json
from kwabo.domain.flows.flow import flow_of
from kwabo.domain.flows.flow_tests import check_tests, run_tests
from kwabo.domain.flows.inputs import Incident, IncidentsTold
from kwabo.domain.flows.interpreter import begin
from kwabo.domain.flows.parts import AmountPart, PromptPart
from kwabo.domain.flows.references import references, with_references
from kwabo.domain.flows.rehearsal import in_order, rehearse
from kwabo.domain.flows.wire import action_json, input_of

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
HELLO = [{"prompt": "hello"}]
BYE = {"id": "bye", "type": "hang_up"}


def flow(*nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "languages": list(LANGUAGES), "start": nodes[0]["id"], "nodes": [*nodes, BYE],
        "variables": [{"name": "v", "type": "text"}], **more,
    }  # fmt: skip


def gone_through(document: dict[str, Any], **test: Any) -> Any:
    return rehearse(flow_of("f", {"f": document}), test, time_zone="UTC", now=NOW)


VOICEMAIL = {
    "id": "v", "type": "voicemail", "queue_id": "q", "say": HELLO,
    "ways": {"next": "note", "silent": "bye"},
}  # fmt: skip
NOTE = {"id": "note", "type": "note", "result": "kept", "value": "yes", "ways": {"next": "bye"}}


@pytest.mark.parametrize(
    ("steps", "trail"),
    [
        ([{"record": 5}], ("v", "note", "bye")),
        ([{"record": 0}], ("v", "bye")),
        ([{"silence": True}], ("v", "bye")),
        ([], ("v", "bye")),
    ],
)
def test_recordings_are_steps(steps: list[Any], trail: tuple[str, ...]) -> None:
    found = gone_through(flow(VOICEMAIL, NOTE), steps=steps)
    assert (found.trail, found.unused) == (trail, 0)


def test_steps_meet_queues_transfers_and_the_end() -> None:
    queue = {"id": "q", "type": "queue", "queue_id": "q", "ways": {"timeout": "t"}}
    transfer = {
        "id": "t", "type": "transfer", "kind": "number", "to": "+2290197000009",
        "ways": {"failed": "bye"},
    }  # fmt: skip
    document = flow(queue, transfer)
    assert gone_through(document, steps=[{"queue": "answered"}]).outcome == "ANSWERED"
    busy = gone_through(document, steps=[{"queue": "full"}, {"transfer": "busy"}])
    assert (busy.trail, busy.outcome) == (("q", "t", "bye"), "HUNG_UP")
    assert gone_through(document).outcome == "TRANSFERRED"
    assert gone_through(document, steps=[{"hang_up": True}]).outcome == "CALLER_GONE"


def test_writing_and_the_clock_count() -> None:
    menu = {
        "id": "m", "type": "menu", "say": HELLO, "options": [{"key": "1", "label": {"fr": "Oui"}}],
        "ways": {"1": "say", "timeout": "bye"},
    }  # fmt: skip
    say = {
        "id": "say", "type": "say", "say": [{"time": "{{call:time}}"}], "ways": {"next": "bye"}
    }  # fmt: skip
    test = {"medium": "text", "now": "2026-11-27T14:30:00+00:00", "steps": [{"text": "oui"}]}
    found = gone_through(flow(menu, say), **test)
    assert found.said == ("hello", "1. Oui", "time:14:30")
    at_limit = flow(menu, say, limits={"seconds": 3})
    assert gone_through(at_limit).outcome == "FLOW_LIMIT"


def test_what_is_not_as_expected_is_told() -> None:
    test = {
        "name": "T", "steps": [],
        "expected": {
            "trail": ["v"], "outcome": "ANSWERED", "said": ["x"], "results": {"kept": "yes"},
        },
    }  # fmt: skip
    (result,) = run_tests(
        flow_of("f", {"f": flow(VOICEMAIL, NOTE)}), [test], time_zone="UTC", now=NOW
    )
    assert [(one.field, one.code) for one in result.differences] == [
        ("tests.0.expected.trail", "FLOW_TEST_TRAIL"),
        ("tests.0.expected.outcome", "FLOW_TEST_OUTCOME"),
        ("tests.0.expected.said", "FLOW_TEST_SAID"),
        ("tests.0.expected.results", "FLOW_TEST_RESULT"),
    ]
    assert result.differences[0].message == "Test 'T': expected v, but went v → bye."
    assert in_order(["a", "c"], ["a", "b", "c"])
    assert not in_order(["c", "a"], ["a", "b", "c"])


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"name": 7}, ("tests.0.name", "FLOW_TEXT")),
        ({"clock": 1}, ("tests.0", "FLOW_KEY")),
        ({"medium": "fax"}, ("tests.0.medium", "FLOW_CHOICE_OF")),
        ({"now": "2026-11-27"}, ("tests.0.now", "FLOW_INSTANT")),
        ({"facts": []}, ("tests.0.facts", "FLOW_OBJECT")),
        ({"data": {"queue": 1}}, ("tests.0.data", "FLOW_KEY")),
        ({"steps": 1}, ("tests.0.steps", "FLOW_ENTRIES")),
        ({"expected": {}}, ("tests.0.expected", "FLOW_NEEDED")),
        ({"expected": {"outcome": "x"}}, ("tests.0.expected.outcome", "FLOW_CHOICE_OF")),
    ],
)
def test_tests_are_checked(change: dict[str, Any], found: tuple[str, str]) -> None:
    good = {"name": "T", "steps": [{"press": "1"}], "expected": {"outcome": "HUNG_UP"}}
    assert check_tests([good]) == []
    assert [(one.field, one.code) for one in check_tests([{**good, **change}])] == [found]
    assert [one.code for one in check_tests([good, good])] == ["FLOW_ID_TWICE"]
    assert [one.code for one in check_tests([1])] == ["FLOW_OBJECT"]


def test_steps_are_json() -> None:
    say = Say(playback="say-1", parts=(PromptPart(key="k"), AmountPart(value="5")), language="fr")
    assert action_json(say)["parts"] == [
        {"type": "prompt", "key": "k", "values": {}, "language": ""},
        {"type": "amount", "value": "5", "language": ""},
    ]
    queue = action_json(EnterQueue(queue_id="q", announcement=(AmountPart(value="5"),)))
    assert queue["type"] == "enter_queue"
    assert queue["announcement"][0]["type"] == "amount"
    told = {"type": "incidents_told", "question": "q", "incidents": [{"incident_id": "i"}]}
    assert input_of(told) == IncidentsTold(question="q", incidents=(Incident(incident_id="i"),))
    for wrong in ({}, {"type": "digit_pressed"}, {"type": "digit_pressed", "digit": 1}):
        with pytest.raises((KeyError, TypeError, ValueError)):
            input_of(wrong)


@pytest.mark.parametrize(
    "change",
    [
        {"state": {"tries": [1]}}, {"count": "1"}, {"facts": {"caller": 1}}, {"frames": [1]},
        {"since": "2026-11-27T09:00:00"}, {"visits": {"a": True}}, {"variables": []},
    ],
)  # fmt: skip
def test_a_cursor_that_somebody_has_changed_is_none(change: dict[str, Any]) -> None:
    cursor = begin(flow_of("f", {"f": flow(VOICEMAIL, NOTE)}), Facts(), NOW).cursor
    assert cursor is not None
    written = to_json(cursor)
    assert of_json(written) == cursor
    with pytest.raises((KeyError, TypeError, ValueError)):
        of_json({**written, **change})


def test_references_are_found_and_renamed() -> None:
    node = {
        "id": "q", "type": "queue", "queue_id": "q1", "music": "jazz",
        "announcement": [{"parts": [{"prompt": "wait"}]}], "ways": {"timeout": "bye"},
    }  # fmt: skip
    document = flow(node, VOICEMAIL)
    assert references(document) == {
        ("queue", "q1"), ("queue", "q"), ("prompt", "jazz"), ("prompt", "wait"),
        ("prompt", "hello"),
    }  # fmt: skip
    renamed = with_references(document, lambda noun, one: f"{noun}-{one}")
    assert references(renamed) >= {("queue", "queue-q1"), ("prompt", "prompt-jazz")}
    assert with_references({"nodes": 3}, lambda noun, one: one) == {"nodes": 3}


def test_differences_are_by_node() -> None:
    old = flow(VOICEMAIL, NOTE)
    new = copy.deepcopy(old)
    new["on_error"] = "bye"
    new["nodes"][0] = {**VOICEMAIL, "x": 10, "beep": False}
    new["nodes"][1]["id"] = "other"
    assert differences(old, new) == [
        Difference(node="", change="changed", fields=("on_error",)),
        Difference(node="v", change="changed", fields=("beep",)),
        Difference(node="other", change="added"),
        Difference(node="note", change="removed"),
    ]
    assert differences(old, copy.deepcopy(old)) == []
