"""Fixtures of all kinds of tests. What needs no database asks for none and starts none.

What fixtures need is imported when the first test asks for one: most processes of a run, and every
one that only gives out tests, never do.
"""

from __future__ import annotations

import asyncio
import gc
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx
    from sqlalchemy.ext.asyncio import AsyncEngine

    from database import Database, DatabaseServer
    from kwabo.adapters.memory.floor_client import MemoryFloorClient
    from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
    from kwabo.services.catalogue import Services
    from world import Application, Both, SteppedClock

gc.disable()  # what is imported until the first test stays: looking through it finds nothing

_FASTEST = "/dev/shm" if Path("/dev/shm").is_dir() else None
SEEDED = "seeded"  # the database with the two organisations, from which tests are copied


def pytest_collection_finish() -> None:
    """Collect garbage from here on, but of what the tests themselves make."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session")
async def database_server() -> AsyncIterator[DatabaseServer]:
    """The run's private PostgreSQL, in memory where the machine has such a folder."""
    from database import DatabaseServer

    with tempfile.TemporaryDirectory(dir=_FASTEST) as folder:
        server = await asyncio.to_thread(DatabaseServer, Path(folder) / "postgres")
        try:
            await server.prepare()
            yield server
        finally:
            await server.stop()


@pytest.fixture(scope="session")
async def both(database_server: DatabaseServer) -> Both:
    """The ids of organisations A and B, which every test's database holds."""
    from kwabo.adapters.postgres.engine import create_engine
    from world import SteppedClock, make_both, services_on

    database = await database_server.copy("kwabo", SEEDED)
    engine = create_engine(database.app_url)
    try:
        return await make_both(services_on(engine, SteppedClock()))
    finally:
        await engine.dispose()


@pytest.fixture
async def empty_database(database_server: DatabaseServer) -> AsyncIterator[Database]:
    """A migrated database without any organisation."""
    async with database_server.database() as database:
        yield database


@pytest.fixture
async def database(
    database_server: DatabaseServer, both: Both, request: pytest.FixtureRequest
) -> AsyncIterator[Database]:
    """A database of this test alone, with organisations A and B.

    Whatever the test did: afterwards the counts that are kept must be those of the rows, but where
    retention has removed calls, whose totals stay, or calls were forged (`untallied`).
    """
    import tallies

    async with database_server.database(SEEDED) as database:
        yield database
        if request.node.get_closest_marker("untallied"):
            return
        async with database_server.superuser(database.name) as connection:
            await tallies.must_hold(connection)


@pytest.fixture
async def engine(database: Database) -> AsyncIterator[AsyncEngine]:
    """Connections as the role kwabo_app."""
    from kwabo.adapters.postgres.engine import create_engine

    engine = create_engine(database.app_url, application_name="kwabo-test")
    try:
        yield engine
    finally:
        await engine.dispose()


@pytest.fixture
def unit_of_work(engine: AsyncEngine) -> PostgresUnitOfWork:
    """Transactions on this test's database."""
    from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork

    return PostgresUnitOfWork(engine)


@pytest.fixture
def clock() -> SteppedClock:
    """Time that passes only when the test says so."""
    from world import SteppedClock

    return SteppedClock()


@pytest.fixture
def floor() -> MemoryFloorClient:
    """Where commands to a floor go: nowhere, until the test attaches a handler."""
    from kwabo.adapters.memory.floor_client import MemoryFloorClient

    return MemoryFloorClient()


@pytest.fixture
def services(engine: AsyncEngine, clock: SteppedClock, floor: MemoryFloorClient) -> Services:
    """Every service on this test's database."""
    from world import services_on

    return services_on(engine, clock, floor)


@pytest.fixture
async def application(
    services: Services, clock: SteppedClock, both: Both
) -> AsyncIterator[Application]:
    """The HTTP application on this test's database."""
    from world import Application

    async with Application(services, clock, both).running() as application:
        yield application


@pytest.fixture
async def anonymous(application: Application) -> httpx.AsyncClient:
    """A browser that is not signed in."""
    return await application.anonymous()


@pytest.fixture
async def admin(application: Application) -> httpx.AsyncClient:
    """Organisation A's administrator, signed in."""
    return await application.signed_in("a.admin")


@pytest.fixture
async def supervisor(application: Application) -> httpx.AsyncClient:
    """Organisation A's supervisor, signed in."""
    return await application.signed_in("a.supervisor")


@pytest.fixture
async def agent(application: Application) -> httpx.AsyncClient:
    """Organisation A's first agent, signed in."""
    return await application.signed_in("a.agent")


@pytest.fixture
async def other_admin(application: Application) -> httpx.AsyncClient:
    """Organisation B's administrator, signed in."""
    return await application.signed_in("b.admin")
