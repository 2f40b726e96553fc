"""Sequences: campaigns that run one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSequence:
    """A sequence and where it stands."""

    sequence_id: UUID
    name: str
    campaign_ids: tuple[UUID, ...]
    repeats: bool
    state: str  # SequenceState
    position: int
    round: int
    begun: bool
    called: bool
    command_id: UUID | None  # that started the campaign at `position`
    code: str  # for what it waits; '' while a campaign runs
    due_at: datetime | None
    state_changed_at: datetime
    version: int
    created_at: datetime
    updated_at: datetime

    @property
    def campaign_id(self) -> UUID | None:
        """Whose turn it is."""
        return self.campaign_ids[self.position] if self.position < len(self.campaign_ids) else None


class SequenceStore(Protocol):
    """The sequences of the transaction's organisation."""

    async def add(self, sequence: CampaignSequence) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, sequence_id: UUID) -> CampaignSequence | None: ...

    async def get_for_change(self, sequence_id: UUID) -> CampaignSequence | None:
        """Locked until the end of the transaction."""
        ...

    async def all(self) -> Sequence[CampaignSequence]:
        """By name."""
        ...

    async def put(self, sequence: CampaignSequence) -> None:
        """Write every value. Raises Conflict `NAME_TAKEN`."""
        ...

    async def delete(self, sequence_id: UUID) -> None: ...

    async def with_campaign(self, campaign_id: UUID) -> Sequence[CampaignSequence]:
        """Those in which the campaign has a place."""
        ...

    async def take_due(self, now: datetime) -> CampaignSequence | None:
        """One that is due, locked until the end of the transaction; others' are passed over."""
        ...

    async def command_taken(self, command_id: UUID) -> bool:
        """Whether the floor has done or refused the command."""
        ...

    async def campaign_states(self, campaign_ids: Sequence[UUID]) -> Mapping[UUID, str]:
        """Campaign → state; campaigns that do not exist are missing."""
        ...
