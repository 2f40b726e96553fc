"""Queues on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.ports.queues import Queue

_SELECT = """
    SELECT q.queue_id, q.name, q.created_at,
           ARRAY(SELECT m.user_id FROM queue_members m
                 WHERE m.queue_id = q.queue_id ORDER BY m.user_id) AS member_user_ids
    FROM queues q
"""
_GET = text(f"{_SELECT} WHERE q.queue_id = :queue_id")
_ALL = text(f"{_SELECT} ORDER BY q.name, q.queue_id")
_ADD = text("""
    INSERT INTO queues (queue_id, organisation_id, name, created_at)
    VALUES (:queue_id, current_organisation(), :name, :created_at)
""")
_RENAME = text("UPDATE queues SET name = :name WHERE queue_id = :queue_id")
_LEAVE = text("""
    DELETE FROM queue_members
    WHERE queue_id = :queue_id AND user_id <> ALL (CAST(:user_ids AS uuid[]))
""")
_JOIN = text("""
    INSERT INTO queue_members (queue_id, organisation_id, user_id)
    SELECT :queue_id, current_organisation(), u.user_id
    FROM users u WHERE u.user_id = ANY (CAST(:user_ids AS uuid[]))
    ON CONFLICT DO NOTHING
""")
_DELETE = text("DELETE FROM queues WHERE queue_id = :queue_id")
_UNKNOWN_USERS = text("""
    SELECT wanted.user_id FROM unnest(CAST(:user_ids AS uuid[])) AS wanted (user_id)
    WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.user_id = wanted.user_id)
""")
_CAMPAIGNS = text("SELECT name FROM campaigns WHERE queue_id = :queue_id ORDER BY name")


class PostgresQueueStore:
    """See `kwabo.ports.queues.QueueStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, queue: Queue) -> None:
        with unique_name("queue", queue.name):
            await self._connection.execute(
                _ADD,
                {"queue_id": queue.queue_id, "name": queue.name, "created_at": queue.created_at},
            )
        await self._set_members(queue)

    async def get(self, queue_id: UUID) -> Queue | None:
        row = (await self._connection.execute(_GET, {"queue_id": queue_id})).first()
        return None if row is None else _queue(row)

    async def all(self) -> Sequence[Queue]:
        return [_queue(row) for row in await self._connection.execute(_ALL)]

    async def change(self, queue: Queue) -> None:
        with unique_name("queue", queue.name):
            await self._connection.execute(
                _RENAME, {"queue_id": queue.queue_id, "name": queue.name}
            )
        await self._set_members(queue)

    async def delete(self, queue_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"queue_id": queue_id})

    async def unknown_users(self, user_ids: Sequence[UUID]) -> frozenset[UUID]:
        rows = await self._connection.execute(_UNKNOWN_USERS, {"user_ids": list(user_ids)})
        return frozenset(row.user_id for row in rows)

    async def campaigns_using(self, queue_id: UUID) -> Sequence[str]:
        rows = await self._connection.execute(_CAMPAIGNS, {"queue_id": queue_id})
        return [row.name for row in rows]

    async def _set_members(self, queue: Queue) -> None:
        values = {"queue_id": queue.queue_id, "user_ids": list(queue.member_user_ids)}
        await self._connection.execute(_LEAVE, values)
        await self._connection.execute(_JOIN, values)


def _queue(row: Any) -> Queue:
    return Queue(
        queue_id=row.queue_id,
        name=row.name,
        member_user_ids=tuple(row.member_user_ids),
        created_at=row.created_at,
    )
