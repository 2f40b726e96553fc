"""Alerts on PostgreSQL, as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.contact_names import CONTACT_NAME
from kwabo.ports.alerts import AlertFigures, PastAlert

_FIGURES = text("""
    SELECT t.user_id, u.display_name, count(*) AS alerts,
           count(*) FILTER (WHERE t.outcome = 'taken') AS taken,
           count(*) FILTER (WHERE t.outcome = 'refused') AS refused,
           count(*) FILTER (WHERE t.outcome = 'not_answered') AS not_answered,
           count(*) FILTER (WHERE t.outcome = 'caller_left') AS caller_left,
           count(*) FILTER (WHERE t.outcome = 'agent_lost') AS agent_lost,
           CAST(avg(extract(epoch FROM t.ended_at - t.alerted_at))
                FILTER (WHERE t.outcome = 'taken') AS float8) AS answer_seconds
    FROM alerts t JOIN users u USING (user_id)
    WHERE t.organisation_id = current_organisation()
      AND t.alerted_at >= :since AND t.alerted_at < :until
      AND (CAST(:queue_id AS uuid) IS NULL OR t.queue_id = :queue_id)
    GROUP BY t.user_id, u.display_name ORDER BY u.display_name, t.user_id
""")
_OF_ATTEMPT = text("""
    SELECT u.display_name, t.alerted_at, t.ended_at, t.outcome, t.reason
    FROM alerts t JOIN users u USING (user_id)
    WHERE t.attempt_id = :attempt_id ORDER BY t.alerted_at, t.alert_id
""")
_KEPT_BY = text("""
    SELECT b.attempt_id FROM attempts a JOIN callbacks b USING (callback_id)
    WHERE a.attempt_id = :attempt_id AND b.queue_id IS NOT NULL
""")
_NAME = text(f"SELECT {CONTACT_NAME} FROM contacts c WHERE c.contact_id = :contact_id")


class PostgresAlertStore:
    """See `kwabo.ports.alerts.AlertStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def figures(
        self, since: datetime, until: datetime, queue_id: UUID | None
    ) -> Sequence[AlertFigures]:
        values = {"since": since, "until": until, "queue_id": queue_id}
        rows = (await self._connection.execute(_FIGURES, values)).mappings()
        return [AlertFigures(**row) for row in rows]

    async def of_attempt(self, attempt_id: UUID) -> Sequence[PastAlert]:
        rows = (await self._connection.execute(_OF_ATTEMPT, {"attempt_id": attempt_id})).mappings()
        return [PastAlert(**row) for row in rows]

    async def kept_by(self, attempt_id: UUID) -> UUID | None:
        found: UUID | None = await self._connection.scalar(_KEPT_BY, {"attempt_id": attempt_id})
        return found

    async def contact_name(self, contact_id: UUID) -> str:
        return str(await self._connection.scalar(_NAME, {"contact_id": contact_id}) or "")
