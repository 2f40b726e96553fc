"""Persons on PostgreSQL. The database makes and merges them itself, as contacts are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.ports.persons import Person, PersonMerge

_PERSONS = text("""
    SELECT p.person_id, array_agg(p.address ORDER BY p.address) AS numbers
    FROM person_addresses p
    WHERE p.kind = 'phone' AND p.person_id IN (
        SELECT o.person_id FROM person_addresses o
        WHERE o.organisation_id = current_organisation() AND o.kind = 'phone'
          AND o.address = ANY (CAST(:numbers AS text[])))
    GROUP BY p.person_id ORDER BY p.person_id
""")
_SELECT_MERGES = """
    SELECT person_merge_id, kept_person_id, merged_person_id, contact_id, addresses, merged_at,
           undone_at, undone_by
    FROM person_merges
"""
_MERGES = text(f"""
    {_SELECT_MERGES} WHERE kept_person_id = ANY (CAST(:person_ids AS uuid[]))
    ORDER BY merged_at DESC, person_merge_id LIMIT 200
""")
_MERGE = text(f"{_SELECT_MERGES} WHERE person_merge_id = :person_merge_id FOR UPDATE")
_ALONE = text(
    "SELECT pg_advisory_xact_lock(hashtextextended('persons ' || current_organisation(), 0))"
)
# Whoever the rest of the person has become meanwhile stays apart from the addresses too.
_PART = text("""
    WITH before AS (
        SELECT DISTINCT person_id FROM person_addresses
        WHERE organisation_id = current_organisation()
          AND address = ANY (CAST(:addresses AS text[]))
    ), parted AS (
        UPDATE person_addresses SET person_id = :merged
        WHERE organisation_id = current_organisation()
          AND address = ANY (CAST(:addresses AS text[]))
    )
    INSERT INTO persons_apart (organisation_id, person_id, other_person_id)
    SELECT current_organisation(), least(b.person_id, :merged), greatest(b.person_id, :merged)
    FROM before b WHERE b.person_id <> :merged
    ON CONFLICT DO NOTHING
""")
_UNDONE = text("""
    UPDATE person_merges SET undone_at = :at, undone_by = :user_id
    WHERE person_merge_id = :person_merge_id
""")


class PostgresPersonStore:
    """See `kwabo.ports.persons.PersonStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_numbers(self, numbers: Sequence[str]) -> Sequence[Person]:
        rows = list(await self._connection.execute(_PERSONS, {"numbers": list(numbers)}))
        ids = [row.person_id for row in rows]
        merges = [
            _merge(row) for row in await self._connection.execute(_MERGES, {"person_ids": ids})
        ]
        return [
            Person(
                person_id=row.person_id,
                numbers=tuple(row.numbers),
                merges=tuple(one for one in merges if one.kept_person_id == row.person_id),
            )
            for row in rows
        ]

    async def get_merge(self, person_merge_id: UUID) -> PersonMerge | None:
        await self._connection.execute(_ALONE)
        values = {"person_merge_id": person_merge_id}
        row = (await self._connection.execute(_MERGE, values)).first()
        return None if row is None else _merge(row)

    async def part(self, merge: PersonMerge, *, user_id: UUID | None, at: datetime) -> None:
        values = {"addresses": list(merge.addresses), "merged": merge.merged_person_id}
        await self._connection.execute(_PART, values)
        await self._connection.execute(
            _UNDONE,
            {"person_merge_id": merge.person_merge_id, "at": at, "user_id": user_id},
        )


def _merge(row: Any) -> PersonMerge:
    return PersonMerge(
        person_merge_id=row.person_merge_id,
        kept_person_id=row.kept_person_id,
        merged_person_id=row.merged_person_id,
        contact_id=row.contact_id,
        addresses=tuple(row.addresses),
        merged_at=row.merged_at,
        undone_at=row.undone_at,
        undone_by=row.undone_by,
    )
