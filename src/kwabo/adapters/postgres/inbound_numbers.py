"""Numbers on which the organisation is called, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.kernel.errors import Conflict
from kwabo.ports.inbound_numbers import InboundNumber

_SELECT = """
    SELECT inbound_number_id, number, label, flow_id, campaign_id, active, version, created_at,
        updated_at
    FROM inbound_numbers
"""
_ALL = text(f"{_SELECT} ORDER BY number")
_GET = text(f"{_SELECT} WHERE inbound_number_id = :inbound_number_id")
_ADD = text("""
    INSERT INTO inbound_numbers (inbound_number_id, organisation_id, number, label, flow_id,
        campaign_id, active, version, created_at, updated_at)
    VALUES (:inbound_number_id, current_organisation(), :number, :label, :flow_id, :campaign_id,
        :active, :version, :created_at, :updated_at)
""")
_CHANGE = text("""
    UPDATE inbound_numbers SET number = :number, label = :label, flow_id = :flow_id,
        campaign_id = :campaign_id, active = :active, version = :version, updated_at = :updated_at
    WHERE inbound_number_id = :inbound_number_id
""")
_DELETE = text("DELETE FROM inbound_numbers WHERE inbound_number_id = :inbound_number_id")
_PUBLISHED = text("SELECT published_version IS NOT NULL FROM flows WHERE flow_id = :flow_id")


class PostgresInboundNumberStore:
    """See `kwabo.ports.inbound_numbers.InboundNumberStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> Sequence[InboundNumber]:
        return [_number(row) for row in await self._connection.execute(_ALL)]

    async def get(self, inbound_number_id: UUID) -> InboundNumber | None:
        values = {"inbound_number_id": inbound_number_id}
        row = (await self._connection.execute(_GET, values)).first()
        return None if row is None else _number(row)

    async def add(self, number: InboundNumber) -> None:
        with _taken(number.number):
            await self._connection.execute(_ADD, asdict(number))

    async def change(self, number: InboundNumber) -> None:
        with _taken(number.number):
            await self._connection.execute(_CHANGE, asdict(number))

    async def delete(self, inbound_number_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"inbound_number_id": inbound_number_id})

    async def flow_published(self, flow_id: UUID) -> bool | None:
        found: bool | None = await self._connection.scalar(_PUBLISHED, {"flow_id": flow_id})
        return found


@contextmanager
def _taken(number: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if "inbound_numbers_organisation_id_number_key" not in str(error):
            raise
        raise Conflict(
            "INBOUND_NUMBER_TAKEN",
            f"The number {number} is there already. Change that one, or give another number.",
            field="number",
        ) from error


def _number(row: Any) -> InboundNumber:
    return InboundNumber(**row._mapping)
