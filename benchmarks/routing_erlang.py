"""The matching against Erlang C and Erlang A: formulas, published values, and a simulated queue.

Each line is a figure of a load: as published, by the formula, as the simulated queue measured it
with its 95 % interval (20 seeded runs, the first fifth of each left out), and the deviation from
the formula in percent. A star: the formula's value is outside the interval.

    python benchmarks/routing_erlang.py [--calls 20000]
"""

from __future__ import annotations

import argparse

from rich.console import Console
from rich.table import Table
from routing_bench.erlang import PUBLISHED, expected
from routing_bench.queue_run import measured

_FIGURES = {
    "waits": "P(wait)",
    "wait_seconds": "mean wait, s",
    "in_time": "service level",
    "abandons": "abandon rate",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--calls", type=int, default=20_000, help="in each of the 20 runs")
    options = parser.parse_args()
    table = Table("load", "figure", "published", "formula", "simulated", "± 95 %", "off, %")
    console = Console(width=120)
    for number, case in enumerate(PUBLISHED):
        load = case.load
        found = measured(load, calls=options.calls, first_seed=1 + 100 * number)
        formula = expected(load)
        name = f"{load.offered:g} erl, {load.agents} agents"
        if load.patience_seconds is not None:
            name += f", patience {load.patience_seconds:g} s"
        for figure, title in _FIGURES.items():
            value = getattr(formula, figure)
            printed = getattr(case, figure)
            if figure == "abandons" and load.patience_seconds is None:
                continue
            mean = found[figure].mean
            off = "" if not value else f"{100 * (mean / value - 1):+.2f}"
            if value is not None and not found[figure].holds(value):
                off += " *"
            table.add_row(
                name,
                title,
                "" if printed is None else f"{printed:.4g}",
                "" if value is None else f"{value:.4f}",
                f"{mean:.4f}",
                f"{found[figure].half:.4f}",
                off,
            )
            name = ""
    console.print(table)
    for source in dict.fromkeys(case.source for case in PUBLISHED):
        console.print(source)


if __name__ == "__main__":
    main()
