"""The floor under faults drawn from seeds, judged by the far end's record.

`KWABO_SEEDS` says how many seeds; many more in several processes: `./dev simulate --seeds 2000`.
"""

from __future__ import annotations

import os

import pytest

from kwabo.adapters.virtual_time import run_in_virtual_time
from simulation.kept import KEPT
from simulation.plan import Plan
from simulation.run import Simulation, simulate
from simulation.shrink import literal

SEEDS = int(os.environ.get("KWABO_SEEDS", "80"))
BLOCK = 10


@pytest.mark.parametrize("first", range(0, SEEDS, BLOCK))
def test_seeds(first: int) -> None:
    failed = {}
    for seed in range(first, min(first + BLOCK, SEEDS)):
        problems = simulate(Plan.of(seed))
        if problems:
            failed[literal(Plan.of(seed))] = problems[:5]
    assert not failed


@pytest.mark.parametrize("what", KEPT)
def test_kept_plans(what: str) -> None:
    assert not simulate(KEPT[what])


def test_the_same_seed_is_the_same_run() -> None:
    def events(seed: int) -> list[object]:
        world = run_in_virtual_time(lambda clock: Simulation(Plan.of(seed), clock).run())
        return [(p, e.kind, e.at, str(e.data)) for p, e in world.data.events.items()]

    assert events(3) == events(3)
