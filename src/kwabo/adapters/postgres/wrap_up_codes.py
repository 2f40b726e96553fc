"""Wrap-up codes on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.ports.wrap_up_codes import WrapUpCode

_SELECT = """
    SELECT wrap_up_code_id, name, name_en, flags, required_fields, position, active, created_at,
        mapped
    FROM wrap_up_codes
"""
_GET = text(f"{_SELECT} WHERE wrap_up_code_id = :wrap_up_code_id")
_ALL = text(f"{_SELECT} ORDER BY position, name")
_ADD = text("""
    INSERT INTO wrap_up_codes (wrap_up_code_id, organisation_id, name, name_en, flags,
                               required_fields, position, active, created_at, mapped)
    VALUES (:wrap_up_code_id, current_organisation(), :name, :name_en, CAST(:flags AS text[]),
            CAST(:required_fields AS text[]), :position, :active, :created_at, :mapped)
""")
_CHANGE = text("""
    UPDATE wrap_up_codes SET name = :name, name_en = :name_en, flags = CAST(:flags AS text[]),
        required_fields = CAST(:required_fields AS text[]), position = :position, active = :active,
        mapped = :mapped
    WHERE wrap_up_code_id = :wrap_up_code_id
""")


class PostgresWrapUpCodeStore:
    """See `kwabo.ports.wrap_up_codes.WrapUpCodeStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, code: WrapUpCode) -> None:
        with unique_name("wrap-up code", code.name):
            await self._connection.execute(_ADD, _values(code) | {"created_at": code.created_at})

    async def get(self, wrap_up_code_id: UUID) -> WrapUpCode | None:
        rows = await self._connection.execute(_GET, {"wrap_up_code_id": wrap_up_code_id})
        row = rows.first()
        return None if row is None else _code(row)

    async def all(self) -> Sequence[WrapUpCode]:
        return [_code(row) for row in await self._connection.execute(_ALL)]

    async def change(self, code: WrapUpCode) -> None:
        with unique_name("wrap-up code", code.name):
            await self._connection.execute(_CHANGE, _values(code))


def _values(code: WrapUpCode) -> dict[str, Any]:
    return {
        "wrap_up_code_id": code.wrap_up_code_id,
        "name": code.name,
        "name_en": code.name_en,
        "flags": list(code.flags),
        "required_fields": list(code.required_fields),
        "position": code.position,
        "active": code.active,
        "mapped": code.mapped,
    }


def _code(row: Any) -> WrapUpCode:
    return WrapUpCode(
        wrap_up_code_id=row.wrap_up_code_id,
        name=row.name,
        name_en=row.name_en,
        flags=tuple(row.flags),
        required_fields=tuple(row.required_fields),
        position=row.position,
        active=row.active,
        mapped=row.mapped,
        created_at=row.created_at,
    )
