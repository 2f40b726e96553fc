"""API tokens: shown once, for some permissions, for a time, until revoked."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from database import Database, DatabaseServer
from world import Application

TOKENS = "/api/v1/api-tokens"


def _new(*scopes: str, days: int = 30) -> dict[str, Any]:
    return {"name": "Facturation", "scopes": list(scopes), "expires_in_days": days}


async def test_the_secret_is_shown_once_and_kept_nowhere(
    admin: httpx.AsyncClient, database: Database, database_server: DatabaseServer
) -> None:
    body = _new("users.read")
    headers = {"Idempotency-Key": "k1"}
    made = (await admin.post(TOKENS, json=body, headers=headers)).json()
    assert made["token"].startswith("kwb_")
    listed = await admin.get(TOKENS)
    assert [token["name"] for token in listed.json()["items"]] == ["Facturation"]
    assert made["token"] not in listed.text
    async with database_server.superuser(database.name) as connection:
        tables = await connection.fetch(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        for table in tables:
            rows = await connection.fetch(f'SELECT t::text AS row FROM "{table["tablename"]}" t')
            assert all(made["token"] not in row["row"] for row in rows), table["tablename"]


async def test_a_token_may_do_what_its_scopes_say_and_no_more(application: Application) -> None:
    client = await application.with_token("a.admin", "users.read")
    assert (await client.get("/api/v1/users")).status_code == 200
    refused = await client.get("/api/v1/audit")
    assert refused.status_code == 403
    assert refused.json()["error"]["details"]["permissions"] == ["audit.read"]


async def test_a_token_never_has_more_than_its_owner_has_now(
    application: Application, admin: httpx.AsyncClient
) -> None:
    body = {
        "login": "second",
        "display_name": "Second",
        "role": "administrator",
        "password": "correct horse second",
    }
    user = (await admin.post("/api/v1/users", json=body)).json()
    client = await application.with_token("second", "audit.read", "users.read")
    assert (await client.get("/api/v1/audit")).status_code == 200
    await admin.patch(
        f"/api/v1/users/{user['user_id']}",
        json={"version": user["version"], "role": "supervisor"},
    )
    assert (await client.get("/api/v1/audit")).status_code == 403
    assert (await client.get("/api/v1/users")).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (_new(), 422, "SCOPES_EMPTY"),
        (_new("users.fly"), 403, "SCOPES_BEYOND_OWN"),
        (_new("users.read", days=0), 422, "EXPIRY_OUT_OF_RANGE"),
        (_new("users.read", days=366), 422, "EXPIRY_OUT_OF_RANGE"),
    ],
)
async def test_a_token_that_would_be_too_much_is_refused(
    admin: httpx.AsyncClient, body: dict[str, Any], status: int, code: str
) -> None:
    answer = await admin.post(TOKENS, json=body)
    assert answer.status_code == status
    assert answer.json()["error"]["code"] == code


async def test_a_token_expires(application: Application) -> None:
    client = await application.with_token("a.admin", "users.read")
    application.clock.advance(days=29, hours=23)
    assert (await client.get("/api/v1/users")).status_code == 200
    application.clock.advance(hours=1)
    assert (await client.get("/api/v1/users")).status_code == 401


async def test_a_revoked_token_is_worth_nothing(
    application: Application, admin: httpx.AsyncClient
) -> None:
    client = await application.with_token("a.admin", "users.read")
    await client.get("/api/v1/users")
    (token,) = (await admin.get(TOKENS)).json()["items"]
    assert token["last_used_at"] is not None
    path = f"{TOKENS}/{token['api_token_id']}"
    assert (await admin.delete(path)).status_code == 204
    assert (await client.get("/api/v1/users")).status_code == 401
    first = (await admin.get(TOKENS)).json()["items"][0]["revoked_at"]
    application.clock.advance(hours=1)
    assert (await admin.delete(path)).status_code == 204
    assert (await admin.get(TOKENS)).json()["items"][0]["revoked_at"] == first


async def test_a_token_makes_no_tokens_and_changes_no_password(application: Application) -> None:
    client = await application.with_token("a.admin")
    for answer in (
        await client.post(TOKENS, json=_new("users.read")),
        await client.patch("/api/v1/session/user", json={"language": "en"}),
    ):
        assert answer.status_code == 403
        assert answer.json()["error"]["code"] == "SESSION_NEEDED"


async def test_ones_tokens_are_ones_own_but_for_those_who_edit_users(
    application: Application, admin: httpx.AsyncClient
) -> None:
    users = (await admin.get("/api/v1/users", params={"search": "a.supervisor"})).json()["items"]
    await admin.patch(
        f"/api/v1/users/{users[0]['user_id']}",
        json={"version": users[0]["version"], "permissions": ["tokens.write"]},
    )
    supervisor = await application.signed_in("a.supervisor")
    mine = (await supervisor.post(TOKENS, json=_new("users.read"))).json()
    theirs = (await admin.post(TOKENS, json=_new("users.read"))).json()
    listed = (await supervisor.get(TOKENS)).json()["items"]
    assert [token["api_token_id"] for token in listed] == [mine["api_token_id"]]
    assert len((await admin.get(TOKENS)).json()["items"]) == 2
    refused = await supervisor.delete(f"{TOKENS}/{theirs['api_token_id']}")
    assert refused.status_code == 404
    assert (await admin.delete(f"{TOKENS}/{mine['api_token_id']}")).status_code == 204
