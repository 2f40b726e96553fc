"""Flows on PostgreSQL. The role kwabo_app has no right to change or remove a version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.ports.flows import FlowUser, FlowVersion, KeptFlow

_SELECT = """
    SELECT flow_id, name, draft, tests, uses, published_version, version, created_at, updated_at
    FROM flows
"""
_GET = text(f"{_SELECT} WHERE flow_id = :flow_id")
_LOCKED = text(f"{_SELECT} WHERE flow_id = :flow_id FOR UPDATE")
_ALL = text(f"{_SELECT} ORDER BY name, flow_id")
_ADD = text("""
    INSERT INTO flows (flow_id, organisation_id, name, draft, tests, uses, published_version,
                       version, created_at, updated_at)
    VALUES (:flow_id, current_organisation(), :name, CAST(:draft AS jsonb),
            CAST(:tests AS jsonb), :uses, :published_version, :version, :created_at, :updated_at)
""")
_CHANGE = text("""
    UPDATE flows SET name = :name, draft = CAST(:draft AS jsonb), tests = CAST(:tests AS jsonb),
        uses = :uses, published_version = :published_version, version = :version,
        updated_at = :updated_at
    WHERE flow_id = :flow_id
""")
_DELETE = text("DELETE FROM flows WHERE flow_id = :flow_id")
_USERS = text("SELECT kind, name FROM users_of_flow(:flow_id) ORDER BY 1, 2")
_USING = text("SELECT name FROM flows WHERE uses @> ARRAY[CAST(:use AS text)] ORDER BY 1")
_PUBLISH = text("""
    INSERT INTO flow_versions (flow_id, version, organisation_id, document, tests, note,
                               restored_from, user_id, published_at)
    VALUES (:flow_id, :version, current_organisation(), CAST(:document AS jsonb),
            CAST(:tests AS jsonb), :note, :restored_from, :user_id, :published_at)
""")
_VERSION = """
    SELECT v.flow_id, v.version, v.document, v.tests, v.note, v.restored_from, v.user_id,
           u.display_name AS user_name, v.published_at
    FROM flow_versions v LEFT JOIN users u ON u.user_id = v.user_id
"""
_VERSIONS = text(f"{_VERSION} WHERE v.flow_id = :flow_id ORDER BY v.version DESC")
_ONE_VERSION = text(f"{_VERSION} WHERE v.flow_id = :flow_id AND v.version = :version")
_PUBLISHED = text(f"""
    {_VERSION} JOIN flows f ON f.flow_id = v.flow_id AND f.published_version = v.version
    ORDER BY f.name, f.flow_id
""")


class PostgresFlowStore:
    """See `kwabo.ports.flows.FlowStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, flow: KeptFlow) -> None:
        with unique_name("flow", flow.name):
            await self._connection.execute(_ADD, _values(flow) | {"created_at": flow.created_at})

    async def get(self, flow_id: UUID) -> KeptFlow | None:
        return await self._one(_GET, flow_id)

    async def get_for_change(self, flow_id: UUID) -> KeptFlow | None:
        return await self._one(_LOCKED, flow_id)

    async def _one(self, statement: Any, flow_id: UUID) -> KeptFlow | None:
        row = (await self._connection.execute(statement, {"flow_id": flow_id})).first()
        return None if row is None else _flow(row)

    async def all(self) -> Sequence[KeptFlow]:
        return [_flow(row) for row in await self._connection.execute(_ALL)]

    async def change(self, flow: KeptFlow) -> None:
        with unique_name("flow", flow.name):
            await self._connection.execute(_CHANGE, _values(flow))

    async def delete(self, flow_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"flow_id": flow_id})

    async def users(self, flow_id: UUID) -> Sequence[FlowUser]:
        rows = await self._connection.execute(_USERS, {"flow_id": flow_id})
        return [FlowUser(kind=row.kind, name=row.name) for row in rows]

    async def using(self, noun: str, name: str) -> Sequence[str]:
        rows = await self._connection.execute(_USING, {"use": f"{noun}:{name}"})
        return [row.name for row in rows]

    # ── Versions ─────────────────────────────────────────────────────────────────────────────────

    async def publish(self, version: FlowVersion) -> None:
        await self._connection.execute(
            _PUBLISH,
            {
                "flow_id": version.flow_id,
                "version": version.version,
                "document": dict(version.document),
                "tests": list(version.tests),
                "note": version.note,
                "restored_from": version.restored_from,
                "user_id": version.user_id,
                "published_at": version.published_at,
            },
        )

    async def versions(self, flow_id: UUID) -> Sequence[FlowVersion]:
        rows = await self._connection.execute(_VERSIONS, {"flow_id": flow_id})
        return [FlowVersion(**row._mapping) for row in rows]

    async def version(self, flow_id: UUID, version: int) -> FlowVersion | None:
        values = {"flow_id": flow_id, "version": version}
        row = (await self._connection.execute(_ONE_VERSION, values)).first()
        return None if row is None else FlowVersion(**row._mapping)

    async def published(self) -> Sequence[FlowVersion]:
        return [FlowVersion(**row._mapping) for row in await self._connection.execute(_PUBLISHED)]


def _values(flow: KeptFlow) -> dict[str, Any]:
    return {
        "flow_id": flow.flow_id,
        "name": flow.name,
        "draft": dict(flow.draft),
        "tests": list(flow.tests),
        "uses": list(flow.uses),
        "published_version": flow.published_version,
        "version": flow.version,
        "updated_at": flow.updated_at,
    }


def _flow(row: Any) -> KeptFlow:
    return KeptFlow(**{**row._mapping, "uses": tuple(row.uses)})
