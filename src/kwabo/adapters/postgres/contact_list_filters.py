"""Contact list filters on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.filter_matches import find_matches
from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.domain.contacts.filters.document import Node
from kwabo.domain.contacts.filters.times import Present
from kwabo.ports.contact_list_filters import ContactListFilter, Matches

_SELECT = """
    SELECT f.contact_list_filter_id, f.contact_list_id, f.name, f.document, f.column_kinds,
           ARRAY(SELECT k.name FROM campaigns k
                 WHERE f.contact_list_filter_id = ANY (k.contact_list_filter_ids) ORDER BY k.name)
               AS campaigns,
           f.version, f.created_at, f.updated_at
    FROM contact_list_filters f
"""
_GET = text(f"{_SELECT} WHERE f.contact_list_filter_id = :id")
_LOCK = text(f"{_SELECT} WHERE f.contact_list_filter_id = :id FOR UPDATE OF f")
_OF_LIST = text(f"{_SELECT} WHERE f.contact_list_id = :contact_list_id ORDER BY f.name")
_ADD = text("""
    INSERT INTO contact_list_filters (contact_list_filter_id, organisation_id, contact_list_id,
        name, document, column_kinds, version, created_at, updated_at)
    VALUES (:contact_list_filter_id, current_organisation(), :contact_list_id, :name,
        CAST(:document AS jsonb), CAST(:column_kinds AS jsonb), :version, :created_at, :updated_at)
""")
_CHANGE = text("""
    UPDATE contact_list_filters SET name = :name, document = CAST(:document AS jsonb),
        column_kinds = CAST(:column_kinds AS jsonb), version = version + 1,
        updated_at = :updated_at
    WHERE contact_list_filter_id = :contact_list_filter_id
""")
_LOOK_AGAIN = text("""
    UPDATE campaigns SET scan_added_in = 0, scan_position = 0, choice_version = choice_version + 1
    WHERE :id = ANY (contact_list_filter_ids)
    RETURNING campaign_id
""")
_DELETE = text("DELETE FROM contact_list_filters WHERE contact_list_filter_id = :id")


class PostgresContactListFilterStore:
    """See `kwabo.ports.contact_list_filters.ContactListFilterStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, one: ContactListFilter) -> None:
        with unique_name("filter", one.name):
            values = _values(one)
            values |= {"version": one.version, "created_at": one.created_at}
            await self._connection.execute(_ADD, values)

    async def get(self, contact_list_filter_id: UUID) -> ContactListFilter | None:
        return await self._one(_GET, contact_list_filter_id)

    async def get_for_change(self, contact_list_filter_id: UUID) -> ContactListFilter | None:
        return await self._one(_LOCK, contact_list_filter_id)

    async def _one(self, statement: Any, contact_list_filter_id: UUID) -> ContactListFilter | None:
        rows = await self._connection.execute(statement, {"id": contact_list_filter_id})
        row = rows.mappings().first()
        return None if row is None else _filter(row)

    async def of_list(self, contact_list_id: UUID) -> Sequence[ContactListFilter]:
        rows = await self._connection.execute(_OF_LIST, {"contact_list_id": contact_list_id})
        return [_filter(row) for row in rows.mappings()]

    async def change(self, one: ContactListFilter) -> Sequence[UUID]:
        with unique_name("filter", one.name):
            await self._connection.execute(_CHANGE, _values(one))
        rows = await self._connection.execute(_LOOK_AGAIN, {"id": one.contact_list_filter_id})
        return [row.campaign_id for row in rows]

    async def delete(self, contact_list_filter_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"id": contact_list_filter_id})

    async def matches(
        self, contact_list_id: UUID, node: Node, present: Present, campaign_id: UUID | None
    ) -> Matches:
        return await find_matches(self._connection, contact_list_id, node, present, campaign_id)


def _values(one: ContactListFilter) -> dict[str, Any]:
    return {
        "contact_list_filter_id": one.contact_list_filter_id,
        "contact_list_id": one.contact_list_id,
        "name": one.name,
        "document": dict(one.document),
        "column_kinds": dict(one.column_kinds),
        "updated_at": one.updated_at,
    }


def _filter(row: Any) -> ContactListFilter:
    return ContactListFilter(**{**row, "campaigns": tuple(row["campaigns"])})
