"""The schema's version: bringing it up to date, and refusing to work on the wrong one.

A migration runs as the owner of the database, in one transaction, alone (advisory lock), and gives
up when a table's lock is not free in time, so that it never stops the work of others for long.

What the versions are is read from their files, so that a program that finds its schema as it should
be does not load Alembic.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from kwabo.adapters.postgres.engine import create_engine

APP_ROLE: Final = "kwabo_app"
_LOCK: Final = 0x6B7761626F  # any number, the same in every Kwabo
_LINKS: Final = re.compile(r"^(revision|down_revision) = (\S+)$", re.MULTILINE)
_MIGRATIONS: Final = Path(__file__).parent / "migrations"


class SchemaError(Exception):
    """The database cannot be used as it is. `code` is stable; the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@functools.cache
def newest_version() -> str:
    """The version that this program needs."""
    return known_versions()[-1]


@functools.cache
def known_versions() -> tuple[str, ...]:
    """The versions of the schema in the order of their migrations, the oldest first."""
    after: dict[str | None, str] = {}
    for file in (_MIGRATIONS / "versions").glob("[0-9]*_*.py"):
        said = dict(_LINKS.findall(file.read_text(encoding="utf-8")))
        before = said["down_revision"]
        after[None if before == "None" else before.strip('"')] = said["revision"].strip('"')
    versions: list[str] = []
    while (following := after.get(versions[-1] if versions else None)) is not None:
        versions.append(following)
    return tuple(versions)


async def migrate(owner_url: str, *, lock_timeout_seconds: float = 5.0) -> tuple[str | None, str]:
    """Bring the schema up to date; returns the versions before and after.

    Raises SchemaError: SCHEMA_TOO_NEW, SCHEMA_BUSY (locks not free in time, nothing was changed),
    APP_ROLE_MISSING, DATABASE_UNREACHABLE.
    """
    engine = create_engine(
        owner_url,
        application_name="kwabo-migrate",
        pooled=False,
        statement_timeout_seconds=0,
        lock_timeout_seconds=lock_timeout_seconds,
    )
    try:
        async with engine.begin() as connection:
            return await _migrate(connection)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") == "55P03":
            raise SchemaError(
                "SCHEMA_BUSY",
                "The database's tables are in use and could not be locked within "
                f"{lock_timeout_seconds:g} s; nothing was changed. Run `kwabo migrate` again at a "
                "quieter moment, or stop the processes that use the database first.",
            ) from error
        raise
    except OSError as error:
        raise _unreachable(engine, "KWABO_DATABASE_OWNER_URL") from error
    finally:
        await engine.dispose()


def _unreachable(engine: AsyncEngine, setting: str) -> SchemaError:
    return SchemaError(
        "DATABASE_UNREACHABLE",
        f"No database answers at {engine.url.host}:{engine.url.port}. Start PostgreSQL, or mend "
        f"{setting}.",
    )


async def check_schema(engine: AsyncEngine) -> None:
    """Raise SchemaError unless this program may work on the database as the engine's user.

    Codes: SCHEMA_TOO_OLD, SCHEMA_TOO_NEW, ROLE_TOO_POWERFUL (row-level security would not apply),
    DATABASE_UNREACHABLE.
    """
    try:
        await _check_schema(engine)
    except OSError as error:
        raise _unreachable(engine, "KWABO_DATABASE_URL") from error


async def _check_schema(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        version = await current_version(connection)
        _refuse_too_new(version)
        if version != newest_version():
            raise SchemaError(
                "SCHEMA_TOO_OLD",
                f"The database's schema is {_named(version)}, this program needs version "
                f"{newest_version()}. Bring it up to date with `kwabo migrate`, then start again.",
            )
        powerful = await connection.scalar(text("SELECT row_security_active('users') IS NOT TRUE"))
        if powerful:
            user = await connection.scalar(text("SELECT current_user"))
            raise SchemaError(
                "ROLE_TOO_POWERFUL",
                f"The program is connected as {user!r}, to whom row-level security does not apply. "
                f"Use the role {APP_ROLE} in KWABO_DATABASE_URL; the owner's URL belongs in "
                "KWABO_DATABASE_OWNER_URL.",
            )


async def current_version(connection: AsyncConnection) -> str | None:
    """The version of the schema, or None when the database is empty."""
    exists = await connection.scalar(
        text("SELECT to_regclass('public.schema_version') IS NOT NULL")
    )
    if not exists:
        return None
    version: str | None = await connection.scalar(text("SELECT version_num FROM schema_version"))
    return version


async def _migrate(connection: AsyncConnection) -> tuple[str | None, str]:
    await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    before = await current_version(connection)
    _refuse_too_new(before)
    if before == newest_version():
        return before, before
    role = await connection.scalar(
        text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": APP_ROLE}
    )
    if role is None:
        raise SchemaError(
            "APP_ROLE_MISSING",
            f"The server has no role {APP_ROLE}, as which the program works. Create it as a "
            f"superuser: CREATE ROLE {APP_ROLE} LOGIN PASSWORD '…' NOSUPERUSER NOBYPASSRLS; "
            "then run `kwabo migrate` again.",
        )
    await connection.run_sync(_upgrade)
    await connection.execute(text(f"REVOKE ALL ON schema_version FROM {APP_ROLE}"))
    await connection.execute(text(f"GRANT SELECT ON schema_version TO {APP_ROLE}"))
    return before, newest_version()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _refuse_too_new(version: str | None) -> None:
    if version is not None and version not in known_versions():
        raise SchemaError(
            "SCHEMA_TOO_NEW",
            f"The database's schema is version {version}, made by a newer Kwabo; this program "
            f"knows versions up to {newest_version()}. Start the newer program, or restore a "
            "backup from before the upgrade. Nothing was changed.",
        )


def _named(version: str | None) -> str:
    return "empty" if version is None else f"version {version}"
