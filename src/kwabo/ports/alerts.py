"""Times when an agent's desk rang for a caller."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertFigures:
    """What became of an agent's alerts in a period."""

    user_id: UUID
    display_name: str
    alerts: int
    taken: int
    refused: int
    not_answered: int
    caller_left: int
    agent_lost: int
    answer_seconds: float | None  # mean, of those taken


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAlert:
    """One of a call's alerts."""

    display_name: str
    alerted_at: datetime
    ended_at: datetime
    outcome: str  # see `domain.routing.alerts`
    reason: str


class AlertStore(Protocol):
    """Of one organisation."""

    async def figures(
        self, since: datetime, until: datetime, queue_id: UUID | None
    ) -> Sequence[AlertFigures]:
        """By agent, of alerts that began in the period; `queue_id` None: of all queues."""
        ...

    async def of_attempt(self, attempt_id: UUID) -> Sequence[PastAlert]:
        """The call's, the first one first."""
        ...

    async def kept_by(self, attempt_id: UUID) -> UUID | None:
        """The call whose caller has kept the place that this attempt is to serve; else None."""
        ...

    async def contact_name(self, contact_id: UUID) -> str:
        """What the caller is called; '' when the record has no text."""
        ...
