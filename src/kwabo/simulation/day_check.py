"""The checks of a scenario's times: what never meets the day, and what is there twice at once.

A time at which nothing would happen is an error, not a quiet nothing: whoever wrote it expects
something of it. Only a shift, with its breaks, may be longer than the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kwabo.simulation.keys import Reading

if TYPE_CHECKING:
    from kwabo.simulation.scenario import Break, Campaign, Scenario, Team

# They last, and the second one's end would be the end of the first one too.
_ONE_AT_A_TIME = frozenset(
    {
        *("engine_crash", "socket_loss", "database_down", "calls_refused", "calls_uncertain"),
        *("events_lost", "events_doubled", "events_delayed"),
    }
)


def clock(seconds: float) -> str:
    """A time of the day as scenarios have it."""
    whole = round(seconds)
    text = f"{whole // 3600:02d}:{whole // 60 % 60:02d}"
    return f"{text}:{whole % 60:02d}" if whole % 60 else text


def check_day(scenario: Scenario, reading: Reading) -> None:
    """Everything wrong with times of the day."""
    if not _after(reading, "ends", "begins", scenario.begins, scenario.ends):
        return
    for index, team in enumerate(scenario.teams):
        _team(scenario, reading, f"teams[{index}]", team)
    for index, campaign in enumerate(scenario.campaigns):
        _campaign(scenario, reading, f"campaigns[{index}]", campaign)
    faults: dict[str, list[tuple[str, float, float]]] = {}
    for index, fault in enumerate(scenario.faults):
        _within(scenario, reading, f"faults[{index}].at", fault.at)
        if fault.kind in _ONE_AT_A_TIME:
            these = faults.setdefault(fault.kind, [])
            these.append((f"faults[{index}].at", fault.at, fault.at + fault.seconds))
    for same in faults.values():
        _apart(reading, same)
    for index, trunk in enumerate(scenario.trunks):
        outages = [
            (f"trunks[{index}].outages[{n}].begins", one.begins, one.begins + one.seconds)
            for n, one in enumerate(trunk.outages)
        ]
        for name, begins, _ in outages:
            _within(scenario, reading, name, begins)
        _apart(reading, outages)


def _after(reading: Reading, name: str, first: str, begins: float, ends: float) -> bool:
    if begins < ends:
        return True
    mend = "Give a later time, 24:00 at the latest; a night is two days."
    reading.wrong(name, f"is {clock(ends)}, not after `{first}` ({clock(begins)}).", mend)
    return False


def _within(scenario: Scenario, reading: Reading, name: str, moment: float) -> None:
    if not scenario.begins <= moment < scenario.ends:
        mend = f"Give a time from {clock(scenario.begins)} to {clock(scenario.ends)}."
        reading.wrong(name, f"is {clock(moment)}, outside the day.", mend)


def _apart(reading: Reading, times: Sequence[tuple[str, float, float]]) -> None:
    """Of one kind: the next begins after the one before is over."""
    ordered = sorted(times, key=lambda one: one[1])
    for (_, _, ends), (name, begins, _) in pairwise(ordered):
        if begins < ends:
            reading.wrong(
                name,
                f"is {clock(begins)}, before the one that lasts until {clock(ends)} is over.",
                "Begin later, or make one of them that is longer.",
            )


def _team(scenario: Scenario, reading: Reading, name: str, team: Team) -> None:
    if not _after(reading, f"{name}.ends", "begins", team.begins, team.ends):
        return
    if team.begins >= scenario.ends or team.ends <= scenario.begins:
        day = f"{clock(scenario.begins)} to {clock(scenario.ends)}"
        what = f"is {clock(team.begins)}: the shift lies outside the day."
        reading.wrong(f"{name}.begins", what, f"Let it meet the day, {day}.")
    for number, pause in enumerate(team.breaks):
        if not team.begins <= pause.at < team.ends:
            reading.wrong(
                f"{name}.breaks[{number}].at",
                f"is {clock(pause.at)}, outside the shift.",
                f"Give a time from {clock(team.begins)} to {clock(team.ends)}.",
            )
    ordered = sorted(enumerate(team.breaks), key=lambda pair: pair[1].at)
    for (_, first), (number, second) in pairwise(ordered):
        if _overlap(first, second):
            reading.wrong(
                f"{name}.breaks[{number}].at",
                f"is {clock(second.at)}: agents would still be in the break of {clock(first.at)}.",
                "Begin later, or shorten `seconds` or `spread_seconds` of the one before.",
            )


def _overlap(first: Break, second: Break) -> bool:
    """Whether the agent who goes first, or the one who goes last, is asked for both at once."""
    earliest = second.at < first.at + first.seconds
    last = second.at + second.spread_seconds < first.at + first.spread_seconds + first.seconds
    return earliest or last


def _campaign(scenario: Scenario, reading: Reading, name: str, campaign: Campaign) -> None:
    if campaign.begins >= scenario.ends:
        what = f"is {clock(campaign.begins)}, after the day."
        reading.wrong(f"{name}.begins", what, f"Give a time before {clock(scenario.ends)}.")
    begins, ends = campaign.callable_from, campaign.callable_until
    if not _after(reading, f"{name}.callable_until", "callable_from", begins, ends):
        return
    contacts = next((one for one in scenario.lists if one.name == campaign.list), None)
    zones = {group.time_zone or scenario.time_zone for group in contacts.groups} if contacts else {}
    same_clock = set(zones) == {scenario.time_zone}
    if same_clock and (begins >= scenario.ends or ends <= max(scenario.begins, campaign.begins)):
        what = f"to `callable_until` is {clock(begins)} to {clock(ends)}: outside the day."
        mend = f"Let it meet {clock(scenario.begins)} to {clock(scenario.ends)}."
        reading.wrong(f"{name}.callable_from", what, mend)
