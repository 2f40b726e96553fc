"""Callable time sets on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.callable_time_rules import rules_as_json, rules_of_json
from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.ports.callable_time_sets import NamedCallableTimeSet

_SELECT = """
    SELECT s.callable_time_set_id, s.name, s.rules, s.version, s.created_at, s.updated_at,
           (SELECT coalesce(array_agg(k.name ORDER BY k.name), '{}') FROM campaigns k
             WHERE k.callable_time_set_id = s.callable_time_set_id) AS campaigns
    FROM callable_time_sets s
"""
_GET = text(f"{_SELECT} WHERE s.callable_time_set_id = :callable_time_set_id")
_LOCK = text("""
    SELECT 1 FROM callable_time_sets WHERE callable_time_set_id = :callable_time_set_id FOR UPDATE
""")
_ALL = text(f"{_SELECT} ORDER BY s.name, s.callable_time_set_id")
_ADD = text("""
    INSERT INTO callable_time_sets (callable_time_set_id, organisation_id, name, rules, version,
                                    created_at, updated_at)
    VALUES (:callable_time_set_id, current_organisation(), :name, CAST(:rules AS jsonb), 1,
            :updated_at, :updated_at)
""")
_CHANGE = text("""
    UPDATE callable_time_sets SET name = :name, rules = CAST(:rules AS jsonb),
           version = version + 1, updated_at = :updated_at
    WHERE callable_time_set_id = :callable_time_set_id
""")
_DELETE = text("DELETE FROM callable_time_sets WHERE callable_time_set_id = :callable_time_set_id")
_CAMPAIGNS = text("""
    SELECT campaign_id FROM campaigns WHERE callable_time_set_id = :callable_time_set_id
    ORDER BY campaign_id
""")
_CAMPAIGNS_OF_LIST = text("""
    SELECT campaign_id FROM campaigns WHERE contact_list_id = :contact_list_id ORDER BY campaign_id
""")
_RECONSIDER = text("""
    UPDATE campaign_contacts SET state = 'open', next_attempt_at = :now
    WHERE campaign_id = ANY (CAST(:campaign_ids AS uuid[]))
      AND reason = ANY (CAST(:codes AS text[]))
      AND (state = 'finished' OR (state = 'open' AND next_attempt_at > :now))
""")


class PostgresCallableTimeSetStore:
    """See `kwabo.ports.callable_time_sets.CallableTimeSetStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, callable_time_set: NamedCallableTimeSet) -> None:
        with unique_name("callable time set", callable_time_set.name):
            await self._connection.execute(_ADD, _values(callable_time_set))

    async def get(self, callable_time_set_id: UUID) -> NamedCallableTimeSet | None:
        values = {"callable_time_set_id": callable_time_set_id}
        row = (await self._connection.execute(_GET, values)).first()
        return None if row is None else _named(row)

    async def get_for_change(self, callable_time_set_id: UUID) -> NamedCallableTimeSet | None:
        await self._connection.execute(_LOCK, {"callable_time_set_id": callable_time_set_id})
        return await self.get(callable_time_set_id)

    async def all(self) -> Sequence[NamedCallableTimeSet]:
        return [_named(row) for row in await self._connection.execute(_ALL)]

    async def change(self, callable_time_set: NamedCallableTimeSet) -> None:
        with unique_name("callable time set", callable_time_set.name):
            await self._connection.execute(_CHANGE, _values(callable_time_set))

    async def delete(self, callable_time_set_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"callable_time_set_id": callable_time_set_id})

    async def campaigns_of(self, callable_time_set_id: UUID) -> Sequence[UUID]:
        values = {"callable_time_set_id": callable_time_set_id}
        return [row.campaign_id for row in await self._connection.execute(_CAMPAIGNS, values)]

    async def campaigns_of_list(self, contact_list_id: UUID) -> Sequence[UUID]:
        rows = await self._connection.execute(
            _CAMPAIGNS_OF_LIST, {"contact_list_id": contact_list_id}
        )
        return [row.campaign_id for row in rows]

    async def reconsider(
        self, campaign_ids: Sequence[UUID], codes: Sequence[str], now: datetime
    ) -> int:
        done = await self._connection.execute(
            _RECONSIDER, {"campaign_ids": list(campaign_ids), "codes": list(codes), "now": now}
        )
        return int(done.rowcount)


def _values(callable_time_set: NamedCallableTimeSet) -> dict[str, Any]:
    return {
        "callable_time_set_id": callable_time_set.callable_time_set_id,
        "name": callable_time_set.name,
        "rules": rules_as_json(callable_time_set.rules),
        "updated_at": callable_time_set.updated_at,
    }


def _named(row: Any) -> NamedCallableTimeSet:
    return NamedCallableTimeSet(
        callable_time_set_id=row.callable_time_set_id,
        name=row.name,
        rules=rules_of_json(row.rules),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        campaigns=tuple(row.campaigns),
    )
