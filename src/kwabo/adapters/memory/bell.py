"""Rings for several listeners; each hears what rang since it listened last."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable


class Bell:
    """See the module. For one event loop."""

    def __init__(self) -> None:
        self._rings = 0
        self._heard: dict[Hashable, int] = {}  # by listener
        self._waiters: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        """Wake all who wait."""
        self._rings += 1
        for waiter in self._waiters:
            _end(waiter)

    async def wait(self, listener: Hashable, seconds: float) -> bool:
        """Whether it has rung since the listener's last wait, or does within `seconds`."""
        heard = self._heard.get(listener, 0)
        if self._rings == heard:
            loop = asyncio.get_running_loop()
            waiter = loop.create_future()
            timer = loop.call_later(seconds, _end, waiter)
            self._waiters.append(waiter)
            try:
                await waiter
            finally:
                timer.cancel()
                self._waiters.remove(waiter)
        self._heard[listener] = self._rings
        return self._rings != heard


def _end(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)
