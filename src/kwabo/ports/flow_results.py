"""What flows have noted in a campaign's calls: answers by key, choices, surveys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedValue:
    """How often a value was noted by a name."""

    name: str
    value: str
    calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedCall:
    """A call in which a flow has noted something."""

    attempt_id: UUID
    contact_id: UUID
    at: datetime | None  # of the answer
    number: str
    result: str | None
    outcome: str  # of the flow
    results: Mapping[str, str]
    personal: Mapping[str, str]


class FlowResultStore(Protocol):
    """Those of the transaction's organisation."""

    async def calls(self, campaign_id: UUID) -> int:
        """In which something was noted that is not personal."""
        ...

    async def counts(self, campaign_id: UUID) -> Sequence[NotedValue]:
        """By name, the most frequent value first; never of personal data."""
        ...

    async def names(self, campaign_id: UUID, *, personal: bool) -> Sequence[str]:
        """That were noted by, in alphabetical order; `personal`: those of personal data too."""
        ...

    async def page(
        self, campaign_id: UUID, *, before_attempt_id: UUID | None, limit: int
    ) -> Sequence[NotedCall]:
        """The newest first."""
        ...
