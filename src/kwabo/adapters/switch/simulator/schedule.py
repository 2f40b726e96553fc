"""Things to do later, in order of time and then of asking, on the injected clock."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable

from kwabo.kernel.clock import Clock

_NOW = 1e-6  # seconds: above the rounding of a float that counts years


class Schedule:
    """A clock with timers of its own (`call_after`) is asked for them.

    Any other gets a heap, and one timer of the running loop for the first: its steady time and the
    loop's must run alike, as the system's do.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heap: list[tuple[float, int, Callable[[], object]]] = []
        self._order = itertools.count()
        self._timer: asyncio.TimerHandle | None = None
        self._wakes_at = float("inf")
        self._closed = False
        self._call_after = getattr(clock, "call_after", None)

    def after(self, seconds: float, do: Callable[[], object]) -> None:
        """Call `do` once `seconds` have passed; it must not raise.

        It may return True when it has done nothing: a clock of its own need wake nobody then.
        """
        if self._closed:
            return
        if self._call_after is not None:
            self._call_after(seconds, lambda: self._closed or do())
            return
        now = self._clock.monotonic()
        due = now + seconds if seconds > 0.0 else now
        heapq.heappush(self._heap, (due, next(self._order), do))
        if due < self._wakes_at:
            self._set_timer(due - now)

    def close(self) -> None:
        """Forget everything that was to be done."""
        self._closed = True
        self._heap.clear()
        if self._timer is not None:
            self._timer.cancel()

    def _set_timer(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._wakes_at = self._heap[0][0]
        self._timer = asyncio.get_running_loop().call_later(seconds, self._run)

    def _run(self) -> None:
        heap, until = self._heap, self._clock.monotonic() + _NOW
        self._wakes_at = float("-inf")  # what is added meanwhile needs no other timer
        while heap and heap[0][0] <= until:
            heapq.heappop(heap)[2]()
        self._timer = None
        self._wakes_at = float("inf")
        if heap and not self._closed:
            self._set_timer(heap[0][0] - self._clock.monotonic())
