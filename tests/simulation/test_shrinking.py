"""A failing plan becomes a small one that fails in the same way, written as Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kwabo.adapters.switch.simulator import Faults
from kwabo.engine.floor import calls
from simulation.plan import Plan, Share
from simulation.run import simulate
from simulation.shrink import kinds, literal, shrink

BIG = Plan(
    seed=7,
    contacts=40,
    agents=4,
    seconds=60.4,
    faults=Faults(double_event=0.2, refuse_originate=0.1),
    latency=0.02,
    switch_losses=1,
    lines=100,
    mode="power",
    calls_per_agent=3.0,
    max_attempts=1,
    restless=0.0,
    quick=True,
)


def _after(most: int) -> Callable[[], bool]:
    """Expired after so many looks."""
    looks = iter(range(most))
    return lambda: next(looks, None) is None


def test_an_injected_defect_is_left_with_next_to_nothing_around_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(calls, "abandon", lambda *_: None)
    wrong = kinds(simulate(BIG))
    assert "message" in wrong
    small = shrink(BIG, lambda plan: "message" in kinds(simulate(plan)), _after(16))
    assert "message" in kinds(simulate(small))
    assert small.faults == Faults()
    assert (small.switch_losses, small.latency) == (0, 0.0)
    assert small.contacts < BIG.contacts / 2
    assert small.seconds < BIG.seconds / 2
    monkeypatch.undo()
    assert not simulate(small)


def test_the_smallest_plan_that_fails_is_found() -> None:
    def fails(plan: Plan) -> bool:
        return plan.contacts >= 3 and plan.faults.lose_event > 0.0 and plan.preview

    plan = replace(BIG, faults=Faults(lose_event=0.05, double_event=0.2), preview=True)
    found = shrink(plan, fails, lambda: False)
    assert found == Plan(
        seed=7,
        contacts=3,
        agents=1,
        seconds=found.seconds,
        faults=Faults(lose_event=0.05),
        preview=True,
        restless=0.0,
        mode=BIG.mode,
    )


def test_a_plan_is_not_made_smaller_when_the_time_is_over() -> None:
    assert shrink(BIG, lambda plan: True, lambda: True) == BIG


def test_a_plan_written_as_python_is_the_same_plan() -> None:
    for seed in range(40):
        plan = Plan.of(seed)
        assert eval(literal(plan), {"Plan": Plan, "Faults": Faults, "Share": Share}) == plan


def test_problems_are_of_a_kind_whenever_and_for_whomever_they_come() -> None:
    problems = ["12.50s I6: a hears nothing for 3.0 s", "7.00s I6: b", "gave up a floor\nTraceback"]
    assert kinds(problems) == {"I6", "gave up a floor"}
