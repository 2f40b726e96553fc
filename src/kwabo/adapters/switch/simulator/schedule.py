"""Things to do later, in order of time and then of asking, on the injected clock."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable

from kwabo.kernel.clock import Clock


class Schedule:
    """A heap of callables. One task sleeps until the first is due; none exists while empty."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heap: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._sleeper: asyncio.Task[None] | None = None
        self._wakes_at = float("inf")
        self._closed = False

    def after(self, seconds: float, do: Callable[[], None]) -> None:
        """Call `do` once `seconds` have passed; it must not raise."""
        if self._closed:
            return
        due = self._clock.monotonic() + max(seconds, 0.0)
        heapq.heappush(self._heap, (due, next(self._order), do))
        if due < self._wakes_at:
            self._sleep()

    def close(self) -> None:
        """Forget everything that was to be done."""
        self._closed = True
        self._heap.clear()
        if self._sleeper is not None:
            self._sleeper.cancel()

    def _sleep(self) -> None:
        if self._sleeper is not None:
            self._sleeper.cancel()
        self._wakes_at = self._heap[0][0]
        self._sleeper = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        while self._heap:
            self._wakes_at = self._heap[0][0]
            wait = self._wakes_at - self._clock.monotonic()
            if wait > 0:
                await self._clock.sleep(wait)
            while self._heap and self._heap[0][0] <= self._clock.monotonic() + 1e-6:
                self._wakes_at = float("-inf")  # what is added meanwhile needs no other sleeper
                heapq.heappop(self._heap)[2]()
        self._wakes_at = float("inf")
        self._sleeper = None
