"""Contacts on PostgreSQL."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.contact_search import (
    Query,
    narrowed,
    query_of,
    sort_place,
    sorted_window_of,
    window_of,
)
from kwabo.adapters.postgres.tallies import tally
from kwabo.kernel.errors import Conflict
from kwabo.ports.contacts import (
    Contact,
    ContactSearch,
    SortedPlace,
    SortedWindow,
    SortPlace,
    Window,
)

_AT_ONCE = 10_000  # positions in one message of the database
COLUMNS = """c.contact_id, c.organisation_id, c.contact_list_id, c.position, c.external_key, c.data,
    c.numbers, c.number_labels, c.uncallable_numbers, c.time_zone, c.language, c.callable,
    c.uncallable_reason, c.version, c.created_at, c.updated_at"""
_INSERT = text("""
    INSERT INTO contacts (contact_id, organisation_id, contact_list_id, external_key, data, numbers,
                          number_labels, uncallable_numbers, time_zone, language, callable,
                          uncallable_reason, version, created_at, updated_at)
    VALUES (:contact_id, current_organisation(), :contact_list_id, :external_key,
            CAST(:data AS jsonb), CAST(:numbers AS text[]), CAST(:number_labels AS text[]),
            CAST(:uncallable_numbers AS text[]), :time_zone, :language, :callable,
            :uncallable_reason, :version, :created_at, :updated_at)
""")
_UPDATE = text("""
    UPDATE contacts SET external_key = :external_key, data = CAST(:data AS jsonb),
           numbers = CAST(:numbers AS text[]), number_labels = CAST(:number_labels AS text[]),
           uncallable_numbers = CAST(:uncallable_numbers AS text[]), time_zone = :time_zone,
           language = :language, callable = :callable, uncallable_reason = :uncallable_reason,
           version = version + 1, updated_at = :updated_at
    WHERE contact_id = :contact_id
""")
_REMOVE = text("""
    DELETE FROM contacts c
    WHERE contact_list_id = :contact_list_id
      AND (contact_id = ANY (CAST(:ids AS uuid[])) OR external_key = ANY (CAST(:keys AS text[])))
      AND NOT EXISTS (SELECT FROM attempts a
                      WHERE a.contact_id = c.contact_id AND a.state <> 'closed')
    RETURNING 1
""")


_KEPT = text(f"SELECT {tally('contacts', 'CAST(:id AS uuid)')}")
_IN_FRONT = text("""
    INSERT INTO contact_looks (contact_list_id, organisation_id, contact_id, front)
    SELECT :contact_list_id, current_organisation(), i.contact_id, true
    FROM unnest(CAST(:ids AS uuid[])) WITH ORDINALITY i(contact_id, place) ORDER BY i.place
""")
_CLEAR_NUMBER = text("""
    UPDATE contacts c SET uncallable_numbers = array_remove(c.uncallable_numbers, :number),
           uncallable_number_reasons = c.uncallable_number_reasons - CAST(:number AS text),
           version = c.version + 1, updated_at = now()
    FROM contacts before
    WHERE before.contact_id = c.contact_id AND c.contact_id = :contact_id
      AND :number = ANY (c.uncallable_numbers)
    RETURNING before.uncallable_number_reasons ->> CAST(:number AS text) AS reason
""")
# A campaign that does not run goes past all of its list when it starts.
_FORGET_LOOKS = text("""
    DELETE FROM contact_looks x
    WHERE NOT x.front AND x.created_at < :before AND NOT EXISTS (
        SELECT FROM campaigns k
        WHERE k.contact_list_id = x.contact_list_id AND k.state IN ('running', 'pausing')
          AND (cardinality(k.contact_list_filter_ids) > 0 OR k.sort_mode = 'dynamic')
          AND (x.added_in, x.position) > (k.look_added_in, k.look_position))
""")


class PostgresContactStore:
    """See `ports.contacts`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock_list(self, contact_list_id: UUID) -> None:
        await self._connection.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"),
            {"name": f"contact list {contact_list_id}"},
        )

    async def add(self, contacts: Sequence[Contact]) -> None:
        if contacts:
            await self._write(_INSERT, [_values(contact) for contact in contacts])

    async def change(self, contacts: Sequence[Contact]) -> None:
        if contacts:
            await self._write(_UPDATE, [_values(contact) for contact in contacts])

    async def _write(self, statement: Any, values: list[dict[str, Any]]) -> None:
        try:
            await self._connection.execute(statement, values)
        except IntegrityError as error:
            raise Conflict(
                "KEY_TAKEN",
                "Another contact of this list has this key already. Change the key's values, or "
                "change the other contact.",
                field="data",
            ) from error

    async def clear_number(self, contact_id: UUID, number: str) -> str | None:
        found = await self._connection.execute(
            _CLEAR_NUMBER, {"contact_id": contact_id, "number": number}
        )
        row = found.first()
        return None if row is None else str(row.reason or "")

    async def put_in_front(self, contact_list_id: UUID, contact_ids: Sequence[UUID]) -> None:
        values = {"contact_list_id": contact_list_id, "ids": list(contact_ids)}
        await self._connection.execute(_IN_FRONT, values)

    async def forget_looks(self, before: datetime) -> int:
        gone = await self._connection.execute(_FORGET_LOOKS, {"before": before})
        return int(gone.rowcount)

    async def get(self, contact_id: UUID) -> Contact | None:
        return await self._one("WHERE c.contact_id = :id", {"id": contact_id})

    async def get_for_change(self, contact_id: UUID) -> Contact | None:
        return await self._one("WHERE c.contact_id = :id FOR UPDATE", {"id": contact_id})

    async def _one(self, condition: str, values: dict[str, Any]) -> Contact | None:
        found = await self._many(condition, values)
        return found[0] if found else None

    async def _many(self, condition: str, values: dict[str, Any]) -> list[Contact]:
        rows = await self._connection.execute(
            text(f"SELECT {COLUMNS} FROM contacts c {condition}"), values
        )
        return [contact_of(row) for row in rows.mappings()]

    async def lock_by_keys(
        self, contact_list_id: UUID, external_keys: Sequence[str]
    ) -> list[Contact]:
        return await self._many(
            """WHERE c.contact_list_id = :list_id AND c.external_key = ANY (CAST(:keys AS text[]))
               ORDER BY c.contact_id FOR UPDATE""",
            {"list_id": contact_list_id, "keys": list(external_keys)},
        )

    async def remove(
        self, contact_list_id: UUID, contact_ids: Sequence[UUID], external_keys: Sequence[str]
    ) -> int:
        rows = await self._connection.execute(
            _REMOVE,
            {
                "contact_list_id": contact_list_id,
                "ids": list(contact_ids),
                "keys": list(external_keys),
            },
        )
        return len(rows.all())

    async def find(
        self, search: ContactSearch, *, after: SortPlace | None, limit: int
    ) -> list[tuple[Contact, SortPlace]]:
        query = query_of(await narrowed(self._connection, search), after)
        rows = await self._connection.execute(
            text(
                f"SELECT {COLUMNS}, {query.sort_value} AS sort_value FROM contacts c "
                f"WHERE {query.condition} ORDER BY {query.order} LIMIT :limit"
            ),
            {**query.values, "limit": limit},
        )
        found = []
        for row in rows.mappings():
            values = dict(row)
            place = sort_place(values.pop("sort_value"), values["position"])
            found.append((contact_of(values), place))
        return found

    async def positions(self, search: ContactSearch) -> Sequence[int]:
        query = query_of(await narrowed(self._connection, search), None)
        statement = text(
            f"SELECT c.position FROM contacts c WHERE {query.condition} ORDER BY {query.order}"
        )
        found = array("q")
        async with self._connection.stream(statement, query.values) as rows:
            async for part in rows.scalars().partitions(_AT_ONCE):
                found.extend(part)
        return found

    async def at(self, contact_list_id: UUID, positions: Sequence[int]) -> list[Contact]:
        found = await self._many(
            "WHERE c.contact_list_id = :list_id"
            " AND c.position = ANY (CAST(:positions AS bigint[]))",
            {"list_id": contact_list_id, "positions": list(positions)},
        )
        by_position = {contact.position: contact for contact in found}
        return [by_position[one] for one in positions if one in by_position]

    async def has_number(self, search: ContactSearch) -> bool:
        return (await narrowed(self._connection, search)).contact_ids is not None

    async def look(self, search: ContactSearch, *, after: int, window: int, limit: int) -> Window:
        query = window_of(search)
        sign = "<" if search.descending else ">"
        row = (
            await self._connection.execute(
                text(
                    f"""
                    WITH stretch AS MATERIALIZED (
                        SELECT c.contact_id, c.position, ({query.condition}) AS matches
                        FROM contacts c
                        WHERE c.contact_list_id = :list_id AND c.position {sign} :after
                        ORDER BY {query.order} LIMIT :window)
                    SELECT count(*) AS looked_at, count(*) FILTER (WHERE matches) AS matches,
                        {"min" if search.descending else "max"}(position) AS last,
                        (SELECT coalesce(array_agg(f.contact_id), '{{}}') FROM (
                            SELECT c.contact_id FROM stretch c WHERE c.matches
                            ORDER BY {query.order} LIMIT :limit) f) AS found
                    FROM stretch
                    """
                ),
                {**query.values, "after": after, "window": window, "limit": limit},
            )
        ).one()
        found = []
        if row.found:
            found = await self._many(
                f"WHERE c.contact_id = ANY (CAST(:ids AS uuid[])) ORDER BY {query.order}",
                {"ids": row.found},
            )
        return Window(found=found, matches=row.matches, looked_at=row.looked_at, last=row.last)

    async def look_sorted(
        self,
        search: ContactSearch,
        *,
        after: int,
        window: int,
        behind: SortPlace | None,
        best: Sequence[int],
        limit: int,
    ) -> SortedWindow:
        query = sorted_window_of(search, behind)
        place = {"after": after, "window": window, "best": list(best), "limit": limit}
        row = (await self._connection.execute(text(query.statement), query.values | place)).one()
        return SortedWindow(
            best=[SortedPlace(UUID(one[0]), one[1], one[2]) for one in row.best],
            matches=row.matches,
            looked_at=row.looked_at,
            last=row.last,
        )

    async def with_ids(self, contact_list_id: UUID, contact_ids: Sequence[UUID]) -> list[Contact]:
        if not contact_ids:
            return []
        return await self._many(
            """WHERE c.contact_list_id = :list_id AND c.contact_id = ANY (CAST(:ids AS uuid[]))
               ORDER BY array_position(CAST(:ids AS uuid[]), c.contact_id)""",
            {"list_id": contact_list_id, "ids": list(contact_ids)},
        )

    async def count(self, search: ContactSearch, *, up_to: int) -> int:
        query: Query = query_of(await narrowed(self._connection, search), None)
        if query.is_whole:
            kept = await self._connection.scalar(_KEPT, {"id": search.contact_list_id})
            return min(int(kept or 0), up_to)
        count = await self._connection.scalar(
            text(
                f"SELECT count(*) FROM (SELECT 1 FROM contacts c WHERE {query.condition} "
                "LIMIT :up_to) AS matches"
            ),
            {**query.values, "up_to": up_to},
        )
        return int(count or 0)


def contact_of(row: Any) -> Contact:
    """A contact of a row with `COLUMNS`."""
    return Contact(
        **{
            **row,
            "numbers": tuple(row["numbers"]),
            "number_labels": tuple(row["number_labels"]),
            "uncallable_numbers": tuple(row["uncallable_numbers"]),
        }
    )


def _values(contact: Contact) -> dict[str, Any]:
    values = asdict(contact)
    for name in ("numbers", "number_labels", "uncallable_numbers"):
        values[name] = list(values[name])
    del values["organisation_id"], values["position"]
    return values
