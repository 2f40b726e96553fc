"""The hours of a campaign with a callable time set, as far as a simulated day knows hours.

A what-if plays one day with one window. Of a set it takes the weekdays that have slots for the
list's time zone, from the earliest begin to the latest end of any day; breaks between slots, dates
and holidays are left out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from kwabo.domain.campaigns.settings import CampaignSettings
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


def _time(seconds: int) -> time:
    """A day that ends at 24:00 ends a second before it here."""
    seconds = min(seconds, DAY_SECONDS - 1)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)
