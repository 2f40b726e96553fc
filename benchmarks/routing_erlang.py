"""Calls that come in against Erlang C and Erlang A: formulas, published values, simulated queues.

Each line is a figure of a load: as published, by the formula, as the simulated queue measured it
with its 95 % interval (seeded runs, the first fifth of each left out), and the deviation from the
formula in percent. A star: the formula's value is outside the interval. The queue is the product's
index of calls and agents alone; with `--floor` it is a whole simulated day: numbers, flow, queue,
agents and their commands, by the engine (`routing_bench/floor_run.py` says what is set to nothing),
and each caller's wait is compared with that of a queue of a few lines as well.

    python benchmarks/routing_erlang.py [--floor] [--runs 20] [--calls 20000] [--agents 14,50]
"""

from __future__ import annotations

import argparse
from time import process_time

import structlog
from rich.console import Console
from rich.table import Table
from routing_bench import floor_run, queue_run
from routing_bench.erlang import PUBLISHED, Published, expected
from routing_bench.measured import Course, Measured, measured

_FIGURES = {
    "waits": "P(wait)",
    "wait_seconds": "mean wait, s",
    "in_time": "service level",
    "abandons": "abandon rate",
    "occupancy": "occupancy",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--floor", action="store_true", help="through the whole floor")
    parser.add_argument("--runs", type=int, help="of each load; 20, on the floor 10")
    parser.add_argument("--calls", type=int, help="in each run; 20000, on the floor 2000")
    parser.add_argument("--agents", help="only loads with so many agents, with commas between")
    options = parser.parse_args()
    structlog.configure(processors=[_drop])
    runs = options.runs or (10 if options.floor else 20)
    calls = options.calls or (2_000 if options.floor else 20_000)
    wanted = {int(count) for count in options.agents.split(",")} if options.agents else None
    cases = [case for case in PUBLISHED if wanted is None or case.load.agents in wanted]
    table = Table("load", "figure", "published", "formula", "simulated", "± 95 %", "off, %")
    begun, off = process_time(), 0.0
    for case in cases:
        load, first = case.load, 1 + 100 * PUBLISHED.index(case)
        courses: list[Course] = []
        for seed in range(first, first + runs):
            if options.floor:
                day = floor_run.played(load, calls=calls, seed=seed)
                off = max(off, floor_run.furthest(day, load.agents))
                courses.append(floor_run.course(load, day))
            else:
                courses.append(queue_run.run(load, calls=calls, seed=seed))
        for row in _rows(case, measured(courses)):
            table.add_row(*row)
    console = Console(width=120)
    console.print(table)
    took = process_time() - begun
    console.print(f"{runs} runs of {calls:,} calls each; {took:,.0f} s of processor time")
    if options.floor:
        console.print(f"No caller's wait is further than {1000 * off:.3f} ms from the textbook's.")
    for source in dict.fromkeys(case.source for case in cases):
        console.print(source)


def _rows(case: Published, found: dict[str, Measured]) -> list[list[str]]:
    load, formula = case.load, expected(case.load)
    name = f"{load.offered:g} erl, {load.agents} agents"
    if load.patience_seconds is not None:
        name += f", patience {load.patience_seconds:g} s"
    rows = []
    for figure, title in _FIGURES.items():
        if figure == "abandons" and load.patience_seconds is None:
            continue
        value, printed = getattr(formula, figure), getattr(case, figure)
        mean = found[figure].mean
        star = "" if found[figure].holds(value) else " *"
        rows.append(
            [
                name,
                title,
                "" if printed is None else f"{printed:.4g}",
                f"{value:.4f}",
                f"{mean:.4f}",
                f"{found[figure].half:.4f}",
                f"{100 * (mean / value - 1):+.2f}{star}",
            ]
        )
        name = ""
    return rows


def _drop(*_: object) -> structlog.typing.EventDict:
    raise structlog.DropEvent


if __name__ == "__main__":
    main()
