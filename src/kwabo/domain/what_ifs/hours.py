"""The hours of a campaign with a callable time set, as far as a simulated day knows hours.

Agents are at work in one window: of a set, from the earliest begin to the latest end. The calls
themselves keep to the set, unless other hours are asked for.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Final

from kwabo.domain.campaigns.settings import CampaignSettings
from kwabo.domain.compliance.callable_hours import CallableHours
from kwabo.domain.compliance.callable_time_set import MAPPED, ZONE, CallableTimeSet
from kwabo.domain.compliance.zones import DAY_SECONDS


def with_simple_hours(
    settings: CampaignSettings, callable_time_set: CallableTimeSet | None, time_zone: str
) -> CampaignSettings:
    """The settings with one window in place of the set."""
    if callable_time_set is None:
        return settings
    windows = callable_time_set.rules.windows
    own = [w for w in windows if w.kind == ZONE and w.time_zone == time_zone]
    slots = [slot for w in own or [w for w in windows if w.kind == MAPPED] for slot in w.slots]
    if not slots:
        return settings
    return replace(
        settings,
        callable_weekdays=tuple(sorted({slot.weekday for slot in slots})),
        callable_from=_time(min(slot.start for slot in slots)),
        callable_until=_time(max(slot.until for slot in slots)),
    )


LONGEST_CLOSED_DAYS: Final = 400


def open_day(
    settings: CampaignSettings,
    callable_time_set: CallableTimeSet | None,
    time_zone: str,
    first: date,
) -> tuple[date, float, float] | None:
    """The first day from `first` on with callable hours by the list's clock; None: there is none.

    With the seconds since midnight between which anybody may be called.
    """
    hours = None if callable_time_set is None else CallableHours(callable_time_set.rules)
    for day in (first + timedelta(days=after) for after in range(LONGEST_CLOSED_DAYS)):
        if hours is None:
            if day.isoweekday() in settings.callable_weekdays:
                return day, seconds(settings.callable_from), seconds(settings.callable_until)
        elif (known := hours.day(time_zone, None, day)) is not None and known.slots:
            slots = known.slots
            last = max(slot.until for slot in slots)
            return day, min(slot.start for slot in slots), min(last, DAY_SECONDS - 1)
    return None


def seconds(at: time) -> float:
    """Since midnight."""
    return at.hour * 3600.0 + at.minute * 60.0 + at.second


def _time(seconds: int) -> time:
    """A day that ends at 24:00 ends a second before it here."""
    seconds = min(seconds, DAY_SECONDS - 1)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)
