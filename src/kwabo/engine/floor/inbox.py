"""What waits for the floor's next step."""

from __future__ import annotations

import asyncio
from typing import Generic, TypeVar

T = TypeVar("T")


class Inbox(Generic[T]):
    """Anybody in this thread puts things in; one reader takes all that is there."""

    def __init__(self) -> None:
        self._items: list[T] = []
        self._waiter: asyncio.Future[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing waits."""
        return not self._items

    @property
    def awaited(self) -> bool:
        """Whether the reader waits for something to be put in."""
        return self._waiter is not None and not self._waiter.done()

    def put(self, item: T) -> None:
        """Have it taken with the next batch."""
        self._items.append(item)
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def take(self) -> list[T]:
        """Everything that waits, in order; wait until there is something."""
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
        while not self._items:
            self._waiter = self._loop.create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        items, self._items = self._items, []
        return items
