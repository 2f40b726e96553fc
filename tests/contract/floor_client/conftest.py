"""A floor that answers commands, behind each adapter of the client."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from database import Database
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.adapters.postgres.floor_client import PostgresFloorClient
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.ports.floor_client import FloorClient
from world import Both

Answer = Callable[[UUID | None, str, dict[str, Any]], Awaitable[Mapping[str, Any]]]


class Floor(Protocol):
    """The other end: an owner that takes commands while it is `running`."""

    client: FloorClient
    organisation_id: UUID

    def running(self, answer: Answer) -> Any: ...


@dataclass
class MemoryFloor:
    """The owner in this process."""

    organisation_id: UUID
    client: MemoryFloorClient = field(default_factory=MemoryFloorClient)

    @asynccontextmanager
    async def running(self, answer: Answer) -> AsyncIterator[None]:
        self.client.attach(self.organisation_id, answer)
        try:
            yield
        finally:
            self.client.detach(self.organisation_id)


@dataclass
class PostgresFloor:
    """An owner on a connection of its own, as the real one: rows in order, answers on the row."""

    organisation_id: UUID
    client: PostgresFloorClient
    url: str
    hints: bool = True

    @asynccontextmanager
    async def running(self, answer: Answer) -> AsyncIterator[None]:
        connection = await asyncpg.connect(self.url)
        task = asyncio.create_task(self._run(connection, answer))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await connection.close()

    async def _run(self, connection: asyncpg.Connection, answer: Answer) -> None:
        while True:
            row = await connection.fetchrow(
                "SELECT command_id, user_id, kind, payload FROM floor_commands "
                "WHERE handled_at IS NULL AND withdrawn_at IS NULL AND organisation_id = $1 "
                "ORDER BY created_at, command_id LIMIT 1",
                self.organisation_id,
            )
            if row is None:
                await asyncio.sleep(0.005)
                continue
            said = await answer(row["user_id"], row["kind"], json.loads(row["payload"]))
            await connection.execute(
                "UPDATE floor_commands SET handled_at = clock_timestamp(), answer = $2 "
                "WHERE command_id = $1 AND withdrawn_at IS NULL",
                row["command_id"],
                json.dumps(dict(said)),
            )
            if self.hints:
                await connection.execute(
                    "SELECT pg_notify('kwabo_answers', $1)", str(row["command_id"])
                )


@pytest.fixture(params=["memory", "postgres", "postgres without hints"])
async def floor_end(
    request: pytest.FixtureRequest, both: Both, database: Database, engine: AsyncEngine
) -> AsyncIterator[MemoryFloor | PostgresFloor]:
    """The same floor behind each adapter, of organisation A."""
    organisation_id = both.a.organisation_id
    if request.param == "memory":
        yield MemoryFloor(organisation_id)
        return
    notifications = Notifications(database.app_url)
    hints = request.param == "postgres"
    if hints:
        await notifications.start()
    clock = SystemClock()
    client = PostgresFloorClient(
        engine, notifications, clock, TimeOrderedIds(clock, random.Random(1))
    )
    try:
        yield PostgresFloor(organisation_id, client, database.owner_url, hints)
    finally:
        await notifications.close()
