"""Opening hours of schedule groups: by the wall clock, over clock changes, under the switch."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.compliance.callable_time_set import (
    MAPPED,
    CallableTimeRules,
    CallableTimeSet,
    DateException,
    HolidayRule,
    Slot,
    WeekSlot,
    Window,
)
from kwabo.domain.opening_hours.opening import Emergency, opening

GROUP = UUID(int=7)
ZONES = ("Africa/Porto-Novo", "Europe/Paris", "America/New_York", "Australia/Lord_Howe")
HOUR = 3600
YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def hours_of(
    slots: tuple[WeekSlot, ...], exceptions: tuple[DateException, ...] = (), holidays: str = ""
) -> CallableTimeSet:
    rules = CallableTimeRules(
        windows=(Window(kind=MAPPED, slots=slots),),
        exceptions=exceptions,
        holidays=(HolidayRule(country=holidays),) if holidays else (),
    )
    # The version stands for the rules where sets are remembered.
    return CallableTimeSet(callable_time_set_id=UUID(int=1), version=hash(rules), rules=rules)


WEEK = tuple(WeekSlot(weekday=day, start=8 * HOUR, until=18 * HOUR) for day in range(1, 6))
OFFICE = hours_of(WEEK, holidays="FR")


@given(
    st.sampled_from(ZONES),
    st.integers(0, 730 * 24 * HOUR).map(lambda after: YEAR + timedelta(seconds=after)),
    st.integers(0, 23),
    st.integers(1, 24),
    st.sets(st.integers(1, 7), min_size=1),
)
def test_it_is_open_by_the_clock_on_the_wall(
    zone: str, now: datetime, start: int, length: int, weekdays: set[int]
) -> None:
    until = min(24, start + length)
    week = tuple(
        WeekSlot(weekday=day, start=start * HOUR, until=until * HOUR) for day in sorted(weekdays)
    )
    found = opening(GROUP, zone, hours_of(week), (), now)
    local = now.astimezone(ZoneInfo(zone))
    is_open = local.isoweekday() in weekdays and start <= local.hour < until
    assert found.state == ("open" if is_open else "closed")
    if found.opens_at is not None:
        assert found.opens_at > now - timedelta(seconds=1)
        assert opening(GROUP, zone, hours_of(week), (), found.opens_at).state == "open"


@given(
    st.integers(85 * 24, 90 * 24).map(lambda after: YEAR + timedelta(hours=after)),
    st.lists(
        st.tuples(st.sampled_from((None, GROUP, UUID(int=8))), st.integers(-9, 9),
                  st.integers(1, 9)), max_size=4,
    ),
)  # fmt: skip
def test_the_switch_stands_above_the_hours_as_long_as_it_lasts(
    now: datetime, switches: list[tuple[UUID | None, int, int]]
) -> None:
    emergencies = [
        Emergency(
            schedule_group_id=group,
            reason="Incendie",
            started_at=now + timedelta(hours=begin),
            until=now + timedelta(hours=begin + lasts),
        )
        for group, begin, lasts in switches
    ]
    mine = [
        one
        for one in emergencies
        if one.schedule_group_id != UUID(int=8) and one.started_at <= now < one.until
    ]
    found = opening(GROUP, "Europe/Paris", OFFICE, emergencies, now)
    plain = opening(GROUP, "Europe/Paris", OFFICE, (), now)
    if not mine:
        assert found == plain
        return
    assert found.state == "emergency"
    assert found.emergency is not None
    assert found.emergency.until == max(one.until for one in mine)
    assert found.opens_at is not None
    assert found.opens_at >= found.emergency.until


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_holidays_and_days_that_are_closed_by_name() -> None:
    may = at("2026-05-01T10:00:00")  # Friday
    told = opening(GROUP, "Europe/Paris", OFFICE, (), may)
    assert (told.state, told.opens_at) == ("holiday", at("2026-05-04T06:00:00"))
    assert told.name
    closed = DateException(month=1, day=10, name="Fête du vodoun")
    shorter = DateException(month=12, day=24, name="Veille", slots=(Slot(start=0, until=HOUR),))
    hours = hours_of(tuple(WeekSlot(weekday=day, start=0, until=24 * HOUR) for day in range(1, 8)),
                     (closed, shorter))  # fmt: skip
    there = opening(GROUP, "Africa/Porto-Novo", hours, (), at("2027-01-10T10:00:00"))
    assert (there.state, there.name) == ("holiday", "Fête du vodoun")
    eve = opening(GROUP, "Africa/Porto-Novo", hours, (), at("2026-12-24T10:00:00"))
    assert (eve.state, eve.name) == ("closed", "")
    nameless = hours_of(WEEK, (DateException(month=11, day=27),))
    assert opening(GROUP, "UTC", nameless, (), at("2026-11-27T10:00:00")).state == "closed"


def test_the_hour_that_is_left_out_and_the_one_that_comes_twice() -> None:
    night = hours_of(
        tuple(WeekSlot(weekday=day, start=2 * HOUR, until=3 * HOUR) for day in range(1, 8))
    )
    spring = opening(GROUP, "Europe/Paris", night, (), at("2026-03-29T00:30:00"))
    assert (spring.state, spring.opens_at) == ("closed", at("2026-03-30T00:00:00"))
    for twice in ("2026-10-25T00:30:00", "2026-10-25T01:30:00"):
        assert opening(GROUP, "Europe/Paris", night, (), at(twice)).state == "open"


def test_a_zone_without_a_window_is_closed() -> None:
    rules = CallableTimeRules(windows=(Window(kind="zone", time_zone="Europe/Paris", slots=WEEK),))
    hours = CallableTimeSet(callable_time_set_id=UUID(int=2), version=1, rules=rules)
    found = opening(GROUP, "Africa/Porto-Novo", hours, (), at("2026-11-27T10:00:00"))
    assert (found.state, found.opens_at) == ("closed", None)
