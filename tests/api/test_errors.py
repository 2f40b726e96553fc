"""What a request that cannot be served is told, in its language, and nothing it should not know."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from fastapi import APIRouter

from database import Database, DatabaseServer
from kwabo.api.transport import MAX_BODY_BYTES
from world import Application, password_of


async def test_wrong_fields_are_named_without_repeating_what_was_sent(
    admin: httpx.AsyncClient,
) -> None:
    body = {"login": "x", "password": ["my secret"], "surname": "y"}
    answer = await admin.post("/api/v1/users", json=body)
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["code"] == "INVALID"
    codes = {field["field"]: field["code"] for field in error["details"]["fields"]}
    assert codes["display_name"] == "MISSING"
    assert codes["surname"] == "EXTRA_FORBIDDEN"
    assert "password" in codes
    assert "my secret" not in answer.text


@pytest.mark.parametrize(
    ("language", "needed", "long"),
    [
        ("fr", "Ce champ est nécessaire.", "Donnez au plus 200 caractère(s)."),
        ("en", "This field is needed.", "Give at most 200 character(s)."),
    ],
)
async def test_wrong_shapes_are_told_in_the_askers_language(
    admin: httpx.AsyncClient, language: str, needed: str, long: str
) -> None:
    body = {"login": "x" * 5000}
    answer = await admin.post("/api/v1/users", json=body, headers={"Accept-Language": language})
    fields = answer.json()["error"]["details"]["fields"]
    told = {field["field"]: field["message"] for field in fields}
    assert told["display_name"] == needed
    assert told["login"] == long


@pytest.mark.parametrize(
    ("header", "start"),
    [
        ("en", "The login"),
        ("fr-FR,fr;q=0.9,en;q=0.8", "L’identifiant"),
        ("de, en;q=0.5", "The login"),
        ("en;q=0.1, fr;q=0.9", "L’identifiant"),
        ("de", "L’identifiant"),
        ("", "L’identifiant"),
    ],
)
async def test_messages_are_in_the_askers_language(
    anonymous: httpx.AsyncClient, header: str, start: str
) -> None:
    answer = await anonymous.post(
        "/api/v1/session",
        json={"login": "x", "password": "y"},
        headers={"Accept-Language": header},
    )
    assert answer.json()["error"]["message"].startswith(start)


async def test_without_a_header_the_persons_language_counts(agent: httpx.AsyncClient) -> None:
    french = (await agent.get("/api/v1/users")).json()["error"]["message"]
    await agent.patch("/api/v1/session/user", json={"language": "en"})
    english = (await agent.get("/api/v1/users")).json()["error"]["message"]
    assert french.startswith("Vous n’avez pas")
    assert english.startswith("This needs the permission users.read")


async def test_an_address_that_does_not_exist(admin: httpx.AsyncClient) -> None:
    answer = await admin.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "NOT_FOUND"
    wrong_method = await admin.put("/api/v1/users")
    assert wrong_method.status_code == 405
    assert wrong_method.json()["error"]["code"] == "METHOD_NOT_ALLOWED"


async def test_an_unforeseen_failure_tells_a_reference_and_nothing_else(
    application: Application,
) -> None:
    router = APIRouter()

    @router.get("/api/v1/broken")
    async def broken() -> None:
        raise RuntimeError("the number +2290161000000 of Awa")

    application.app.router.routes[0:0] = router.routes
    answer = await (await application.anonymous()).get("/api/v1/broken")
    assert answer.status_code == 500
    error = answer.json()["error"]
    assert error["code"] == "INTERNAL"
    assert error["details"]["request_id"] == answer.headers["x-request-id"]
    assert "Awa" not in answer.text


async def test_a_text_that_cannot_be_kept_is_refused(anonymous: httpx.AsyncClient) -> None:
    answer = await anonymous.post(
        "/api/v1/session", json={"login": "a.agent\x00", "password": password_of("a.agent")}
    )
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "TEXT_INVALID"


@pytest.mark.parametrize("key", [{}, {"Idempotency-Key": "k"}])
async def test_a_body_without_end_is_not_read_to_its_end(
    admin: httpx.AsyncClient, key: dict[str, str]
) -> None:
    body = b'{"login": "' + b"x" * MAX_BODY_BYTES
    headers = {"Content-Type": "application/json"} | key
    answer = await admin.post("/api/v1/users", content=body, headers=headers)
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "BODY_TOO_LARGE"


async def test_a_statement_that_was_cut_off_is_said_to_be_worth_another_try(
    application: Application,
    admin: httpx.AsyncClient,
    database: Database,
    database_server: DatabaseServer,
) -> None:
    user = (await admin.get("/api/v1/users", params={"search": "a.agent2"})).json()["items"][0]
    async with database_server.superuser(database.name) as connection, connection.transaction():
        await connection.execute("SELECT 1 FROM users FOR UPDATE")
        request = asyncio.ensure_future(
            admin.patch(f"/api/v1/users/{user['user_id']}", json={"version": 1, "language": "en"})
        )
        while not await connection.fetchval(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'",
            database.name,
        ):
            await connection.execute("SELECT pg_stat_clear_snapshot()")
            await asyncio.sleep(0.01)
        await connection.fetch(
            "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = $1 "
            "AND wait_event_type = 'Lock'",
            database.name,
        )
        answer = await request
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "DATABASE_BUSY"


async def test_a_database_that_is_gone_is_said_and_comes_back(
    application: Application,
    admin: httpx.AsyncClient,
    database: Database,
    database_server: DatabaseServer,
) -> None:
    async with database_server.superuser() as connection:
        await connection.execute(f"ALTER DATABASE {database.name} ALLOW_CONNECTIONS false")
        await connection.fetch(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1",
            database.name,
        )
        answer = await admin.get("/api/v1/session")
        assert answer.status_code == 503
        assert answer.json()["error"]["code"] == "DATABASE_UNAVAILABLE"
        await connection.execute(f"ALTER DATABASE {database.name} ALLOW_CONNECTIONS true")
    assert (await admin.get("/api/v1/session")).status_code == 200
