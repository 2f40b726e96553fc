"""What one predictive decision costs: processor time of `plan`, by size of the team.

Each line is the least mean of 8 rounds over 20 random situations (ages of conversations, after-call
work and calls in the air), after the tables have been made. Processor time of this process only.

    python benchmarks/pacing_decision.py
"""

from __future__ import annotations

import random
import time

from rich.console import Console
from rich.table import Table

from kwabo.domain.pacing.learning import Ended, Learner, Segment
from kwabo.domain.pacing.predictive import plan
from kwabo.domain.pacing.situation import CallInAir, Limits, Mode, Situation, Tally

SIZES = ((5, 10), (20, 20), (20, 40), (100, 60), (100, 300), (500, 250), (500, 2000))
ROUNDS, SITUATIONS = 8, 20


def taught(chance: random.Random) -> Learner:
    """A learner after 3,000 calls of which 30 % were answered."""
    learner, where = Learner(), Segment("229", 9)
    for _ in range(3000):
        fate = chance.random()
        if fate < 0.12:
            learner.ended(where, chance.uniform(1.5, 4.0), Ended.REFUSED)
        elif fate < 0.42:
            learner.answered(where, 2.75 + chance.lognormvariate(2.0, 0.55))
            learner.talked(chance.lognormvariate(4.7, 0.8))
            learner.wrapped_up(chance.lognormvariate(2.8, 0.6))
        else:
            learner.ended(where, 28.0, Ended.GAVE_UP)
    return learner


def situation(chance: random.Random, learner: Learner, agents: int, in_air: int) -> Situation:
    """A twentieth of the agents ready, a tenth of the others in after-call work."""
    ready = max(1, agents // 20)
    busy = agents - ready
    return Situation(
        mode=Mode.PREDICTIVE,
        limits=Limits(calls_per_agent=0.0),
        tally=Tally(live=3000, abandoned=60, dialled=10_000),
        ready=ready,
        talking=[chance.expovariate(1 / 120) for _ in range(busy - busy // 10)],
        after_call=[chance.uniform(0.0, 30.0) for _ in range(busy // 10)],
        in_air=[CallInAir(chance.uniform(0.0, 25.0)) for _ in range(in_air)],
        room=100,
        curves=learner,
    )


def measured(situations: list[Situation]) -> float:
    """Seconds of processor time per decision."""
    for one in situations:
        plan(one)
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        for one in situations:
            plan(one)
        best = min(best, (time.process_time() - begun) / len(situations))
    return best


def main() -> None:
    chance = random.Random(1)
    learner = taught(chance)
    table = Table(title="one predictive decision")
    for name in ("agents", "calls in the air", "µs"):
        table.add_column(name, justify="right")
    for agents, in_air in SIZES:
        found = [situation(chance, learner, agents, in_air) for _ in range(SITUATIONS)]
        table.add_row(str(agents), str(in_air), f"{measured(found) * 1e6:.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
