"""The sandbox's messages on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.ports.message_channels import Message, SandboxMessage

_PUT = text("""
    INSERT INTO sandbox_messages (message_id, organisation_id, channel, recipient, language, text,
        created_at)
    VALUES (:message_id, current_organisation(), :channel, :recipient, :language, :text, :now)
    ON CONFLICT (message_id) DO NOTHING
""")
_PAGE = text("""
    SELECT message_id, channel, recipient, language, text, created_at FROM sandbox_messages
    WHERE (CAST(:recipient AS text) IS NULL OR recipient = :recipient)
      AND (CAST(:before_at AS timestamptz) IS NULL
           OR (created_at, message_id) < (:before_at, CAST(:before_id AS uuid)))
    ORDER BY created_at DESC, message_id DESC LIMIT :limit
""")
_CLEAR = text("DELETE FROM sandbox_messages")


class PostgresSandboxStore:
    """See `kwabo.ports.message_channels.SandboxStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, message: Message, now: datetime) -> None:
        values = {
            "message_id": message.message_id,
            "channel": message.channel,
            "recipient": message.recipient,
            "language": message.language,
            "text": message.text,
            "now": now,
        }
        await self._connection.execute(_PUT, values)

    async def page(
        self, *, recipient: str | None, before: tuple[datetime, UUID] | None, limit: int
    ) -> Sequence[SandboxMessage]:
        at, message_id = before or (None, None)
        values = {
            "recipient": recipient, "before_at": at, "before_id": message_id, "limit": limit
        }  # fmt: skip
        rows = await self._connection.execute(_PAGE, values)
        return [SandboxMessage(**row._mapping) for row in rows]

    async def clear(self) -> int:
        return int((await self._connection.execute(_CLEAR)).rowcount)
