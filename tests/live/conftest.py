"""The application on a real port, real time, and a floor that writes events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import httpx
import pytest
import uvicorn
from sqlalchemy.ext.asyncio import AsyncEngine
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from database import Database, DatabaseServer
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.adapters.postgres.live import PostgresLiveStore
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.adapters.system import SystemClock
from kwabo.services.catalogue import Services
from kwabo.services.live import LiveService
from world import Application, Both, services_on


@dataclass
class Site:
    """A running application."""

    application: Application
    services: Services
    notifications: Notifications
    port: int = 0
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def cookie(self, login: str) -> str:
        """The session cookie of a user, signed in once."""
        if login not in self.cookies:
            client = await self.application.signed_in(login)
            self.cookies[login] = f"kwabo_session={client.cookies['kwabo_session']}"
        return self.cookies[login]

    @asynccontextmanager
    async def socket(
        self, login: str, path: str = "/api/v1/live", *, origin: str | None = "", sip: bool = False
    ) -> AsyncIterator[ClientConnection]:
        """A browser's WebSocket; `origin` '': Kwabo's own."""
        headers = {"Cookie": await self.cookie(login)}
        if origin is not None:
            headers["Origin"] = origin or f"http://{self.host}"
        async with connect(
            f"ws://{self.host}{path}",
            additional_headers=headers,
            subprotocols=[Subprotocol("sip")] if sip else None,
            proxy=None,
        ) as socket:
            yield socket

    async def http(self) -> httpx.AsyncClient:
        """A client that is not signed in."""
        return await self.application.anonymous(f"http://{self.host}")


@pytest.fixture
async def site(
    engine: AsyncEngine, database: Database, both: Both, floor: MemoryFloorClient
) -> AsyncIterator[Site]:
    """The application on a free port, with hints from the database."""
    clock = SystemClock()
    notifications = Notifications(database.app_url)
    await notifications.start()
    live = PostgresLiveStore(engine, notifications)
    services = replace(
        services_on(engine, clock, floor),  # type: ignore[arg-type]
        live=LiveService(live, clock),
    )
    async with Application(services, clock, both).running() as application:  # type: ignore[arg-type]
        site = Site(application, services, notifications)
        server = uvicorn.Server(
            uvicorn.Config(
                application.app,
                host="127.0.0.1",
                port=0,
                log_config=None,
                ws="websockets-sansio",
                timeout_graceful_shutdown=1,
            )
        )
        tasks = [asyncio.create_task(server.serve()), asyncio.create_task(services.live.run())]
        while not server.started:
            await asyncio.sleep(0.01)
        site.port = server.servers[0].sockets[0].getsockname()[1]
        try:
            yield site
        finally:
            server.should_exit = True
            await tasks[0]
            tasks[1].cancel()
            await asyncio.gather(tasks[1], return_exceptions=True)
            await notifications.close()


@dataclass
class EventWriter:
    """Writes events of an organisation's floor as its owner does."""

    server: DatabaseServer
    database: Database
    organisation_id: UUID
    floor_id: UUID

    async def write(
        self, *events: tuple[str, UUID, dict[str, Any]], hint: bool = True, gap: int = 0
    ) -> int:
        """Events as (entity, subject, view) in one transaction; the position of the last."""
        async with (
            self.server.superuser(self.database.name) as connection,
            connection.transaction(),
        ):
            position: int = await connection.fetchval(
                "UPDATE floors SET position = position + $2 WHERE floor_id = $1 RETURNING position",
                self.floor_id,
                len(events) + gap,
            )
            first = position - len(events) + 1
            for number, (entity, subject, view) in enumerate(events):
                await connection.execute(
                    "INSERT INTO events (floor_id, position, organisation_id, at, kind,"
                    " subject_id, data) VALUES ($1, $2, $3, clock_timestamp(), $4, $5, $6)",
                    self.floor_id,
                    first + number,
                    self.organisation_id,
                    f"{entity}.changed",
                    subject,
                    json.dumps({"entity": entity, "data": view}),
                )
            if hint:
                await connection.execute("SELECT pg_notify('kwabo_events', $1)", str(self.floor_id))
        return position


@pytest.fixture
def events_of_a(database: Database, database_server: DatabaseServer, both: Both) -> EventWriter:
    """Organisation A's floor."""
    return EventWriter(database_server, database, both.a.organisation_id, both.a.floor_id)


@pytest.fixture
def events_of_b(database: Database, database_server: DatabaseServer, both: Both) -> EventWriter:
    """Organisation B's floor."""
    return EventWriter(database_server, database, both.b.organisation_id, both.b.floor_id)
