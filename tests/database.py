"""A migrated database for tests: made once for a run, copied afresh for each test that asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import asyncpg
from sqlalchemy import make_url

from kwabo.adapters.postgres.migrate import migrate
from kwabo.adapters.postgres.private_server import PostgresAccess, PrivatePostgres

TEMPLATE = "kwabo"  # the private server's own database, migrated and then only copied


@dataclass(frozen=True, kw_only=True)
class Database:
    """One database on the test server."""

    name: str
    owner_url: str
    app_url: str


class TestServer:
    """A private PostgreSQL for tests, without the wait for the disk."""

    __test__ = False

    def __init__(self, folder: Path) -> None:
        self._server = PrivatePostgres(folder)
        self.access: PostgresAccess | None = None

    def start(self) -> None:
        """Start the server and migrate the template."""
        self.access = self._server.start()
        asyncio.run(self._prepare())

    def stop(self) -> None:
        self._server.stop()

    @asynccontextmanager
    async def database(self, *, migrated: bool = True) -> AsyncIterator[Database]:
        """A database of its own, dropped afterwards."""
        name = f"test_{uuid4().hex}"
        template = TEMPLATE if migrated else "template0"
        async with self.superuser() as connection:
            await connection.execute(f"CREATE DATABASE {name} OWNER kwabo TEMPLATE {template}")
            await connection.execute(f"GRANT CONNECT, TEMPORARY ON DATABASE {name} TO kwabo_app")
        try:
            yield Database(
                name=name,
                owner_url=self._url(self._access.owner_url, name),
                app_url=self._url(self._access.app_url, name),
            )
        finally:
            async with self.superuser() as connection:
                await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    @asynccontextmanager
    async def superuser(self, database: str = "postgres") -> AsyncIterator[asyncpg.Connection]:
        """A superuser's connection."""
        connection = await asyncpg.connect(self._url(self._access.superuser_url, database))
        try:
            yield connection
        finally:
            await connection.close()

    @property
    def _access(self) -> PostgresAccess:
        assert self.access is not None
        return self.access

    async def _prepare(self) -> None:
        async with self.superuser() as connection:
            await connection.execute("ALTER SYSTEM SET fsync = off")
            await connection.execute("ALTER SYSTEM SET synchronous_commit = off")
            await connection.execute("ALTER SYSTEM SET full_page_writes = off")
            await connection.execute("SELECT pg_reload_conf()")
        await migrate(self._access.owner_url)

    @staticmethod
    def _url(url: str, database: str) -> str:
        return make_url(url).set(database=database).render_as_string(hide_password=False)
