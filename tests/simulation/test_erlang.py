"""Days of callers through the whole floor against the textbook: call by call, and by formulas."""

from __future__ import annotations

import pytest
from routing_bench.erlang import Load, expected
from routing_bench.floor_run import READY, course, furthest, played, textbook
from routing_bench.measured import measured

from kwabo.domain.routing.groups import Group

C = Load(calls_per_hour=1200, handling_seconds=30, agents=13, target_seconds=5)
A = Load(calls_per_hour=1200, handling_seconds=30, agents=10, target_seconds=5, patience_seconds=40)


@pytest.mark.parametrize("load", [C, A], ids=["they wait for ever", "they give up"])
def test_every_caller_waits_as_in_a_queue_that_serves_in_turn(load: Load) -> None:
    day = played(load, calls=500, seed=1)
    waits = textbook(day.callers, load.agents)
    assert len(waits) > 400
    assert sum(wait > 0 for wait in waits) > 40
    assert furthest(day, load.agents) < 0.0005
    gave_up = [wait == caller.patience for wait, caller in zip(waits, day.callers, strict=True)]
    assert [caller.gave_up for caller in day.callers] == gave_up
    assert any(gave_up) == (load is A)


def test_who_calls_before_the_agents_are_ready_waits_for_them_and_nobody_else_longer() -> None:
    day = played(C, calls=60, seed=5)
    assert day.callers[0].came < READY
    assert day.callers[0].waited == pytest.approx(READY - day.callers[0].came, abs=0.0005)
    assert furthest(day, C.agents) < 0.0005


@pytest.mark.parametrize("load", [C, A], ids=["Erlang C", "Erlang A"])
def test_days_are_within_their_interval_of_the_formulas(load: Load) -> None:
    days = [played(load, calls=450, seed=seed) for seed in range(1, 5)]
    found = measured([course(load, day) for day in days])
    formula = expected(load)
    assert found["occupancy"].mean == pytest.approx(formula.occupancy, rel=0.06)
    for figure in ("waits", "wait_seconds", "in_time", "abandons"):
        assert found[figure].holds(getattr(formula, figure), widths=1.5), figure


def test_a_floor_that_serves_the_last_first_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shares of callers who wait would be the same: only call by call it is seen."""
    monkeypatch.setattr(Group, "head", lambda group: group.calls[-1][2])
    assert furthest(played(C, calls=200, seed=2), C.agents) > 1
