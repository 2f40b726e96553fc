"""Numbers on which the organisation is called, and the flow that answers each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundNumber:
    """A number (DID) that carriers bring to the organisation."""

    inbound_number_id: UUID
    number: str  # E.164
    label: str
    flow_id: UUID  # its newest published version answers
    campaign_id: UUID  # of mode `inbound`: whose calls they are
    active: bool
    version: int
    created_at: datetime
    updated_at: datetime


class InboundNumberStore(Protocol):
    """The numbers of the transaction's organisation."""

    async def all(self) -> Sequence[InboundNumber]:
        """By number."""
        ...

    async def get(self, inbound_number_id: UUID) -> InboundNumber | None: ...

    async def add(self, number: InboundNumber) -> None:
        """Raises Conflict `INBOUND_NUMBER_TAKEN`."""
        ...

    async def change(self, number: InboundNumber) -> None:
        """Write all but the instant at which it was added. Raises Conflict as `add` does."""
        ...

    async def delete(self, inbound_number_id: UUID) -> None: ...

    async def flow_published(self, flow_id: UUID) -> bool | None:
        """Whether the flow has a published version; None: there is no such flow."""
        ...
