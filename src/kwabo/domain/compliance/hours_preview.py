"""The days to come of a callable time set, and why a day is closed: for people to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kwabo.domain.compliance.callable_hours import CallableHours, Day
from kwabo.domain.compliance.callable_time_set import Slot
from kwabo.domain.compliance.public_holidays import public_holidays
from kwabo.domain.compliance.zones import DAY_SECONDS, offset_at, second_of, zone


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewDay:
    """One local day."""

    date: date
    code: str  # OUTSIDE_CALLABLE_TIME: as its weekday; HOLIDAY, DATE_EXCEPTION
    name: str  # of the holiday or the exception
    slots: tuple[Slot, ...]
    clock_changes: bool  # the clock goes forward or back on this day


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursPreview:
    """How a set stands for numbers of one zone."""

    time_zone: str | None  # by whose clock; None: the set has no window for them
    open: bool
    opens_at: datetime | None  # when open: now; None: never
    days: tuple[PreviewDay, ...]


def preview(
    hours: CallableHours,
    time_zone: str | None,
    country: str | None,
    *,
    now: datetime,
    begin: date | None,
    days: int,
    language: str,
) -> HoursPreview:
    """`time_zone`: of the numbers, None: of those whose zone nobody knows. `begin`: None: today."""
    where = zone(hours.window_zone(time_zone) or "")
    if where is None:
        return HoursPreview(time_zone=None, open=False, opens_at=None, days=())
    standing = hours.at((time_zone,) if time_zone else (), country, now)
    first = begin or now.astimezone(where).date()
    shown = []
    for number in range(days):
        on = first + timedelta(days=number)
        day = hours.day(time_zone, country, on)
        assert day is not None
        midnight = second_of(datetime(on.year, on.month, on.day, tzinfo=where))
        before, after = offset_at(where, midnight), offset_at(where, midnight + DAY_SECONDS - 1)
        shown.append(
            PreviewDay(
                date=on,
                code=day.code,
                name=_name(day, on, language),
                slots=day.slots,
                clock_changes=before != after,
            )
        )
    return HoursPreview(
        time_zone=where.key,
        open=standing.open,
        opens_at=standing.opens_at,
        days=tuple(shown),
    )


def _name(day: Day, on: date, language: str) -> str:
    if day.holiday is None:
        return day.name
    rule = day.holiday
    return public_holidays(rule.country, rule.subdivision, on.year, language).get(on, day.name)
