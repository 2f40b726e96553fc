"""Routing decisions per second: 1,000 agents, 50 queues, skills, and how many calls wait.

A decision is: something happened (a call came, an agent got free), who takes what now, with the
explanation. Every agent is in three queues, calls need up to two of eight skills at a level, half
of the queues open three rings, a tenth of the calls name an agent. The same happenings are put to
the board that a floor keeps, to the floor of the engine itself (`routing_bench/engine_floor.py`
says what of a step is in that), to `match` on everything anew, and to the definition (every call
against every agent), the latter two on as many as there is time for; all must answer the same.
Processor time of one thread.

    python benchmarks/routing_decisions.py [--waiting 0,100,1000,5000] [--decisions 20000]
"""

from __future__ import annotations

import argparse

from rich.console import Console
from rich.table import Table
from routing_bench.busy_floor import Floor, decide_all


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--waiting", default="0,100,1000,5000", help="calls, with commas between")
    parser.add_argument("--decisions", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    table = Table("waiting", "way", "decisions", "per second", "mean, µs", "99th, µs", "times")
    for waiting in map(int, options.waiting.split(",")):
        found = decide_all(Floor(waiting, options.seed), options.decisions)
        naive = found["definition"].per_second
        for way, speed in found.items():
            table.add_row(
                f"{waiting:,}",
                way,
                f"{speed.decisions:,}",
                f"{speed.per_second:,.0f}",
                f"{speed.mean:,.0f}",
                f"{speed.high:,.0f}",
                f"{speed.per_second / naive:,.1f}",
            )
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
