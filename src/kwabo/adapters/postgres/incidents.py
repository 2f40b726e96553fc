"""Incidents and who asked to be told of their ends, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.domain.incidents.incident import Incident
from kwabo.domain.incidents.matching import Columns
from kwabo.ports.incidents import IncidentSettings, KeptIncident, NoticeCounts

_SELECT = """
    SELECT i.*, n.asked, m.waiting, m.sent, m.failed FROM incidents i CROSS JOIN LATERAL (
        SELECT count(*) AS asked FROM incident_notices n
        WHERE n.incident_id = i.incident_id AND i.state = 'declared') n
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE m.state = 'waiting') AS waiting,
               count(*) FILTER (WHERE m.state = 'sent') AS sent,
               count(*) FILTER (WHERE m.state = 'failed') AS failed
        FROM wanted_messages m WHERE m.incident_id = i.incident_id) m
"""
_GET = text(f"{_SELECT} WHERE i.incident_id = :id")
_LOCKED = text("SELECT * FROM incidents WHERE incident_id = :id FOR UPDATE")
_DECLARED = text("SELECT * FROM incidents WHERE state = 'declared'")
_PAGE = text(f"""
    {_SELECT} WHERE (CAST(:state AS text) IS NULL OR i.state = :state)
      AND (CAST(:before_at AS timestamptz) IS NULL
           OR (i.created_at, i.incident_id) < (:before_at, CAST(:before_id AS uuid)))
    ORDER BY i.created_at DESC, i.incident_id DESC LIMIT :limit
""")
_COLUMNS = (
    "incident_id", "name", "service", "communes", "cells", "prompt", "texts", "over_texts",
    "starts_at", "expected_end", "state", "over_at", "version", "created_at", "updated_at",
)  # fmt: skip
_JSON = ("texts", "over_texts")


def _value(column: str) -> str:
    return f"CAST(:{column} AS jsonb)" if column in _JSON else f":{column}"


_ADD = text(f"""
    INSERT INTO incidents (organisation_id, {", ".join(_COLUMNS)})
    VALUES (current_organisation(), {", ".join(map(_value, _COLUMNS))})
""")
_CHANGE = text(f"""
    UPDATE incidents SET {", ".join(f"{c} = {_value(c)}" for c in _COLUMNS[1:])}
    WHERE incident_id = :incident_id
""")
# In one order, so that two calls never wait for each other.
_HEARD = text("""
    UPDATE incidents SET heard = heard + 1 WHERE incident_id IN (
        SELECT incident_id FROM incidents WHERE incident_id = ANY (CAST(:ids AS uuid[]))
        ORDER BY incident_id FOR NO KEY UPDATE)
""")
_SETTINGS = text("SELECT commune_columns, cell_columns, version FROM incident_settings")
_PUT_SETTINGS = text("""
    INSERT INTO incident_settings (organisation_id, commune_columns, cell_columns, updated_at)
    VALUES (current_organisation(), :commune, :cell, :now)
    ON CONFLICT (organisation_id) DO UPDATE SET commune_columns = excluded.commune_columns,
        cell_columns = excluded.cell_columns, version = incident_settings.version + 1,
        updated_at = excluded.updated_at
""")
_WANT = text("""
    INSERT INTO wanted_messages (message_id, organisation_id, incident_id, channel, template,
        recipient, language, next_at, created_at)
    SELECT message_id, organisation_id, incident_id, channel, '', number, language, :now, :now
    FROM incident_notices WHERE incident_id = :id
    ON CONFLICT (message_id) DO NOTHING
""")


class PostgresIncidentStore:
    """See `kwabo.ports.incidents.IncidentStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, incident: Incident) -> None:
        await self._connection.execute(_ADD, _values(incident))

    async def get(self, incident_id: UUID) -> KeptIncident | None:
        row = (await self._connection.execute(_GET, {"id": incident_id})).first()
        return None if row is None else _kept(row)

    async def get_for_change(self, incident_id: UUID) -> Incident | None:
        row = (await self._connection.execute(_LOCKED, {"id": incident_id})).first()
        return None if row is None else _incident(row)

    async def change(self, incident: Incident) -> None:
        await self._connection.execute(_CHANGE, _values(incident))

    async def declared(self) -> Sequence[Incident]:
        return [_incident(row) for row in await self._connection.execute(_DECLARED)]

    async def page(
        self, *, state: str | None, before: tuple[datetime, UUID] | None, limit: int
    ) -> Sequence[KeptIncident]:
        at, incident_id = before or (None, None)
        values = {"state": state, "before_at": at, "before_id": incident_id, "limit": limit}
        return [_kept(row) for row in await self._connection.execute(_PAGE, values)]

    async def note_heard(self, incident_ids: Sequence[UUID]) -> None:
        await self._connection.execute(_HEARD, {"ids": list(incident_ids)})

    async def settings(self) -> IncidentSettings:
        row = (await self._connection.execute(_SETTINGS)).first()
        if row is None:
            return IncidentSettings()
        columns = Columns(commune=tuple(row.commune_columns), cell=tuple(row.cell_columns))
        return IncidentSettings(columns=columns, version=row.version)

    async def put_settings(self, settings: IncidentSettings, now: datetime) -> None:
        values = {
            "commune": list(settings.columns.commune),
            "cell": list(settings.columns.cell),
            "now": now,
        }
        await self._connection.execute(_PUT_SETTINGS, values)

    async def want_notices(self, incident_id: UUID, now: datetime) -> int:
        done = await self._connection.execute(_WANT, {"id": incident_id, "now": now})
        return int(done.rowcount)


def _values(incident: Incident) -> dict[str, Any]:
    values = {column: getattr(incident, column) for column in _COLUMNS}
    for column in _JSON:
        values[column] = dict(values[column])
    return values | {"communes": list(incident.communes), "cells": list(incident.cells)}


def _incident(row: Any) -> Incident:
    values = {column: getattr(row, column) for column in _COLUMNS}
    values |= {"communes": tuple(row.communes), "cells": tuple(row.cells), "heard": row.heard}
    return Incident(**values)


def _kept(row: Any) -> KeptIncident:
    counts = NoticeCounts(asked=row.asked, waiting=row.waiting, sent=row.sent, failed=row.failed)
    return KeptIncident(incident=_incident(row), notices=counts)
