"""What can be said in each organisation, kept for a few seconds, and read by one call at a time.

Many calls want it at once: while one of them reads it anew, the others say what is known, and wait
only when that is too old. Else a book that takes longer to read the more read it would never be
read again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from kwabo.domain.speech.book import PromptBook
from kwabo.kernel.clock import Clock

KEPT_SECONDS: Final = 5.0  # so long may a call hear a prompt that was replaced meanwhile
RENEWED_SECONDS: Final = 2.5  # after so long the next call reads it anew


@dataclass(slots=True)
class _Kept:
    book: PromptBook | None = None
    read_at: float = float("-inf")  # steady clock, when it was there
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class PromptBooks:
    """See the module. `read` reads an organisation's book."""

    def __init__(self, read: Callable[[UUID], Awaitable[PromptBook]], clock: Clock) -> None:
        self._read = read
        self._clock = clock
        self._kept: dict[UUID, _Kept] = {}

    def known(self, organisation_id: UUID) -> PromptBook | None:
        """The book as it is known; None: this call is to wait for it, by `of`."""
        kept = self._kept.get(organisation_id)
        if kept is None:
            return None
        most = KEPT_SECONDS if kept.turn.locked() else RENEWED_SECONDS
        return kept.book if self._clock.monotonic() - kept.read_at < most else None

    async def of(self, organisation_id: UUID) -> PromptBook:
        """The book, read anew when it is too old."""
        book = self.known(organisation_id)
        if book is not None:
            return book
        kept = self._kept.setdefault(organisation_id, _Kept())
        async with kept.turn:
            age = self._clock.monotonic() - kept.read_at
            if kept.book is None or age >= RENEWED_SECONDS:
                kept.book = await self._read(organisation_id)
                kept.read_at = self._clock.monotonic()
            return kept.book
