"""Reading scenarios from TOML, and the checks that concern more than one table."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kwabo.domain.compliance.zones import zone
from kwabo.simulation import keys
from kwabo.simulation.day_check import check_day
from kwabo.simulation.inbound_check import check_inbound
from kwabo.simulation.keys import Problem, Reading, named, rising
from kwabo.simulation.scenario import Callees, Rates, Scenario


class ScenarioInvalid(Exception):
    """The scenario cannot be run; `problems` tells everything that is wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def read_scenario(path: Path) -> Scenario:
    """The scenario of a TOML file. Raises ScenarioInvalid, and OSError when it cannot be read."""
    text = path.read_text(encoding="utf-8-sig")
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = Problem(path.name, f"is not TOML: {error}.", "Mend that line.")
        raise ScenarioInvalid([problem]) from error
    return scenario_of(document, path.parent)


def scenario_of(document: Mapping[str, Any], folder: Path) -> Scenario:
    """The scenario of a parsed document; files that it names lie in `folder`."""
    reading = Reading(folder)
    scenario = keys.read(Scenario, reading, "", document)
    if not reading.problems:
        check(scenario, reading)
    if reading.problems:
        raise ScenarioInvalid(reading.problems)
    return scenario


def problems_of(scenario: Scenario) -> list[Problem]:
    """What is wrong with a scenario that was made by a program."""
    reading = Reading(Path())
    check(scenario, reading)
    return reading.problems


def check(scenario: Scenario, reading: Reading) -> None:
    """Names that must exist, and times and shares that must fit together."""
    if not zone(scenario.time_zone):
        reading.wrong(
            "time_zone", f"'{scenario.time_zone}' is unknown.", "Name one like 'Africa/Porto-Novo'."
        )
    for name in ("teams", "trunks"):
        _some(reading, name, getattr(scenario, name))
    for name in () if scenario.inbound else ("callees", "lists", "campaigns"):
        _some(reading, name, getattr(scenario, name))
    for name in ("teams", "trunks", "callees", "lists", "campaigns", "queues"):
        _unique(reading, name, [one.name for one in getattr(scenario, name)])
    for index, callees in enumerate(scenario.callees):
        _callees(reading, f"callees[{index}]", callees)
    _lists(scenario, reading)
    _campaigns(scenario, reading)
    check_day(scenario, reading)
    check_inbound(scenario, reading)


def _some(reading: Reading, name: str, there: Sequence[Any]) -> None:
    if not there:
        reading.wrong(name, "is empty.", f"Write [[{name}]] at least once.")


def _unique(reading: Reading, name: str, names: list[str]) -> None:
    for index, one in enumerate(names):
        if one in names[:index]:
            reading.wrong(f"{name}[{index}].name", f"'{one}' is there twice.", "Rename one.")


def _total(rates: Rates) -> float:
    return math.fsum(
        (
            *(rates.person, rates.machine, rates.busy, rates.invalid, rates.rejected),
            *(rates.congestion, rates.hangs_up_on_answer),
        )
    )


def _callees(reading: Reading, name: str, callees: Callees) -> None:
    rising(reading, f"{name}.rates", [rates.at for rates in callees.rates])
    rising(reading, f"{name}.analysis", [analysis.at for analysis in callees.analysis])
    for index, rates in enumerate(callees.rates):
        if (total := _total(rates)) > 1.0 + 1e-9:
            reading.wrong(
                f"{name}.rates[{index}]", f"has shares of {total:g} in all.", "Keep them within 1."
            )


def _sum_to_one(reading: Reading, name: str, shares: list[float]) -> None:
    if abs((total := math.fsum(shares)) - 1.0) > 1e-6:
        reading.wrong(name, f"have shares of {total:g} in all.", "Make them 1.")


def _lists(scenario: Scenario, reading: Reading) -> None:
    for index, contacts in enumerate(scenario.lists):
        name = f"lists[{index}]"
        named(reading, f"{name}.callees", contacts.callees, scenario.callees)
        _sum_to_one(reading, f"{name}.groups", [group.share for group in contacts.groups])
        for number, group in enumerate(contacts.groups):
            where = f"{name}.groups[{number}]"
            if group.time_zone and not zone(group.time_zone):
                reading.wrong(
                    f"{where}.time_zone",
                    f"'{group.time_zone}' is unknown.",
                    "Name one like 'Asia/Tokyo'.",
                )
            digits = group.prefix[1:]
            good = group.prefix.startswith("+") and digits.isascii() and digits.isdigit()
            if not good or not 1 <= len(digits) <= 6 or digits.startswith("0"):
                reading.wrong(
                    f"{where}.prefix", f"is '{group.prefix}'.", "Give + and 1 to 6 digits."
                )


def _campaigns(scenario: Scenario, reading: Reading) -> None:
    for index, campaign in enumerate(scenario.campaigns):
        name = f"campaigns[{index}]"
        named(reading, f"{name}.list", campaign.list, scenario.lists)
        named(reading, f"{name}.team", campaign.team, scenario.teams)
        named(reading, f"{name}.trunk", campaign.trunk, scenario.trunks)
        _sum_to_one(reading, f"{name}.outcomes", [outcome.share for outcome in campaign.outcomes])
