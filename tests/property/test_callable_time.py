"""Callable time against an oracle that walks through the minutes, in every IANA zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st

from kwabo.domain.compliance.callable_time import CallableTime, zone

ZONES = sorted(available_timezones())
START = datetime(2026, 1, 1, tzinfo=UTC)
MINUTES = 2 * 365 * 24 * 60
MINUTE = timedelta(minutes=1)

minutes_of_day = st.integers(0, 1439).map(lambda m: time(m // 60, m % 60))
windows = st.builds(
    CallableTime,
    weekdays=st.frozensets(st.integers(1, 7)),
    start=minutes_of_day,
    until=minutes_of_day,
)
instants = st.integers(0, MINUTES).map(lambda m: START + m * MINUTE)


def _open(window: CallableTime, at: datetime, where: ZoneInfo) -> bool:
    """The definition, in minutes of the local day."""
    local = at.astimezone(where)
    minute = local.hour * 60 + local.minute
    begin = window.start.hour * 60 + window.start.minute
    end = window.until.hour * 60 + window.until.minute
    return local.isoweekday() in window.weekdays and begin <= minute < end


def _oracle(window: CallableTime, at: datetime, where: ZoneInfo, days: int = 9) -> datetime | None:
    for minute in range(days * 1440):
        instant = at + minute * MINUTE
        if _open(window, instant, where):
            return instant
    return None


def _changes(name: str) -> list[datetime]:
    """Instants within two years at which the zone's offset changes."""
    where = ZoneInfo(name)
    found = []
    for hour in range(2 * 365 * 24):
        at = START + timedelta(hours=hour)
        before = (at - timedelta(hours=1)).astimezone(where).utcoffset()
        if at.astimezone(where).utcoffset() != before:
            found.append(at)
    return found


@given(windows, instants, st.sampled_from(ZONES))
@settings(max_examples=200, deadline=None)
def test_contains_is_the_definition(window: CallableTime, at: datetime, name: str) -> None:
    where = ZoneInfo(name)
    assert window.contains(at, where) == _open(window, at, where)


@given(windows, instants, st.sampled_from(ZONES))
@settings(max_examples=80, deadline=None)
def test_next_open_is_the_first_open_minute(window: CallableTime, at: datetime, name: str) -> None:
    where = ZoneInfo(name)
    if window.until <= window.start or not window.weekdays:
        assert window.next_open(at, where) is None
    else:
        assert window.next_open(at, where) == _oracle(window, at, where)


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_around_changes_of_the_clock(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(_CHANGING))
    change = data.draw(st.sampled_from(_CHANGES[name]))
    at = change + data.draw(st.integers(-1800, 300)) * MINUTE
    where = ZoneInfo(name)
    local = change.astimezone(where).replace(tzinfo=None)
    begin = (local + data.draw(st.integers(-120, 120)) * MINUTE).time()
    length = data.draw(st.integers(1, 180))
    end = min(begin.hour * 60 + begin.minute + length, 1439)
    window = CallableTime(
        weekdays=frozenset(range(1, 8)), start=begin, until=time(end // 60, end % 60)
    )
    expected = None if window.until <= window.start else _oracle(window, at, where, days=4)
    assert window.next_open(at, where) == expected


# One for each kind of change: an hour, half an hour, two hours, midnight, Ramadan, none in summer.
_CHANGING = [
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
_CHANGES = {name: _changes(name) for name in _CHANGING}


def test_every_zone_is_known() -> None:
    assert all(zone(name) is not None for name in ZONES)
    assert zone("Africa/Nowhere") is None
    assert zone("") is None
    assert zone("../etc/passwd") is None
