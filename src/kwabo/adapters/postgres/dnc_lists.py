"""DNC lists on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.ports.dnc_lists import DncEntry, DncList

_SELECT = """
    SELECT l.dnc_list_id, l.name, l.created_at,
           (SELECT count(*) FROM dnc_entries e WHERE e.dnc_list_id = l.dnc_list_id) AS entries
    FROM dnc_lists l
"""
_GET = text(f"{_SELECT} WHERE l.dnc_list_id = :dnc_list_id")
_ALL = text(f"{_SELECT} ORDER BY l.name, l.dnc_list_id")
_ADD = text("""
    INSERT INTO dnc_lists (dnc_list_id, organisation_id, name, created_at)
    VALUES (:dnc_list_id, current_organisation(), :name, :created_at)
""")
_DELETE = text("DELETE FROM dnc_lists WHERE dnc_list_id = :dnc_list_id")
_CAMPAIGNS = text("SELECT name FROM campaigns WHERE dnc_list_id = :dnc_list_id ORDER BY name")
_PUT = text("""
    WITH put AS (
        INSERT INTO dnc_entries (dnc_list_id, organisation_id, number, reason, source, user_id,
                                 created_at, expires_at)
        SELECT :dnc_list_id, current_organisation(), e.number, e.reason, e.source, e.user_id,
               e.created_at, e.expires_at
        FROM unnest(CAST(:numbers AS text[]), CAST(:reasons AS text[]), CAST(:sources AS text[]),
                    CAST(:user_ids AS uuid[]), CAST(:created_ats AS timestamptz[]),
                    CAST(:expires_ats AS timestamptz[]))
             AS e (number, reason, source, user_id, created_at, expires_at)
        ORDER BY e.number
        ON CONFLICT (dnc_list_id, number) DO UPDATE
        SET reason = excluded.reason, source = excluded.source, user_id = excluded.user_id,
            created_at = excluded.created_at, expires_at = excluded.expires_at
        RETURNING xmax = 0 AS is_new
    )
    SELECT count(*) FILTER (WHERE is_new) AS added, count(*) FILTER (WHERE NOT is_new) AS replaced
    FROM put
""")
_REMOVE = text("""
    DELETE FROM dnc_entries
    WHERE dnc_list_id = :dnc_list_id AND number = ANY (CAST(:numbers AS text[]))
    RETURNING number
""")
_ENTRIES = text("""
    SELECT number, reason, source, user_id, created_at, expires_at FROM dnc_entries
    WHERE dnc_list_id = :dnc_list_id
      AND (CAST(:search AS text) IS NULL OR position(:search IN number) > 0)
      AND (CAST(:after_number AS text) IS NULL OR number > :after_number)
    ORDER BY number LIMIT :limit
""")


class PostgresDncListStore:
    """See `kwabo.ports.dnc_lists.DncListStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, dnc_list: DncList) -> None:
        with unique_name("DNC list", dnc_list.name):
            await self._connection.execute(
                _ADD,
                {
                    "dnc_list_id": dnc_list.dnc_list_id,
                    "name": dnc_list.name,
                    "created_at": dnc_list.created_at,
                },
            )

    async def get(self, dnc_list_id: UUID) -> DncList | None:
        row = (await self._connection.execute(_GET, {"dnc_list_id": dnc_list_id})).first()
        return None if row is None else _dnc_list(row)

    async def all(self) -> Sequence[DncList]:
        return [_dnc_list(row) for row in await self._connection.execute(_ALL)]

    async def delete(self, dnc_list_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"dnc_list_id": dnc_list_id})

    async def campaigns_using(self, dnc_list_id: UUID) -> Sequence[str]:
        rows = await self._connection.execute(_CAMPAIGNS, {"dnc_list_id": dnc_list_id})
        return [row.name for row in rows]

    async def put_entries(self, dnc_list_id: UUID, entries: Sequence[DncEntry]) -> tuple[int, int]:
        rows = await self._connection.execute(
            _PUT,
            {
                "dnc_list_id": dnc_list_id,
                "numbers": [entry.number for entry in entries],
                "reasons": [entry.reason for entry in entries],
                "sources": [entry.source for entry in entries],
                "user_ids": [entry.user_id for entry in entries],
                "created_ats": [entry.created_at for entry in entries],
                "expires_ats": [entry.expires_at for entry in entries],
            },
        )
        counts = rows.one()
        return counts.added, counts.replaced

    async def remove_entries(self, dnc_list_id: UUID, numbers: Sequence[str]) -> Sequence[str]:
        rows = await self._connection.execute(
            _REMOVE, {"dnc_list_id": dnc_list_id, "numbers": list(numbers)}
        )
        return [row.number for row in rows]

    async def entries(
        self, dnc_list_id: UUID, *, search: str | None, after_number: str | None, limit: int
    ) -> Sequence[DncEntry]:
        rows = await self._connection.execute(
            _ENTRIES,
            {
                "dnc_list_id": dnc_list_id,
                "search": search,
                "after_number": after_number,
                "limit": limit,
            },
        )
        return [_entry(row) for row in rows]


def _dnc_list(row: Any) -> DncList:
    return DncList(
        dnc_list_id=row.dnc_list_id,
        name=row.name,
        entries=row.entries,
        created_at=row.created_at,
    )


def _entry(row: Any) -> DncEntry:
    return DncEntry(
        number=row.number,
        reason=row.reason,
        source=row.source,
        user_id=row.user_id,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
