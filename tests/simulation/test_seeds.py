"""The floor under faults drawn from seeds, judged by the far end's record.

`KWABO_SEEDS` says how many seeds; many more in several processes: `./dev simulate --seeds 2000`.
"""

from __future__ import annotations

import os

import pytest

from simulation.run import simulate
from simulation.world import Plan

SEEDS = int(os.environ.get("KWABO_SEEDS", "120"))
BLOCK = 10

# Seeds that once failed, with what they found; they stay.
KEPT = {
    8: "a leg that is called when the run ends",
    34: "a callback whose owner is never the agent that waits longest",
    38: "a transferred call adopted by the next owner was not told",
    43: "a cancelled task that went on: asyncio.wait_for swallowed it",
    58: "a newer leg whose answer was never told left the older one up",
    59: "the same as 43, with the switch never looked at again",
    178: "a leg that stayed muted after its engine died",
    327: "an engine frozen inside a transaction",
}


@pytest.mark.parametrize("first", range(0, SEEDS, BLOCK))
def test_seeds(first: int) -> None:
    failed = {}
    for seed in range(first, min(first + BLOCK, SEEDS)):
        problems = simulate(Plan.of(seed))
        if problems:
            failed[seed] = problems[:5]
    assert not failed


@pytest.mark.parametrize("seed", [seed for seed in KEPT if seed >= SEEDS])
def test_kept_seeds(seed: int) -> None:
    assert not simulate(Plan.of(seed)), KEPT[seed]


def test_the_same_seed_is_the_same_run() -> None:
    from kwabo.adapters.virtual_time import run_in_virtual_time
    from simulation.run import Simulation

    def events(seed: int) -> list[object]:
        world = run_in_virtual_time(lambda clock: Simulation(Plan.of(seed), clock).run())
        return [(p, e.kind, e.at, str(e.data)) for p, e in world.data.events.items()]

    assert events(3) == events(3)
