"""A cookie alone changes nothing: other sites can make a browser send it."""

from __future__ import annotations

import httpx
import pytest

from world import Application, password_of


@pytest.mark.parametrize("token", [None, "", "made-up", "é"])
async def test_a_change_needs_the_sessions_csrf_token(
    agent: httpx.AsyncClient, token: str | None
) -> None:
    headers = {} if token is None else {"X-CSRF-Token": token.encode()}
    del agent.headers["X-CSRF-Token"]
    answer = await agent.patch("/api/v1/session/user", json={"language": "en"}, headers=headers)
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "CSRF"
    assert (await agent.get("/api/v1/session")).json()["user"]["language"] == "fr"


async def test_another_sessions_token_is_not_enough(
    application: Application, agent: httpx.AsyncClient, admin: httpx.AsyncClient
) -> None:
    agent.headers["X-CSRF-Token"] = admin.headers["X-CSRF-Token"]
    answer = await agent.patch("/api/v1/session/user", json={"language": "en"})
    assert answer.status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_request_that_the_browser_marks_as_foreign_is_refused(
    agent: httpx.AsyncClient, anonymous: httpx.AsyncClient, site: str
) -> None:
    headers = {"Sec-Fetch-Site": site}
    answer = await agent.patch("/api/v1/session/user", json={"language": "en"}, headers=headers)
    assert answer.json()["error"]["code"] == "CROSS_SITE"
    credentials = {"login": "a.agent", "password": password_of("a.agent")}
    login = await anonymous.post("/api/v1/session", json=credentials, headers=headers)
    assert login.status_code == 403


async def test_an_api_token_needs_no_csrf_token(application: Application) -> None:
    client = await application.with_token("a.admin", "users.read", "users.write", "agent.desktop")
    body = {"login": "new", "display_name": "N", "role": "agent", "password": "long enough 1"}
    assert (await client.post("/api/v1/users", json=body)).status_code == 201


async def test_a_wrong_token_is_not_rescued_by_a_good_cookie(agent: httpx.AsyncClient) -> None:
    answer = await agent.get("/api/v1/session", headers={"Authorization": "Bearer kwb_made-up"})
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "TOKEN_INVALID"
