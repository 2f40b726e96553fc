"""Expected waits are told with an interval that holds, or not at all."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from kwabo.domain.routing.expected_wait import (
    AT_ONCE,
    ExpectedWait,
    Handled,
    Line,
    Unknown,
    expected_wait,
)

LINE = Line(before=0, agents=4, handled=Handled(200, 200 * 180.0))


def _wait(line: Line) -> ExpectedWait:
    found = expected_wait(line)
    assert isinstance(found, ExpectedWait)
    return found


def test_the_next_of_four_agents_waits_for_a_quarter_of_a_call() -> None:
    assert _wait(LINE).mean == pytest.approx(180 / 4, rel=0.01)


def test_each_caller_before_adds_as_much() -> None:
    assert _wait(replace(LINE, before=7)).mean == pytest.approx(8 * 180 / 4, rel=0.01)


def test_giving_up_shortens_the_line() -> None:
    patient = _wait(replace(LINE, before=7))
    hasty = _wait(replace(LINE, before=7, gave_up=10, waited_seconds=1200))
    assert hasty.mean < patient.mean
    assert hasty.high < patient.high


def test_a_free_agent_means_no_wait() -> None:
    assert expected_wait(replace(LINE, free=True)) == AT_ONCE


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (replace(LINE, agents=0), Unknown.NO_AGENTS),
        (replace(LINE, handled=Handled(4, 900)), Unknown.NO_STATISTICS),
        (replace(LINE, handled=Handled(0, 0)), Unknown.NO_STATISTICS),
        (replace(LINE, before=300), Unknown.TOO_LONG),
    ],
)
def test_what_cannot_be_said_is_not_said(line: Line, code: Unknown) -> None:
    assert expected_wait(line) is code


def test_what_was_known_before_counts_until_enough_is_measured() -> None:
    prior = Handled(20, 20 * 60.0)
    alone = _wait(replace(LINE, handled=Handled(0, 0), prior=prior))
    with_few = _wait(replace(LINE, handled=Handled(10, 10 * 180.0), prior=prior))
    with_many = _wait(replace(LINE, handled=Handled(2000, 2000 * 180.0), prior=prior))
    assert alone.mean < with_few.mean < with_many.mean == pytest.approx(45, rel=0.02)


def test_less_knowledge_means_a_wider_interval() -> None:
    little = _wait(replace(LINE, before=20, handled=Handled(6, 6 * 180.0)))
    much = _wait(replace(LINE, before=20))
    assert little.low / little.mean < much.low / much.mean
    assert little.high / little.mean > much.high / much.mean


@pytest.mark.parametrize("before", [0, 3, 15])
@pytest.mark.parametrize("known", [8, 60])
def test_four_of_five_waits_are_in_the_interval(before: int, known: int) -> None:
    """Handling times and their measurement are drawn; the truth is not looked at."""
    draw = random.Random(before * 100 + known)
    agents, mean, patience, rounds = 5, 200.0, 300.0, 4000
    held = 0
    for _ in range(rounds):
        seconds = sum(draw.expovariate(1 / mean) for _ in range(known))
        line = Line(
            before=before,
            agents=agents,
            handled=Handled(known, seconds),
            gave_up=40,
            waited_seconds=40 * patience,
        )
        found = _wait(line)
        wait = sum(
            draw.expovariate(agents / mean + ahead / patience) for ahead in range(before + 1)
        )
        held += found.low <= wait <= found.high
    assert 0.76 <= held / rounds <= 0.85
