"""The machine's own clock, and ids made from it."""

from __future__ import annotations

import asyncio
import random
import time
from datetime import UTC, datetime
from uuid import UUID

from kwabo.kernel.clock import Clock


class SystemClock:
    """Real time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(seconds, 0.0))


class TimeOrderedIds:
    """UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, then a counter, then randomness.

    Ids of one factory strictly increase, also within a millisecond and when the clock is set back.
    With a seeded `source` and a virtual clock, a run makes the same ids every time.
    """

    def __init__(self, clock: Clock, source: random.Random | None = None) -> None:
        self._clock = clock
        self._random = source or random.SystemRandom()
        self._now: datetime | None = None  # of the last id
        self._now_milliseconds = 0
        self._milliseconds = 0
        self._counter = 0

    def new(self) -> UUID:
        now = self._clock.now()
        if now is not self._now:  # virtual time gives one instant for many ids
            self._now, self._now_milliseconds = now, int(now.timestamp() * 1000)
        milliseconds = self._now_milliseconds
        if milliseconds > self._milliseconds:
            self._milliseconds = milliseconds
            self._counter = self._random.getrandbits(11)  # half the range: room to count up
        else:
            self._counter += 1
            if self._counter > 0xFFF:
                self._milliseconds += 1
                self._counter = 0
        value = (
            (self._milliseconds & 0xFFFF_FFFF_FFFF) << 80
            | 0x7 << 76
            | self._counter << 64
            | 0b10 << 62
            | self._random.getrandbits(62)
        )
        return UUID(int=value)
