"""Dates in filters: days, local times, and times that move with the present.

Everything is in the list's time zone. A value without a time is its midnight, except beside a day:
there both are days. A relative time is a signed duration from the present, `-P3D` three days ago,
`P1DT8H` in a day and eight hours; the parts are days, hours, minutes and seconds, or weeks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LONGEST: Final = timedelta(days=36_500)
_DURATION = re.compile(
    r"([+-]?)P(?:([0-9]{1,6})W|(?:([0-9]{1,6})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})S)?)?)"
)
_SHAPE = re.compile(
    r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    r"(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])?"
)


@dataclass(frozen=True, slots=True)
class Present:
    """The instant at which a filter is asked, and the list's time zone."""

    now: datetime
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Day:
    """A whole day."""

    day: date


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A day and a time."""

    at: datetime  # without a zone


@dataclass(frozen=True, slots=True)
class FromNow:
    """A duration before (negative) or after the present."""

    offset: timedelta
    written: str


TimeBound = Day | LocalTime | FromNow


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound at one present: as local text and as an instant; of a day, its begin and end."""

    is_day: bool
    text: str  # "2026-01-31" of a day, else "2026-01-31T08:30:00" with a fraction when it has one
    start: datetime  # aware
    end: datetime  # of a day the begin of the next one, else the same as start


def read_duration(text: str) -> timedelta | None:
    """The signed duration; None when it is not one, or longer than a hundred years."""
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()[1:]):
        return None
    sign, weeks, days, hours, minutes, seconds = match.groups()
    duration = timedelta(
        weeks=int(weeks or 0),
        days=int(days or 0),
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=int(seconds or 0),
    )
    if duration > LONGEST:
        return None
    return -duration if sign == "-" else duration


def read_time(text: str) -> Day | LocalTime | None:
    """`2026-01-31`, or `2026-01-31T08:30` with or without seconds."""
    if len(text) == 16:
        text += ":00"
    if not _SHAPE.fullmatch(text):
        return None
    try:
        if len(text) == 10:
            return Day(date.fromisoformat(text))
        return LocalTime(datetime.fromisoformat(text))
    except ValueError:
        return None


def looks_like_time(value: str) -> bool:
    """Whether a column's value has the form in which dates are kept."""
    return _SHAPE.fullmatch(value) is not None


def resolve(bound: TimeBound, present: Present, *, as_day: bool) -> Bound:
    """The bound at this present; `as_day`: a relative one stands for its whole day."""
    match bound:
        case Day(day):
            return _day(day, present.zone)
        case LocalTime(at):
            aware = _aware(at, present.zone)
            return Bound(False, at.isoformat(), aware, aware)
        case FromNow(offset, _):
            moved = present.now + offset
            local = moved.astimezone(present.zone).replace(tzinfo=None)
            if as_day:
                return _day(local.date(), present.zone)
            return Bound(False, local.isoformat(), moved, moved)


def _day(day: date, zone: ZoneInfo) -> Bound:
    try:
        following = day + timedelta(days=1)
    except OverflowError:
        following = day
    return Bound(True, day.isoformat(), midnight(day, zone), midnight(following, zone))


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The day's begin as an instant."""
    return _aware(datetime.combine(day, time()), zone)


def _aware(local: datetime, zone: ZoneInfo) -> datetime:
    try:
        return local.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:  # at the ends of the calendar
        return local.replace(tzinfo=UTC)


def local_text(value: str) -> str:
    """A column's date as a time: its midnight when it has none."""
    return f"{value}T00:00:00" if len(value) == 10 else value


def instant_of(value: str, zone: ZoneInfo) -> datetime | None:
    """A column's date as an instant; None for a day that no calendar has."""
    try:
        return datetime.fromisoformat(local_text(value)).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
