"""Time is injected: nothing in the core reads the machine's clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Where time comes from."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back and is not changed by setting the time."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return after `seconds` on this clock."""
        ...


async def every(clock: Clock, seconds: float, look: Callable[[], bool]) -> None:
    """Call `look` every `seconds` from now on, until the task ends.

    It must not raise, and returns whether it has done anything. A clock with a way of its own
    (`every`) is asked: virtual time looks without waking anybody.
    """
    own = getattr(clock, "every", None)
    if own is not None:
        await own(seconds, look)
        return
    while True:
        await clock.sleep(seconds)
        look()
