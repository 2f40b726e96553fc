"""Contacts as the compliance rules see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.compliance.candidate import Candidate
from kwabo.domain.compliance.law import Law
from kwabo.domain.contacts.filters.in_use import EVERYBODY, Choice


class CandidateStore(Protocol):
    """The same candidates as those from which the floor claims."""

    async def find(
        self,
        campaign_id: UUID,
        contact_ids: Sequence[UUID],
        choice: Choice = EVERYBODY,
        *,
        law: Law,
        now: datetime,
    ) -> Mapping[UUID, Candidate]:
        """By contact id; contacts that do not exist are missing. `choice`: the campaign's.

        `law` decides what is told of the numbers' past calls and consents.
        """
        ...

    async def choice(self, campaign_id: UUID) -> Choice:
        """Which contacts the campaign calls, in which order."""
        ...
