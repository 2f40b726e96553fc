"""How queues find agents: their settings, and their members' rings and ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.routing.settings import QueueSettings
from kwabo.domain.routing.values import Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRouting:
    """A queue's settings. Version 0: nobody has changed the defaults yet."""

    queue_id: UUID
    name: str
    settings: QueueSettings
    members: Mapping[UUID, Membership]
    version: int
    updated_at: datetime | None


class QueueRoutingStore(Protocol):
    """Of the transaction's organisation."""

    async def get(self, queue_id: UUID) -> QueueRouting | None:
        """None: there is no such queue."""
        ...

    async def get_for_change(self, queue_id: UUID) -> QueueRouting | None:
        """The same, locked until the transaction ends."""
        ...

    async def all(self) -> Sequence[QueueRouting]:
        """Of every queue, by its name."""
        ...

    async def change(self, routing: QueueRouting) -> None:
        """Write settings, version and time; rings and ranks of those who are members."""
        ...

    async def queues_dropping(self, skill: str) -> Sequence[str]:
        """Names of the queues whose rings drop a skill."""
        ...

    async def queues_playing(self, prompt_id: UUID) -> Sequence[str]:
        """Names of the queues whose callers hear a prompt while they wait."""
        ...

    async def queues_overflowing_to(self, queue_id: UUID) -> Sequence[str]:
        """Names of the queues whose calls may go there."""
        ...

    async def queues_keeping(self, schedule_group_id: UUID) -> Sequence[str]:
        """Names of the queues that have these opening hours."""
        ...
