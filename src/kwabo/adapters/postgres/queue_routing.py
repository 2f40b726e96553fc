"""How queues find agents, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.domain.routing.settings import settings_of
from kwabo.domain.routing.values import Membership
from kwabo.ports.queue_routing import QueueRouting

_SELECT = """
    SELECT q.queue_id, q.name, t.terms, t.version, t.updated_at, coalesce((
        SELECT jsonb_object_agg(m.user_id, jsonb_build_array(m.ring, m.rank))
        FROM queue_members m WHERE m.queue_id = q.queue_id), '{}') AS members
    FROM queues q LEFT JOIN queue_terms t USING (queue_id)
"""
_GET = text(f"{_SELECT} WHERE q.queue_id = :queue_id")
_LOCK = text("SELECT FROM queues WHERE queue_id = :queue_id FOR UPDATE")
_ALL = text(f"{_SELECT} ORDER BY q.name, q.queue_id")
_WRITE = text("""
    INSERT INTO queue_terms (queue_id, organisation_id, terms, version, updated_at)
    VALUES (:queue_id, current_organisation(), CAST(:terms AS jsonb), :version, :updated_at)
    ON CONFLICT (queue_id) DO UPDATE SET terms = EXCLUDED.terms, version = EXCLUDED.version,
        updated_at = EXCLUDED.updated_at
""")
_PLACES = text("""
    UPDATE queue_members m SET ring = w.ring, rank = w.rank
    FROM unnest(CAST(:user_ids AS uuid[]), CAST(:rings AS smallint[]), CAST(:ranks AS smallint[]))
         AS w (user_id, ring, rank)
    WHERE m.queue_id = :queue_id AND m.user_id = w.user_id
""")
_DROPPING = text("""
    SELECT q.name FROM queue_terms t JOIN queues q USING (queue_id)
    WHERE EXISTS (SELECT FROM jsonb_array_elements(t.terms -> 'rings') r
                  WHERE r -> 'drops' ? :skill)
    ORDER BY q.name
""")
_PLAYING = text("""
    SELECT q.name FROM queue_terms t JOIN queues q USING (queue_id)
    WHERE t.terms ->> 'music_prompt_id' = :prompt_id OR t.terms ->> 'whisper_prompt' IN
        (SELECT p.key FROM prompts p WHERE p.prompt_id = CAST(:prompt_id AS uuid))
    ORDER BY q.name
""")
_OVERFLOWING = text("""
    SELECT q.name FROM queue_terms t JOIN queues q USING (queue_id)
    WHERE EXISTS (SELECT FROM jsonb_array_elements(t.terms -> 'overflow') o
                  WHERE o ->> 'to_queue_id' = :queue_id)
    ORDER BY q.name
""")
_KEEPING = text("""
    SELECT q.name FROM queue_terms t JOIN queues q USING (queue_id)
    WHERE t.terms ->> 'schedule_group_id' = :schedule_group_id ORDER BY q.name
""")


class PostgresQueueRoutingStore:
    """See `kwabo.ports.queue_routing.QueueRoutingStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, queue_id: UUID) -> QueueRouting | None:
        row = (await self._connection.execute(_GET, {"queue_id": queue_id})).first()
        return None if row is None else _routing(row)

    async def get_for_change(self, queue_id: UUID) -> QueueRouting | None:
        await self._connection.execute(_LOCK, {"queue_id": queue_id})
        return await self.get(queue_id)

    async def all(self) -> Sequence[QueueRouting]:
        return [_routing(row) for row in await self._connection.execute(_ALL)]

    async def change(self, routing: QueueRouting) -> None:
        await self._connection.execute(
            _WRITE,
            {
                "queue_id": routing.queue_id,
                "terms": routing.settings.document(),
                "version": routing.version,
                "updated_at": routing.updated_at,
            },
        )
        await self._connection.execute(
            _PLACES,
            {
                "queue_id": routing.queue_id,
                "user_ids": list(routing.members),
                "rings": [member.ring for member in routing.members.values()],
                "ranks": [member.rank for member in routing.members.values()],
            },
        )

    async def queues_dropping(self, skill: str) -> Sequence[str]:
        rows = await self._connection.execute(_DROPPING, {"skill": skill})
        return [row.name for row in rows]

    async def queues_playing(self, prompt_id: UUID) -> Sequence[str]:
        rows = await self._connection.execute(_PLAYING, {"prompt_id": str(prompt_id)})
        return [row.name for row in rows]

    async def queues_overflowing_to(self, queue_id: UUID) -> Sequence[str]:
        rows = await self._connection.execute(_OVERFLOWING, {"queue_id": str(queue_id)})
        return [row.name for row in rows]

    async def queues_keeping(self, schedule_group_id: UUID) -> Sequence[str]:
        values = {"schedule_group_id": str(schedule_group_id)}
        return [row.name for row in await self._connection.execute(_KEEPING, values)]


def _routing(row: Any) -> QueueRouting:
    return QueueRouting(
        queue_id=row.queue_id,
        name=row.name,
        settings=settings_of(row.terms or {}),
        members={
            UUID(user_id): Membership(ring, rank) for user_id, (ring, rank) in row.members.items()
        },
        version=row.version or 0,
        updated_at=row.updated_at,
    )
