"""Recycling: contacts that a campaign had finished become open again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.campaigns.recycling import RecycleChoice, RecycleTimes


@dataclass(frozen=True, slots=True, kw_only=True)
class RecycleCount:
    """Finished contacts that a choice means."""

    matching: int
    recycled: int  # opened, or to be opened
    used_up: int  # that stay finished: their attempts are used up and are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class RecyclePlan:
    """Recycling at set times."""

    recycle_plan_id: UUID
    campaign_id: UUID
    times: RecycleTimes
    choice: RecycleChoice
    start: bool  # start the campaign afterwards
    times_left: int | None  # None: without end
    next_at: datetime | None  # None: no more
    last_at: datetime | None
    last_recycled: int | None
    user_id: UUID | None
    created_at: datetime


class RecyclingStore(Protocol):
    """Recycling in the transaction's organisation."""

    async def count(self, campaign_id: UUID, choice: RecycleChoice) -> RecycleCount: ...

    async def recycle(
        self, campaign_id: UUID, choice: RecycleChoice, now: datetime
    ) -> RecycleCount: ...

    async def plans(self, campaign_id: UUID) -> Sequence[RecyclePlan]:
        """Of a campaign, the oldest first."""
        ...

    async def add_plan(self, plan: RecyclePlan) -> None: ...

    async def take_plan(self, recycle_plan_id: UUID, now: datetime) -> RecyclePlan | None:
        """A plan that is due, locked; None when another engine has it or it is due no more."""
        ...

    async def change_plan(self, plan: RecyclePlan) -> None:
        """Write what a run has changed."""
        ...

    async def remove_plan(self, campaign_id: UUID, recycle_plan_id: UUID) -> bool: ...

    async def due(self, now: datetime) -> Sequence[tuple[UUID, UUID]]:
        """Plans of all organisations that are due: their ids and their organisations'."""
        ...
