"""The hours at which people may be called, in their own time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
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

        Local times that do not exist (clocks go forward) open when the clock has jumped over them;
        times that exist twice (clocks go back) open at the first one and again at the second.
        """
        if self.contains(instant, where):
            return instant
        local_date = instant.astimezone(where).date()
        openings = [
            at
            for days in range(-1, 9)
            for at in self._openings(local_date + timedelta(days=days), where)
            if at >= instant and self.contains(at, where)
        ]
        return min(openings, default=None)

    def _openings(self, day: date, where: ZoneInfo) -> list[datetime]:
        """Instants of the day at which the window may open: its start, and changes of the clock."""
        starts = [
            datetime.combine(day, self.start, tzinfo=where).replace(fold=fold).astimezone(UTC)
            for fold in (0, 1)
        ]
        return starts + clock_changes(day, where)


def clock_changes(day: date, where: ZoneInfo) -> list[datetime]:
    """The instant of this local day, if any, at which the zone's offset changes."""
    before = datetime.combine(day, time(0), tzinfo=where).astimezone(UTC) - timedelta(hours=3)
    after = before + timedelta(hours=30)
    offset = before.astimezone(where).utcoffset()
    if after.astimezone(where).utcoffset() == offset:
        return []
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(where).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return [after]
