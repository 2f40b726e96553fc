"""What a campaign's diagnosis counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.campaigns.diagnosis import ListCount


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisQuery:
    """What to count, as of when."""

    campaign_id: UUID
    now: datetime
    bound_until: datetime  # callbacks due after this are for their owners alone
    takes_over: bool  # callbacks of owners whose account is closed are anyone's


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCount:
    """A campaign's trunk: calls not closed, and lines set aside for others that run."""

    total: int
    used: int
    used_here: int
    set_aside: int


class DiagnosisStore(Protocol):
    """Counts of the transaction's organisation."""

    async def count(self, query: DiagnosisQuery) -> ListCount:
        """The campaign's list, at one instant."""
        ...

    async def lines(self, campaign_id: UUID) -> LineCount:
        """The campaign's trunk, at one instant."""
        ...

    async def next_contacts(self, campaign_id: UUID, limit: int) -> Sequence[UUID]:
        """Contacts that the campaign has not come to, those that it comes to first before others.

        Of a sorted campaign whose order is not filled yet they are the first of those that are in
        it, then those that the list has next.
        """
        ...

    async def abandon_alarm(self, campaign_id: UUID) -> str:
        """The level of the abandon rate's alarm: alarm or stop; '' when there is none."""
        ...

    async def order_filled(self, campaign_id: UUID) -> int:
        """Contacts of the list that the campaign has come by."""
        ...

    async def pacing_reason(self, campaign_id: UUID) -> str:
        """Why the floor's last plan starts as many calls as it does; '' when none is known."""
        ...
