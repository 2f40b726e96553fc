"""Counts of the law's window, hour by hour, as it moves on.

An hour leaves the window when all of it lies before the window's begin, so that the window is
never shorter than the law asks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from kwabo.domain.pacing.situation import Tally

HOUR = timedelta(hours=1)
HOUR_SECONDS = 3600.0


@dataclass(slots=True, kw_only=True)
class Hour:
    """One hour's counts; see `Tally`."""

    begin: datetime
    dialled: int = 0
    live: int = 0
    abandoned: int = 0
    machines: int = 0


def begin_of_hour(at: datetime) -> datetime:
    """The hour of the clock (UTC) in which this instant lies."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


@dataclass(slots=True, kw_only=True)
class Window:
    """A moving window of counts."""

    seconds: float
    hours: list[Hour] = field(init=False, default_factory=list)  # oldest first
    _sums: list[int] = field(init=False, default_factory=lambda: [0, 0, 0, 0])  # of `hours`

    def count(
        self,
        at: datetime,
        *,
        dialled: int = 0,
        live: int = 0,
        abandoned: int = 0,
        machines: int = 0,
    ) -> None:
        """Add to the hour of `at`; a count may be taken back by a negative number."""
        hour = self._hour(at)
        hour.dialled += dialled
        hour.live += live
        hour.abandoned += abandoned
        hour.machines += machines
        self._add(dialled, live, abandoned, machines)

    def _add(self, *counts: int) -> None:
        self._sums = [one + more for one, more in zip(self._sums, counts, strict=True)]

    def _hour(self, at: datetime) -> Hour:
        if self.hours and self.hours[-1].begin <= at < self.hours[-1].begin + HOUR:
            return self.hours[-1]
        begin = begin_of_hour(at)
        for hour in self.hours:
            if hour.begin == begin:
                return hour
        self.hours.append(Hour(begin=begin))
        self.hours.sort(key=lambda hour: hour.begin)
        return self.hours[-1] if self.hours[-1].begin == begin else self._hour(at)

    def tally(self, now: datetime) -> Tally:
        """The window that ends now."""
        covered = 0.0
        while self.hours:
            covered = (now - self.hours[0].begin).total_seconds()
            if covered < self.seconds + HOUR_SECONDS:
                break
            gone = self.hours.pop(0)
            self._add(-gone.dialled, -gone.live, -gone.abandoned, -gone.machines)
        if not self.hours:
            return Tally(window_seconds=self.seconds)
        dialled, live, abandoned, machines = self._sums
        return Tally(
            live=live,
            abandoned=abandoned,
            dialled=dialled,
            machines=machines,
            window_seconds=self.seconds,
            covered_seconds=min(self.seconds, max(0.0, covered)),
        )
