"""Signing in and out, what a cookie is worth and for how long, and the limits on guessing."""

from __future__ import annotations

import asyncio
from http.cookies import Morsel, SimpleCookie

import httpx
import pytest
from argon2 import PasswordHasher

from database import Database, DatabaseServer
from kwabo.services.guessing import ATTEMPTS_PER_ADDRESS, ATTEMPTS_PER_LOGIN
from world import Application, password_of

SESSION = "/api/v1/session"


def _cookie(answer: httpx.Response) -> Morsel[str]:
    return SimpleCookie(answer.headers["set-cookie"])["kwabo_session"]


async def _sign_in(client: httpx.AsyncClient, login: str, password: str = "") -> httpx.Response:
    body = {"login": login, "password": password or password_of(login)}
    return await client.post(SESSION, json=body)


async def test_signing_in_tells_who_and_what(anonymous: httpx.AsyncClient) -> None:
    answer = await _sign_in(anonymous, "A.Admin ", password_of("a.admin"))
    assert answer.status_code == 200
    session = answer.json()
    assert session["user"]["login"] == "a.admin"
    assert session["organisation"]["name"] == "Organisation A"
    assert "users.write" in session["permissions"]
    assert (await anonymous.get(SESSION)).json() == session


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    application: Application,
) -> None:
    plain = _cookie(await _sign_in(await application.anonymous(), "a.agent"))
    secure = _cookie(await _sign_in(await application.anonymous("https://kwabo.test"), "a.agent"))
    for cookie in (plain, secure):
        assert cookie["httponly"]
        assert cookie["samesite"] == "strict"
        assert cookie["path"] == "/"
        assert not cookie["domain"]
        assert len(cookie.value) >= 43
    assert secure["secure"]
    assert not plain["secure"]


async def test_the_database_does_not_hold_what_the_cookie_holds(
    application: Application, database: Database, database_server: DatabaseServer
) -> None:
    value = _cookie(await _sign_in(await application.anonymous(), "a.agent")).value
    async with database_server.superuser(database.name) as connection:
        rows = await connection.fetch("SELECT sessions::text AS row FROM sessions")
    assert rows
    assert all(value not in row["row"] for row in rows)


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("a.agent", "wrong"),
        ("nobody", password_of("a.agent")),
        ("", ""),
        ("a.agent' OR '1'='1", "x"),
    ],
)
async def test_a_wrong_login_or_password_is_refused_alike(
    anonymous: httpx.AsyncClient, login: str, password: str
) -> None:
    answer = await anonymous.post(SESSION, json={"login": login, "password": password})
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "WRONG_LOGIN"
    assert "set-cookie" not in answer.headers


async def test_without_a_session_nothing_is_told(anonymous: httpx.AsyncClient) -> None:
    for client_cookie in ("", "kwabo_session=made-up"):
        answer = await anonymous.get(SESSION, headers={"Cookie": client_cookie})
        assert answer.status_code == 401
        assert answer.json()["error"]["code"] == "NOT_SIGNED_IN"


async def test_a_session_chosen_by_somebody_else_is_not_taken_over(
    anonymous: httpx.AsyncClient,
) -> None:
    """Session fixation: the value that was there before signing in is worth nothing after."""
    planted = "planted-by-an-attacker-planted-by-an-attacker"
    answer = await anonymous.post(
        SESSION,
        json={"login": "a.agent", "password": password_of("a.agent")},
        headers={"Cookie": f"kwabo_session={planted}"},
    )
    assert _cookie(answer).value != planted
    anonymous.cookies.clear()
    refused = await anonymous.get(SESSION, headers={"Cookie": f"kwabo_session={planted}"})
    assert refused.status_code == 401


async def test_signing_in_again_ends_the_old_session(application: Application) -> None:
    client = await application.anonymous()
    first = _cookie(await _sign_in(client, "a.agent")).value
    second = _cookie(await _sign_in(client, "a.agent2")).value
    assert first != second
    client.cookies.clear()
    refused = await client.get(SESSION, headers={"Cookie": f"kwabo_session={first}"})
    assert refused.status_code == 401


async def test_signing_out_ends_the_session_on_the_server(agent: httpx.AsyncClient) -> None:
    value = agent.cookies["kwabo_session"]
    assert (await agent.delete(SESSION)).status_code == 204
    agent.cookies.clear()
    refused = await agent.get(SESSION, headers={"Cookie": f"kwabo_session={value}"})
    assert refused.status_code == 401


async def test_a_session_ends_twelve_hours_after_its_last_use(
    application: Application, agent: httpx.AsyncClient
) -> None:
    application.clock.advance(hours=11)
    assert (await agent.get(SESSION)).status_code == 200
    application.clock.advance(hours=11)
    assert (await agent.get(SESSION)).status_code == 200
    application.clock.advance(hours=12, seconds=1)
    assert (await agent.get(SESSION)).status_code == 401


async def test_a_session_ends_seven_days_after_it_began_however_much_it_is_used(
    application: Application, agent: httpx.AsyncClient
) -> None:
    for _ in range(16):
        application.clock.advance(hours=10)
        assert (await agent.get(SESSION)).status_code == 200
    application.clock.advance(hours=8, seconds=1)
    assert (await agent.get(SESSION)).status_code == 401


async def test_too_many_wrong_passwords_close_the_login_for_a_while(
    application: Application, anonymous: httpx.AsyncClient
) -> None:
    for _ in range(ATTEMPTS_PER_LOGIN):
        assert (await _sign_in(anonymous, "a.agent", "wrong")).status_code == 401
    refused = await _sign_in(anonymous, "a.agent")
    assert refused.status_code == 429
    assert refused.json()["error"]["code"] == "TOO_MANY_LOGINS"
    assert 0 < int(refused.headers["retry-after"]) <= 15 * 60
    assert (await _sign_in(anonymous, "a.agent2")).status_code == 200
    application.clock.advance(seconds=int(refused.headers["retry-after"]) + 1)
    assert (await _sign_in(anonymous, "a.agent")).status_code == 200


async def test_a_burst_of_guesses_gets_no_more_tries_than_guesses_one_by_one(
    anonymous: httpx.AsyncClient,
) -> None:
    answers = await asyncio.gather(
        *(_sign_in(anonymous, "a.agent", "wrong") for _ in range(ATTEMPTS_PER_LOGIN * 3))
    )
    assert sum(answer.status_code == 401 for answer in answers) == ATTEMPTS_PER_LOGIN


async def test_good_logins_do_not_count_against_an_office_behind_one_address(
    application: Application,
) -> None:
    client = await application.anonymous()
    for _ in range(ATTEMPTS_PER_LOGIN + 2):
        assert (await _sign_in(client, "a.agent")).status_code == 200


async def test_one_address_cannot_try_login_after_login(
    application: Application, database: Database, database_server: DatabaseServer
) -> None:
    client = await application.anonymous()
    assert (await _sign_in(client, "nobody", "wrong")).status_code == 401
    async with database_server.superuser(database.name) as connection:
        await connection.execute(
            "INSERT INTO login_failures SELECT key, failed_at FROM login_failures, "
            f"generate_series(1, {ATTEMPTS_PER_ADDRESS}) WHERE key LIKE 'address%'"
        )
    assert (await _sign_in(client, "somebody", "wrong")).status_code == 429


async def test_a_stolen_session_does_not_let_guess_the_password(
    application: Application, agent: httpx.AsyncClient
) -> None:
    body = {"password": {"old": "wrong", "new": "a new password"}}
    for _ in range(ATTEMPTS_PER_LOGIN):
        assert (await agent.patch(f"{SESSION}/user", json=body)).status_code == 422
    body["password"]["old"] = password_of("a.agent")
    assert (await agent.patch(f"{SESSION}/user", json=body)).status_code == 429
    application.clock.advance(minutes=15, seconds=1)
    assert (await agent.patch(f"{SESSION}/user", json=body)).status_code == 200


async def test_an_unknown_login_costs_a_password_check_too(application: Application) -> None:
    """Else the time of the answer would tell which logins exist."""
    checked: list[str] = []
    passwords = application.services.sessions._passwords

    class Recording(type(passwords)):  # type: ignore[misc]
        async def matches(self, password_hash: str, password: str) -> bool:
            checked.append(password_hash)
            return await super().matches(password_hash, password)

    passwords.__class__ = Recording
    client = await application.anonymous()
    await _sign_in(client, "nobody", "wrong")
    assert checked == [passwords.decoy]


async def test_a_password_hash_of_weaker_parameters_is_renewed_at_login(
    application: Application, database: Database, database_server: DatabaseServer
) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=32, parallelism=1).hash("an old password")
    async with database_server.superuser(database.name) as connection:
        await connection.execute(
            "UPDATE users SET password_hash = $1 WHERE login = 'a.agent'", weak
        )
        client = await application.anonymous()
        assert (await _sign_in(client, "a.agent", "an old password")).status_code == 200
        renewed = await connection.fetchval(
            "SELECT password_hash FROM users WHERE login = 'a.agent'"
        )
    assert renewed != weak
    assert "m=64," in renewed
    assert (await _sign_in(client, "a.agent", "an old password")).status_code == 200
