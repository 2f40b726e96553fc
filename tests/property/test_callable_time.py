"""Callable hours against an oracle that walks through the seconds by the clock on the wall."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kwabo.domain.compliance.callable_hours import CallableHours
from kwabo.domain.compliance.callable_time_set import (
    CallableTimeRules,
    DateException,
    HolidayRule,
    Slot,
    WeekSlot,
    Window,
)
from kwabo.domain.compliance.public_holidays import public_holidays
from kwabo.domain.compliance.zones import EPOCH, constant_offsets, offset_at, second_of, zone

ZONES = sorted(available_timezones())
START = datetime(2026, 1, 1, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
DAY = 24 * 3600

# Among them each kind of change: an hour, half an hour, two hours, at midnight, in Ramadan, none.
CHANGING = [
    "Europe/Paris",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Beirut",
    "America/Havana",
    "Antarctica/Troll",
    "Pacific/Auckland",
    "America/St_Johns",
    "Asia/Jerusalem",
]
PLACES = [*CHANGING, "Africa/Porto-Novo", "Asia/Kathmandu", "Pacific/Apia", "Indian/Reunion"]


def _changes(name: str) -> list[datetime]:
    """Instants within two years at which the zone's offset changes."""
    where = ZoneInfo(name)
    found = []
    for quarter in range(2 * 365 * 24 * 4):
        at = START + timedelta(minutes=15 * quarter)
        if at.astimezone(where).utcoffset() != (at - SECOND).astimezone(where).utcoffset():
            found.append(at)
    return found


CHANGES = {name: _changes(name) for name in CHANGING}


# ── The definition ───────────────────────────────────────────────────────────────────────────────


def _slots_of(rules: CallableTimeRules, window: Window, country: str, on: date) -> list[Slot]:
    for exception in sorted(rules.exceptions, key=lambda one: one.year is None):
        years = (None, on.year)
        if exception.year in years and (exception.month, exception.day) == (on.month, on.day):
            return list(exception.slots)
    for rule in rules.holidays:
        concerned = rule.applies_to == "everyone" or rule.country == country
        if concerned and on in public_holidays(rule.country, rule.subdivision, on.year):
            return []
    return [slot for slot in window.slots if slot.weekday == on.isoweekday()]


def _open_in(rules: CallableTimeRules, name: str, country: str, at: datetime) -> bool:
    window = next((w for w in rules.windows if w.time_zone == name), None)
    window = window or next((w for w in rules.windows if w.kind == "mapped"), None)
    if window is None:
        return False
    local = at.astimezone(ZoneInfo(name))
    second = local.hour * 3600 + local.minute * 60 + local.second
    slots = _slots_of(rules, window, country, local.date())
    return any(slot.start <= second < slot.until for slot in slots)


def _open(rules: CallableTimeRules, names: tuple[str, ...], country: str, at: datetime) -> bool:
    return all(_open_in(rules, name, country, at) for name in names)


def _oracle(
    rules: CallableTimeRules,
    names: tuple[str, ...],
    country: str,
    at: datetime,
    step: timedelta,
    steps: int,
) -> datetime | None:
    for index in range(steps):
        instant = at + index * step
        if _open(rules, names, country, instant):
            return instant
    return None


# ── Rules to try ─────────────────────────────────────────────────────────────────────────────────


def slots_of_a_day(draw: st.DrawFn, unit: int) -> list[tuple[int, int]]:
    """Up to three slots that do not overlap, in whole units of seconds."""
    marks = draw(st.lists(st.integers(0, DAY // unit), max_size=6, unique=True))
    marks.sort()
    return [(a * unit, b * unit) for a, b in zip(marks[::2], marks[1::2], strict=False)]


@st.composite
def weeks(draw: st.DrawFn, unit: int = 60) -> tuple[WeekSlot, ...]:
    weekdays = sorted(draw(st.frozensets(st.integers(1, 7))))
    return tuple(
        WeekSlot(weekday=weekday, start=a, until=b)
        for weekday in weekdays
        for a, b in slots_of_a_day(draw, unit)
    )


@st.composite
def rule_sets(
    draw: st.DrawFn, days: list[date], names: tuple[str, ...] = (), unit: int = 60
) -> CallableTimeRules:
    """Rules with exceptions and holidays at or near `days`."""
    windows = [Window(kind="mapped", slots=draw(weeks(unit)))]
    if names and draw(st.booleans()):
        windows.append(Window(kind="zone", time_zone=names[0], slots=draw(weeks(unit))))
    if names and len(windows) == 2 and draw(st.booleans()):
        windows.pop(0)
    exceptions = {}
    for _ in range(draw(st.integers(0, 3))):
        on = draw(st.sampled_from(days)) + timedelta(days=draw(st.integers(-2, 2)))
        year = draw(st.sampled_from((None, on.year, on.year + 1)))
        exceptions[year, on.month, on.day] = DateException(
            year=year,
            month=on.month,
            day=on.day,
            slots=tuple(Slot(start=a, until=b) for a, b in slots_of_a_day(draw, unit)),
        )
    holidays = draw(
        st.lists(
            st.builds(
                HolidayRule,
                country=st.sampled_from(("FR", "US", "BJ")),
                applies_to=st.sampled_from(("everyone", "own_numbers")),
            ),
            max_size=2,
        )
    )
    return CallableTimeRules(
        windows=tuple(windows), exceptions=tuple(exceptions.values()), holidays=tuple(holidays)
    )


places_of_a_number = st.lists(st.sampled_from(PLACES), min_size=1, max_size=3, unique=True).map(
    tuple
)
# With holidays in reach: New Year, Easter, the 1st and 8th of May, Christmas.
SEASONS = [date(2026, 1, 1), date(2026, 4, 6), date(2026, 5, 8), date(2026, 12, 25)]
countries = st.sampled_from(("FR", "US", "BJ"))


# ── The tests ────────────────────────────────────────────────────────────────────────────────────


@given(st.data(), st.sampled_from(ZONES))
@settings(max_examples=300, deadline=None)
def test_open_is_the_definition_in_every_zone(data: st.DataObject, name: str) -> None:
    rules = data.draw(rule_sets(SEASONS))
    at = START + data.draw(st.integers(0, 2 * 365 * DAY)) * SECOND
    country = data.draw(countries)
    standing = CallableHours(rules).at((name,), country, at)
    assert standing.open == _open(rules, (name,), country, at)


@given(st.data(), places_of_a_number)
@settings(max_examples=100, deadline=None)
def test_opens_at_the_first_open_minute_of_all_zones(
    data: st.DataObject, names: tuple[str, ...]
) -> None:
    on = data.draw(st.sampled_from(SEASONS))
    rules = data.draw(rule_sets([on], names))
    country = data.draw(countries)
    at = (
        datetime(on.year, on.month, on.day, tzinfo=UTC)
        + data.draw(st.integers(-2880, 600)) * MINUTE
    )
    standing = CallableHours(rules).at(names, country, at)
    expected = _oracle(rules, names, country, at, MINUTE, 5 * 1440)
    if expected is not None:
        assert standing.opens_at == expected
    else:
        assert standing.opens_at is None or standing.opens_at >= at + 5 * 1440 * MINUTE


@given(st.data(), st.sampled_from(CHANGING))
@settings(max_examples=150, deadline=None)
def test_around_changes_of_the_clock(data: st.DataObject, name: str) -> None:
    """With exceptions on the day of the change, and other zones beside it."""
    change = data.draw(st.sampled_from(CHANGES[name]))
    others = data.draw(st.lists(st.sampled_from(PLACES), max_size=2, unique=True))
    names = tuple(dict.fromkeys((name, *others)))
    rules = data.draw(rule_sets([change.astimezone(ZoneInfo(name)).date()], names))
    country = data.draw(countries)
    at = change + data.draw(st.integers(-1800, 300)) * MINUTE
    standing = CallableHours(rules).at(names, country, at)
    expected = _oracle(rules, names, country, at, MINUTE, 3 * 1440)
    if expected is not None:
        assert standing.opens_at == expected
    else:
        assert standing.opens_at is None or standing.opens_at >= at + 3 * 1440 * MINUTE


@given(st.data(), st.sampled_from(CHANGING))
@settings(max_examples=60, deadline=None)
def test_answers_do_not_depend_on_what_was_asked_before(data: st.DataObject, name: str) -> None:
    change = data.draw(st.sampled_from(CHANGES[name]))
    rules = data.draw(rule_sets([change.astimezone(ZoneInfo(name)).date()], (name,)))
    country = data.draw(countries)
    hours = CallableHours(rules)
    for seconds in data.draw(st.lists(st.integers(-2 * DAY, 2 * DAY), max_size=30)):
        at = change + seconds * SECOND
        assert hours.at((name,), country, at) == CallableHours(rules).at((name,), country, at)


@given(st.data(), st.sampled_from(CHANGING))
@settings(max_examples=40, deadline=None)
def test_to_the_second_around_changes_of_the_clock(data: st.DataObject, name: str) -> None:
    change = data.draw(st.sampled_from(CHANGES[name]))
    where = ZoneInfo(name)
    # Slots that begin and end at odd seconds within hours that are skipped or come twice.
    wall = change.astimezone(where)
    middle = wall.hour * 3600 + wall.minute * 60
    begin = min(max(middle + data.draw(st.integers(-7000, 7000)), 0), DAY - 2)
    end = min(begin + data.draw(st.integers(1, 9000)), DAY)
    rules = CallableTimeRules(
        windows=(
            Window(
                kind="mapped",
                slots=tuple(WeekSlot(weekday=d, start=begin, until=end) for d in range(1, 8)),
            ),
        )
    )
    hours = CallableHours(rules)
    at = change + data.draw(st.integers(-9000, 2000)) * SECOND
    expected = _oracle(rules, (name,), "FR", at, SECOND, 4 * 3600)
    opens_at = hours.at((name,), "FR", at).opens_at
    if expected is not None:
        assert opens_at == expected
    else:
        assert opens_at is not None
        assert opens_at >= at + timedelta(hours=4)


@given(st.data(), places_of_a_number)
@settings(max_examples=100, deadline=None)
def test_what_is_promised_holds(data: st.DataObject, names: tuple[str, ...]) -> None:
    """Open when it opens, closed in the second before, however far away."""
    rules = data.draw(rule_sets(SEASONS, names, unit=1))
    country = data.draw(countries)
    at = START + data.draw(st.integers(0, 365 * DAY)) * SECOND
    hours = CallableHours(rules)
    standing = hours.at(names, country, at)
    if standing.open or standing.opens_at is None:
        return
    assert _open(rules, names, country, standing.opens_at)
    assert not _open(rules, names, country, standing.opens_at - SECOND)
    assert hours.at(names, country, standing.opens_at).open


@given(st.sampled_from(ZONES), st.integers(0, 3 * 365 * DAY))
@settings(max_examples=200, deadline=None)
def test_offsets_are_the_zones(name: str, second: int) -> None:
    where = ZoneInfo(name)
    begin = second_of(START)
    at = begin + second
    (offset,) = (
        o for a, b, o in constant_offsets(where, begin, begin + 4 * 365 * DAY) if a <= at < b
    )
    assert offset == offset_at(where, at)
    local = (EPOCH + timedelta(seconds=at)).astimezone(where)
    assert local.replace(tzinfo=UTC) == EPOCH + timedelta(seconds=at + offset)


def test_every_change_of_the_clock_is_found() -> None:
    for name, changes in CHANGES.items():
        begin, end = second_of(START), second_of(START) + 2 * 365 * DAY
        pieces = list(constant_offsets(ZoneInfo(name), begin, end))
        assert [a for a, _, _ in pieces[1:]] == [second_of(at) for at in changes]


def test_an_hour_that_comes_twice_opens_twice_and_one_that_is_skipped_never() -> None:
    slots = tuple(WeekSlot(weekday=d, start=2 * 3600, until=3 * 3600) for d in range(1, 8))
    hours = CallableHours(CallableTimeRules(windows=(Window(kind="mapped", slots=slots),)))
    spring = datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC)  # the second before 03:00 in Paris
    assert hours.at(("Europe/Paris",), "FR", spring).opens_at == datetime(2026, 3, 30, tzinfo=UTC)
    autumn = datetime(2026, 10, 25, tzinfo=UTC)  # 02:00 in Paris, for the first time
    for minutes, is_open in (
        (-1, False),
        (0, True),
        (59, True),
        (60, True),
        (119, True),
        (120, False),
    ):
        assert hours.at(("Europe/Paris",), "FR", autumn + minutes * MINUTE).open is is_open


def test_a_date_that_a_zone_skips_has_no_hours() -> None:
    """Samoa went from the 29th of December 2011 to the 31st."""
    friday = DateException(month=12, day=30, year=2011, slots=(Slot(start=0, until=DAY),))
    hours = CallableHours(CallableTimeRules(windows=(Window(kind="mapped"),), exceptions=(friday,)))
    at = datetime(2011, 12, 29, tzinfo=UTC)
    assert hours.at(("Pacific/Apia",), "WS", at).opens_at is None
    assert hours.at(("Europe/Paris",), "FR", at).opens_at == datetime(2011, 12, 29, 23, tzinfo=UTC)


def test_half_seconds_belong_to_their_second() -> None:
    slots = (WeekSlot(weekday=1, start=8 * 3600, until=9 * 3600),)
    hours = CallableHours(CallableTimeRules(windows=(Window(kind="mapped", slots=slots),)))
    monday = datetime(2026, 1, 5, 7, tzinfo=UTC)  # 08:00 in Porto-Novo
    half = timedelta(milliseconds=500)
    assert hours.at(("Africa/Porto-Novo",), "BJ", monday + half).opens_at == monday + half
    before = hours.at(("Africa/Porto-Novo",), "BJ", monday - half)
    assert (before.open, before.opens_at) == (False, monday)
    assert hours.at(("Africa/Porto-Novo",), "BJ", monday + timedelta(hours=1) - half).open


@pytest.mark.parametrize("name", ["Africa/Nowhere", "", "../etc/passwd"])
def test_what_is_no_zone(name: str) -> None:
    assert zone(name) is None


def test_every_zone_is_known() -> None:
    assert all(zone(name) is not None for name in ZONES)
