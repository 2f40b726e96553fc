"""What is counted of a run on the switch, on calls and agents that can be counted by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from switch_bench.figures import (
    agent_hours,
    by_the_far_end,
    by_the_tables,
    differences,
)

from kwabo.adapters.carrier_lab.log import LabCall

BEGIN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return BEGIN + timedelta(seconds=seconds)


def call(attempt_id: str, **moments: float | str) -> LabCall:
    """A call that was invited at 0 s; moments in seconds."""
    times: dict[str, Any] = {
        name: at(value) for name, value in moments.items() if isinstance(value, float)
    }
    return LabCall(
        invited_at=at(0.0),
        number="+2290197000000",
        caller_id="",
        attempt_id=attempt_id,
        call_id=f"{attempt_id}@lab",
        behaviour=str(moments.get("behaviour", "person")),
        attempt=1,
        **times,
    )


CALLS = [
    call("talked", answered_at=5.0, heard_at=6.0),
    call("left", answered_at=5.0, heard_at=6.5),
    call("late", answered_at=5.0, heard_at=7.5),
    call("deaf", answered_at=5.0),
    call("machine", answered_at=5.0, behaviour="voicemail"),
    call("silent", behaviour="no_answer"),
]


def test_the_far_end_and_the_bridges_tell_who_was_abandoned() -> None:
    found = by_the_far_end(CALLS, {"talked": at(5.2).timestamp()})
    assert (found.dialled, found.live_answers, found.conversations) == (6, 5, 1)
    assert found.abandoned == 4
    assert found.abandon_rate == pytest.approx(0.8)
    assert found.abandon_rate_of_all == pytest.approx(4 / 6, abs=1e-6)
    assert found.wait.longest == pytest.approx(0.2, abs=1e-3)


def test_only_people_are_owed_a_message_that_they_hear() -> None:
    message = by_the_far_end(CALLS, {"talked": at(5.2).timestamp()}).message
    assert (message.owed, message.told, message.late) == (3, 2, 1)
    assert message.longest == 2.5


def attempt(attempt_id: str, **values: Any) -> dict[str, Any]:
    """An attempt as the API lists it."""
    row = dict.fromkeys(
        ("answered_at", "connected_at", "message_started_at", "message_media", "result")
    )
    moments = {k: at(v).isoformat() for k, v in values.items() if isinstance(v, float)}
    return {
        **row,
        "attempt_id": attempt_id,
        "dialling_at": at(0.0).isoformat(),
        "abandoned": False,
        **values,
        **moments,
    }


def test_the_tables_tell_the_same_with_their_proof() -> None:
    found = by_the_tables(
        [
            attempt("talked", result="person", answered_at=5.0, connected_at=5.25),
            attempt(
                "left",
                result="person",
                answered_at=5.0,
                abandoned=True,
                message_started_at=6.4,
                message_media="sound:sorry",
            ),
            attempt("unproved", result="person", answered_at=5.0, abandoned=True),
            attempt("silent", result="no_answer"),
        ]
    )
    assert (found.dialled, found.live_answers, found.conversations, found.abandoned) == (4, 3, 1, 2)
    assert (found.message.owed, found.message.told) == (2, 1)
    assert found.message.longest == pytest.approx(1.4)
    assert found.wait.longest == pytest.approx(0.25)


def test_what_only_one_side_knows_is_told() -> None:
    rows = [attempt("talked", answered_at=5.0), attempt("left"), attempt("never called")]
    told = differences(rows, [*CALLS[:2], CALLS[0], call("nobody's")])
    assert told == [
        "INVITEs without an attempt: 1",
        "attempts with two INVITEs: 1",
        "attempts without an INVITE: 1",
        "answers that only one side knows: 1",
    ]


def test_hours_are_cut_at_both_ends() -> None:
    hours = agent_hours(
        [
            ("a", "ready", at(-100.0)),
            ("b", "paused", at(-100.0)),
            ("a", "on_call", at(900.0)),
            ("a", "after_call", at(2700.0)),
            ("a", "reserved", at(3600.0)),
            ("a", "ready", at(9000.0)),
        ],
        BEGIN,
        at(4500.0),
    )
    expected = {"ready": 0.25, "talking": 0.5, "after_call": 0.25, "reserved": 0.25, "paused": 1.25}
    assert hours.hours == pytest.approx(expected)
    assert hours.utilisation == pytest.approx(0.5)
    assert hours.occupancy == pytest.approx(0.6)
    assert hours.at_work == pytest.approx(1.25)
