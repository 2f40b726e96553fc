"""What runs out is removed, and only that; an operator can let somebody in again."""

from __future__ import annotations

import httpx
import pytest

from database import Database, DatabaseServer
from kwabo.kernel.errors import Invalid, NotFound
from world import Application


async def test_only_what_has_run_out_is_forgotten(
    application: Application, database: Database, database_server: DatabaseServer
) -> None:
    old = await application.signed_in("a.agent")
    body = {"login": "x", "display_name": "X", "role": "agent", "password": "long enough 1"}
    admin = await application.signed_in("a.admin")
    await admin.post("/api/v1/users", json=body, headers={"Idempotency-Key": "old"})
    await application.services.upkeep.forget_expired()
    assert (await old.get("/api/v1/session")).status_code == 200
    application.clock.advance(hours=49)
    admin = await application.signed_in("b.admin")
    body["login"] = "y"
    await admin.post("/api/v1/users", json=body, headers={"Idempotency-Key": "new"})
    forgotten = await application.services.upkeep.forget_expired()
    assert forgotten.sessions == 2
    assert forgotten.idempotency_keys == 1
    async with database_server.superuser(database.name) as connection:
        assert await connection.fetchval("SELECT count(*) FROM sessions") == 1
        assert await connection.fetchval("SELECT key FROM idempotency_keys") == "new"
    assert (await admin.get("/api/v1/session")).status_code == 200


async def test_an_operator_can_give_a_new_password(
    application: Application, agent: httpx.AsyncClient
) -> None:
    with pytest.raises(NotFound):
        await application.services.rescue.set_password("nobody", "long enough 1")
    with pytest.raises(Invalid):
        await application.services.rescue.set_password("a.agent", "short")
    assert (await agent.get("/api/v1/session")).status_code == 200
    await application.services.rescue.set_password("A.Agent", "a rescued password")
    assert (await agent.get("/api/v1/session")).status_code == 401
    client = await application.anonymous()
    credentials = {"login": "a.agent", "password": "a rescued password"}
    assert (await client.post("/api/v1/session", json=credentials)).status_code == 200
