"""Callbacks on PostgreSQL, as agents read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.ports.callbacks import Callback

_SELECT = """
    SELECT b.callback_id, b.campaign_id, p.name AS campaign_name, b.contact_id, b.attempt_id,
           b.owner_user_id, b.number, b.due_at, b.note, b.created_at
    FROM callbacks b JOIN campaigns p ON p.campaign_id = b.campaign_id
"""
_OPEN_FOR = text(f"""
    {_SELECT}
    WHERE b.state = 'open'
      AND (b.owner_user_id = :user_id
           OR (b.owner_user_id IS NULL
               AND p.queue_id IN (SELECT queue_id FROM queue_members WHERE user_id = :user_id)))
    ORDER BY b.due_at, b.callback_id LIMIT :limit
""")
_OPEN_OF_CONTACT = text(f"""
    {_SELECT}
    WHERE b.state = 'open' AND b.campaign_id = :campaign_id AND b.contact_id = :contact_id
""")
_GET = text(f"{_SELECT} WHERE b.callback_id = :callback_id")


class PostgresCallbackStore:
    """See `kwabo.ports.callbacks.CallbackStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def open_for(self, user_id: UUID, limit: int) -> Sequence[Callback]:
        rows = await self._connection.execute(_OPEN_FOR, {"user_id": user_id, "limit": limit})
        return [_callback(row) for row in rows]

    async def open_of_contact(self, campaign_id: UUID, contact_id: UUID) -> Callback | None:
        rows = await self._connection.execute(
            _OPEN_OF_CONTACT, {"campaign_id": campaign_id, "contact_id": contact_id}
        )
        row = rows.first()
        return None if row is None else _callback(row)

    async def get(self, callback_id: UUID) -> Callback | None:
        row = (await self._connection.execute(_GET, {"callback_id": callback_id})).first()
        return None if row is None else _callback(row)


def _callback(row: Any) -> Callback:
    return Callback(**{field.name: getattr(row, field.name) for field in fields(Callback)})
