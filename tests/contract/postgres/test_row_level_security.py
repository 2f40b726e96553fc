"""Row-level security on the real server: another organisation's rows are not there."""

from __future__ import annotations

from uuid import UUID, uuid4

import asyncpg
import pytest
from sqlalchemy import text

from database import Database, DatabaseServer
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.ports.users import User
from world import Both

WITHOUT_ORGANISATION = {"schema_version", "login_failures"}  # hold nothing of an organisation


@pytest.fixture
async def owner(database: Database, database_server: DatabaseServer) -> asyncpg.Connection:
    async with database_server.superuser(database.name) as connection:
        yield connection


async def _tables(connection: asyncpg.Connection) -> list[asyncpg.Record]:
    rows: list[asyncpg.Record] = await connection.fetch("""
        SELECT c.relname AS name, c.relrowsecurity AS secured,
               EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid
                       AND a.attname = 'organisation_id' AND NOT a.attisdropped
                       AND a.attnotnull) AS has_organisation,
               (SELECT array_agg(p.polname || ' ' || p.polcmd::text || ' '
                                 || pg_get_expr(p.polqual, p.polrelid) || ' / '
                                 || pg_get_expr(p.polwithcheck, p.polrelid))
                FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        ORDER BY 1
    """)
    return rows


async def test_every_table_has_an_organisation_and_the_one_policy(
    owner: asyncpg.Connection,
) -> None:
    policies = set()
    for table in await _tables(owner):
        if table["name"] in WITHOUT_ORGANISATION:
            assert not table["has_organisation"]
            continue
        assert table["has_organisation"], f"{table['name']} has no organisation_id NOT NULL"
        assert table["secured"], f"{table['name']} has no row-level security"
        policies.add(tuple(table["policies"] or ()))
    assert len(policies) == 1, "policies differ between tables"
    (policy,) = policies.pop()
    using, check = policy.removeprefix("organisation * ").split(" / ")
    assert using == check
    assert "organisation_id = " in using
    assert " OR " not in using


async def test_views_and_functions_open_no_way_around(owner: asyncpg.Connection) -> None:
    """Both can run as their owner, to whom the policies do not apply: only those few may."""
    views = await owner.fetch("""
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
          AND relkind IN ('v', 'm')
          AND NOT coalesce(reloptions @> ARRAY['security_invoker=true'], false)
    """)
    assert views == []
    definers = await owner.fetch("""
        SELECT proname, proconfig FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prosecdef ORDER BY 1
    """)
    assert {row["proname"] for row in definers} == {
        "all_floors",
        "contacts_with_numbers",
        "due_import_schedules",
        "due_recycle_plans",
        "due_timetables",
        "due_webhooks",
        "find_api_token",
        "find_login",
        "find_organisation",
        "find_session",
        "erase_flows",
        "erase_kept",
        "forget_rows",
        "open_column_changes",
        "organisations_with_messages",
        "outdated_orders",
        "waiting_imports",
        "waiting_what_ifs",
        "unfilled_orders",
        "wanted_list_health",
    }
    for row in definers:
        assert "search_path=public, pg_temp" in row["proconfig"], row["proname"]


async def _visible(connection: asyncpg.Connection, tables: list[str]) -> dict[str, int]:
    return {
        table: count
        for table in tables
        if (count := await connection.fetchval(f'SELECT count(*) FROM "{table}"'))
    }


async def test_the_application_sees_only_the_organisation_it_names(
    database: Database, owner: asyncpg.Connection, both: Both
) -> None:
    tables = [
        table["name"] for table in await _tables(owner) if table["name"] not in WITHOUT_ORGANISATION
    ]
    assert await _visible(owner, tables), "the test needs rows"
    app = await asyncpg.connect(database.app_url)
    try:
        assert await _visible(app, tables) == {}, "without an organisation"
        for unknown in ("", str(uuid4())):
            await _name(app, unknown)
            assert await _visible(app, tables) == {}
        await _name(app, str(both.a.organisation_id))
        for table in await _visible(app, tables):
            found = await app.fetch(f'SELECT DISTINCT organisation_id FROM "{table}"')
            assert [row["organisation_id"] for row in found] == [both.a.organisation_id], table
    finally:
        await app.close()


async def _name(connection: asyncpg.Connection, organisation_id: str) -> None:
    await connection.execute(
        "SELECT set_config('kwabo.organisation_id', $1, false)", organisation_id
    )


async def test_the_application_cannot_touch_or_plant_rows_of_another(
    database: Database, both: Both
) -> None:
    app = await asyncpg.connect(database.app_url)
    try:
        await _name(app, str(both.b.organisation_id))
        assert await app.execute("UPDATE queues SET name = 'x'") == "UPDATE 1"
        touched = await app.execute(
            "UPDATE queues SET name = 'x' WHERE queue_id = $1", both.a.queue_id
        )
        assert touched == "UPDATE 0"
        for statement in (
            "INSERT INTO queues VALUES ($1, $2, 'planted', now())",
            "UPDATE queues SET organisation_id = $2, queue_id = $1",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await app.execute(statement, uuid4(), both.a.organisation_id)
    finally:
        await app.close()


async def test_the_role_of_the_application_is_an_ordinary_one(
    database: Database, database_server: DatabaseServer
) -> None:
    async with database_server.superuser(database.name) as connection:
        role = await connection.fetchrow("SELECT * FROM pg_roles WHERE rolname = 'kwabo_app'")
        owned = await connection.fetchval(
            "SELECT count(*) FROM pg_class WHERE relowner = 'kwabo_app'::regrole"
        )
    assert role is not None
    for right in ("rolsuper", "rolbypassrls", "rolcreaterole", "rolcreatedb", "rolreplication"):
        assert not role[right], right
    assert owned == 0


async def test_the_organisation_is_forgotten_when_a_connection_goes_back_to_the_pool(
    unit_of_work: PostgresUnitOfWork, both: Both
) -> None:
    async with unit_of_work.begin(both.a.organisation_id) as stores:
        assert await stores.organisations.get() is not None
    async with unit_of_work.begin_outside() as stores:
        assert await stores.organisations.get() is None
        assert list(await stores.users.find(search=None, after_login=None, limit=10)) == []


async def test_an_exception_keeps_nothing(unit_of_work: PostgresUnitOfWork, both: Both) -> None:
    user_id: UUID = both.a.user_ids["a.agent"]

    async def name() -> str:
        async with unit_of_work.begin(both.a.organisation_id) as stores:
            user = await stores.users.get(user_id)
            assert isinstance(user, User)
            return user.display_name

    before = await name()

    async def fail_halfway() -> None:
        async with unit_of_work.begin(both.a.organisation_id) as stores:
            await stores.users._connection.execute(text("UPDATE users SET display_name = 'gone'"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_halfway()
    assert await name() == before
