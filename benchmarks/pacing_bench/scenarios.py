"""The scenarios: everyday, first hours, second days, and days that go wrong or are different.

Everyday: set-up uniform 1.5–4 s, ringing until the answer lognormal (median 7.5 s, σ 0.55), given
up after 25 s of ringing, 12 % busy or invalid; talk lognormal mean 150 s, cv 0.9, agents differ by
σ 0.15; after-call work lognormal mean 20 s; grace 2 s.
"""

from __future__ import annotations

from dataclasses import replace

from pacing_bench.terms import (
    Act,
    Analysis,
    AnswerRate,
    CallingList,
    Happening,
    Inbound,
    NumberRange,
    Scenario,
    Sine,
    Steady,
    Steps,
    Talking,
)

_HOUR = 3600.0
_SHOCK = 2 * _HOUR  # when something happens
_HOURS_OF_DAY = (0.20, 0.26, 0.34, 0.30, 0.18, 0.14, 0.28, 0.42)


def _people(answers: AnswerRate | float, **more: object) -> tuple[CallingList, ...]:
    rate = Steady(answers) if isinstance(answers, float) else answers
    return (replace(CallingList(answers=rate), **more),)  # type: ignore[arg-type]


def _leave(at: float, first: int, last: int, seconds: float) -> Happening:
    return Happening(at=at, act=Act.LEAVE, first=first, last=last, seconds=seconds)


def _everyday() -> list[Scenario]:
    def day(name: str, about: str, agents: int, answers: float, short: float) -> Scenario:
        return Scenario(
            name=name, group="everyday", about=about, agents=agents, lists=_people(answers),
            short_hours=short, bounded=agents <= 20 or name == "100 p30",
            most_days=4 if agents > 100 else 0,
        )  # fmt: skip

    analysed = _people(0.22, machines=0.25)
    return [
        day("5 p30", "5 agents, 30 % answer", 5, 0.30, 0.0),
        day("20 p30", "20 agents, 30 % answer", 20, 0.30, 4.0),
        day("100 p30", "100 agents, 30 % answer", 100, 0.30, 2.0),
        day("500 p30", "500 agents, 30 % answer", 500, 0.30, 2.0),
        day("20 p10", "20 agents, 10 % answer", 20, 0.10, 3.0),
        day("100 p10", "100 agents, 10 % answer", 100, 0.10, 2.0),
        Scenario(
            name="20 drift", group="everyday", agents=20, hours=4.0, bounded=True,
            about="20 agents, between 12 and 48 % answer, a sine over 4 h",
            lists=_people(Sine(0.12, 0.48, 4 * _HOUR)),
        ),
        Scenario(
            name="100 amd", group="everyday", agents=100, short_hours=3.0, bounded=True,
            about="100 agents, 22 % persons, 25 % machines, call analysis",
            lists=analysed, analysis=Analysis(),
        ),
        Scenario(
            name="20 amd", group="everyday", agents=20, short_hours=4.0,
            about="20 agents, 22 % persons, 25 % machines, call analysis",
            lists=analysed, analysis=Analysis(),
        ),
        Scenario(
            name="100 lines", group="everyday", agents=100, short_hours=2.0,
            about="100 agents, 10 % answer, 190 lines", lists=_people(0.10), lines=190,
        ),
    ]  # fmt: skip


def _starts() -> list[Scenario]:
    """A campaign's first hour; and its second day, when the first day's calls are known."""
    everyday = {scenario.name: scenario for scenario in _everyday()}

    def first(name: str, hours: float) -> Scenario:
        return replace(
            everyday[name], name=f"first hour {name}", group="first hour", short_hours=hours,
            about=f"{everyday[name].about}; the campaign's first {60 * hours:.0f} minutes",
            bounded=False, most_days=0,
        )  # fmt: skip

    def second(name: str, hours: float) -> Scenario:
        return replace(
            everyday[name], name=f"second day {name}", group="second day", short_hours=hours,
            about=f"{everyday[name].about}; the day before is known", day_before=hours,
            bounded=False,
        )  # fmt: skip

    return [
        first("500 p30", 0.5),
        first("100 p10", 1.0),
        first("100 amd", 1.0),
        second("5 p30", 8.0),
        second("20 p30", 4.0),
        second("100 p10", 2.0),
        second("100 amd", 2.0),
    ]


def _teams() -> list[Scenario]:
    return [
        Scenario(
            name=f"team of {agents}", group="teams", agents=agents,
            about=f"{agents} agents, 30 % answer", lists=_people(0.30),
        )
        for agents in (3, 4, 6, 8, 10)
    ]  # fmt: skip


def _shocks() -> list[Scenario]:
    def day(name: str, about: str, agents: int = 20, **more: object) -> Scenario:
        base = Scenario(
            name=name, group="shocks", about=about, agents=agents, lists=_people(0.30),
            short_hours=4.0,
        )  # fmt: skip
        return replace(base, **more)  # type: ignore[arg-type]

    lunch = tuple(_leave((1.0 + 0.6 * n) * _HOUR, 5 * n, 5 * n + 5, 2700.0) for n in range(4))
    detector = day("", "", lists=_people(0.22, machines=0.25), analysis=Analysis())
    return [
        day("logout half", "half of 20 agents go at once after 2 h, back after an hour",
            happenings=(_leave(_SHOCK, 0, 10, _HOUR),)),
        day("logout half of 6", "half of 6 agents go at once after 2 h, back after an hour", 6,
            happenings=(_leave(_SHOCK, 0, 3, _HOUR),)),
        day("step up", "answers step from 15 to 45 % after 2 h",
            lists=_people(Steps((0.0, _SHOCK), (0.15, 0.45)))),
        day("step up of 5", "5 agents; answers step from 15 to 45 % after 2 h", 5,
            lists=_people(Steps((0.0, _SHOCK), (0.15, 0.45)))),
        day("step down", "answers step from 40 to 10 % after 2 h",
            lists=_people(Steps((0.0, _SHOCK), (0.40, 0.10)))),
        day("dead trunk", "after 2 h every call fails at once for 10 minutes; 10 calls per second",
            calls_per_second=10.0,
            happenings=(Happening(at=_SHOCK, act=Act.TRUNK_DEAD, seconds=600.0),)),
        day("lunch", "a quarter of 20 agents after the other at lunch for 45 minutes",
            happenings=lunch),
        day("breaks", "12 agents ask for breaks of 8 minutes, twice an hour each", 12,
            breaks_per_hour=2.0),
        replace(detector, name="detector loses", about="call analysis loses 15 % after 2 h",
                happenings=(Happening(at=_SHOCK, act=Act.DETECTOR, lost=0.15, passed=0.10),)),
        replace(detector, name="detector passes", about="call analysis passes machines after 2 h",
                happenings=(Happening(at=_SHOCK, act=Act.DETECTOR, lost=0.02, passed=1.0),)),
        day("restart, kept", "the program is away for 20 s after 2 h, and knows what it learnt",
            happenings=(Happening(at=_SHOCK, act=Act.RESTART, seconds=20.0),)),
        day("restart, lost", "the program is away for 20 s after 2 h, and has forgotten",
            happenings=(Happening(at=_SHOCK, act=Act.RESTART, seconds=20.0, kept=False),)),
    ]  # fmt: skip


def _different() -> list[Scenario]:
    names = tuple(f"r{n}" for n in range(6))
    known = (0.05, 0.08, 0.12, 0.25, 0.40, 0.50)
    middle = sum(known) / len(known)

    def ranges(factors: tuple[float, ...]) -> tuple[NumberRange, ...]:
        return tuple(
            NumberRange(name=name, share=1.0, factor=factor)
            for name, factor in zip(names, factors, strict=True)
        )

    def day(name: str, about: str, agents: int = 20, **more: object) -> Scenario:
        base = Scenario(
            name=name,
            group="different",
            about=about,
            agents=agents,
            lists=_people(0.30),
            short_hours=4.0,
        )
        return replace(base, **more)  # type: ignore[arg-type]

    learnt = _people(middle, ranges=ranges(tuple(share / middle for share in known)))
    alike = _people(middle, ranges=ranges((1.0,) * 6))
    hours = Steps(tuple(n * _HOUR for n in range(8)), _HOURS_OF_DAY)
    two = (
        CallingList(answers=Steady(0.30), priority=3),
        CallingList(answers=Steady(0.12), priority=3),
    )
    return [
        day("short and long talk", "half of the conversations last 15 s, half 290 s",
            talking=Talking(mean=290.0, cv=0.8, short_share=0.5)),
        day("machines, no analysis", "22 % persons, 25 % machines, which agents get",
            lists=_people(0.22, machines=0.25)),
        day("impatient", "people without an agent hang up after 1.5 s on average",
            lists=_people(0.30, patience=1.5)),
        day("ranges 5", "5 agents; six number ranges answer between 5 and 50 %", 5, lists=learnt),
        day("ranges 5, alike", "5 agents; six number ranges that answer alike", 5, lists=alike),
        day("ranges 20", "six number ranges answer between 5 and 50 %", lists=learnt),
        day("ranges 20, alike", "six number ranges that answer alike", lists=alike),
        day("hours", "another answer rate in each hour, between 14 and 42 %",
            lists=_people(hours), short_hours=0.0),
        day("two campaigns", "two campaigns share 20 agents; 30 and 12 % answer", lists=two),
        day("blended", "20 agents take 6 erlangs of callers first",
            inbound=Inbound(per_second=6 / 180.0), keep_ready=1),
        day("fixed split", "9 of 20 agents take 6 erlangs of callers, 11 dial",
            inbound=Inbound(per_second=6 / 180.0, own_agents=9)),
    ]  # fmt: skip


def catalogue() -> dict[str, Scenario]:
    """All scenarios by name, in the table's order."""
    found = [*_everyday(), *_starts(), *_teams(), *_shocks(), *_different()]
    return {scenario.name: scenario for scenario in found}
