"""The process that computes one what-if: see `kwabo.adapters.what_if_process` for what it is told.

It takes what processor time others leave, and ends when nobody reads what it tells.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from typing import Any, TextIO

import structlog

from kwabo.ports.what_ifs import SimulationRefused
from kwabo.simulation.what_if_basis import basis_of
from kwabo.simulation.what_if_replay import replayed
from kwabo.simulation.what_if_tomorrow import tomorrow

NICENESS = 19  # the lowest priority
TELL_EVERY = 0.002  # of the whole


def main(lines: TextIO, answers: TextIO) -> None:
    """Compute what the lines describe."""
    tell = _Telling(answers)
    try:
        basis = basis_of(_parts(lines))
        compute = tomorrow if basis.asked.kind == "tomorrow" else replayed
        tell.line({"result": compute(basis, tell.progress)})
    except SimulationRefused as error:
        tell.line({"refused": {"code": error.code, "message": error.message}})


def _parts(lines: TextIO) -> Iterator[dict[str, Any]]:
    for line in lines:
        part: dict[str, Any] = json.loads(line)
        yield part


class _Telling:
    """Writes lines; progress only when it has grown."""

    def __init__(self, answers: TextIO) -> None:
        self._answers = answers
        self._told = 0.0

    def progress(self, share: float) -> None:
        if share - self._told >= TELL_EVERY:
            self._told = share
            self.line({"progress": round(share, 4)})

    def line(self, value: dict[str, Any]) -> None:
        self._answers.write(json.dumps(value, separators=(",", ":")) + "\n")
        self._answers.flush()


if __name__ == "__main__":
    os.nice(NICENESS)
    # A simulated floor logs as a real one does: it is nobody's trouble.
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    try:
        main(sys.stdin, sys.stdout)
    except BrokenPipeError:
        os._exit(1)  # the parent is gone; closing the streams in an orderly way would fail again
