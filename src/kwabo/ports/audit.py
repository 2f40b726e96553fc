"""The audit log: who did what to what. Entries are added, never changed or removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One act."""

    audit_id: int
    at: datetime
    actor_user_id: UUID | None  # None: the program itself, or somebody who is not signed in
    actor_display_name: str | None
    action: str  # 'user.created', 'campaign.started' …
    subject_kind: str
    subject_id: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuery:
    """Which entries; None: all."""

    subject_kind: str | None = None
    subject_id: str | None = None
    actor_user_id: UUID | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None  # exclusive
    before_audit_id: int | None = None  # the page goes on below this one
    limit: int = 50


class AuditStore(Protocol):
    """The entries of the transaction's organisation."""

    async def record(
        self,
        action: str,
        *,
        actor_user_id: UUID | None,
        subject_kind: str,
        subject_id: object,
        at: datetime,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """Add an entry. `details` must not hold secrets; numbers and names only where needed."""
        ...

    async def find(self, query: AuditQuery) -> Sequence[AuditEntry]:
        """The newest first."""
        ...
