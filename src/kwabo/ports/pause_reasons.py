"""Pause reasons: why an agent takes no conversations for a while."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseReason:
    """One reason."""

    pause_reason_id: UUID
    name: str  # in the organisation's language
    name_en: str
    position: int
    active: bool


class PauseReasonStore(Protocol):
    """The pause reasons of the transaction's organisation."""

    async def add(self, reason: PauseReason) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, pause_reason_id: UUID) -> PauseReason | None: ...

    async def all(self) -> Sequence[PauseReason]:
        """By position, then name."""
        ...

    async def change(self, reason: PauseReason) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...
