"""When a scheduled import runs: every so many minutes, or daily at a time of a zone.

A time that the clocks skip on a day comes as much later as they skip; one that comes twice is taken
the first time.
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from kwabo.domain.contacts.columns import read_time_zone

LEAST_MINUTES: Final = 1
MOST_MINUTES: Final = 7 * 24 * 60
_CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportTiming:
    """A time plan."""

    kind: str = "every"  # every | daily
    minutes: int = 60  # every
    at: str = "06:00"  # daily: local time
    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)  # daily: 1 Monday … 7 Sunday
    time_zone: str = "Africa/Porto-Novo"  # daily

    def as_json(self) -> dict[str, Any]:
        """For the database and the API."""
        return {
            "kind": self.kind,
            "minutes": self.minutes,
            "at": self.at,
            "weekdays": list(self.weekdays),
            "time_zone": self.time_zone,
        }

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> ImportTiming:
        """The plan of `as_json`'s answer."""
        return ImportTiming(**{**value, "weekdays": tuple(value["weekdays"])})


def check_timing(timing: ImportTiming) -> tuple[str, str]:
    """(field, code) of what is wrong with a plan; two empty texts when nothing is."""
    if timing.kind not in ("every", "daily"):
        return "kind", "TIMING_KIND"
    if timing.kind == "every":
        fits = LEAST_MINUTES <= timing.minutes <= MOST_MINUTES
        return ("", "") if fits else ("minutes", "TIMING_MINUTES")
    if not _CLOCK.fullmatch(timing.at):
        return "at", "TIMING_AT"
    days = timing.weekdays
    if not days or len(set(days)) < len(days) or not set(days) <= set(range(1, 8)):
        return "weekdays", "TIMING_WEEKDAYS"
    if read_time_zone(timing.time_zone) != timing.time_zone:
        return "time_zone", "TIME_ZONE_UNKNOWN"
    return "", ""


def next_run(timing: ImportTiming, after: datetime) -> datetime:
    """The first moment of the plan that is later than `after`, in UTC."""
    if timing.kind == "every":
        return after + timedelta(minutes=timing.minutes)
    zone = zoneinfo.ZoneInfo(timing.time_zone)
    hour, minute = map(int, timing.at.split(":"))
    day = after.astimezone(zone).date()
    while True:
        if day.isoweekday() in timing.weekdays:
            moment = datetime.combine(day, time(hour, minute), zone).astimezone(UTC)
            if moment > after:
                return moment
        day += timedelta(days=1)
