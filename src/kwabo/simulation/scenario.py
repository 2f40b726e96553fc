# ruff: noqa: RUF009 (the calls make fields, which say how their keys are read)
"""A scenario: one day of a floor, as people write it down.

Every class is a table of the file and every field a key; `scenario_file` reads them. Times of the
day are seconds since midnight in the scenario's time zone, durations are seconds, rates and shares
lie between 0 and 1. docs/developers/simulation.md tells what each key means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as calendar_date
from typing import Any

from kwabo.domain.campaigns.recall import DEFAULT_RECALL_SECONDS
from kwabo.domain.campaigns.settings import WINDOW_SECONDS
from kwabo.simulation import keys
from kwabo.simulation.distributions import Constant, Distribution, Lognormal, Uniform
from kwabo.simulation.durations import duration
from kwabo.simulation.scenario_inbound import Inbound, Queue, skill_levels

MODES = ("progressive", "power", "predictive")
TRUNK_TROUBLES = ("dead", "congestion")
FAULTS = (
    "engine_crash",  # the engine is killed; another starts after `seconds`
    "socket_loss",  # the switch's events stop for `seconds`; calls go on
    "switch_restart",  # every call and leg is gone at once
    "database_down",  # no transaction for `seconds`
    "events_lost",  # by `chance`, for `seconds`
    "events_doubled",  # by `chance`, for `seconds`
    "events_delayed",  # by `chance`, for `seconds`, so that later ones overtake them
    "calls_refused",  # the switch refuses by `chance`, for `seconds`
    "calls_uncertain",  # the switch gives no answer by `chance`, for `seconds`
    "agents_leave",  # a `share` of the agents at work pauses for `seconds`
)
FLAGS = (
    "success",
    "callback",
    "do_not_call",
    "contact_uncallable",
    "number_uncallable",
    "machine",
)
NINE, FIVE_PM = 9 * 3600.0, 17 * 3600.0
_MONDAY = calendar_date(2026, 1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """An agent's absence within the shift."""

    at: float = keys.moment(0.0, required="Say when it begins, like '12:30'.")
    seconds: float = keys.number(900.0)
    spread_seconds: float = keys.number(0.0)  # agents leave one after the other within it


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Agents who do the same work, and how long it takes them."""

    name: str = keys.text(required="Give the team a name.")
    agents: int = keys.whole(1, 1, 5000, required="Say how many agents it has.")
    begins: float = keys.moment(NINE)
    ends: float = keys.moment(FIVE_PM)
    log_in_spread_seconds: float = keys.number(60.0)  # agents come one after the other within it
    breaks: tuple[Break, ...] = keys.many(Break)
    talk: Distribution = duration(Lognormal.of_mean(150.0, 0.9))
    after_call: Distribution = duration(Lognormal.of_mean(20.0, 0.6))
    pace_spread: float = keys.number(0.15, 0.0, 2.0)  # sigma of agents' own factor on both
    agent_ends_call: float = keys.share(0.5)  # the rest is ended by the called person
    machine_noticed: Distribution = duration(Uniform(4.0, 8.0))  # then the agent hangs up
    skills: Mapping[str, int] = skill_levels()
    languages: tuple[str, ...] = keys.names()  # that the agents speak


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """What becomes of calls from a time of the day on; what is left over is not answered."""

    at: float = keys.moment(0.0)
    change: str = keys.choice("step", ("step", "drift"))  # drift: straight from the point before
    person: float = keys.share(0.0, required="Say which share of calls a person answers.")
    machine: float = keys.share(0.0)
    busy: float = keys.share(0.0)
    invalid: float = keys.share(0.0)
    rejected: float = keys.share(0.0)
    congestion: float = keys.share(0.0)
    hangs_up_on_answer: float = keys.share(0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """How call analysis fares from a time of the day on."""

    at: float = keys.moment(0.0)
    delay: Distribution = duration(Uniform(1.0, 3.0))
    persons_lost: float = keys.share(0.02)  # persons taken for machines
    machines_passed: float = keys.share(0.1)  # machines taken for persons


@dataclass(frozen=True, slots=True, kw_only=True)
class Callees:
    """How the people and machines behind numbers behave."""

    name: str = keys.text(required="Give them a name.")
    rates: tuple[Rates, ...] = keys.many(Rates, required="Write [[callees.rates]] at least once.")
    set_up: Distribution = duration(Uniform(1.5, 4.0))  # until it rings, or is refused
    answer: Distribution = duration(Lognormal(7.5, 0.55))  # from ringing, persons
    machine_answer: Distribution = duration(Uniform(12.0, 22.0))
    patience: Distribution = duration(Uniform(4.0, 12.0))  # from the answer, without an agent
    machine_seconds: Distribution = duration(Uniform(20.0, 40.0))  # how long a machine records
    analysis: tuple[Analysis, ...] = keys.many(Analysis, (Analysis(),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A part of a list whose people answer more or less often than the rest."""

    share: float = keys.share(1.0, required="Say which share of the list it is.")
    odds: float = keys.number(1.0, 0.0, 100.0)  # factor on the odds that a person answers
    time_zone: str = keys.text("")  # '': the scenario's
    prefix: str = keys.text("+22901")  # the numbers of the group begin with it


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactList:
    """Contacts with their numbers and zones."""

    name: str = keys.text(required="Give the list a name.")
    contacts: int = keys.whole(1, 1, 5_000_000, required="Say how many contacts it has.")
    second_number: float = keys.share(0.0)  # share of contacts with two numbers
    callees: str = keys.text(required="Name the callees behind its numbers.")
    odds_spread: float = keys.number(0.0, 0.0, 3.0)  # sigma of each contact's own odds
    groups: tuple[Group, ...] = keys.many(Group, (Group(share=1.0),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A time in which a trunk fails."""

    begins: float = keys.moment(0.0, required="Say when it begins, like '10:30'.")
    seconds: float = keys.number(600.0)
    kind: str = keys.choice("dead", TRUNK_TROUBLES)
    share: float = keys.share(1.0)  # of the calls that it hits


@dataclass(frozen=True, slots=True, kw_only=True)
class Trunk:
    """A way to the telephone network."""

    name: str = keys.text("main")
    lines: int = keys.whole(30, 1, 100_000)
    calls_per_second: float = keys.number(5.0, 0.01, 10_000.0)
    outages: tuple[Outage, ...] = keys.many(Outage)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A wrap-up code and how often agents give it."""

    name: str = keys.text(required="Give the outcome a name.")
    share: float = keys.share(1.0, required="Say which share of conversations ends so.")
    flags: tuple[str, ...] = keys.words((), FLAGS)
    callback_after: Distribution = duration(Constant(3600.0))  # where the flag is callback


def _recalls(reading: keys.Reading, name: str, value: Any) -> Any:
    """Result → seconds until the next attempt, false for none."""
    results = [str(result) for result in DEFAULT_RECALL_SECONDS]
    if not isinstance(value, Mapping):
        return reading.wrong(name, "is not a table.", "Write e.g. { busy = 300 }.")
    found: dict[str, int | None] = {}
    for result, seconds in value.items():
        if result not in results:
            reading.wrong(f"{name}.{result}", "is not a result.", f"Results: {', '.join(results)}.")
        elif seconds is False:
            found[result] = None
        elif isinstance(seconds, bool) or not isinstance(seconds, int) or seconds < 0:
            reading.wrong(
                f"{name}.{result}",
                f"is {seconds!r}.",
                "Give whole seconds, or false for no more attempts.",
            )
        else:
            found[result] = seconds
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A campaign; the keys are those of a real one."""

    name: str = keys.text(required="Give the campaign a name.")
    list: str = keys.text(required="Name its contact list.")
    team: str = keys.text(required="Name the team that works for it.")
    trunk: str = keys.text("main")
    mode: str = keys.choice("progressive", MODES)
    priority: int = keys.whole(3, 1, 5)
    begins: float = keys.moment(0.0)  # when it is started; before the day: with it
    callable_from: float = keys.moment(0.0)
    callable_until: float = keys.moment(24 * 3600.0 - 60)
    max_attempts: int = keys.whole(4, 1, 100)
    minimum_gap_seconds: int = keys.whole(300, 0, 2_592_000)
    recall_seconds: Mapping[str, int | None] = keys.key(_recalls, {}, "", {})
    no_answer_timeout_seconds: int = keys.whole(25, 5, 120)
    after_call_limit_seconds: int = keys.whole(120, 5, 3600)
    call_analysis: bool = keys.flag(False)
    calls_per_agent: float = keys.number(1.5, 1.0, 15.0)  # power
    calls_per_agent_ceiling: float = keys.number(15.0, 1.0, 50.0)  # predictive
    abandon_target: float = keys.number(0.03, 0.001, 0.2)
    abandon_window: str = keys.choice("day", tuple(WINDOW_SECONDS))
    weight: int = keys.whole(1, 1, 100)
    agents_kept_free: int = keys.whole(0, 0, 100)
    outcomes: tuple[Outcome, ...] = keys.many(Outcome, (Outcome(name="done", share=1.0),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something breaks."""

    at: float = keys.moment(0.0, required="Say when, like '10:30'.")
    kind: str = keys.choice("engine_crash", FAULTS, required="Say what breaks.")
    seconds: float = keys.number(10.0)
    chance: float = keys.share(0.2)
    share: float = keys.share(1.0)


def _date(reading: keys.Reading, name: str, value: Any) -> Any:
    if type(value) is not calendar_date:
        return reading.wrong(name, f"is {value!r}.", "Write a date without quotes: 2026-01-05.")
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Everything a run needs beside the seed."""

    name: str = keys.text(required="Give the scenario a name.")
    about: str = keys.text("")
    seed: int = keys.whole(1, 0)
    date: calendar_date = keys.key(_date, _MONDAY, "", _MONDAY)
    time_zone: str = keys.text("Africa/Porto-Novo")
    begins: float = keys.moment(NINE)
    ends: float = keys.moment(FIVE_PM)  # nothing is dialled any more; open calls come to their end
    abandon_window_seconds: float = keys.number(3600.0, 60.0)  # of the plotted abandon rate
    connect_within_seconds: float = keys.number(2.0, 0.0, 60.0)  # later counts as late
    teams: tuple[Team, ...] = keys.many(Team, required="Write [[teams]] at least once.")
    trunks: tuple[Trunk, ...] = keys.many(Trunk, (Trunk(),))
    callees: tuple[Callees, ...] = keys.many(Callees)
    lists: tuple[ContactList, ...] = keys.many(ContactList)
    campaigns: tuple[Campaign, ...] = keys.many(Campaign)
    queues: tuple[Queue, ...] = keys.many(Queue)
    inbound: tuple[Inbound, ...] = keys.many(Inbound)
    faults: tuple[Fault, ...] = keys.many(Fault)

    @property
    def queue_names(self) -> tuple[str, ...]:
        """Every team has a queue of its own."""
        return (*(team.name for team in self.teams), *(queue.name for queue in self.queues))
