"""Every key of a scenario file has a row in the guide, and every row is a key."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from kwabo.simulation import durations, scenario, scenario_inbound

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "developers" / "simulation.md"
TABLES = {
    "Scenario": scenario.Scenario,
    "Team": scenario.Team,
    "Break": scenario.Break,
    "Trunk": scenario.Trunk,
    "Outage": scenario.Outage,
    "Callees": scenario.Callees,
    "Rates": scenario.Rates,
    "Analysis": scenario.Analysis,
    "List": scenario.ContactList,
    "Group": scenario.Group,
    "Campaign": scenario.Campaign,
    "Outcome": scenario.Outcome,
    "Queue": scenario_inbound.Queue,
    "Queue member": scenario_inbound.QueueMember,
    "Queue ring": scenario_inbound.QueueRing,
    "Queue overflow": scenario_inbound.QueueOverflow,
    "Inbound": scenario_inbound.Inbound,
    "Inbound rate": scenario_inbound.InboundRate,
    "Inbound key": scenario_inbound.InboundKey,
    "Fault": scenario.Fault,
}


def section(title: str) -> str:
    """The text under a heading, up to the next one."""
    text = GUIDE.read_text(encoding="utf-8")
    begin = re.search(rf"^#+ {re.escape(title)}$", text, re.MULTILINE)
    assert begin, f"the guide has no heading '{title}'"
    rest = text[begin.end() :]
    end = re.search(r"^#", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def rows(text: str) -> set[str]:
    """The names in backticks that begin a table's row."""
    return set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))


@pytest.mark.parametrize("title", TABLES)
def test_every_key_has_a_row(title: str) -> None:
    told = rows(section(title))
    there = {field.name for field in fields(TABLES[title])}
    if title == "Fault":
        there |= set(scenario.FAULTS)
    assert told == there


def test_every_table_of_a_scenario_is_told() -> None:
    told = {cls.__name__ for cls in TABLES.values()}
    there = {
        name
        for module in (scenario, scenario_inbound)
        for name, cls in vars(module).items()
        if isinstance(cls, type) and cls.__module__ == module.__name__
    }
    assert told == there


def test_every_shape_has_a_row() -> None:
    assert rows(section("The file")) == set(durations.SHAPES)
