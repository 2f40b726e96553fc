"""Contact lists on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.domain.contacts.columns import Column, ColumnKind
from kwabo.kernel.errors import Conflict
from kwabo.ports.contact_lists import ContactList

_SELECT = """
    SELECT l.contact_list_id, l.organisation_id, l.name, l.region, l.time_zone, l.zone_source,
           l.key_columns,
           l.version, l.created_at, l.updated_at,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('name', c.name, 'label', c.label,
                       'kind', c.kind, 'position', c.position, 'phone_column', c.phone_column)
                       ORDER BY c.position), '[]')
              FROM contact_list_columns c WHERE c.contact_list_id = l.contact_list_id) AS columns
    FROM contact_lists l
"""
_MATCHES = "(CAST(:search AS text) IS NULL OR position(lower(:search) IN lower(l.name)) > 0)"
_ADD = text("""
    INSERT INTO contact_lists (contact_list_id, organisation_id, name, region, time_zone,
                               zone_source, key_columns, version, created_at, updated_at)
    VALUES (:contact_list_id, current_organisation(), :name, :region, :time_zone, :zone_source,
            CAST(:key_columns AS text[]), 1, :created_at, :updated_at)
""")
_CHANGE = text("""
    UPDATE contact_lists SET name = :name, region = :region, time_zone = :time_zone,
           zone_source = :zone_source, key_columns = CAST(:key_columns AS text[]),
           version = version + 1, updated_at = :updated_at
    WHERE contact_list_id = :contact_list_id
""")
_DROP_COLUMNS = text("""
    DELETE FROM contact_list_columns
    WHERE contact_list_id = :contact_list_id AND name <> ALL (CAST(:names AS text[]))
""")
_PUT_COLUMN = text("""
    INSERT INTO contact_list_columns (contact_list_id, organisation_id, name, label, kind, position,
                                      phone_column)
    VALUES (:contact_list_id, current_organisation(), :name, :label, :kind, :position,
            :phone_column)
    ON CONFLICT (contact_list_id, name) DO UPDATE
       SET label = EXCLUDED.label, kind = EXCLUDED.kind, position = EXCLUDED.position,
           phone_column = EXCLUDED.phone_column
""")
_COUNT_CONTACTS = text("""
    SELECT subject_id AS contact_list_id, CAST(sum(amount) AS bigint) AS contacts FROM tallies
    WHERE subject_id = ANY (CAST(:ids AS uuid[])) AND kind = 'contacts' GROUP BY subject_id
""")


class PostgresContactListStore:
    """See `ports.contact_lists`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, contact_list: ContactList) -> None:
        await self._write(_ADD, contact_list)

    async def get(self, contact_list_id: UUID) -> ContactList | None:
        return await self._one("WHERE l.contact_list_id = :id", contact_list_id)

    async def get_for_change(self, contact_list_id: UUID) -> ContactList | None:
        return await self._one("WHERE l.contact_list_id = :id FOR UPDATE OF l", contact_list_id)

    async def _one(self, condition: str, contact_list_id: UUID) -> ContactList | None:
        rows = await self._connection.execute(
            text(f"{_SELECT} {condition}"), {"id": contact_list_id}
        )
        row = rows.mappings().first()
        return _contact_list(row) if row else None

    async def find(
        self, *, search: str | None, after_name: str | None, limit: int
    ) -> Sequence[ContactList]:
        rows = await self._connection.execute(
            text(f"""{_SELECT} WHERE {_MATCHES}
                AND (CAST(:after AS text) IS NULL OR l.name > :after)
                ORDER BY l.name LIMIT :limit"""),
            {"search": search, "after": after_name, "limit": limit},
        )
        return [_contact_list(row) for row in rows.mappings()]

    async def count(self, *, search: str | None) -> int:
        count = await self._connection.scalar(
            text(f"SELECT count(*) FROM contact_lists l WHERE {_MATCHES}"), {"search": search}
        )
        return int(count or 0)

    async def change(self, contact_list: ContactList) -> None:
        await self._write(_CHANGE, contact_list)

    async def _write(self, statement: Any, contact_list: ContactList) -> None:
        values = {
            "contact_list_id": contact_list.contact_list_id,
            "name": contact_list.name,
            "region": contact_list.region,
            "time_zone": contact_list.time_zone,
            "zone_source": contact_list.zone_source,
            "key_columns": list(contact_list.key_columns),
            "created_at": contact_list.created_at,
            "updated_at": contact_list.updated_at,
        }
        if statement is _CHANGE:
            del values["created_at"]
        try:
            await self._connection.execute(statement, values)
        except IntegrityError as error:
            raise Conflict(
                "NAME_TAKEN",
                "A contact list with this name exists already. Choose another name.",
                field="name",
            ) from error
        await self._put_columns(contact_list)

    async def _put_columns(self, contact_list: ContactList) -> None:
        names = [column.name for column in contact_list.columns]
        await self._connection.execute(
            _DROP_COLUMNS, {"contact_list_id": contact_list.contact_list_id, "names": names}
        )
        rows = [
            {
                "contact_list_id": contact_list.contact_list_id,
                "name": column.name,
                "label": column.label,
                "kind": column.kind.value,
                "position": position,
                "phone_column": column.phone_column,
            }
            for position, column in enumerate(contact_list.columns)
        ]
        if rows:
            await self._connection.execute(_PUT_COLUMN, rows)

    async def remove(self, contact_list_id: UUID) -> None:
        in_use = await self._connection.scalar(
            text("SELECT 1 FROM campaigns WHERE contact_list_id = :id LIMIT 1"),
            {"id": contact_list_id},
        )
        if in_use:
            raise Conflict(
                "LIST_IN_USE",
                "A campaign uses this list. Give the campaign another list or delete it first.",
            )
        await self._connection.execute(
            text("DELETE FROM contact_lists WHERE contact_list_id = :id"), {"id": contact_list_id}
        )

    async def count_contacts(self, contact_list_ids: Sequence[UUID]) -> dict[UUID, int]:
        rows = await self._connection.execute(_COUNT_CONTACTS, {"ids": list(contact_list_ids)})
        counted = {row.contact_list_id: int(row.contacts) for row in rows}
        return {wanted: counted.get(wanted, 0) for wanted in contact_list_ids}


def _contact_list(row: Any) -> ContactList:
    columns = tuple(
        Column(
            name=column["name"],
            label=column["label"],
            kind=ColumnKind(column["kind"]),
            position=column["position"],
            phone_column=column["phone_column"],
        )
        for column in row["columns"]
    )
    return ContactList(**{**row, "columns": columns, "key_columns": tuple(row["key_columns"])})
