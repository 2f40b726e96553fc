"""Wrap-up codes: what an agent says came of a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapUpCode:
    """One possible outcome, and what it does."""

    wrap_up_code_id: UUID
    name: str  # in the organisation's language
    name_en: str
    flags: tuple[str, ...]
    required_fields: tuple[str, ...]  # 'notes' or names of list columns
    position: int
    active: bool
    mapped: bool = True  # False: its flags are the organisation's default ones
    created_at: datetime


class WrapUpCodeStore(Protocol):
    """The wrap-up codes of the transaction's organisation."""

    async def add(self, code: WrapUpCode) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, wrap_up_code_id: UUID) -> WrapUpCode | None: ...

    async def all(self) -> Sequence[WrapUpCode]:
        """By position, then name."""
        ...

    async def change(self, code: WrapUpCode) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...
