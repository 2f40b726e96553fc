"""Sequences on PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.ports.sequences import CampaignSequence

_FIELDS = tuple(field.name for field in fields(CampaignSequence))
_SELECT = f"SELECT {', '.join(_FIELDS)} FROM campaign_sequences"
_VALUES = ", ".join(
    "CAST(:campaign_ids AS uuid[])" if name == "campaign_ids" else f":{name}" for name in _FIELDS
)
_GET = text(f"{_SELECT} WHERE sequence_id = :sequence_id")
_LOCKED = text(f"{_SELECT} WHERE sequence_id = :sequence_id FOR UPDATE")
_ALL = text(f"{_SELECT} ORDER BY name, sequence_id")
_WITH = text(f"{_SELECT} WHERE :campaign_id = ANY (campaign_ids) ORDER BY name, sequence_id")
_DUE = text(f"{_SELECT} WHERE due_at <= :now ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED")
_ADD = text(f"""
    INSERT INTO campaign_sequences (organisation_id, {", ".join(_FIELDS)})
    VALUES (current_organisation(), {_VALUES})
""")
_PUT = text(f"""
    UPDATE campaign_sequences SET ({", ".join(_FIELDS)}) = ROW ({_VALUES})
    WHERE sequence_id = :sequence_id
""")
_DELETE = text("DELETE FROM campaign_sequences WHERE sequence_id = :sequence_id")
_TAKEN = text("""
    SELECT NOT EXISTS (SELECT FROM floor_commands WHERE command_id = :command_id
                       AND handled_at IS NULL AND withdrawn_at IS NULL)
""")
_STATES = text("""
    SELECT campaign_id, state FROM campaigns
    WHERE campaign_id = ANY (CAST(:campaign_ids AS uuid[]))
""")


class PostgresSequenceStore:
    """See `kwabo.ports.sequences.SequenceStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, sequence: CampaignSequence) -> None:
        with unique_name("sequence", sequence.name):
            await self._connection.execute(_ADD, _values(sequence))

    async def get(self, sequence_id: UUID) -> CampaignSequence | None:
        return await self._one(_GET, sequence_id=sequence_id)

    async def get_for_change(self, sequence_id: UUID) -> CampaignSequence | None:
        return await self._one(_LOCKED, sequence_id=sequence_id)

    async def all(self) -> Sequence[CampaignSequence]:
        return [_sequence(row) for row in await self._connection.execute(_ALL)]

    async def put(self, sequence: CampaignSequence) -> None:
        with unique_name("sequence", sequence.name):
            await self._connection.execute(_PUT, _values(sequence))

    async def delete(self, sequence_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"sequence_id": sequence_id})

    async def with_campaign(self, campaign_id: UUID) -> Sequence[CampaignSequence]:
        rows = await self._connection.execute(_WITH, {"campaign_id": campaign_id})
        return [_sequence(row) for row in rows]

    async def take_due(self, now: datetime) -> CampaignSequence | None:
        return await self._one(_DUE, now=now)

    async def command_taken(self, command_id: UUID) -> bool:
        return bool(await self._connection.scalar(_TAKEN, {"command_id": command_id}))

    async def campaign_states(self, campaign_ids: Sequence[UUID]) -> Mapping[UUID, str]:
        rows = await self._connection.execute(_STATES, {"campaign_ids": list(campaign_ids)})
        return {row.campaign_id: row.state for row in rows}

    async def _one(self, statement: Any, **values: Any) -> CampaignSequence | None:
        row = (await self._connection.execute(statement, values)).first()
        return None if row is None else _sequence(row)


def _values(sequence: CampaignSequence) -> dict[str, Any]:
    values = {name: getattr(sequence, name) for name in _FIELDS}
    return values | {"campaign_ids": list(sequence.campaign_ids), "state": str(sequence.state)}


def _sequence(row: Any) -> CampaignSequence:
    values = {name: getattr(row, name) for name in _FIELDS}
    return CampaignSequence(**values | {"campaign_ids": tuple(row.campaign_ids)})
