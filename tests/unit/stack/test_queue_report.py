"""Queues' figures against what the lab's callers saw: agreement, and every way to differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kwabo.adapters.carrier_lab.log import LabCaller
from kwabo.stack.demo.queue_report import queues_report

BEGIN = datetime.fromisoformat("2026-11-27T09:00:00+00:00")
NAME = "Service client"
Pair = tuple[LabCaller, dict[str, Any]]


def at(seconds: float) -> datetime:
    return BEGIN + timedelta(seconds=seconds)


def caller(number: str, *keys: tuple[float, str], met: float | None, ended: float) -> LabCaller:
    return LabCaller(
        call_id=number,
        number="0121000100",
        caller=number,
        called_at=BEGIN,
        heard=Path("heard.wav"),
        answered_at=at(1),
        ended_at=at(ended),
        pressed=tuple((at(moment), pressed) for moment, pressed in keys),
        met_at=None if met is None else at(met),
    )


def attempt(waited: float, connected: float | None = None) -> dict[str, Any]:
    return {
        "connected_at": None if connected is None else at(connected).isoformat(),
        "caller": {"queue_name": NAME, "waited_seconds": waited},
    }


def day() -> list[Pair]:
    """One of each: answered, abandoned, called back, a message, and a question to the machine."""
    return [
        (caller("+1", (5, "1"), (10, "9"), met=22.5, ended=50), attempt(12.0, 22.0)),
        (caller("+2", (10, "9"), met=None, ended=18), attempt(8.2)),
        (caller("+3", (10, "9"), (18, "1"), (22, "1"), met=None, ended=30), attempt(20.0)),
        (caller("+4", (10, "9"), (18, "2"), met=None, ended=40), attempt(30.0)),
        (caller("+5", (10, "3"), met=None, ended=40), attempt(0.0)),
    ]


def figures(**changes: Any) -> list[dict[str, Any]]:
    ways = ("overflow", "moved", "closed", "timeout", "callback", "voicemail", "elsewhere")
    left = dict.fromkeys(ways, 0) | {"callback": 1, "voicemail": 1} | changes.pop("left", {})
    today = {
        "offered": 4, "answered": 1, "abandoned": 1, "average_answer_seconds": 12.1, "left": left,
    }  # fmt: skip
    return [{"name": NAME, "today": today | changes}]


def test_both_sides_agree() -> None:
    found = queues_report(day(), figures())
    assert (found.faults, found.crossed) == ([], 0)
    (line,) = found.lines
    assert line.fates == {"answered": 1, "abandoned": 1, "callback": 1, "voicemail": 1}
    assert found.longest_difference_seconds == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"offered": 5}, "offered: 5 by the figures, 4 by the lab"),
        ({"answered": 0}, "answered: 0 by the figures, 1 by the lab"),
        ({"left": {"callback": 2}}, "callback: 2"),
        ({"left": {"elsewhere": 1}}, "elsewhere: 1 by the figures, 0 by the lab"),
        ({"average_answer_seconds": 20.0}, "answered after 20.0 s on average, lab 12.5 s"),
    ],
)
def test_a_figure_that_the_callers_did_not_see_is_a_fault(
    changes: dict[str, Any], word: str
) -> None:
    (fault,) = queues_report(day(), figures(**changes)).faults
    assert word in fault


def test_an_agent_whom_the_caller_never_heard_is_a_fault() -> None:
    pairs = day()
    pairs[0] = (replace(pairs[0][0], met_at=None), pairs[0][1])
    faults = queues_report(pairs, figures()).faults
    assert "+1: only one side knows of an agent" in faults


def test_a_wait_that_differs_is_a_fault() -> None:
    pairs = day()
    pairs[1] = (pairs[1][0], attempt(12.0))
    assert queues_report(pairs, figures()).faults == ["waits that differ by more than 2 s: 1"]


def test_who_hung_up_as_the_agent_came_was_answered() -> None:
    pairs = day()
    pairs[1] = (pairs[1][0], attempt(7.5, 17.6))
    told = figures(answered=2, abandoned=0, average_answer_seconds=10.0)
    found = queues_report(pairs, told)
    assert (found.faults, found.crossed) == ([], 1)


def test_a_queue_without_figures_is_a_fault() -> None:
    assert queues_report(day(), []).faults == [f"{NAME}: the queue has no figures"]
