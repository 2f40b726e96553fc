"""The audit log on PostgreSQL. The role kwabo_app has no right to change or remove an entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.ports.audit import AuditEntry, AuditQuery

_ADD = text("""
    INSERT INTO audit_log (organisation_id, at, actor_user_id, action, subject_kind, subject_id,
                           details)
    VALUES (current_organisation(), :at, :actor_user_id, :action, :subject_kind, :subject_id,
            CAST(:details AS jsonb))
""")

_FIND = text("""
    SELECT a.audit_id, a.at, a.actor_user_id, u.display_name AS actor_display_name, a.action,
           a.subject_kind, a.subject_id, a.details
    FROM audit_log a LEFT JOIN users u ON u.user_id = a.actor_user_id
    WHERE (CAST(:subject_kind AS text) IS NULL OR a.subject_kind = :subject_kind)
      AND (CAST(:subject_id AS text) IS NULL OR a.subject_id = :subject_id)
      AND (CAST(:actor_user_id AS uuid) IS NULL OR a.actor_user_id = :actor_user_id)
      AND (CAST(:from_at AS timestamptz) IS NULL OR a.at >= :from_at)
      AND (CAST(:until_at AS timestamptz) IS NULL OR a.at < :until_at)
      AND (CAST(:before_audit_id AS bigint) IS NULL OR a.audit_id < :before_audit_id)
    ORDER BY a.audit_id DESC LIMIT :limit
""")


class PostgresAuditStore:
    """See `kwabo.ports.audit.AuditStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

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
        await self._connection.execute(
            _ADD,
            {
                "at": at,
                "actor_user_id": actor_user_id,
                "action": action,
                "subject_kind": subject_kind,
                "subject_id": str(subject_id),
                "details": dict(details or {}),
            },
        )

    async def find(self, query: AuditQuery) -> Sequence[AuditEntry]:
        rows = await self._connection.execute(
            _FIND,
            {
                "subject_kind": query.subject_kind,
                "subject_id": query.subject_id,
                "actor_user_id": query.actor_user_id,
                "from_at": query.from_at,
                "until_at": query.until_at,
                "before_audit_id": query.before_audit_id,
                "limit": query.limit,
            },
        )
        return [AuditEntry(**row) for row in rows.mappings()]
