"""One body of tests over the databases of others: PostgreSQL and MariaDB, both real."""

from __future__ import annotations

import asyncio
import json
import socket
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from database import DatabaseServer
from kwabo.adapters.outgoing.databases import DatabaseClient
from kwabo.adapters.system import SystemClock
from kwabo.domain.data_actions.asking import question_of, read_answer
from kwabo.domain.data_actions.settings import SQL, DataActionSettings, Output, objections
from kwabo.ports.outgoing import Sent
from mariadb_server import MISSING, READER, READER_PASSWORD, MariadbServer, program

HOSTILE = (
    "'; DROP TABLE subscribers; --", "x' OR '1'='1", '" OR ""="', "\\' OR 1=1 #", "a\\", "ɖɔ̀ ✓ 🙂",
    "", "%s", "$1", "?", "/*!", "x\ny",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A database with an account that reads, and the way to change it as its owner."""

    settings: DataActionSettings
    password: str
    client: DatabaseClient
    run: Callable[..., Awaitable[None]]
    sleep: str  # a statement that takes this long

    async def ask(self, statement: str, secret: str | None = None, **changes: Any) -> Sent:
        values = changes.pop("values", {})
        settings = replace(self.settings, statement=statement, **changes)
        secret = self.password if secret is None else secret
        return await self.client.ask(question_of(settings, values, secret))  # type: ignore[arg-type]

    async def rows(self, statement: str, **changes: Any) -> Sequence[dict[str, Any]]:
        sent = await self.ask(statement, **changes)
        assert (sent.failure, sent.status) == ("", 200), sent.body
        return list(json.loads(sent.body)["rows"])


TABLES = (
    "CREATE TABLE subscribers (number varchar(20) PRIMARY KEY, balance numeric(12,2), name text, "
    "since date, seen timestamp NULL, ratio double precision, active boolean, id integer)",
    "INSERT INTO subscribers VALUES ('0197000001', 12500.00, 'Afi ɖɔ̀', '2024-02-29', "
    "'2026-11-26 18:30:00', 0.5, true, 1), ('0197000002', 0.50, NULL, NULL, NULL, 2, false, 2)",
    "INSERT INTO subscribers (number, id) SELECT number, id FROM (SELECT 'a' AS number, 3 AS id "
    "UNION SELECT 'b', 4 UNION SELECT 'c', 5) AS more",
)


@pytest.fixture(scope="module")
def mariadb() -> Iterator[MariadbServer]:
    if program() is None:
        pytest.skip(MISSING)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        server = MariadbServer(Path(folder) / "mariadb")
        try:
            server.prepare()
            server.run(*TABLES, database="operator")
            yield server
        finally:
            server.stop()


@pytest.fixture(params=["postgresql", "mysql"])
async def bench(
    request: pytest.FixtureRequest, database_server: DatabaseServer
) -> AsyncIterator[Bench]:
    client = DatabaseClient(SystemClock(), private_allowed=True)
    if request.param == "mysql":
        server: MariadbServer = request.getfixturevalue("mariadb")

        async def run_mariadb(*statements: str) -> None:
            await asyncio.to_thread(server.run, *statements, database="operator")

        yield Bench(
            settings=_settings("mysql", server.port, "operator", READER),
            password=READER_PASSWORD,
            client=client,
            run=run_mariadb,
            sleep="SELECT SLEEP(20) AS s FROM subscribers",
        )
        await client.close()
        return
    name = f"reader_{uuid4().hex[:8]}"
    async with database_server.database() as database:
        parts = urlsplit(database.app_url)

        async def run_postgres(*statements: str) -> None:
            async with database_server.superuser(database.name) as connection:
                for statement in statements:
                    await connection.execute(statement)

        await run_postgres(
            "CREATE SCHEMA operator",
            *(one.replace(" subscribers", " operator.subscribers") for one in TABLES),
            f"CREATE ROLE {name} LOGIN PASSWORD 'it''s \\ \"secret\"'",
            f"GRANT USAGE ON SCHEMA operator TO {name}",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA operator TO {name}",
            f"ALTER ROLE {name} SET search_path = operator",
        )
        yield Bench(
            settings=_settings("postgresql", parts.port or 0, parts.path[1:], name),
            password=READER_PASSWORD,
            client=client,
            run=run_postgres,
            sleep="SELECT pg_sleep(20)",
        )
        await client.close()
        await run_postgres(f"DROP OWNED BY {name}", f"DROP ROLE {name}")


def _settings(engine: str, port: int, database: str, user: str) -> DataActionSettings:
    return DataActionSettings(
        kind=SQL, engine=engine, host="127.0.0.1", port=port, database=database, user=user,
        encrypted=False, timeout_seconds=5, most_rows=3, at_once=2,
    )  # fmt: skip


async def test_it_reads_a_row_and_says_values_as_flows_do(bench: Bench) -> None:
    statement = "SELECT * FROM subscribers WHERE number = {number}"
    settings = replace(
        bench.settings,
        statement=statement,
        outputs=(
            Output(name="balance", path="balance"),
            Output(name="name", path="rows[0].name"),
            Output(name="since", path="since"),
            Output(name="count", path="count"),
        ),
    )
    assert objections(settings) == []
    sent = await bench.ask(statement, values={"number": "0197000001"})
    reading = read_answer(settings, 200, sent.body)
    assert reading.outputs == {
        "balance": "12500", "name": "Afi ɖɔ̀", "since": "2024-02-29", "count": "1",
    }  # fmt: skip
    row = json.loads(sent.body)["rows"][0]
    assert row["seen"].startswith("2026-11-26T18:30")
    assert row["ratio"] == "0.5"
    nobody = await bench.ask(statement, values={"number": "0190000000"})
    assert read_answer(settings, 200, nobody.body).outputs == {}
    assert read_answer(settings, 200, nobody.body).failure == ""


@pytest.mark.parametrize("value", HOSTILE)
async def test_a_value_is_a_value_whatever_it_holds(bench: Bench, value: str) -> None:
    found = await bench.rows(
        "SELECT CAST({contact.x} AS char(200)) AS x, number FROM subscribers "
        "WHERE number = {number} OR number = {contact.x}",
        values={"contact.x": value, "number": "0197000001"},
    )
    assert [one["number"] for one in found] == ["0197000001"]
    assert found[0]["x"].rstrip() == value.rstrip()
    number = "CAST({number} AS integer)" if bench.settings.engine == "postgresql" else "{number}"
    assert await bench.rows(
        f"SELECT id FROM subscribers WHERE id = {number}", values={"number": "2"}
    ) == [{"id": 2}]


async def test_no_more_rows_than_asked_for(bench: Bench) -> None:
    for statement in (
        "SELECT number FROM subscribers ORDER BY id",
        "SELECT number FROM subscribers ORDER BY id LIMIT 5",
    ):
        sent = await bench.ask(statement)
        told = json.loads(sent.body)
        assert [one["number"] for one in told["rows"]] == ["0197000001", "0197000002", "a"]
        assert (told["count"], told["more"]) == (3, True)
    told = json.loads((await bench.ask("SELECT id FROM subscribers", most_rows=5)).body)
    assert (told["count"], told["more"]) == (5, False)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM subscribers",
        "UPDATE subscribers SET balance = 0",
        "SELECT 1; DELETE FROM subscribers",
        "COMMIT; DELETE FROM subscribers",
        "CREATE TABLE more (x integer)",
    ],
)
async def test_nothing_can_be_written_even_by_an_account_that_may(
    bench: Bench, statement: str
) -> None:
    # Past the check of the settings, and with every right.
    if bench.settings.engine == "mysql":
        await bench.run(f"GRANT ALL ON operator.* TO {READER}@'%'")
    else:
        user = bench.settings.user
        await bench.run(
            f"GRANT ALL ON ALL TABLES IN SCHEMA operator TO {user}",
            f"GRANT ALL ON SCHEMA operator TO {user}",
        )
    try:
        sent = await bench.ask(statement)
        assert sent.failure == "STATEMENT_REFUSED", sent
        assert sent.body
        assert await bench.rows("SELECT count(*) AS n FROM subscribers") == [{"n": 5}]
        assert await bench.rows("SELECT count(*) AS n FROM subscribers WHERE balance > 1") == [
            {"n": 1}
        ]
    finally:
        if bench.settings.engine == "mysql":
            await bench.run(
                f"REVOKE ALL ON operator.* FROM {READER}@'%'",
                f"GRANT SELECT ON operator.* TO {READER}@'%'",
            )


async def test_a_slow_statement_ends_and_the_next_one_is_answered(bench: Bench) -> None:
    sent = await bench.ask(bench.sleep, timeout_seconds=1)
    assert sent.failure == "TOO_SLOW"
    assert sent.seconds < 4
    assert await bench.rows("SELECT id FROM subscribers WHERE id = 1") == [{"id": 1}]


async def test_more_questions_than_connections_wait_for_their_turn(bench: Bench) -> None:
    asked = [bench.rows("SELECT id FROM subscribers WHERE id = 1") for _ in range(12)]
    assert await asyncio.gather(*asked) == [[{"id": 1}]] * 12


async def test_what_is_refused_has_a_name(bench: Bench) -> None:
    wrong = await bench.ask("SELECT 1 AS one", secret="wrong")
    assert wrong.failure == "LOGIN_REFUSED"
    absent = await bench.ask("SELECT 1 AS one", database="nowhere")
    assert absent.failure == "LOGIN_REFUSED"
    table = await bench.ask("SELECT * FROM nothing")
    assert table.failure == "STATEMENT_REFUSED"
    assert b"nothing" in table.body
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        away = await bench.ask("SELECT 1 AS one", port=closed.getsockname()[1])
    assert away.failure == "UNREACHABLE"
    unknown = await bench.ask("SELECT 1 AS one", host="no-such-host.invalid")
    assert unknown.failure == "ADDRESS_UNKNOWN"
    long = await bench.ask("SELECT repeat('x', 70000) AS x")
    assert long.failure == "ANSWER_TOO_LONG"


async def test_a_connection_that_the_server_dropped_is_replaced(bench: Bench) -> None:
    assert await bench.rows("SELECT 1 AS one") == [{"one": 1}]
    if bench.settings.engine == "postgresql":
        await bench.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE usename = '{bench.settings.user}'"
        )
    else:
        mine = await bench.rows("SELECT CONNECTION_ID() AS id")
        await bench.run(f"KILL {mine[0]['id']}")
    assert await bench.rows("SELECT 1 AS one") == [{"one": 1}]


async def test_private_addresses_and_plain_connections_need_the_operators_leave(
    bench: Bench,
) -> None:
    strict = DatabaseClient(SystemClock(), private_allowed=False)
    for changes in ({"encrypted": True}, {"encrypted": False}, {"host": "localhost"}):
        settings = replace(bench.settings, statement="SELECT 1 AS one", **changes)
        question = question_of(settings, {}, bench.password)
        sent = await strict.ask(question)  # type: ignore[arg-type]
        assert sent.failure == "ADDRESS_REFUSED", changes
    await strict.close()
