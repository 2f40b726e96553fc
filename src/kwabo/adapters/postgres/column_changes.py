"""Changes of columns on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.column_uses import PostgresColumnUses
from kwabo.domain.contacts.column_change import ChangeKind, ChangeSettings, ColumnUse
from kwabo.domain.contacts.columns import Column, ColumnKind
from kwabo.kernel.errors import Conflict
from kwabo.ports.column_changes import ColumnChange, NewValue, ValueAt

_SELECT = """
    SELECT column_change_id, organisation_id, contact_list_id, user_id, kind, column_name, settings,
           state, after_added_in, after_position, contacts_done, contacts_total, report, error,
           created_at, started_at, ended_at
    FROM column_changes
"""
_OPEN = "state IN ('checking', 'checked', 'running', 'cleaning')"
_ADD = text("""
    INSERT INTO column_changes (column_change_id, organisation_id, contact_list_id, user_id, kind,
                                column_name, settings, state, contacts_total, created_at,
                                started_at)
    VALUES (:column_change_id, current_organisation(), :contact_list_id, :user_id, :kind,
            :column_name, CAST(:settings AS jsonb), :state, :contacts_total, :created_at,
            CASE WHEN :state = 'running' THEN clock_timestamp() END)
""")
_CHANGE = text("""
    UPDATE column_changes SET settings = CAST(:settings AS jsonb), state = :state,
           after_added_in = :after_added_in, after_position = :after_position,
           contacts_done = :contacts_done, contacts_total = :contacts_total,
           report = CAST(:report AS jsonb), error = :error, ended_at = :ended_at,
           started_at = CASE WHEN :state = 'running' THEN coalesce(started_at, clock_timestamp())
                             ELSE started_at END
    WHERE column_change_id = :column_change_id
""")
_CLAIM = text("""
    UPDATE column_changes SET worker = :worker,
           worker_until = clock_timestamp() + CAST(:lease AS interval)
    WHERE column_change_id = :id AND state IN ('checking', 'running', 'cleaning')
      AND (worker = :worker OR worker_until IS NULL OR worker_until < clock_timestamp())
    RETURNING column_change_id
""")
_VALUES = """
    SELECT contact_id, added_in, position, coalesce(data ->> :column, '') AS value, numbers,
           ARRAY(SELECT coalesce(data ->> k, '')
                 FROM unnest(CAST(:phones AS text[])) WITH ORDINALITY AS p (k, place)
                 ORDER BY place) AS phones
    FROM contacts
    WHERE contact_list_id = :contact_list_id
"""
_VALUES_AFTER = text(f"""{_VALUES} AND (added_in, position) > (:added_in, :position)
    ORDER BY added_in, position LIMIT :limit""")
_VALUES_SINCE = text(f"{_VALUES} AND updated_at >= :since ORDER BY added_in, position")
_LOCK = text("""
    SELECT contact_id FROM contacts WHERE contact_id = ANY (CAST(:ids AS uuid[]))
    FOR NO KEY UPDATE SKIP LOCKED
""")
_IN_BULK = text("SELECT set_config('kwabo.in_bulk', 'on', true)")
_FILL = text("""
    UPDATE contacts SET data = jsonb_build_object(CAST(:name AS text), CAST(:value AS text)) || data
    WHERE contact_id = ANY (CAST(:ids AS uuid[]))
""")
_COPY = text("""
    UPDATE contacts SET data = data || jsonb_build_object(CAST(:new AS text), data -> :old)
    WHERE contact_id = ANY (CAST(:ids AS uuid[])) AND data ? :old
""")
_DROP = text("""
    UPDATE contacts SET data = data - CAST(:name AS text)
    WHERE contact_id = ANY (CAST(:ids AS uuid[])) AND data ? :name
""")
_PUT = text("""
    UPDATE contacts c SET data = c.data || jsonb_build_object(CAST(:name AS text), v.value)
           || CASE WHEN v.left_over IS NULL THEN '{}'
                   ELSE jsonb_build_object(CAST(:left_over AS text), v.left_over) END
    FROM unnest(CAST(:ids AS uuid[]), CAST(:values AS text[]), CAST(:left_overs AS text[]))
         AS v (contact_id, value, left_over)
    WHERE c.contact_id = v.contact_id
""")
_DERIVE = text("""
    UPDATE contacts c SET numbers = made.numbers, number_labels = made.labels,
           time_zone = made.zone, language = made.language
    FROM (
        SELECT o.contact_id, coalesce(n.numbers, '{}') AS numbers,
               coalesce(n.labels, '{}') AS labels,
               nullif(o.data ->> CAST(:zone_column AS text), '') AS zone,
               nullif(o.data ->> CAST(:language_column AS text), '') AS language
        FROM contacts o,
        LATERAL (
            SELECT array_agg(number ORDER BY position, place) AS numbers,
                   array_agg(label ORDER BY position, place) AS labels
            FROM (SELECT DISTINCT ON (number) number, k.label, k.position, place
                  FROM unnest(CAST(:phones AS text[]), CAST(:labels AS text[]))
                           WITH ORDINALITY AS k (name, label, position),
                       regexp_split_to_table(o.data ->> k.name, ' / ')
                           WITH ORDINALITY AS p (number, place)
                  WHERE number ~ '^\\+[1-9][0-9]{6,14}$'
                  ORDER BY number, k.position, place) AS once
        ) AS n
        WHERE o.contact_id = ANY (CAST(:ids AS uuid[]))
    ) AS made
    WHERE c.contact_id = made.contact_id
      AND (made.numbers, made.labels) IS DISTINCT FROM (c.numbers, c.number_labels)
       OR c.contact_id = made.contact_id
      AND (made.zone, made.language) IS DISTINCT FROM (c.time_zone, c.language)
""")


class PostgresColumnChangeStore:
    """See `ports.column_changes`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._uses = PostgresColumnUses(connection)

    async def add(self, change: ColumnChange) -> None:
        try:
            await self._connection.execute(_ADD, _values(change))
        except IntegrityError as error:
            raise Conflict(
                "COLUMN_CHANGE_OPEN",
                "The list's columns are being changed. Wait for it, or cancel that change first.",
            ) from error

    async def get(self, column_change_id: UUID) -> ColumnChange | None:
        return await self._one("WHERE column_change_id = :id", column_change_id)

    async def get_for_change(self, column_change_id: UUID) -> ColumnChange | None:
        return await self._one("WHERE column_change_id = :id FOR UPDATE", column_change_id)

    async def _one(self, condition: str, wanted: UUID) -> ColumnChange | None:
        rows = await self._connection.execute(text(f"{_SELECT} {condition}"), {"id": wanted})
        row = rows.mappings().first()
        return _change(row) if row else None

    async def of_list(self, contact_list_id: UUID, *, limit: int) -> Sequence[ColumnChange]:
        rows = await self._connection.execute(
            text(f"""{_SELECT} WHERE contact_list_id = :id
                     ORDER BY created_at DESC, column_change_id DESC LIMIT :limit"""),
            {"id": contact_list_id, "limit": limit},
        )
        return [_change(row) for row in rows.mappings()]

    async def open_in(self, contact_list_id: UUID) -> ColumnChange | None:
        await self._connection.execute(
            text("SELECT 1 FROM contact_lists WHERE contact_list_id = :id FOR SHARE"),
            {"id": contact_list_id},
        )
        return await self._one(f"WHERE contact_list_id = :id AND {_OPEN}", contact_list_id)

    async def change(self, change: ColumnChange) -> None:
        await self._connection.execute(_CHANGE, _values(change))

    async def uses(self, contact_list_id: UUID, name: str) -> list[ColumnUse]:
        return await self._uses.find(contact_list_id, name)

    async def rename_in_uses(self, contact_list_id: UUID, old: str, new: str) -> None:
        await self._uses.rename(contact_list_id, old, new)

    async def waiting(self) -> list[tuple[UUID, UUID]]:
        rows = await self._connection.execute(
            text("SELECT column_change_id, organisation_id FROM open_column_changes()")
        )
        return [(row.column_change_id, row.organisation_id) for row in rows]

    async def claim(
        self, column_change_id: UUID, worker: str, lease_seconds: float
    ) -> ColumnChange | None:
        mine = await self._connection.scalar(
            _CLAIM,
            {"id": column_change_id, "worker": worker, "lease": timedelta(seconds=lease_seconds)},
        )
        return await self.get(column_change_id) if mine else None

    async def release(self, column_change_id: UUID, worker: str) -> None:
        await self._connection.execute(
            text("""UPDATE column_changes SET worker = NULL, worker_until = NULL
                    WHERE column_change_id = :id AND worker = :worker"""),
            {"id": column_change_id, "worker": worker},
        )

    async def values_after(
        self, change: ColumnChange, phone_columns: Sequence[str], *, limit: int
    ) -> list[ValueAt]:
        rows = await self._connection.execute(
            _VALUES_AFTER,
            {
                **_where(change, phone_columns),
                "added_in": change.after_added_in,
                "position": change.after_position,
                "limit": limit,
            },
        )
        return [_value_at(row) for row in rows]

    async def values_since(
        self, change: ColumnChange, phone_columns: Sequence[str], since: datetime
    ) -> list[ValueAt]:
        rows = await self._connection.execute(
            _VALUES_SINCE, {**_where(change, phone_columns), "since": since}
        )
        return [_value_at(row) for row in rows]

    async def lock(self, contact_ids: Sequence[UUID]) -> set[UUID]:
        await self._connection.execute(_IN_BULK)
        rows = await self._connection.execute(_LOCK, {"ids": list(contact_ids)})
        return {row.contact_id for row in rows}

    async def fill(self, contact_ids: Sequence[UUID], name: str, value: str) -> None:
        await self._connection.execute(
            _FILL, {"ids": list(contact_ids), "name": name, "value": value}
        )

    async def copy(self, contact_ids: Sequence[UUID], old: str, new: str) -> None:
        await self._connection.execute(_COPY, {"ids": list(contact_ids), "old": old, "new": new})

    async def drop(self, contact_ids: Sequence[UUID], name: str) -> None:
        await self._connection.execute(_DROP, {"ids": list(contact_ids), "name": name})

    async def put(self, values: Sequence[NewValue], name: str, left_over: str) -> None:
        await self._connection.execute(
            _PUT,
            {
                "ids": [value.contact_id for value in values],
                "values": [value.value for value in values],
                "left_overs": [value.left_over for value in values],
                "name": name,
                "left_over": left_over,
            },
        )

    async def derive(self, contact_ids: Sequence[UUID], columns: Sequence[Column]) -> None:
        phones = [column for column in columns if column.kind is ColumnKind.PHONE]
        await self._connection.execute(
            _DERIVE,
            {
                "ids": list(contact_ids),
                "phones": [column.name for column in phones],
                "labels": [column.label for column in phones],
                "zone_column": _first(columns, ColumnKind.TIME_ZONE),
                "language_column": _first(columns, ColumnKind.LANGUAGE),
            },
        )


def _first(columns: Sequence[Column], kind: ColumnKind) -> str | None:
    return next((column.name for column in columns if column.kind is kind), None)


def _where(change: ColumnChange, phone_columns: Sequence[str]) -> dict[str, Any]:
    return {
        "contact_list_id": change.contact_list_id,
        "column": change.column_name,
        "phones": list(phone_columns),
    }


def _value_at(row: Any) -> ValueAt:
    return ValueAt(
        row.contact_id,
        row.added_in,
        row.position,
        row.value,
        tuple(row.numbers),
        tuple(row.phones),
    )


def _values(change: ColumnChange) -> dict[str, Any]:
    return {
        "column_change_id": change.column_change_id,
        "contact_list_id": change.contact_list_id,
        "user_id": change.user_id,
        "kind": change.kind.value,
        "column_name": change.column_name,
        "settings": change.settings.as_json(),
        "state": change.state,
        "after_added_in": change.after_added_in,
        "after_position": change.after_position,
        "contacts_done": change.contacts_done,
        "contacts_total": change.contacts_total,
        "report": dict(change.report),
        "error": change.error,
        "created_at": change.created_at,
        "ended_at": change.ended_at,
    }


def _change(row: Any) -> ColumnChange:
    values = dict(row)
    values["kind"] = ChangeKind(values["kind"])
    values["settings"] = ChangeSettings.from_json(values["settings"])
    return ColumnChange(**values)
