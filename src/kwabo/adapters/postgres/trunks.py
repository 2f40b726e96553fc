"""Trunks on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.ports.trunks import Trunk

_SELECT = """
    SELECT trunk_id, name, endpoint, lines, calls_per_second, caller_ids, attempt_header,
           network_answers, early_media_seconds, early_media_keep_days, created_at
    FROM trunks
"""
_GET = text(f"{_SELECT} WHERE trunk_id = :trunk_id")
_ALL = text(f"{_SELECT} ORDER BY name, trunk_id")
_ADD = text("""
    INSERT INTO trunks (trunk_id, organisation_id, name, endpoint, lines, calls_per_second,
                        caller_ids, attempt_header, network_answers, early_media_seconds,
                        early_media_keep_days, created_at)
    VALUES (:trunk_id, current_organisation(), :name, :endpoint, :lines, :calls_per_second,
            CAST(:caller_ids AS text[]), :attempt_header,
            CAST(:network_answers AS jsonb), :early_media_seconds, :early_media_keep_days,
            :created_at)
""")
_CHANGE = text("""
    UPDATE trunks SET name = :name, endpoint = :endpoint, lines = :lines,
                      calls_per_second = :calls_per_second,
                      caller_ids = CAST(:caller_ids AS text[]), attempt_header = :attempt_header,
                      network_answers = CAST(:network_answers AS jsonb),
                      early_media_seconds = :early_media_seconds,
                      early_media_keep_days = :early_media_keep_days
    WHERE trunk_id = :trunk_id
""")
_IN_USE = text("""
    SELECT caller_id, name FROM campaigns
    WHERE trunk_id = :trunk_id AND state <> 'complete' ORDER BY name
""")


class PostgresTrunkStore:
    """See `kwabo.ports.trunks.TrunkStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, trunk: Trunk) -> None:
        with unique_name("trunk", trunk.name):
            await self._connection.execute(_ADD, _values(trunk) | {"created_at": trunk.created_at})

    async def get(self, trunk_id: UUID) -> Trunk | None:
        row = (await self._connection.execute(_GET, {"trunk_id": trunk_id})).first()
        return None if row is None else _trunk(row)

    async def all(self) -> Sequence[Trunk]:
        return [_trunk(row) for row in await self._connection.execute(_ALL)]

    async def change(self, trunk: Trunk) -> None:
        with unique_name("trunk", trunk.name):
            await self._connection.execute(_CHANGE, _values(trunk))

    async def caller_ids_in_use(self, trunk_id: UUID) -> Sequence[tuple[str, str]]:
        rows = await self._connection.execute(_IN_USE, {"trunk_id": trunk_id})
        return [(row.caller_id, row.name) for row in rows]


def _values(trunk: Trunk) -> dict[str, Any]:
    return {
        "trunk_id": trunk.trunk_id,
        "name": trunk.name,
        "endpoint": trunk.endpoint,
        "lines": trunk.lines,
        "calls_per_second": Decimal(str(trunk.calls_per_second)),
        "caller_ids": list(trunk.caller_ids),
        "attempt_header": trunk.attempt_header,
        "network_answers": [dict(line) for line in trunk.network_answers],
        "early_media_seconds": trunk.early_media_seconds,
        "early_media_keep_days": trunk.early_media_keep_days,
    }


def _trunk(row: Any) -> Trunk:
    return Trunk(
        trunk_id=row.trunk_id,
        name=row.name,
        endpoint=row.endpoint,
        lines=row.lines,
        calls_per_second=float(row.calls_per_second),
        caller_ids=tuple(row.caller_ids),
        attempt_header=row.attempt_header,
        network_answers=tuple(row.network_answers),
        early_media_seconds=row.early_media_seconds,
        early_media_keep_days=row.early_media_keep_days,
        created_at=row.created_at,
    )
