"""The languages that an organisation uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedLanguage:
    """A language that the organisation has chosen."""

    language: str
    numbers: str = "fallback"  # own: its own grammar; fallback: the next language's
    numbers_approved_by: UUID | None = None  # who speaks it and has heard its numbers
    numbers_approved_at: datetime | None = None


class LanguageStore(Protocol):
    """The languages of the transaction's organisation, and its rule for reviews."""

    async def used(self) -> Sequence[UsedLanguage]:
        """In the order in which they are offered; none: nothing was chosen yet."""
        ...

    async def choose(self, used: Sequence[UsedLanguage]) -> None:
        """Replace the choice."""
        ...

    async def second_person(self) -> bool:
        """Whether nobody may approve what is their own."""
        ...

    async def set_second_person(self, needed: bool) -> None: ...
