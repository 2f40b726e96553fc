"""What waiting callers are told against what each then waits, in simulated days through the floor.

In each day a tenth of the callers never give up; each of them is asked after 5 seconds in the queue
and every 45 seconds thereafter what the product says. `bias`: told mean minus real wait, so that a
positive one tells of too long a wait. `at most held`: the share of announced minutes within which
an agent was there. `place held`: no more callers were served in between than stood before.

    python benchmarks/expected_waits.py [--seeds 20] [--days steady,peak] [--jobs 2]
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from statistics import mean, median

import structlog
from rich.console import Console
from rich.table import Table
from waits_bench.days import DAYS
from waits_bench.told import Telling, listened

from kwabo.simulation.outcome import quantile


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--days", default=",".join(DAYS), help="with commas between")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    heads = ("day", "told", "unknown", "wait, s", "bias, s", "|error|, s: half, 90 %")
    table = Table(*heads, "of the wait: half, 90 %", "at most held", "its slack, s", "place held")
    with ProcessPoolExecutor(options.jobs, initializer=_quiet) as pool:
        for day in options.days.split(","):
            runs = list(pool.map(listened, [(day, 1 + n) for n in range(options.seeds)]))
            table.add_row(day, *row([one for told, _ in runs for one in told]))
    Console(width=150).print(table)


def row(tellings: list[Telling]) -> list[str]:
    """One line of the table."""
    known = [(one, one.mean, one.came) for one in tellings if one.mean is not None]
    errors = [told - came for _, told, came in known if came is not None]
    sizes = sorted(map(abs, errors))
    parts = sorted(
        abs(told - came) / max(came, 15.0) for _, told, came in known if came is not None
    )
    most = [
        (60.0 * one.at_most, one.came)
        for one in tellings
        if one.at_most is not None and one.came is not None
    ]
    return [
        f"{len(tellings):,}",
        f"{1 - len(known) / len(tellings):.1%}",
        f"{mean(one.came or 0.0 for one in tellings):.0f}",
        f"{mean(errors):+.0f}",
        f"{median(sizes):.0f}, {quantile(sizes, 0.9):.0f}",
        f"{median(parts):.0%}, {quantile(parts, 0.9):.0%}",
        f"{mean(came <= told for told, came in most):.1%}",
        f"{mean(told - came for told, came in most):+.0f}",
        f"{mean(one.others <= one.position for one in tellings):.1%}",
    ]


def _quiet() -> None:
    def drop(*_: object) -> None:
        raise structlog.DropEvent

    structlog.configure(processors=[drop])


if __name__ == "__main__":
    main()
