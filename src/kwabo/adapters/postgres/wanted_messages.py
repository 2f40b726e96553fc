"""Messages that calls have asked for, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.ports.wanted_messages import WantedMessage

_ORGANISATIONS = text("SELECT organisation_id FROM organisations_with_messages(:now)")
_TAKE = text("""
    WITH next AS MATERIALIZED (
        SELECT message_id FROM wanted_messages WHERE state = 'waiting' AND next_at <= :now
        ORDER BY next_at, message_id LIMIT :limit FOR UPDATE SKIP LOCKED)
    UPDATE wanted_messages w SET next_at = :until, tries = tries + 1 FROM next
    WHERE w.message_id = next.message_id
    RETURNING w.message_id, w.channel, w.template, w.recipient, w.language, w.filled_in, w.tries,
        w.created_at
""")
_SENT = text("""
    UPDATE wanted_messages SET state = 'sent', sent_at = :now, next_at = NULL, reason = ''
    WHERE message_id = :id AND state = 'waiting'
""")
_FAILED = text("""
    UPDATE wanted_messages SET reason = :reason, next_at = :next_at,
        state = CASE WHEN CAST(:next_at AS timestamptz) IS NULL THEN 'failed' ELSE state END
    WHERE message_id = :id AND state = 'waiting'
""")


class PostgresWantedMessageStore:
    """See `kwabo.ports.wanted_messages.WantedMessageStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def organisations(self, now: datetime) -> Sequence[UUID]:
        rows = await self._connection.execute(_ORGANISATIONS, {"now": now})
        return [row.organisation_id for row in rows]

    async def take(self, limit: int, now: datetime, until: datetime) -> Sequence[WantedMessage]:
        values = {"limit": limit, "now": now, "until": until}
        rows = list(await self._connection.execute(_TAKE, values))
        return [
            WantedMessage(
                message_id=row.message_id,
                channel=row.channel,
                template=row.template,
                recipient=row.recipient,
                language=row.language,
                filled_in=row.filled_in,
                tries=row.tries,
            )
            for row in sorted(rows, key=lambda row: (row.created_at, row.message_id))
        ]

    async def note_sent(self, message_id: UUID, now: datetime) -> None:
        await self._connection.execute(_SENT, {"id": message_id, "now": now})

    async def note_failed(self, message_id: UUID, reason: str, next_at: datetime | None) -> None:
        values = {"id": message_id, "reason": reason, "next_at": next_at}
        await self._connection.execute(_FAILED, values)
