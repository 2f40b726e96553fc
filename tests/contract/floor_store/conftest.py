"""Each store in turn."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest

from contract.floor_store.bench import Bench
from contract.floor_store.memory_bench import MemoryBench
from contract.floor_store.postgres_bench import PostgresBench
from database import Database
from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.floor import PostgresFloorStore
from kwabo.adapters.postgres.notifications import Notifications


@pytest.fixture
def memory_bench() -> Bench:
    """The store in memory."""
    return MemoryBench()


@pytest.fixture
async def postgres_bench(database: Database) -> AsyncIterator[Bench]:
    """The store on a database of this test's own."""
    engine = create_engine(database.app_url, application_name="contract")
    connection = await asyncpg.connect(database.owner_url.replace("+asyncpg", ""))
    try:
        store = PostgresFloorStore(engine, Notifications(database.app_url))
        bench = PostgresBench(store, connection, database)
        await bench.prepare()
        yield bench
    finally:
        await connection.close()
        await engine.dispose()


@pytest.fixture(params=["memory", "postgres"])
def bench(request: pytest.FixtureRequest) -> Bench:
    """The store under test with its surroundings."""
    found: Bench = request.getfixturevalue(f"{request.param}_bench")
    return found
