"""Recorded time: it stands still until the next recorded instant is set."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from datetime import datetime, timedelta


class RecordedClock:
    """See `kwabo.kernel.clock.Clock`. Sleepers wake when time is set past their end."""

    def __init__(self, begin: datetime) -> None:
        self._begin = self._now = begin
        self._monotonic = 0.0
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """See `Clock`."""
        return self._now

    def monotonic(self) -> float:
        """See `Clock`."""
        return self._monotonic

    async def sleep(self, seconds: float) -> None:
        """See `Clock`."""
        waiter = asyncio.get_running_loop().create_future()
        due = self.monotonic() + seconds
        heapq.heappush(self._sleepers, (due, next(self._order), waiter))
        await waiter

    def set(self, at: datetime, late: timedelta = timedelta(0)) -> None:
        """It is this instant now, unless it is later already.

        `late`: by how much the steady clock is ahead of the wall clock.
        """
        self._now = max(self._now, at)
        steady = (at + late - self._begin) / timedelta(seconds=1)
        self._monotonic = max(self._monotonic, steady)
        while self._sleepers and self._sleepers[0][0] <= self._monotonic:
            waiter = heapq.heappop(self._sleepers)[2]
            if not waiter.done():
                waiter.set_result(None)
