"""Messages to people, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.ports.wanted_messages import KeptMessage, WantedMessage

_ORGANISATIONS = text("SELECT organisation_id FROM organisations_with_messages(:now)")
_TAKE = text("""
    WITH next AS MATERIALIZED (
        SELECT message_id FROM wanted_messages WHERE state = 'waiting' AND next_at <= :now
        ORDER BY next_at, message_id LIMIT :limit FOR UPDATE SKIP LOCKED)
    UPDATE wanted_messages w SET next_at = :until, tries = tries + 1 FROM next
    WHERE w.message_id = next.message_id
    RETURNING w.message_id, w.channel, w.template, w.recipient, w.language, w.filled_in, w.tries,
        w.incident_id, w.created_at
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
_KEPT = """
    SELECT w.message_id, w.channel, w.template, w.recipient, w.language, w.incident_id,
        coalesce(i.name, '') AS incident_name, w.contact_id, w.state, w.reason, w.tries, w.next_at,
        w.sent_at, w.created_at
    FROM wanted_messages w LEFT JOIN incidents i USING (incident_id)
"""
_GET = text(f"{_KEPT} WHERE w.message_id = :id")
_PAGE = text(f"""
    {_KEPT} WHERE w.state = :state
      AND (CAST(:recipient AS text) IS NULL OR w.recipient = :recipient)
      AND (CAST(:before_at AS timestamptz) IS NULL
           OR (w.created_at, w.message_id) < (:before_at, CAST(:before_id AS uuid)))
    ORDER BY w.created_at DESC, w.message_id DESC LIMIT :limit
""")
_AGAIN = text("""
    UPDATE wanted_messages SET state = 'waiting', reason = '', tries = 0, next_at = :now
    WHERE state = 'failed' AND (CAST(:id AS uuid) IS NULL OR message_id = :id)
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
                incident_id=row.incident_id,
                tries=row.tries,
            )
            for row in sorted(rows, key=lambda row: (row.created_at, row.message_id))
        ]

    async def note_sent(self, message_id: UUID, now: datetime) -> None:
        await self._connection.execute(_SENT, {"id": message_id, "now": now})

    async def note_failed(self, message_id: UUID, reason: str, next_at: datetime | None) -> None:
        values = {"id": message_id, "reason": reason, "next_at": next_at}
        await self._connection.execute(_FAILED, values)

    async def page(
        self,
        *,
        state: str,
        recipient: str | None,
        before: tuple[datetime, UUID] | None,
        limit: int,
    ) -> Sequence[KeptMessage]:
        at, message_id = before or (None, None)
        values = {
            "state": state,
            "recipient": recipient,
            "before_at": at,
            "before_id": message_id,
            "limit": limit,
        }
        rows = await self._connection.execute(_PAGE, values)
        return [KeptMessage(**row._mapping) for row in rows]

    async def get(self, message_id: UUID) -> KeptMessage | None:
        row = (await self._connection.execute(_GET, {"id": message_id})).first()
        return None if row is None else KeptMessage(**row._mapping)

    async def send_again(self, message_id: UUID | None, now: datetime) -> int:
        done = await self._connection.execute(_AGAIN, {"id": message_id, "now": now})
        return int(done.rowcount)
