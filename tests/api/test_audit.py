"""The audit log: every act that matters is in it, and nothing in it changes."""

from __future__ import annotations

from typing import Any

import asyncpg
import httpx
import pytest

from database import Database
from world import Application, Both, password_of


async def _entries(client: httpx.AsyncClient, **params: Any) -> list[dict[str, Any]]:
    answer = await client.get("/api/v1/audit", params=params)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_acts_are_told_with_actor_and_subject(
    application: Application, admin: httpx.AsyncClient
) -> None:
    body = {"login": "awa", "display_name": "Awa", "role": "agent", "password": "long enough 1"}
    user = (await admin.post("/api/v1/users", json=body)).json()
    await admin.patch(f"/api/v1/users/{user['user_id']}", json={"version": 1, "role": "supervisor"})
    await admin.patch(
        f"/api/v1/users/{user['user_id']}", json={"version": 2, "password": "long enough 2"}
    )
    changed_password, changed_role, created = await _entries(
        admin, subject_kind="user", subject_id=user["user_id"]
    )
    assert created["action"] == "user.created"
    assert created["actor"]["display_name"] == "Admin A"
    assert changed_role["details"] == {"role": ["agent", "supervisor"]}
    assert changed_password["details"] == {"password": "changed"}


async def test_signing_in_and_out_and_refusals_are_noted(
    application: Application, admin: httpx.AsyncClient
) -> None:
    client = await application.anonymous()
    await client.post("/api/v1/session", json={"login": "a.agent", "password": "wrong"})
    agent = await application.signed_in("a.agent")
    await agent.delete("/api/v1/session")
    user = (await admin.get("/api/v1/users", params={"search": "a.agent"})).json()["items"][0]
    actions = [
        (entry["action"], entry["actor"] is None)
        for entry in await _entries(admin, subject_id=user["user_id"])
    ]
    assert actions == [
        ("session.ended", False),
        ("session.started", False),
        ("session.refused", True),
    ]


async def test_tokens_are_noted_without_their_secrets(admin: httpx.AsyncClient) -> None:
    body = {"name": "x", "scopes": ["users.read"], "expires_in_days": 1}
    made = (await admin.post("/api/v1/api-tokens", json=body)).json()
    await admin.delete(f"/api/v1/api-tokens/{made['api_token_id']}")
    answer = await admin.get("/api/v1/audit", params={"subject_kind": "api_token"})
    assert [entry["action"] for entry in answer.json()["items"]] == [
        "api_token.revoked",
        "api_token.created",
    ]
    assert made["token"] not in answer.text


async def test_entries_are_found_by_actor_and_time_and_come_in_pages(
    application: Application, admin: httpx.AsyncClient
) -> None:
    began = application.clock.now()
    for _ in range(5):
        application.clock.advance(minutes=1)
        await application.signed_in("a.agent")
    everything = await _entries(admin)
    actor = everything[0]["actor"]["user_id"]
    assert len(await _entries(admin, actor_user_id=actor)) == 5
    span = {
        "from": f"{began.isoformat()[:19]}Z",
        "until": everything[0]["at"],
        "actor_user_id": actor,
    }
    assert len(await _entries(admin, **span)) == 4
    first = (await admin.get("/api/v1/audit", params={"limit": 4})).json()
    rest = await _entries(admin, limit=100, page_token=first["next_page_token"])
    assert first["items"] + rest == everything


async def test_only_those_who_may_read_it(
    supervisor: httpx.AsyncClient, other_admin: httpx.AsyncClient, both: Both
) -> None:
    assert (await supervisor.get("/api/v1/audit")).status_code == 403
    subjects = {entry["subject_id"] for entry in await _entries(other_admin)}
    assert str(both.a.organisation_id) not in subjects


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_log SET action = 'nothing'",
        "DELETE FROM audit_log",
        "TRUNCATE audit_log",
        "ALTER TABLE audit_log DISABLE ROW LEVEL SECURITY",
    ],
)
async def test_the_application_cannot_change_what_was_noted(
    database: Database, both: Both, statement: str
) -> None:
    connection = await asyncpg.connect(database.app_url)
    try:
        await connection.execute(
            "SELECT set_config('kwabo.organisation_id', $1, false)", str(both.a.organisation_id)
        )
        assert await connection.fetchval("SELECT count(*) FROM audit_log") > 0
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)
    finally:
        await connection.close()


async def test_a_refused_change_leaves_no_entry(admin: httpx.AsyncClient) -> None:
    before = await _entries(admin)
    body = {"login": "a.agent", "display_name": "X", "role": "agent", "password": "long enough 1"}
    assert (await admin.post("/api/v1/users", json=body)).status_code == 409
    assert await _entries(admin) == before
    assert password_of("a.agent") not in str(before)
