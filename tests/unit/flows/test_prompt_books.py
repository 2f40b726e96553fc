"""A book of prompts that many calls want at once."""

from __future__ import annotations

import asyncio
from typing import cast
from uuid import UUID

import pytest

from kwabo.adapters.virtual_time import VirtualClock, run_in_virtual_time
from kwabo.domain.speech.book import PromptBook
from kwabo.services.prompt_books import KEPT_SECONDS, RENEWED_SECONDS, PromptBooks

ONE, OTHER = UUID(int=1), UUID(int=2)


class _Shelf:
    """Takes longer to read a book the more read it at the same time."""

    def __init__(self, clock: VirtualClock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self.under_way = self.most = self.read = 0

    async def of(self, organisation_id: UUID) -> PromptBook:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            await self._clock.sleep(self._seconds * self.under_way)
        finally:
            self.under_way -= 1
        self.read += 1
        return cast("PromptBook", (organisation_id, self.read))


@pytest.mark.parametrize("seconds", [0.01, 1.0, 2 * KEPT_SECONDS])
def test_one_call_reads_it_however_many_want_it(seconds: float) -> None:
    async def main(clock: VirtualClock) -> None:
        shelf = _Shelf(clock, seconds)
        books = PromptBooks(shelf.of, clock)
        waits: list[float] = []

        async def call(at: float) -> None:
            await clock.sleep(at)
            begun = clock.monotonic()
            await books.of(ONE)
            waits.append(clock.monotonic() - begun)

        async with asyncio.TaskGroup() as tasks:
            for number in range(1000):
                tasks.create_task(call(number * 0.05))
        assert shelf.most == 1
        assert len(waits) == 1000
        assert max(waits) <= seconds + 0.001  # nobody waits for two of them
        assert shelf.read <= 50.0 / RENEWED_SECONDS + 1

    run_in_virtual_time(main)


def test_it_is_read_anew_while_others_go_on_with_what_is_known() -> None:
    async def main(clock: VirtualClock) -> None:
        shelf = _Shelf(clock, 0.5)
        books = PromptBooks(shelf.of, clock)
        assert books.known(ONE) is None
        first = await books.of(ONE)
        assert books.known(ONE) == first
        assert books.known(OTHER) is None
        await clock.sleep(RENEWED_SECONDS)
        assert books.known(ONE) is None  # the next call fetches
        fetching = asyncio.ensure_future(books.of(ONE))
        await clock.sleep(0.1)
        assert books.known(ONE) == first
        assert await books.of(ONE) == first
        assert await fetching != first
        await clock.sleep(KEPT_SECONDS)
        assert await books.of(ONE) == cast("PromptBook", (ONE, 3))  # what is too old is waited for

    run_in_virtual_time(main)


def test_a_book_that_could_not_be_read_is_read_by_the_next_call() -> None:
    async def main(clock: VirtualClock) -> None:
        failures = [OSError("gone")]

        async def read(organisation_id: UUID) -> PromptBook:
            await clock.sleep(0.1)
            if failures:
                raise failures.pop()
            return cast("PromptBook", "book")

        books = PromptBooks(read, clock)
        came = await asyncio.gather(books.of(ONE), books.of(ONE), return_exceptions=True)
        assert [type(one) for one in came] == [OSError, str]

    run_in_virtual_time(main)
