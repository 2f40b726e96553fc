"""The pool of connections."""

from __future__ import annotations

import asyncio

from sqlalchemy import text

from database import Database, DatabaseServer
from kwabo.adapters.postgres.engine import create_engine


async def test_a_connection_that_the_server_has_closed_is_not_used_again(
    database: Database, database_server: DatabaseServer
) -> None:
    engine = create_engine(database.app_url)
    try:
        async with engine.connect() as connection:
            pid = await connection.scalar(text("SELECT pg_backend_pid()"))
            raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        async with database_server.superuser() as superuser:
            assert await superuser.fetchval("SELECT pg_terminate_backend($1)", pid)
        async with asyncio.timeout(10):
            while not raw.is_closed():
                await asyncio.sleep(0.01)
        async with engine.connect() as connection:
            assert await connection.scalar(text("SELECT pg_backend_pid()")) != pid
    finally:
        await engine.dispose()
