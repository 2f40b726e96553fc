"""Pause reasons on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.ports.pause_reasons import PauseReason

_SELECT = "SELECT pause_reason_id, name, name_en, position, active FROM pause_reasons"
_GET = text(f"{_SELECT} WHERE pause_reason_id = :pause_reason_id")
_ALL = text(f"{_SELECT} ORDER BY position, name")
_ADD = text("""
    INSERT INTO pause_reasons (pause_reason_id, organisation_id, name, name_en, position, active)
    VALUES (:pause_reason_id, current_organisation(), :name, :name_en, :position, :active)
""")
_CHANGE = text("""
    UPDATE pause_reasons
    SET name = :name, name_en = :name_en, position = :position, active = :active
    WHERE pause_reason_id = :pause_reason_id
""")


class PostgresPauseReasonStore:
    """See `kwabo.ports.pause_reasons.PauseReasonStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, reason: PauseReason) -> None:
        with unique_name("pause reason", reason.name):
            await self._connection.execute(_ADD, asdict(reason))

    async def get(self, pause_reason_id: UUID) -> PauseReason | None:
        rows = await self._connection.execute(_GET, {"pause_reason_id": pause_reason_id})
        row = rows.first()
        return None if row is None else _reason(row)

    async def all(self) -> Sequence[PauseReason]:
        return [_reason(row) for row in await self._connection.execute(_ALL)]

    async def change(self, reason: PauseReason) -> None:
        with unique_name("pause reason", reason.name):
            await self._connection.execute(_CHANGE, asdict(reason))


def _reason(row: Any) -> PauseReason:
    return PauseReason(
        pause_reason_id=row.pause_reason_id,
        name=row.name,
        name_en=row.name_en,
        position=row.position,
        active=row.active,
    )
