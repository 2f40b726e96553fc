"""The hours at which people may be called, in their own time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo | None:
    """The IANA time zone of this name, or None when there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallableTime:
    """One window on some days of the week, in local time."""

    weekdays: frozenset[int]  # 1 Monday … 7 Sunday
    start: time  # inclusive
    until: time  # exclusive; at or before `start` means that the window never opens

    def contains(self, instant: datetime, where: ZoneInfo) -> bool:
        """Whether the window is open at this instant, in this zone."""
        local = instant.astimezone(where)
        return (
            local.isoweekday() in self.weekdays
            and self.start <= local.time().replace(tzinfo=None) < self.until
        )

    def next_open(self, instant: datetime, where: ZoneInfo) -> datetime | None:
        """The first instant at or after `instant` at which the window is open; None: never.

        Local times that do not exist (clocks go forward) open at the first existing minute after
        them; times that exist twice open at the first one.
        """
        if self.contains(instant, where):
            return instant
        local_date = instant.astimezone(where).date()
        for days in range(9):
            day = local_date + timedelta(days=days)
            if day.isoweekday() not in self.weekdays:
                continue
            opens = datetime.combine(day, self.start, tzinfo=where).astimezone(UTC)
            for candidate in (opens, opens + timedelta(hours=1)):
                if candidate >= instant and self.contains(candidate, where):
                    return _earliest_open(self, candidate, instant, where)
        return None


def _earliest_open(
    window: CallableTime, candidate: datetime, not_before: datetime, where: ZoneInfo
) -> datetime:
    """Walk back from `candidate` by minutes while the window is still open (gaps of a clock change)."""
    while True:
        earlier = candidate - timedelta(minutes=1)
        if earlier < not_before or not window.contains(earlier, where):
            return candidate
        candidate = earlier
