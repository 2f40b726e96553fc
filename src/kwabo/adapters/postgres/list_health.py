"""List health on PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.domain.contacts.list_health import PREFIX_LENGTH, CountedList, PrefixCount
from kwabo.ports.list_health import ListHealth

_CONTACTS = text("""
    SELECT count(*) AS contacts,
           count(*) FILTER (WHERE NOT callable) AS contacts_uncallable,
           count(*) FILTER (WHERE numbers <@ uncallable_numbers) AS contacts_without_number,
           coalesce(sum(cardinality(numbers)), 0) AS numbers,
           coalesce(sum(cardinality(uncallable_numbers))
                    FILTER (WHERE uncallable_numbers && numbers), 0) AS numbers_uncallable
    FROM contacts WHERE contact_list_id = :id
""")
_PREFIXES = text("""
    SELECT min(number) AS example, count(*) AS numbers
    FROM contacts, unnest(numbers) AS number
    WHERE contact_list_id = :id GROUP BY left(number, :length)
""")
_INSIDE = text("""
    SELECT count(*) FROM (
        SELECT FROM contacts, unnest(numbers) AS number
        WHERE contact_list_id = :id GROUP BY number HAVING count(*) > 1) AS twice
""")
# One pass, without a join: how many numbers other lists have is hard to tell beforehand, and a join
# planned for a few would go through the list for each of them.
_OUTSIDE = text("""
    SELECT count(*) FROM (
        SELECT FROM contacts, unnest(numbers) AS number
        GROUP BY number
        HAVING bool_or(contact_list_id = :id) AND bool_or(contact_list_id <> :id)) AS shared
""")
# Dead: the network's last word on the number was that there is none. 1 unallocated, 22 changed,
# 28 invalid format (Q.850); `invalid` and `sit` are the results that say the same.
_DEAD = text("""
    SELECT count(*) FROM (
        SELECT DISTINCT ON (a.number) a.result, a.cause
        FROM attempts a
        WHERE a.state = 'closed' AND a.dialling_at IS NOT NULL AND a.number IN (
            SELECT a2.number FROM attempts a2
            WHERE (a2.result IN ('invalid', 'sit') OR a2.cause IN (1, 22, 28))
              AND a2.contact_id IN (SELECT contact_id FROM contacts WHERE contact_list_id = :id))
        ORDER BY a.number, a.dialling_at DESC) AS last
    WHERE last.result IN ('invalid', 'sit') OR last.cause IN (1, 22, 28)
""")
_IMPORTS = text("""
    SELECT coalesce(sum(rows_rejected), 0) AS rows_rejected,
           coalesce(sum(numbers_converted), 0) AS numbers_converted
    FROM imports WHERE contact_list_id = :id
""")
_CODES = text("""
    SELECT r.code, count(*) AS rows FROM import_rejections r JOIN imports i USING (import_id)
    WHERE i.contact_list_id = :id AND NOT r.row_kept GROUP BY r.code ORDER BY 2 DESC
""")


class PostgresListHealthStore:
    """See `ports.list_health`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, contact_list_id: UUID) -> ListHealth | None:
        rows = await self._connection.execute(
            text("""SELECT contact_list_id, counts, counted_at, count_seconds, wanted_at, error
                    FROM list_health WHERE contact_list_id = :id"""),
            {"id": contact_list_id},
        )
        row = rows.mappings().first()
        return ListHealth(**row) if row else None

    async def want(self, contact_list_id: UUID, now: datetime) -> None:
        await self._connection.execute(
            text("""INSERT INTO list_health AS h (contact_list_id, organisation_id, wanted_at)
                    VALUES (:id, current_organisation(), :now)
                    ON CONFLICT (contact_list_id) DO UPDATE
                        SET wanted_at = coalesce(h.wanted_at, EXCLUDED.wanted_at)"""),
            {"id": contact_list_id, "now": now},
        )

    async def wanted(self) -> list[tuple[UUID, UUID]]:
        rows = await self._connection.execute(
            text("SELECT contact_list_id, organisation_id FROM wanted_list_health()")
        )
        return [(row.contact_list_id, row.organisation_id) for row in rows]

    async def claim(self, contact_list_id: UUID, worker: str, lease_seconds: float) -> bool:
        return bool(
            await self._connection.scalar(
                text("""UPDATE list_health SET worker = :worker,
                            worker_until = clock_timestamp() + CAST(:lease AS interval)
                        WHERE contact_list_id = :id AND wanted_at IS NOT NULL
                          AND (worker_until IS NULL OR worker_until < clock_timestamp())
                        RETURNING 1"""),
                {
                    "id": contact_list_id,
                    "worker": worker,
                    "lease": timedelta(seconds=lease_seconds),
                },
            )
        )

    async def count(self, contact_list_id: UUID) -> CountedList:
        wanted = {"id": contact_list_id}
        contacts = (await self._connection.execute(_CONTACTS, wanted)).mappings().one()
        imports = (await self._connection.execute(_IMPORTS, wanted)).mappings().one()
        codes = await self._connection.execute(_CODES, wanted)
        prefixes = await self._connection.execute(_PREFIXES, {**wanted, "length": PREFIX_LENGTH})
        plain = {name: int(value) for name, value in {**contacts, **imports}.items()}
        return CountedList(
            **plain,
            numbers_dead=int(await self._connection.scalar(_DEAD, wanted) or 0),
            duplicates_inside=int(await self._connection.scalar(_INSIDE, wanted) or 0),
            duplicates_outside=int(await self._connection.scalar(_OUTSIDE, wanted) or 0),
            rejected_by_code={row.code: int(row.rows) for row in codes},
            prefixes=tuple(PrefixCount(row.example, int(row.numbers)) for row in prefixes),
        )

    async def keep(
        self,
        contact_list_id: UUID,
        worker: str,
        *,
        counts: Mapping[str, Any] | None,
        seconds: float,
        error: str | None,
        now: datetime,
    ) -> None:
        await self._connection.execute(
            text("""UPDATE list_health SET wanted_at = NULL, worker = NULL, worker_until = NULL,
                        error = CAST(:error AS text),
                        counts = coalesce(CAST(:counts AS jsonb), counts),
                        counted_at = CASE WHEN CAST(:error AS text) IS NULL THEN :now
                            ELSE counted_at END,
                        count_seconds = :seconds
                    WHERE contact_list_id = :id AND worker = :worker"""),
            {
                "id": contact_list_id,
                "worker": worker,
                "counts": None if counts is None else dict(counts),
                "seconds": seconds,
                "error": error,
                "now": now,
            },
        )
