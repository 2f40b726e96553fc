"""Call analysis response sets as they are kept, and which campaigns use them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptResponseSet:
    """A response set with its document."""

    response_set_id: UUID
    name: str
    document: Mapping[str, Any]
    campaigns: tuple[str, ...] = ()  # names of those that use it
    version: int
    created_at: datetime
    updated_at: datetime


class ResponseSetStore(Protocol):
    """The response sets of the transaction's organisation."""

    async def add(self, response_set: KeptResponseSet) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, response_set_id: UUID) -> KeptResponseSet | None: ...

    async def get_for_change(self, response_set_id: UUID) -> KeptResponseSet | None:
        """Locked until the end of the transaction."""
        ...

    async def all(self) -> Sequence[KeptResponseSet]:
        """By name."""
        ...

    async def change(self, response_set: KeptResponseSet) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def delete(self, response_set_id: UUID) -> None: ...

    async def campaigns_of(self, response_set_id: UUID) -> Sequence[UUID]:
        """Campaigns that use it."""
        ...
