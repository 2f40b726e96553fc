"""Schedules of campaigns and of sequences, as they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.campaigns.schedules import Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSchedule:
    """A schedule with what it has done so far. It belongs to a campaign or to a sequence."""

    schedule_id: UUID
    campaign_id: UUID | None
    sequence_id: UUID | None
    name: str = ""  # of the campaign or the sequence
    active: bool
    schedule: Schedule
    applied: str  # what was last done: '' | on | off
    code: str  # why that could not be done; '' when it was
    due_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class ScheduleStore(Protocol):
    """The schedules of the transaction's organisation."""

    async def of_campaign(self, campaign_id: UUID) -> CampaignSchedule | None: ...

    async def of_sequence(self, sequence_id: UUID) -> CampaignSchedule | None: ...

    async def all(self) -> Sequence[CampaignSchedule]:
        """By name of what they belong to."""
        ...

    async def put(self, schedule: CampaignSchedule) -> None:
        """Add or replace by id."""
        ...

    async def delete(self, schedule_id: UUID) -> None: ...

    async def take_due(self, now: datetime) -> CampaignSchedule | None:
        """One that is due, locked until the end of the transaction; others' are passed over."""
        ...

    async def organisations_due(self, now: datetime) -> Sequence[UUID]:
        """Organisations in which a schedule, sequence or campaign rule is due.

        Asked outside every organisation.
        """
        ...
