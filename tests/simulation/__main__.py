"""Simulate many seeds: ./dev simulate --seeds 2000.

A failing seed is told at once, and again as the smallest plan that still fails: an example to keep
in tests/simulation/kept.py.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait

from simulation.plan import Plan
from simulation.run import simulate
from simulation.shrink import kinds, literal, shrink

PROGRESS_SECONDS = 20.0
CHUNK = 4  # seeds of one task


def _run(plan: Plan) -> list[str]:
    try:
        return simulate(plan)
    except Exception as error:
        return [f"the simulation itself failed: {error!r}"]


def _some(seeds: range) -> list[tuple[int, list[str]]]:
    return [(seed, _run(Plan.of(seed))) for seed in seeds]


def _smaller(seed: int, wrong: frozenset[str], seconds: float) -> tuple[int, Plan, list[str]]:
    until = time.monotonic() + seconds
    plan = shrink(
        Plan.of(seed),
        fails=lambda smaller: bool(wrong & kinds(_run(smaller))),
        expired=lambda: time.monotonic() > until,
    )
    return seed, plan, _run(plan)


class Report:
    """What is printed."""

    def __init__(self, seeds: int) -> None:
        self.seeds = seeds
        self.done = 0
        self.failed = 0
        self.begun = self._told = time.monotonic()

    def ran(self, seed: int, problems: list[str]) -> None:
        """A seed is through."""
        self.done += 1
        if problems:
            self.failed += 1
            print(
                f"seed {seed}: {literal(Plan.of(seed))}",
                *problems[:5],
                f"again: ./dev simulate --first {seed} --seeds 1",
                sep="\n    ",
                flush=True,
            )
        if time.monotonic() - self._told >= PROGRESS_SECONDS:
            self._told = time.monotonic()
            print(f"… {self.done} of {self.seeds} seeds, {self.failed} failed", file=sys.stderr)

    def shrunk(self, seed: int, plan: Plan, problems: list[str]) -> None:
        """A failing seed was made smaller."""
        print(f"seed {seed}, smaller: {literal(plan)}", *problems[:5], sep="\n    ", flush=True)

    def end(self) -> None:
        """All seeds are through."""
        seconds = time.monotonic() - self.begun
        pace = self.done / max(seconds, 1e-9)
        print(f"{self.done} seeds, {self.failed} failed, {seconds:.0f} s, {pace:.1f} seeds/s")


def _whole(least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or int(text) < least:
            raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from {least} on")
        return int(text)

    return read


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of seconds, 0 or more")
    return number


def main() -> int:
    """Run the seeds and tell which failed; 1 when any did."""
    parser = argparse.ArgumentParser(prog="./dev simulate", description=__doc__)
    parser.add_argument("--seeds", type=_whole(1), default=200, help="how many")
    parser.add_argument("--first", type=_whole(0), default=0, help="the first seed")
    cores = os.cpu_count() or 1
    parser.add_argument("--jobs", type=_whole(1), default=cores, help="processes")
    parser.add_argument(
        "--shrink-seconds",
        type=_number,
        default=60.0,
        help="for each failing seed; 0: not at all",
    )
    asked = parser.parse_args()
    report = Report(asked.seeds)
    # Ctrl-C reaches the processes too; whoever asked for them ends them.
    with ProcessPoolExecutor(asked.jobs, initializer=_quiet) as pool:
        try:
            _all(pool, asked, report)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            for child in multiprocessing.active_children():
                child.terminate()
            report.end()
            print("stopped", file=sys.stderr)
            return 130
    report.end()
    return 1 if report.failed else 0


def _quiet() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _all(pool: Executor, asked: argparse.Namespace, report: Report) -> None:
    end = asked.first + asked.seeds
    running: set[Future[list[tuple[int, list[str]]]]] = set()
    shrinking: set[Future[tuple[int, Plan, list[str]]]] = set()
    for first in range(asked.first, end, CHUNK):
        running.add(pool.submit(_some, range(first, min(first + CHUNK, end))))
    while running or shrinking:
        done, _ = wait([*running, *shrinking], return_when=FIRST_COMPLETED)
        for smaller in done & shrinking:
            report.shrunk(*smaller.result())
        for through in done & running:
            for seed, problems in through.result():
                report.ran(seed, problems)
                if problems and asked.shrink_seconds:
                    wrong = kinds(problems)
                    seconds = asked.shrink_seconds
                    shrinking.add(pool.submit(_smaller, seed, wrong, seconds))
        shrinking -= done
        running -= done


if __name__ == "__main__":
    sys.exit(main())
