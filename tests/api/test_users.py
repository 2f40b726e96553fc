"""Users: who may add and change whom, and what that does to their sessions."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
import pytest

from world import Application, Both, password_of

USERS = "/api/v1/users"


def _new(**changes: Any) -> dict[str, Any]:
    body = {
        "login": "awa",
        "display_name": "Awa",
        "role": "agent",
        "password": "a long password",
    }
    return body | changes


async def _user(client: httpx.AsyncClient, login: str) -> dict[str, Any]:
    answer = await client.get(USERS, params={"search": login})
    return next(user for user in answer.json()["items"] if user["login"] == login)


async def _change(client: httpx.AsyncClient, login: str, **changes: Any) -> httpx.Response:
    user = await _user(client, login)
    return await client.patch(
        f"{USERS}/{user['user_id']}", json={"version": user["version"], **changes}
    )


async def test_a_new_user_can_sign_in(
    application: Application, admin: httpx.AsyncClient, both: Both
) -> None:
    body = _new(login="Awa@Exemple.bj", queue_ids=[str(both.a.queue_id)], language="en")
    answer = await admin.post(USERS, json=body)
    assert answer.status_code == 201, answer.text
    user = answer.json()
    assert user["login"] == "awa@exemple.bj"
    assert user["queue_ids"] == [str(both.a.queue_id)]
    assert user["created_at"].endswith("Z")
    assert "password" not in answer.text
    assert (await admin.get(f"{USERS}/{user['user_id']}")).json() == user
    client = await application.anonymous()
    credentials = {"login": "awa@exemple.bj", "password": "a long password"}
    assert (await client.post("/api/v1/session", json=credentials)).status_code == 200


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"password": "123456789"}, "PASSWORD_TOO_SHORT", "password"),
        ({"password": "Awa@Exemple.bj", "login": "awa@exemple.bj"}, "PASSWORD_IS_LOGIN", None),
        ({"role": "owner"}, "ROLE_UNKNOWN", "role"),
        ({"permissions": ["users.fly"]}, "PERMISSION_UNKNOWN", "permissions"),
        ({"login": "with space"}, "LOGIN_INVALID", "login"),
        ({"login": ""}, "LOGIN_INVALID", "login"),
        ({"display_name": " "}, "NAME_LENGTH", "display_name"),
        ({"language": "de"}, "LANGUAGE_UNKNOWN", "language"),
        ({"queue_ids": [str(uuid4())]}, "QUEUE_UNKNOWN", "queue_ids"),
    ],
)
async def test_what_is_wrong_with_a_new_user_is_said(
    admin: httpx.AsyncClient, changes: dict[str, Any], code: str, field: str | None
) -> None:
    answer = await admin.post(USERS, json=_new(**changes))
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["code"] == code
    assert error["field"] == (field or "password")


async def test_a_queue_of_another_organisation_does_not_exist(
    admin: httpx.AsyncClient, both: Both
) -> None:
    answer = await admin.post(USERS, json=_new(queue_ids=[str(both.b.queue_id)]))
    assert answer.json()["error"]["code"] == "QUEUE_UNKNOWN"


async def test_a_login_is_unique_over_all_organisations(
    admin: httpx.AsyncClient, other_admin: httpx.AsyncClient
) -> None:
    assert (await admin.post(USERS, json=_new())).status_code == 201
    answer = await other_admin.post(USERS, json=_new())
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "LOGIN_TAKEN"


async def test_users_come_in_pages_without_gaps(admin: httpx.AsyncClient) -> None:
    for number in range(5):
        await admin.post(USERS, json=_new(login=f"user{number}"))
    logins: list[str] = []
    token = None
    while True:
        params: dict[str, Any] = {"limit": 2} | ({"page_token": token} if token else {})
        page = (await admin.get(USERS, params=params)).json()
        assert page["total"] == 9
        logins += [user["login"] for user in page["items"]]
        token = page["next_page_token"]
        if token is None:
            break
    assert logins == sorted(logins)
    assert len(logins) == 9


@pytest.mark.parametrize("token", ["x", "WzFd", "bnVsbA", "é"])
async def test_a_made_up_page_token_is_refused(admin: httpx.AsyncClient, token: str) -> None:
    answer = await admin.get(USERS, params={"page_token": token})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "PAGE_TOKEN"


async def test_the_second_of_two_editors_is_told(admin: httpx.AsyncClient) -> None:
    user = await _user(admin, "a.agent")
    path = f"{USERS}/{user['user_id']}"
    first = await admin.patch(path, json={"version": user["version"], "display_name": "One"})
    assert first.json()["version"] == user["version"] + 1
    second = await admin.patch(path, json={"version": user["version"], "display_name": "Two"})
    assert second.status_code == 409
    assert second.json()["error"]["code"] == "STALE_VERSION"
    assert (await admin.get(path)).json()["display_name"] == "One"


async def test_a_deactivated_user_is_out_at_once(
    application: Application, admin: httpx.AsyncClient, agent: httpx.AsyncClient
) -> None:
    assert (await _change(admin, "a.agent", active=False)).status_code == 200
    assert (await agent.get("/api/v1/session")).status_code == 401
    client = await application.anonymous()
    credentials = {"login": "a.agent", "password": password_of("a.agent")}
    refused = await client.post("/api/v1/session", json=credentials)
    assert refused.json()["error"]["code"] == "WRONG_LOGIN"
    assert (await _change(admin, "a.agent", active=True)).status_code == 200
    assert (await agent.get("/api/v1/session")).status_code == 401, "the old session came back"


async def test_a_deactivated_users_api_token_is_worth_nothing(
    application: Application, admin: httpx.AsyncClient
) -> None:
    await _change(admin, "a.supervisor", permissions=["tokens.write"])
    client = await application.with_token("a.supervisor", "campaigns.read")
    assert (await client.get("/api/v1/session")).status_code == 200
    await _change(admin, "a.supervisor", active=False)
    assert (await client.get("/api/v1/session")).status_code == 401


async def test_a_password_given_by_the_administrator_ends_all_sessions(
    admin: httpx.AsyncClient, agent: httpx.AsyncClient
) -> None:
    assert (await _change(admin, "a.agent", password="brand new password")).status_code == 200
    assert (await agent.get("/api/v1/session")).status_code == 401


async def test_a_change_of_rights_holds_at_once(
    admin: httpx.AsyncClient, agent: httpx.AsyncClient
) -> None:
    assert (await agent.get(USERS)).status_code == 403
    await _change(admin, "a.agent", permissions=["users.read"])
    assert (await agent.get(USERS)).status_code == 200
    await _change(admin, "a.agent", permissions=[])
    assert (await agent.get(USERS)).status_code == 403


@pytest.mark.parametrize("change", [{"active": False}, {"role": "supervisor"}])
async def test_the_last_administrator_stays(
    admin: httpx.AsyncClient, change: dict[str, Any]
) -> None:
    refused = await _change(admin, "a.admin", **change)
    assert refused.status_code == 409
    assert refused.json()["error"]["code"] == "LAST_ADMINISTRATOR"
    await admin.post(USERS, json=_new(role="administrator"))
    assert (await _change(admin, "a.admin", **change)).status_code == 200


async def test_nobody_gives_takes_or_touches_rights_beyond_their_own(
    application: Application, admin: httpx.AsyncClient
) -> None:
    granted = ["users.write", "agent.desktop"]
    assert (await _change(admin, "a.supervisor", permissions=granted)).status_code == 200
    supervisor = await application.signed_in("a.supervisor")
    assert (await supervisor.post(USERS, json=_new())).status_code == 201
    for refused in (
        await supervisor.post(USERS, json=_new(login="other", role="administrator")),
        await supervisor.post(USERS, json=_new(login="other", permissions=["audit.read"])),
        await _change(supervisor, "a.supervisor", role="administrator"),
        await _change(supervisor, "a.admin", password="taken over by me"),
        await _change(supervisor, "a.admin", role="agent"),
    ):
        assert refused.status_code == 403
        assert refused.json()["error"]["code"] == "RIGHTS_BEYOND_OWN"


async def test_one_changes_ones_own_password_knowing_the_old_one(
    application: Application, agent: httpx.AsyncClient
) -> None:
    elsewhere = await application.signed_in("a.agent")
    stolen = agent.cookies["kwabo_session"]
    path = "/api/v1/session/user"
    wrong = await agent.patch(path, json={"password": {"old": "wrong", "new": "a new password"}})
    assert wrong.json()["error"]["code"] == "WRONG_PASSWORD"
    passwords = {"old": password_of("a.agent"), "new": "a new password"}
    assert (await agent.patch(path, json={"password": passwords})).status_code == 200
    assert (await agent.get("/api/v1/session")).status_code == 200
    assert (await agent.patch(path, json={"language": "en"})).status_code == 200
    assert (await elsewhere.get("/api/v1/session")).status_code == 401
    thief = await application.anonymous()
    refused = await thief.get("/api/v1/session", headers={"Cookie": f"kwabo_session={stolen}"})
    assert refused.status_code == 401


async def test_roles_tell_their_permissions(agent: httpx.AsyncClient) -> None:
    roles = {row["role"]: row["permissions"] for row in (await agent.get("/api/v1/roles")).json()}
    assert roles["agent"] == ["agent.desktop"]
    assert set(roles["supervisor"]) < set(roles["administrator"])
