"""A queue whose calls the product gives to agents, against Erlang's formulas and printed values."""

from __future__ import annotations

import pytest
from routing_bench.busy_floor import Floor, decide_all
from routing_bench.erlang import PUBLISHED, Published, expected
from routing_bench.measured import measured
from routing_bench.queue_run import run

FIGURES = ("waits", "wait_seconds", "in_time", "abandons", "occupancy")
QUICK = [case for case in PUBLISHED if case.load.agents == 14 or case.load.patience_seconds]


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case.source)
def test_the_formulas_give_what_is_printed(case: Published) -> None:
    found = expected(case.load)
    for figure in FIGURES:
        printed = getattr(case, figure)
        if printed is not None:
            assert getattr(found, figure) == pytest.approx(printed, rel=0.005)


@pytest.mark.parametrize("case", QUICK, ids=lambda case: case.source)
def test_the_simulated_queue_is_within_its_interval_of_the_formulas(case: Published) -> None:
    found = measured([run(case.load, calls=4000, seed=seed) for seed in range(1, 21)])
    formula = expected(case.load)
    for figure in FIGURES:
        value = getattr(formula, figure)
        assert found[figure].holds(value, widths=1.5), figure
        assert found[figure].half <= 0.25 * value


def test_all_ways_to_decide_agree_on_a_busy_floor() -> None:
    """`decide_all` refuses answers that differ."""
    for waiting in (0, 60):
        speeds = decide_all(Floor(waiting, seed=3), decisions=60)
        assert {way: speed.decisions for way, speed in speeds.items()} == {
            "board": 60,
            "floor": 60,
            "match": 60,
            "definition": 60,
        }
