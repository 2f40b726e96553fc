"""Days that were played, kept in a file, so that a run that was stopped goes on where it was.

A line is a JSON object: scenario, policy, seed, hours and figures of a day, and a hash of the
program that played it. Days of another program are not taken.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import kwabo.domain.pacing
from pacing_bench.runs import Figures, Run

_SOURCES = (Path(__file__).parent, Path(kwabo.domain.pacing.__file__).parent)


def program_hash() -> str:
    """Of all that makes a day what it is: the pacing of the product, and the bench's floor."""
    digest = hashlib.sha256()
    for folder in _SOURCES:
        for file in sorted(folder.rglob("*.py")):
            digest.update(file.relative_to(folder).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


class Daybook:
    """The days in a file; without one, nothing is kept.

    Raises SystemExit when the file is not a daybook.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._program = program_hash()
        self._days: dict[Run, Figures] = {}
        if path is not None and path.exists():
            self._read(path)

    def __contains__(self, run: Run) -> bool:
        return run in self._days

    def __getitem__(self, run: Run) -> Figures:
        return self._days[run]

    def add(self, run: Run, figures: Figures) -> None:
        """Keep a day, in the file too."""
        if run in self._days:
            return
        self._days[run] = figures
        if self._path is not None:
            told = {**asdict(run), "figures": figures, "program": self._program}
            with self._path.open("a") as file:
                file.write(json.dumps(told) + "\n")

    def _read(self, path: Path) -> None:
        lines = path.read_text().splitlines(keepends=True)
        if lines and not lines[-1].endswith("\n"):  # stopped while it was written
            lines.pop()
            path.write_text("".join(lines))
        for position, line in enumerate(lines, start=1):
            try:
                told = json.loads(line)
                figures, program = told.pop("figures"), told.pop("program")
                run = Run(**told)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise SystemExit(f"{path}, line {position}: not a played day: {error}") from error
            if program == self._program:
                self._days[run] = figures
