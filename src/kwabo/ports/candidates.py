"""Contacts as the compliance rules see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

from kwabo.domain.compliance.candidate import Candidate


class CandidateStore(Protocol):
    """The same candidates as those from which the floor claims."""

    async def find(
        self, campaign_id: UUID, contact_ids: Sequence[UUID]
    ) -> Mapping[UUID, Candidate]:
        """By contact id; contacts that do not exist are missing."""
        ...
