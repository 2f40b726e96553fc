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


def test_what_is_wrong_is_said(scenario: Path) -> None:
    scenario.write_text(SCENARIO.replace("agents = 2", "agents = 0"), encoding="utf-8")
    done = CliRunner().invoke(main, ["simulate", str(scenario)])
    assert done.exit_code == 1
    assert "teams[0].agents: is 0. Give a value from 1 to 5000." in done.output
