"""Campaign rules as they are kept, and the figures that they look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from kwabo.domain.campaigns.campaign_rules import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRule:
    """A rule with its document and what it knows of its last look."""

    campaign_rule_id: UUID
    name: str
    active: bool
    document: Mapping[str, Any]
    held: bool  # it held when it was last asked
    fired_on: date | None  # the day, in its zone, on which it last fired
    due_at: datetime | None  # when it is asked again; active only
    version: int
    created_at: datetime
    updated_at: datetime


class CampaignRuleStore(Protocol):
    """The campaign rules of the transaction's organisation."""

    async def add(self, rule: CampaignRule) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, campaign_rule_id: UUID) -> CampaignRule | None: ...

    async def get_for_change(self, campaign_rule_id: UUID) -> CampaignRule | None:
        """Locked until the end of the transaction."""
        ...

    async def all(self) -> Sequence[CampaignRule]:
        """By name."""
        ...

    async def put(self, rule: CampaignRule) -> None:
        """Write every value. Raises Conflict `NAME_TAKEN`."""
        ...

    async def delete(self, campaign_rule_id: UUID) -> None: ...

    async def take_due(self, now: datetime) -> CampaignRule | None:
        """One that is due, locked until the end of the transaction; others' are passed over."""
        ...

    async def figures(self, campaign_ids: Sequence[UUID]) -> Mapping[UUID, Figures]:
        """Campaigns that do not exist are missing."""
        ...
