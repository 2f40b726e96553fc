"""Attempt limits on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.earlier_calls import limit_of, limits_of
from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.domain.compliance.attempt_limits import AttemptLimit
from kwabo.ports.attempt_limits import KeptLimit

_VALUES = (
    "name", "per", "scope", "most", "reset", "days", "hours", "reset_at", "time_zone", "counted",
    "channels",
)  # fmt: skip
_CASTS = {"channels": "text[]", "reset_at": "time"}


def _parameter(name: str) -> str:
    return f"CAST(:{name} AS {_CASTS[name]})" if name in _CASTS else f":{name}"


_SELECT = f"""
    SELECT attempt_limit_id, {", ".join(_VALUES)}, version, created_at, updated_at
    FROM attempt_limits
"""
_ALL = text(f"{_SELECT} ORDER BY scope DESC, name")
_LOCK = text(f"{_SELECT} WHERE attempt_limit_id = :attempt_limit_id FOR UPDATE")
_ADD = text(f"""
    INSERT INTO attempt_limits (attempt_limit_id, organisation_id, {", ".join(_VALUES)}, version,
                                created_at, updated_at)
    VALUES (:attempt_limit_id, current_organisation(), {", ".join(map(_parameter, _VALUES))},
            :version, :created_at, :updated_at)
""")
_CHANGE = text(f"""
    UPDATE attempt_limits SET {", ".join(f"{name} = {_parameter(name)}" for name in _VALUES)},
           version = version + 1, updated_at = :updated_at
    WHERE attempt_limit_id = :attempt_limit_id
""")
_DELETE = text("DELETE FROM attempt_limits WHERE attempt_limit_id = :attempt_limit_id")
_CAMPAIGNS = text("""
    SELECT name FROM campaigns WHERE :attempt_limit_id = ANY (attempt_limit_ids) ORDER BY name
""")


class PostgresAttemptLimitStore:
    """See `kwabo.ports.attempt_limits.AttemptLimitStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> Sequence[AttemptLimit]:
        return [kept.limit for kept in await self.find()]

    async def find(self) -> Sequence[KeptLimit]:
        return [_kept(row) for row in await self._connection.execute(_ALL)]

    async def get_for_change(self, attempt_limit_id: UUID) -> KeptLimit | None:
        values = {"attempt_limit_id": attempt_limit_id}
        row = (await self._connection.execute(_LOCK, values)).first()
        return None if row is None else _kept(row)

    async def of_campaign(self, campaign_id: UUID) -> Sequence[AttemptLimit]:
        return await limits_of(self._connection, campaign_id)

    async def add(self, kept: KeptLimit) -> None:
        with unique_name("attempt limit", kept.limit.name):
            values = _values(kept) | {"version": kept.version, "created_at": kept.created_at}
            await self._connection.execute(_ADD, values)

    async def change(self, kept: KeptLimit) -> None:
        with unique_name("attempt limit", kept.limit.name):
            await self._connection.execute(_CHANGE, _values(kept))

    async def delete(self, attempt_limit_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"attempt_limit_id": attempt_limit_id})

    async def campaigns_using(self, attempt_limit_id: UUID) -> Sequence[str]:
        rows = await self._connection.execute(_CAMPAIGNS, {"attempt_limit_id": attempt_limit_id})
        return [row.name for row in rows]


def _kept(row: Any) -> KeptLimit:
    return KeptLimit(
        limit=limit_of(row),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _values(kept: KeptLimit) -> dict[str, Any]:
    values = asdict(kept.limit) | {"channels": list(kept.limit.channels)}
    return values | {"updated_at": kept.updated_at}
