"""Queues: groups of agents who share conversations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A group of agents."""

    queue_id: UUID
    name: str
    member_user_ids: tuple[UUID, ...]
    created_at: datetime


class QueueStore(Protocol):
    """The queues of the transaction's organisation."""

    async def add(self, queue: Queue) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, queue_id: UUID) -> Queue | None: ...

    async def all(self) -> Sequence[Queue]:
        """By name."""
        ...

    async def change(self, queue: Queue) -> None:
        """Write name and members. Raises Conflict `NAME_TAKEN`."""
        ...

    async def delete(self, queue_id: UUID) -> None: ...

    async def unknown_users(self, user_ids: Sequence[UUID]) -> frozenset[UUID]:
        """Those of the ids that are no user of this organisation."""
        ...

    async def campaigns_using(self, queue_id: UUID) -> Sequence[str]:
        """Names of campaigns whose agents are this queue's."""
        ...
