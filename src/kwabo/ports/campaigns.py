"""Campaigns: who calls whom, how, when and how often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.campaigns.settings import CampaignSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A campaign's settings and state."""

    campaign_id: UUID
    settings: CampaignSettings
    state: str
    state_reason: str  # '' when there is none
    state_changed_at: datetime
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignReach:
    """How much there is to do, as far as it decides whether a campaign can start."""

    has_contacts: bool
    has_new_contacts: bool  # not looked at yet
    has_open_contacts: bool  # looked at, not finished
    active_agents: int  # active users in its queue


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfilledOrder:
    """A sorted campaign into whose order the whole list has not been put."""

    campaign_id: UUID
    organisation_id: UUID
    running: bool


class CampaignStore(Protocol):
    """The campaigns of the transaction's organisation. The floor alone writes their state."""

    async def add(self, campaign: Campaign) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, campaign_id: UUID) -> Campaign | None: ...

    async def get_for_change(self, campaign_id: UUID) -> Campaign | None:
        """The campaign, locked until the transaction ends."""
        ...

    async def find(
        self, *, state: str | None, before_campaign_id: UUID | None, limit: int
    ) -> Sequence[Campaign]:
        """The newest first."""
        ...

    async def count(self, *, state: str | None) -> int: ...

    async def change(self, campaign: Campaign) -> None:
        """Write the settings; version goes up. Raises Conflict `NAME_TAKEN`."""
        ...

    async def unfilled_orders(self) -> Sequence[UnfilledOrder]:
        """Sorted campaigns whose order is not filled, of all organisations.

        Those that run first, then the one changed last.
        """
        ...

    async def find_head(self, campaign_id: UUID, now: datetime) -> None:
        """Find the first of such a campaign's order, unless its claims still have some to take."""
        ...

    async def fill_order(self, campaign_id: UUID, now: datetime) -> bool:
        """Put some of the list into such a campaign's order; whether there is more to put."""
        ...

    async def outdated_orders(self) -> Sequence[tuple[UUID, UUID]]:
        """(campaign, organisation) where places that do not count any more are still stored."""
        ...

    async def forget_outdated_order(self, campaign_id: UUID) -> bool:
        """Remove some of such a campaign's places; whether there may be more of them."""
        ...

    async def choose_anew(self, campaign_id: UUID, *, reorder: bool) -> None:
        """Filters or order have changed: the campaign goes through its list again.

        `reorder`: places that were given so far do not count any more.
        """
        ...

    async def look_at_all_again(self) -> None:
        """Running campaigns with filters go through their lists again: nobody is lost for ever."""
        ...

    async def delete(self, campaign_id: UUID) -> None: ...

    async def ever_ran(self, campaign_id: UUID) -> bool:
        """Whether it has looked at a contact or made an attempt."""
        ...

    async def reach(self, campaign_id: UUID) -> CampaignReach: ...

    async def contact_list_columns(self, contact_list_id: UUID) -> Mapping[str, str] | None:
        """Column name → kind; None when there is no such list."""
        ...

    async def with_flow_notes(self) -> Sequence[Campaign]:
        """Campaigns that do something with what flows note, by name."""
        ...

    async def running(self) -> Sequence[UUID]:
        """Campaigns that run or are about to pause."""
        ...

    async def names_like(self, name: str) -> frozenset[str]:
        """Names that begin with `name`."""
        ...

    async def lines_reserved(self, trunk_id: UUID, *, but_for: UUID | None) -> int:
        """Lines of the trunk that running campaigns have set aside, `but_for` one of them."""
        ...

    async def of_queues_of(self, user_id: UUID) -> Sequence[Campaign]:
        """Campaigns whose queue the user is a member of."""
        ...
