"""Simulate many seeds: ./dev simulate --seeds 2000."""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from simulation.run import simulate
from simulation.world import Plan


def _one(seed: int) -> tuple[int, list[str]]:
    try:
        return seed, simulate(Plan.of(seed))
    except Exception as error:
        return seed, [f"the simulation itself failed: {error!r}"]


def main() -> int:
    """Run the seeds and tell which failed; 1 when any did."""
    parser = argparse.ArgumentParser(prog="./dev simulate", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, help="how many")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    asked = parser.parse_args()
    begun = time.monotonic()
    failed = 0
    seeds = range(asked.first, asked.first + asked.seeds)
    with ProcessPoolExecutor(asked.jobs) as pool:
        for seed, problems in pool.map(_one, seeds, chunksize=4):
            if problems:
                failed += 1
                print(f"seed {seed}:", *problems[:5], sep="\n    ", flush=True)
    seconds = time.monotonic() - begun
    print(
        f"{asked.seeds} seeds, {failed} failed, {seconds:.0f} s,"
        f" {asked.seeds / seconds:.1f} seeds/s"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
