"""Commands to floors, as rows that the owner of the floor takes in order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

COMMANDS_CHANNEL = "kwabo_commands"  # payload: floor id
ANSWERS_CHANNEL = "kwabo_answers"  # payload: command id

_ADD = text(
    """
    WITH added AS (
        INSERT INTO floor_commands
            (command_id, floor_id, organisation_id, user_id, kind, payload, created_at)
        SELECT :command_id, floor_id, organisation_id, :user_id, :kind, CAST(:payload AS jsonb), :at
        FROM floors ORDER BY floor_id LIMIT 1
        RETURNING floor_id
    )
    SELECT pg_notify(:channel, floor_id::text) FROM added
    """
)


class PostgresFloorCommandStore:
    """The commands of the transaction's organisation."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self,
        command_id: UUID,
        kind: str,
        payload: Mapping[str, Any],
        *,
        user_id: UUID | None,
        at: datetime,
    ) -> None:
        """Give the organisation's floor a command; its owner hears of it at the commit."""
        await add_command(self._connection, command_id, kind, payload, user_id=user_id, at=at)


async def add_command(
    connection: AsyncConnection,
    command_id: UUID,
    kind: str,
    payload: Mapping[str, Any],
    *,
    user_id: UUID | None,
    at: datetime,
) -> bool:
    """Write a command; False when the organisation has no floor."""
    rows = await connection.execute(
        _ADD,
        {
            "command_id": command_id,
            "user_id": user_id,
            "kind": kind,
            "payload": dict(payload),
            "at": at,
            "channel": COMMANDS_CHANNEL,
        },
    )
    return rows.first() is not None
