"""A command asked twice with one key is done once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx

from database import Database, DatabaseServer
from kwabo.services.idempotency import ANSWER_WITHIN
from world import Application

USERS = "/api/v1/users"
KEY = {"Idempotency-Key": "import-2026-11-23"}


def _new(login: str = "awa") -> dict[str, Any]:
    return {"login": login, "display_name": "Awa", "role": "agent", "password": "long enough 1"}


async def test_asked_twice_it_is_done_once_and_answered_the_same(
    admin: httpx.AsyncClient,
) -> None:
    first = await admin.post(USERS, json=_new(), headers=KEY)
    second = await admin.post(USERS, json=_new(), headers=KEY)
    assert first.status_code == second.status_code == 201
    assert second.json() == first.json()
    assert second.headers["idempotency-replayed"] == "true"
    without_key = await admin.post(USERS, json=_new())
    assert without_key.status_code == 409


async def test_a_refusal_is_repeated_too(admin: httpx.AsyncClient) -> None:
    first = await admin.post(USERS, json=_new("with space"), headers=KEY)
    second = await admin.post(USERS, json=_new("with space"), headers=KEY)
    assert first.status_code == second.status_code == 422
    assert first.json() == second.json()


async def test_another_body_with_the_same_key_is_refused(admin: httpx.AsyncClient) -> None:
    await admin.post(USERS, json=_new(), headers=KEY)
    answer = await admin.post(USERS, json=_new("other"), headers=KEY)
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "IDEMPOTENCY_KEY_REUSED"


async def test_a_burst_with_one_key_is_done_once(admin: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(admin.post(USERS, json=_new(), headers=KEY) for _ in range(8)))
    made = {answer.json()["user_id"] for answer in answers if answer.status_code == 201}
    assert len(made) == 1
    waiting = [answer.json()["error"]["code"] for answer in answers if answer.status_code != 201]
    assert set(waiting) <= {"IDEMPOTENCY_IN_PROGRESS"}


async def test_keys_belong_to_an_organisation(
    admin: httpx.AsyncClient, other_admin: httpx.AsyncClient
) -> None:
    first = await admin.post(USERS, json=_new(), headers=KEY)
    second = await other_admin.post(USERS, json=_new("other"), headers=KEY)
    assert first.status_code == second.status_code == 201


async def test_what_was_cut_off_is_not_done_again(
    application: Application,
    admin: httpx.AsyncClient,
    database: Database,
    database_server: DatabaseServer,
) -> None:
    """A process died after it took the key: nobody knows what it had done."""
    await admin.post(USERS, json=_new(), headers=KEY)
    async with database_server.superuser(database.name) as connection:
        await connection.execute("UPDATE idempotency_keys SET status = 0, answer = NULL")
    busy = await admin.post(USERS, json=_new(), headers=KEY)
    assert busy.json()["error"]["code"] == "IDEMPOTENCY_IN_PROGRESS"
    application.clock.advance(seconds=(ANSWER_WITHIN + timedelta(seconds=1)).total_seconds())
    unknown = await admin.post(USERS, json=_new(), headers=KEY)
    assert unknown.status_code == 409
    assert unknown.json()["error"]["code"] == "IDEMPOTENCY_UNKNOWN"


async def test_a_refusal_for_lack_of_rights_does_not_use_the_key_up(
    admin: httpx.AsyncClient, agent: httpx.AsyncClient
) -> None:
    assert (await agent.post(USERS, json=_new(), headers=KEY)).status_code == 403
    agent_user = (await admin.get(USERS, params={"search": "a.agent"})).json()["items"][0]
    granted = {"version": 1, "permissions": ["users.write"]}
    await admin.patch(f"{USERS}/{agent_user['user_id']}", json=granted)
    assert (await agent.post(USERS, json=_new(), headers=KEY)).status_code == 201


async def test_a_key_that_is_too_long_is_refused(admin: httpx.AsyncClient) -> None:
    answer = await admin.post(USERS, json=_new(), headers={"Idempotency-Key": "k" * 201})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "IDEMPOTENCY_KEY_LENGTH"


async def test_without_a_session_a_key_is_nothing(anonymous: httpx.AsyncClient) -> None:
    assert (await anonymous.post(USERS, json=_new(), headers=KEY)).status_code == 401
