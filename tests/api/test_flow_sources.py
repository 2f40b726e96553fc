"""What flows ask of data actions: databases and HTTP, fresh answers, the circuit breaker."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import pytest

from campaign_world import V1, made
from data_server import DataServer
from database import Database, DatabaseServer
from kwabo.adapters.identity.secret_files import FolderSecrets
from kwabo.adapters.outgoing.databases import DatabaseClient
from kwabo.adapters.outgoing.http import HttpClient
from kwabo.adapters.outgoing.questions import Questions
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.services.flow_sources import FlowSources
from world import SECRETS, Both, SteppedClock

STATEMENT = "SELECT balance, segment FROM operator.subscribers WHERE number = {number}"


@pytest.fixture
async def sources(
    unit_of_work: PostgresUnitOfWork, clock: SteppedClock
) -> AsyncIterator[FlowSources]:
    client = Questions(
        HttpClient(clock, private_allowed=True), DatabaseClient(clock, private_allowed=True)
    )
    secrets = FolderSecrets(SECRETS)
    yield FlowSources(unit_of_work, client=client, secret_files=secrets, clock=clock)
    await client.close()


@pytest.fixture
async def subscribers(
    database_server: DatabaseServer, database: Database
) -> AsyncIterator[dict[str, Any]]:
    """Settings of a data action that reads from an operator's table."""
    parts = urlsplit(database.app_url)
    async with database_server.superuser(database.name) as connection:
        await connection.execute("""
            CREATE SCHEMA operator;
            CREATE TABLE operator.subscribers (number text, balance integer, segment text);
            INSERT INTO operator.subscribers VALUES ('+2290197000001', 1250, 'or');
            GRANT USAGE ON SCHEMA operator TO kwabo_app;
            GRANT SELECT ON operator.subscribers TO kwabo_app;
        """)
    (SECRETS / "a").mkdir(parents=True, exist_ok=True)
    (SECRETS / "a" / "operator").write_text(f"{parts.password}\n")
    yield {
        "kind": "sql",
        "engine": "postgresql",
        "host": "127.0.0.1",
        "port": parts.port,
        "database": database.name,
        "user": "kwabo_app",
        "encrypted": False,
        "statement": STATEMENT,
        "secret_name": "operator",
        "outputs": [{"name": "balance", "path": "balance"}, {"name": "tier", "path": "segment"}],
        "timeout_seconds": 2,
    }
    async with database_server.superuser(database.name) as connection:
        await connection.execute("DROP SCHEMA operator CASCADE")


async def test_a_database_is_tried_kept_and_asked(
    admin: httpx.AsyncClient,
    both: Both,
    sources: FlowSources,
    subscribers: dict[str, Any],
) -> None:
    body = {"settings": subscribers, "values": {"number": "+2290197000001"}}
    tried = (await admin.post(f"{V1}/data-actions/try", json=body)).json()
    assert (tried["failure"], tried["outputs"]) == ("", {"balance": "1250", "tier": "or"})
    assert tried["url"].startswith("postgresql://kwabo_app@127.0.0.1:")
    assert "($1::text)" in tried["body"]
    body["settings"] = subscribers | {"statement": "SELECT nothing FROM operator.subscribers"}
    wrong = (await admin.post(f"{V1}/data-actions/try", json=body)).json()
    assert wrong["failure"] == "STATEMENT_REFUSED"
    assert "nothing" in wrong["answer"]
    assert wrong["message"]

    refused = await admin.post(
        f"{V1}/data-actions",
        json={"name": "X", "settings": subscribers | {"statement": "DELETE FROM t", "host": ""}},
    )
    fields = refused.json()["error"]["details"]["fields"]
    assert {(one["field"], one["code"]) for one in fields} == {
        ("statement", "DATA_ACTION_STATEMENT"),
        ("host", "DATA_ACTION_HOST"),
    }

    action = await made(admin, "/data-actions", {"name": "Compte", "settings": subscribers})
    assert (action["settings"]["kind"], action["placeholders"]) == ("sql", ["number"])
    source = UUID(action["data_action_id"])
    known = await sources.ask(both.a.organisation_id, source, {"number": "+2290197000001"}, 5)
    assert (known.failure, known.outputs) == ("", {"balance": "1250", "tier": "or"})
    nobody = await sources.ask(both.a.organisation_id, source, {"number": "+2290197000002"}, 5)
    assert (nobody.failure, nobody.outputs) == ("", {})
    foreign = await sources.ask(both.b.organisation_id, source, {"number": "+2290197000001"}, 5)
    assert foreign.failure == "NO_SOURCE"
    path = f"{V1}/data-actions/{source}"
    assert (await admin.get(path)).json()["last_answer_at"] is not None


async def test_an_answer_is_heard_again_while_it_is_fresh_and_not_longer(
    admin: httpx.AsyncClient,
    both: Both,
    sources: FlowSources,
    clock: SteppedClock,
    subscribers: dict[str, Any],
    database_server: DatabaseServer,
    database: Database,
) -> None:
    settings = subscribers | {"call_cache_seconds": 30}
    action = await made(admin, "/data-actions", {"name": "Compte", "settings": settings})

    async def balance() -> str:
        found = await sources.ask(
            both.a.organisation_id,
            UUID(action["data_action_id"]),
            {"number": "+2290197000001"},
            5,
        )
        assert found.failure == ""
        return found.outputs["balance"]

    assert await balance() == "1250"
    async with database_server.superuser(database.name) as connection:
        await connection.execute("UPDATE operator.subscribers SET balance = 250")
    clock.advance(seconds=29)
    assert await balance() == "1250"
    clock.advance(seconds=1)
    assert await balance() == "250"


async def test_one_that_does_not_answer_is_left_alone_and_then_tried(
    admin: httpx.AsyncClient, both: Both, sources: FlowSources, clock: SteppedClock
) -> None:
    async with DataServer(answer={"status": "open"}).running() as server:
        settings = {
            "url": f"{server.url}/{{number}}",
            "outputs": [{"name": "status", "path": "status"}],
            "breaker_failures": 2,
            "breaker_seconds": 60,
            "call_cache_seconds": 0,
            "timeout_seconds": 10,
        }
        action = await made(admin, "/data-actions", {"name": "CRM", "settings": settings})

        async def ask(seconds: float = 5) -> str:
            found = await sources.ask(
                both.a.organisation_id, UUID(action["data_action_id"]), {"number": "1"}, seconds
            )
            return found.failure or found.outputs.get("status", "")

        assert await ask() == "open"
        server.answer = {"status": None}
        assert await ask() == "", "an answer that knows nothing is no failure"
        server.answer = {"status": "open"}
        server.mode = "text"
        assert await ask() == "ANSWER_UNREADABLE"
        server.mode = "slow"
        assert await ask(0.2) == "SLOW"
        server.mode = "error"
        assert await ask() == "HTTP_STATUS"
        asked = len(server.received)
        assert await ask() == "CIRCUIT_OPEN"
        assert len(server.received) == asked
        shown = (await admin.get(f"{V1}/data-actions/{action['data_action_id']}")).json()
        assert shown["open_until"] is not None
        clock.advance(seconds=61)
        server.mode = "answer"
        assert await ask() == "open"
        assert await ask() == "open"
