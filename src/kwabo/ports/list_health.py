"""List health: counts that are kept, and their making."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from kwabo.domain.contacts.list_health import CountedList


@dataclass(frozen=True, slots=True, kw_only=True)
class ListHealth:
    """What was counted of a list, and when."""

    contact_list_id: UUID
    counts: Mapping[str, Any] | None  # see domain.contacts.list_health; None: never counted
    counted_at: datetime | None
    count_seconds: float | None
    wanted_at: datetime | None  # new counts are on their way
    error: str | None  # of the last try


class ListHealthStore(Protocol):
    """The health of the lists of the transaction's organisation."""

    async def get(self, contact_list_id: UUID) -> ListHealth | None: ...

    async def want(self, contact_list_id: UUID, now: datetime) -> None:
        """Have it counted anew, unless that is under way already."""
        ...

    async def wanted(self) -> list[tuple[UUID, UUID]]:
        """(list, organisation) of all that wait and that nobody counts."""
        ...

    async def claim(self, contact_list_id: UUID, worker: str, lease_seconds: float) -> bool: ...

    async def count(self, contact_list_id: UUID) -> CountedList:
        """Count, without locking anything. Takes seconds on a list of a million."""
        ...

    async def keep(
        self,
        contact_list_id: UUID,
        worker: str,
        *,
        counts: Mapping[str, Any] | None,
        seconds: float,
        error: str | None,
        now: datetime,
    ) -> None:
        """Write what was counted, or why it could not be; nobody waits any more then."""
        ...
