"""`kwabo simulate`: what it prints and writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner

from kwabo.cli import main

SCENARIO = """
name = "Ten minutes"
begins = "09:00"
ends = "09:10"
teams = [{ name = "team", agents = 2, talk = 30, after_call = 5, log_in_spread_seconds = 0 }]
callees = [{ name = "people", rates = [{ person = 0.5 }] }]
lists = [{ name = "list", contacts = 200, callees = "people" }]
campaigns = [{ name = "campaign", list = "list", team = "team" }]
"""


@pytest.fixture
def scenario(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "day.toml"
    file.write_text(SCENARIO, encoding="utf-8")
    before = structlog.get_config()
    yield file
    structlog.configure(**before)


def test_a_table_figures_and_a_page(scenario: Path, tmp_path: Path) -> None:
    figures, page = tmp_path / "day.json", tmp_path / "day.html"
    done = CliRunner().invoke(
        main, ["simulate", str(scenario), "--quiet", "--json", str(figures), "--page", str(page)]
    )
    assert done.exit_code == 0, done.output
    told = json.loads(figures.read_text(encoding="utf-8"))
    assert told["scenario"] == "Ten minutes"
    assert f"{told['calls']['dialled']:,}" in done.output
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_several_seeds_and_a_mode(scenario: Path, tmp_path: Path) -> None:
    figures = tmp_path / "days.json"
    arguments = ["--seeds", "2", "--seed", "5", "--mode", "power", "--json", str(figures)]
    done = CliRunner().invoke(main, ["simulate", str(scenario), "--quiet", *arguments])
    assert done.exit_code == 0, done.output
    told = json.loads(figures.read_text(encoding="utf-8"))
    assert [one["seed"] for one in told["runs"]] == [5, 6]
    assert all(one["abandon_targets"] for one in told["runs"])  # of modes that can abandon
    assert told["estimates"]["dialled"]["runs"] == 2


def test_names_are_shown_as_they_are(scenario: Path) -> None:
    scenario.write_text(SCENARIO.replace("Ten minutes", "[red]Ten[/nothing]"), encoding="utf-8")
    done = CliRunner().invoke(main, ["simulate", str(scenario)])
    assert done.exit_code == 0, done.output
    assert "[red]Ten[/nothing]" in done.output


@pytest.mark.parametrize("option", ["--json", "--page"])
@pytest.mark.parametrize("place", ["nowhere/day.out", "."])
def test_where_nothing_can_be_written(
    scenario: Path, tmp_path: Path, option: str, place: str
) -> None:
    done = CliRunner().invoke(main, ["simulate", str(scenario), option, str(tmp_path / place)])
    assert done.exit_code == 2
    assert option in done.output
    assert "calls dialled" not in done.output  # told before the run


def test_where_nobody_is_dialled_callers_are_told(scenario: Path, tmp_path: Path) -> None:
    scenario.write_text(
        """
name = "Callers"
ends = "09:10"
teams = [{ name = "team", agents = 2, talk = 30 }]
inbound = [{ queue = "team", talk = 30, rates = [{ calls_per_hour = 120 }] }]
""",
        encoding="utf-8",
    )
    page = tmp_path / "day.html"
    done = CliRunner().invoke(main, ["simulate", str(scenario), "--quiet", "--page", str(page)])
    assert done.exit_code == 0, done.output
    assert "calls dialled" not in done.output
    assert "occupancy" in done.output
    assert "\n0 calls" not in done.output
    text = page.read_text(encoding="utf-8")
    assert "Callers from outside" in text
    assert "Calls dialled" not in text
    assert "Calls in the air" not in text


def test_what_is_wrong_is_said(scenario: Path) -> None:
    scenario.write_text(SCENARIO.replace("agents = 2", "agents = 0"), encoding="utf-8")
    done = CliRunner().invoke(main, ["simulate", str(scenario)])
    assert done.exit_code == 1
    assert "teams[0].agents: is 0. Give a value from 1 to 5000." in done.output
