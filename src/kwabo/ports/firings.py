"""What schedules, sequences and campaign rules did, and why something was not done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """One thing that happened by itself."""

    firing_id: int = 0  # given by the store
    at: datetime
    source: str  # schedule | sequence | campaign_rule
    source_id: UUID
    campaign_id: UUID | None
    sequence_id: UUID | None
    action: str
    code: str = ""  # '': done; else why not
    details: Mapping[str, Any] = field(default_factory=dict)


class FiringStore(Protocol):
    """The firings of the transaction's organisation. They are never changed."""

    async def add(self, firing: Firing) -> None: ...

    async def find(
        self,
        *,
        source_id: UUID | None,
        campaign_id: UUID | None,
        before_firing_id: int | None,
        limit: int,
    ) -> Sequence[Firing]:
        """The newest first."""
        ...
