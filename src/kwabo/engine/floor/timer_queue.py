"""What a floor is to look at later, the earliest first."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from uuid import UUID

from kwabo.kernel.records import quickly_made


@quickly_made
@dataclass(frozen=True, slots=True)
class Timer:
    """Something to look at later. Whoever handles it checks that it still has a meaning."""

    # preview | after_call | agent_grace | unserved | apology | leg_retry | reconcile |
    # greeting | message | flow | announce | outcome | alert
    kind: str
    key: UUID | None
    name: str = ""  # of a flow's timer
    until: datetime | None = None  # of after-call work: the end that it was set for


class TimerQueue:
    """Timers by the time at which they run out, on the steady clock."""

    __slots__ = ("_numbers", "_timers")

    def __init__(self) -> None:
        self._timers: list[tuple[float, int, Timer]] = []
        self._numbers = count()

    def add(self, due: float, timer: Timer) -> None:
        """Let it run out at this time; those of one time, in the order in which they were added."""
        heapq.heappush(self._timers, (due, next(self._numbers), timer))

    def run_out(self, mono: float) -> list[Timer]:
        """Those that have run out by now, earliest first; they are gone."""
        found: list[Timer] = []
        while self._timers and self._timers[0][0] <= mono:
            found.append(heapq.heappop(self._timers)[2])
        return found

    def next_at(self, idle: Callable[[Timer], bool]) -> float:
        """When the next one runs out; those before it that are `idle`, for good, are let go."""
        while self._timers and idle(self._timers[0][2]):
            heapq.heappop(self._timers)
        return self._timers[0][0] if self._timers else float("inf")
