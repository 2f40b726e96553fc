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


async def until(clock: Clock, wanted: Callable[[], bool], seconds: float) -> None:
    """Look whether `wanted` says yes, every `seconds` from now on, and return when it does.

    A clock with a way of its own (`until`) is asked: virtual time looks without waking anybody.
    `wanted` must not raise.
    """
    own = getattr(clock, "until", None)
    if own is not None:
        await own(wanted, seconds)
        return
    while True:
        await clock.sleep(seconds)
        if wanted():
            return
