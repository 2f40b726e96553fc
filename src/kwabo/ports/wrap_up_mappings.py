"""What outcomes mean, as it is kept: one table of the organisation, one for each campaign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.campaigns.outcome_flags import OutcomeMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMapping:
    """A table with its version; 0: nobody has changed anything yet."""

    campaign_id: UUID | None  # None: the organisation's
    mapping: OutcomeMapping
    version: int = 0
    user_id: UUID | None = None  # who changed it last
    updated_at: datetime | None = None


class WrapUpMappingStore(Protocol):
    """The mappings of the transaction's organisation."""

    async def get(self, campaign_id: UUID | None) -> KeptMapping | None: ...

    async def get_for_change(self, campaign_id: UUID | None) -> KeptMapping | None:
        """Locked until the end of the transaction, against a first table too."""
        ...

    async def put(self, kept: KeptMapping) -> None: ...

    async def in_campaign(self, campaign_id: UUID) -> Mapping[str, tuple[str, ...]]:
        """What the campaign's table and, for the system's outcomes, the organisation's name."""
        ...

    async def default_changed(self, flags: tuple[str, ...]) -> None:
        """Give codes without a mapping of their own these flags."""
        ...
