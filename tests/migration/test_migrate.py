"""The schema's version: made, brought up to date, refused when it does not fit."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest
from sqlalchemy import make_url

from database import Database, DatabaseServer
from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.migrate import SchemaError, check_schema, migrate, newest_version


async def _check(url: str) -> str:
    """The code of the refusal, or '' when the program may start."""
    engine = create_engine(url, pooled=False)
    try:
        await check_schema(engine)
    except SchemaError as error:
        return error.code
    finally:
        await engine.dispose()
    return ""


async def test_an_empty_database_is_brought_to_the_newest_version_and_stays_there(
    database_server: DatabaseServer,
) -> None:
    async with database_server.database("template0") as database:
        assert await _check(database.app_url) == "SCHEMA_TOO_OLD"
        assert await migrate(database.owner_url) == (None, newest_version())
        assert await _check(database.app_url) == ""
        assert await migrate(database.owner_url) == (newest_version(), newest_version())


async def test_many_that_migrate_at_once_do_it_once(database_server: DatabaseServer) -> None:
    async with database_server.database("template0") as database:
        results = await asyncio.gather(
            *(migrate(database.owner_url, lock_timeout_seconds=60) for _ in range(4))
        )
        newest = newest_version()
        assert sorted(results, key=str) == sorted(
            [(None, newest)] + [(newest, newest)] * 3, key=str
        )


async def _set_version(database_server: DatabaseServer, name: str, version: str) -> None:
    async with database_server.superuser(name) as connection:
        await connection.execute("UPDATE schema_version SET version_num = $1", version)


async def test_a_schema_of_a_newer_program_is_left_alone(
    empty_database: Database, database_server: DatabaseServer
) -> None:
    await _set_version(database_server, empty_database.name, "9999")
    assert await _check(empty_database.app_url) == "SCHEMA_TOO_NEW"
    with pytest.raises(SchemaError, match="Start the newer program") as caught:
        await migrate(empty_database.owner_url)
    assert caught.value.code == "SCHEMA_TOO_NEW"
    async with database_server.superuser(empty_database.name) as connection:
        assert await connection.fetchval("SELECT version_num FROM schema_version") == "9999"


async def test_an_owner_or_superuser_may_not_be_who_the_program_works_as(
    empty_database: Database, database_server: DatabaseServer
) -> None:
    assert await _check(empty_database.owner_url) == "ROLE_TOO_POWERFUL"
    superuser = make_url(database_server.superuser_url).set(database=empty_database.name)
    assert await _check(superuser.render_as_string(False)) == "ROLE_TOO_POWERFUL"


async def test_a_server_without_the_role_is_told_how_to_make_it(
    database_server: DatabaseServer,
) -> None:
    async with database_server.database("template0") as database:
        async with database_server.superuser() as connection:
            await connection.execute("ALTER ROLE kwabo_app RENAME TO kwabo_app_hidden")
            try:
                with pytest.raises(SchemaError, match="CREATE ROLE kwabo_app") as caught:
                    await migrate(database.owner_url)
            finally:
                await connection.execute("ALTER ROLE kwabo_app_hidden RENAME TO kwabo_app")
        assert caught.value.code == "APP_ROLE_MISSING"


async def test_a_failed_migration_changes_nothing(database_server: DatabaseServer) -> None:
    async with database_server.database("template0") as database:
        async with database_server.superuser(database.name) as connection:
            await connection.execute("CREATE TABLE campaigns ()")
            with pytest.raises(Exception, match="campaigns"):
                await migrate(database.owner_url)
            tables = await connection.fetch(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            )
        assert [row["tablename"] for row in tables] == ["campaigns"]


async def test_a_table_in_use_is_waited_for_only_so_long(
    database_server: DatabaseServer,
) -> None:
    async with database_server.database("template0") as database:
        async with database_server.superuser(database.name) as other:
            await other.execute("SELECT pg_advisory_lock(0x6B7761626F)")
            with pytest.raises(SchemaError, match="kwabo migrate") as caught:
                await migrate(database.owner_url, lock_timeout_seconds=0.05)
        assert caught.value.code == "SCHEMA_BUSY"
        assert await migrate(database.owner_url) == (None, newest_version())


async def test_the_application_cannot_change_the_version(empty_database: Database) -> None:
    connection = await asyncpg.connect(empty_database.app_url)
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("UPDATE schema_version SET version_num = '9999'")
    finally:
        await connection.close()


async def test_a_database_that_does_not_answer_is_named() -> None:
    with pytest.raises(SchemaError) as refused:
        await migrate("postgresql://kwabo:secret@127.0.0.1:1/kwabo")
    assert refused.value.code == "DATABASE_UNREACHABLE"
    assert "127.0.0.1:1" in refused.value.message
    assert "secret" not in refused.value.message
