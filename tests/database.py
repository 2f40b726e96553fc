"""PostgreSQL for tests: one private server for a run, one database for each test that asks."""

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
from kwabo.adapters.postgres.private_server import PrivatePostgres

MIGRATED = "kwabo"  # the private server's own database: migrated, then only copied


@dataclass(frozen=True, kw_only=True)
class Database:
    """One database on the server."""

    name: str
    owner_url: str
    app_url: str


class DatabaseServer:
    """A private PostgreSQL that does not wait for the disk, and checks passwords cheaply."""

    def __init__(self, folder: Path) -> None:
        self._server = PrivatePostgres(folder)
        self._access = self._server.start()
        self._keeper: asyncpg.Connection | None = None  # makes and drops databases
        self._turn = asyncio.Lock()

    @property
    def superuser_url(self) -> str:
        """The superuser's, on the server's own database."""
        return self._access.superuser_url

    async def stop(self) -> None:
        """Stop the server."""
        if self._keeper is not None:
            await self._keeper.close()
        await asyncio.to_thread(self._server.stop)

    async def prepare(self) -> None:
        """Migrate the database from which others are copied."""
        async with self.superuser() as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                await connection.execute(f"ALTER SYSTEM SET {setting} = off")
            # A test opens several connections; 4,096 rounds for each are dearer than most tests.
            await connection.execute("SET scram_iterations = 1")
            for url in (self._access.superuser_url, self._access.owner_url, self._access.app_url):
                role = make_url(url)
                await connection.execute(f"ALTER ROLE {role.username} PASSWORD '{role.password}'")
            await connection.execute("SELECT pg_reload_conf()")
        self._keeper = await asyncpg.connect(self._access.superuser_url)
        await migrate(self._access.owner_url)

    async def copy(self, template: str, name: str) -> Database:
        """Make a database from another that nobody is connected to."""
        # As files: through the log, which is the default, costs more than twice as much.
        await self._keep(
            f"CREATE DATABASE {name} OWNER kwabo TEMPLATE {template} STRATEGY file_copy"
        )
        await self._keep(f"GRANT CONNECT, TEMPORARY ON DATABASE {name} TO kwabo_app")
        return Database(
            name=name,
            owner_url=_on(self._access.owner_url, name),
            app_url=_on(self._access.app_url, name),
        )

    @asynccontextmanager
    async def database(self, template: str = MIGRATED) -> AsyncIterator[Database]:
        """A copy that is dropped afterwards; `template0` is an empty one."""
        database = await self.copy(template, f"test_{uuid4().hex}")
        try:
            yield database
        finally:
            await self._keep(f"DROP DATABASE {database.name} WITH (FORCE)")

    async def _keep(self, statement: str) -> None:
        assert self._keeper is not None, "prepare() comes first"
        async with self._turn:
            await self._keeper.execute(statement)

    @asynccontextmanager
    async def superuser(self, database: str = "postgres") -> AsyncIterator[asyncpg.Connection]:
        """A connection for which row-level security does not exist."""
        connection = await asyncpg.connect(_on(self._access.superuser_url, database))
        try:
            yield connection
        finally:
            await connection.close()


def _on(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)
