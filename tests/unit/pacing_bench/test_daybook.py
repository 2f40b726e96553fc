"""Days that were played are kept, and not played twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from pacing_bench import daybook, families
from pacing_bench.daybook import Daybook
from pacing_bench.families import Family, Sweep, sweep_all
from pacing_bench.runs import Run

RUN = Run(scenario="5 p30", policy="ratio:2", seed=1, hours=0.1)
FIGURES = {"utilisation": 0.5, "abandon": 1 / 3, "live": 10.0, "abandoned": 3.0}


def test_a_day_is_there_for_the_next_run(tmp_path: Path) -> None:
    file = tmp_path / "days.jsonl"
    Daybook(file).add(RUN, FIGURES)
    again = Daybook(file)
    assert RUN in again
    assert again[RUN] == FIGURES
    again.add(RUN, {"utilisation": 0.9})
    assert Daybook(file)[RUN] == FIGURES, "a day is kept once"


def test_days_of_another_program_are_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "days.jsonl"
    Daybook(file).add(RUN, FIGURES)
    monkeypatch.setattr(daybook, "program_hash", lambda: "another")
    assert RUN not in Daybook(file)


def test_a_line_that_was_being_written_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "days.jsonl"
    Daybook(file).add(RUN, FIGURES)
    whole = file.read_text()
    file.write_text(whole + whole[:30])
    found = Daybook(file)
    assert RUN in found
    assert file.read_text() == whole


def test_what_is_no_daybook_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "days.jsonl"
    file.write_text("{}\n")
    with pytest.raises(SystemExit, match="line 1"):
        Daybook(file)


def test_a_sweep_plays_only_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    played: list[Run] = []

    def one(run: Run) -> dict[str, float]:
        played.append(run)
        return FIGURES

    monkeypatch.setattr(families, "one", one)
    family = Family("ratio", ("ratio:2", "ratio:3"))
    asked = [Sweep(scenario="5 p30", family=family, seeds=(1, 2), hours=0.1)]
    book = Daybook(None)
    book.add(RUN, FIGURES)
    ((_, summaries),) = sweep_all(asked, 1, book)
    assert [summary.policy for summary in summaries] == ["ratio:2", "ratio:3"]
    assert [(run.policy, run.seed) for run in played] == [
        ("ratio:2", 2), ("ratio:3", 1), ("ratio:3", 2),
    ]  # fmt: skip
    assert all(run in book for run in played)
