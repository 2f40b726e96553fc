"""The hours in which a country allows calls: windows, public holidays, and every likely time zone.

Where a number and its contact may be in different zones, the window must be open in all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import phonenumbers
from phonenumbers import timezone

from kwabo.domain.compliance.callable_time import CallableTime, zone

_SEARCH_DAYS = 60
_ROUNDS = 400


@lru_cache(maxsize=65_536)
def zones_of_number(number: str) -> tuple[str, ...]:
    """The zones in which the numbering plan puts an E.164 number; empty: unknown."""
    try:
        names = timezone.time_zones_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return ()
    return tuple(name for name in names if zone(name) is not None)


@lru_cache(maxsize=256)
def french_holidays(year: int) -> frozenset[date]:
    """The eleven of art. L. 3133-1 of the Code du travail."""
    easter = _easter(year)
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    moving = (1, 39, 50)  # days after Easter: its Monday, Ascension, Whit Monday
    return frozenset(
        [date(year, month, day) for month, day in fixed]
        + [easter + timedelta(days=days) for days in moving]
    )


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    quarter, remainder = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - quarter - correction + 15) % 30
    leap, odd = divmod(rest, 4)
    weekday = (32 + 2 * remainder + 2 * leap - epact - odd) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def is_holiday(calendar: str | None, day: date) -> bool:
    """Whether the calendar closes this day."""
    return calendar == "FR" and day in french_holidays(day.year)


def is_open(
    windows: Sequence[CallableTime], calendar: str | None, instant: datetime, where: ZoneInfo
) -> bool:
    """Whether calls are allowed at this instant in this zone."""
    if is_holiday(calendar, instant.astimezone(where).date()):
        return False
    return any(window.contains(instant, where) for window in windows)


def next_open(
    windows: Sequence[CallableTime],
    calendar: str | None,
    instant: datetime,
    zones: Sequence[ZoneInfo],
) -> datetime | None:
    """The first instant from `instant` on at which calls are allowed in all zones; None: never."""
    at = instant
    latest = instant + timedelta(days=_SEARCH_DAYS)
    for _ in range(_ROUNDS):
        closed = next((z for z in zones if not is_open(windows, calendar, at, z)), None)
        if closed is None:
            return at
        following = _next_in(windows, calendar, at, closed)
        if following is None or following > latest:
            return None
        at = following
    return None


def _next_in(
    windows: Sequence[CallableTime], calendar: str | None, at: datetime, where: ZoneInfo
) -> datetime | None:
    """The next opening in one zone, or the end of a holiday, whichever must be waited for."""
    local = at.astimezone(where)
    if is_holiday(calendar, local.date()):
        midnight = datetime.combine(local.date() + timedelta(days=1), time(0), tzinfo=where)
        return midnight.astimezone(at.tzinfo)
    openings = [window.next_open(at, where) for window in windows]
    return min((opening for opening in openings if opening is not None), default=None)
