"""Incidents, the columns that tell a caller's place, and who is to be told of an end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.incidents.incident import Incident
from kwabo.domain.incidents.matching import Columns


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeCounts:
    """How many wait for an incident's end, and what became of their notices."""

    asked: int = 0
    waiting: int = 0  # to be sent
    sent: int = 0
    failed: int = 0  # those on a DNC list among them


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptIncident:
    """An incident with what came of it."""

    incident: Incident
    notices: NoticeCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSettings:
    """By which columns callers are placed."""

    columns: Columns = field(default_factory=Columns)
    version: int = 0  # 0: never changed


class IncidentStore(Protocol):
    """The incidents of the transaction's organisation."""

    async def add(self, incident: Incident) -> None: ...

    async def get(self, incident_id: UUID) -> KeptIncident | None: ...

    async def get_for_change(self, incident_id: UUID) -> Incident | None:
        """Locked until the end of the transaction."""
        ...

    async def change(self, incident: Incident) -> None:
        """All but `heard`, which only `note_heard` changes."""
        ...

    async def declared(self) -> Sequence[Incident]:
        """Those that are not over."""
        ...

    async def page(
        self, *, state: str | None, before: tuple[datetime, UUID] | None, limit: int
    ) -> Sequence[KeptIncident]:
        """The newest first."""
        ...

    async def note_heard(self, incident_ids: Sequence[UUID]) -> None:
        """One more call was given these."""
        ...

    async def settings(self) -> IncidentSettings:
        """As they are kept, else those that we suggest."""
        ...

    async def put_settings(self, settings: IncidentSettings, now: datetime) -> None: ...

    async def want_notices(self, incident_id: UUID, now: datetime) -> int:
        """Make a message of each notice of an incident that is over; how many."""
        ...
