"""Attempt limits of an organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.compliance.attempt_limits import AttemptLimit


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLimit:
    """A limit as it is kept."""

    limit: AttemptLimit
    version: int
    created_at: datetime
    updated_at: datetime


class AttemptLimitStore(Protocol):
    """The limits of the transaction's organisation."""

    async def all(self) -> Sequence[AttemptLimit]:
        """Every limit, the organisation's first, by name."""
        ...

    async def find(self) -> Sequence[KeptLimit]:
        """As `all`, as they are kept."""
        ...

    async def get_for_change(self, attempt_limit_id: UUID) -> KeptLimit | None:
        """The limit, locked until the transaction ends."""
        ...

    async def of_campaign(self, campaign_id: UUID) -> Sequence[AttemptLimit]:
        """The limits that a campaign is under."""
        ...

    async def add(self, kept: KeptLimit) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def change(self, kept: KeptLimit) -> None:
        """Raises Conflict `NAME_TAKEN`; the version goes up by one."""
        ...

    async def delete(self, attempt_limit_id: UUID) -> None: ...

    async def campaigns_using(self, attempt_limit_id: UUID) -> Sequence[str]:
        """Names of the campaigns that name the limit."""
        ...
