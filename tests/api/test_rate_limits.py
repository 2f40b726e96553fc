"""Limits of requests over HTTP: headers, refusals, and who is never held up."""

from __future__ import annotations

import random
import re
from collections.abc import AsyncIterator

import httpx
import pytest

from kwabo.adapters.system import TimeOrderedIds
from kwabo.api.app import create_app
from kwabo.api.rate_limits import RateLimits
from kwabo.services.catalogue import Services
from world import Application, Both, SteppedClock

V1 = "/api/v1"


@pytest.fixture
async def limited(
    services: Services, clock: SteppedClock, both: Both
) -> AsyncIterator[Application]:
    """The application with small limits."""
    application = Application(services, clock, both)
    application.app = create_app(
        services,
        clock=clock,
        ids=TimeOrderedIds(clock, random.Random(2)),
        health=application._health,
        version="0.0.0",
        rate_limits=RateLimits(token=5, session=10, organisation=14, address=30),
    )
    async with application.running():
        yield application


async def statuses(client: httpx.AsyncClient, times: int, path: str = "/session") -> list[int]:
    """What so many requests are answered."""
    return [(await client.get(V1 + path)).status_code for _ in range(times)]


async def test_answers_tell_the_policy_and_what_is_left(limited: Application) -> None:
    client = await limited.signed_in("a.admin")
    await client.get(f"{V1}/session")
    answer = await client.get(f"{V1}/session")
    policy = answer.headers["RateLimit-Policy"]
    assert policy == '"session";q=10;w=60, "organisation";q=14;w=60'
    told = re.findall(r'"(\w+)";r=(\d+);t=(\d+)', answer.headers["RateLimit"])
    assert told == [("session", "9", "6"), ("organisation", "13", "5")]


async def test_too_many_are_refused_and_let_in_again_after_the_time_told(
    limited: Application, clock: SteppedClock
) -> None:
    client = await limited.signed_in("a.admin")
    assert await statuses(client, 12) == [200] * 11 + [429]  # the first one made it known
    refused = await client.get(f"{V1}/session", headers={"Accept-Language": "fr"})
    error = refused.json()["error"]
    assert (error["code"], error["details"]["limit"]) == ("TOO_MANY_REQUESTS", "session")
    assert refused.headers["Retry-After"] == "6"
    assert "6 s" in error["message"]
    assert '"session";r=0' in refused.headers["RateLimit"]
    clock.advance(seconds=6)
    assert await statuses(client, 2) == [200, 429]


async def test_one_organisation_does_not_use_up_what_another_has(limited: Application) -> None:
    one, two = await limited.signed_in("a.admin"), await limited.signed_in("a.supervisor")
    theirs = await limited.signed_in("b.admin")
    assert 429 not in await statuses(one, 9)
    assert (await statuses(two, 9)).count(429) == 2  # 14 of both, and the first that made it known
    assert 429 not in await statuses(theirs, 9)


async def test_a_token_has_its_own_limit(limited: Application) -> None:
    client = await limited.with_token("a.admin", "users.read")
    assert await statuses(client, 8, "/users") == [200] * 6 + [429] * 2


async def test_guessing_counts_by_address(limited: Application) -> None:
    client = await limited.anonymous()
    found = []
    for guess in range(32):
        answer = await client.get(f"{V1}/users", headers={"Authorization": f"Bearer kwb_{guess}"})
        found.append(answer.status_code)
    assert found == [401] * 30 + [429] * 2


async def test_the_agents_desktop_is_never_held_up(limited: Application) -> None:
    client = await limited.signed_in("a.agent")
    assert 429 in await statuses(client, 12)
    for path in ("/agent/ready", "/agent/wrap-up"):
        answer = await client.post(V1 + path, json={})
        assert answer.status_code != 429
    assert "RateLimit" not in answer.headers


async def test_a_key_that_met_the_limit_may_be_used_again(
    limited: Application, clock: SteppedClock
) -> None:
    client = await limited.signed_in("a.admin")
    await statuses(client, 11)
    body = {"name": "Une file"}
    headers = {"Idempotency-Key": "k1"}
    assert (await client.post(f"{V1}/queues", json=body, headers=headers)).status_code == 429
    clock.advance(seconds=60)
    made = await client.post(f"{V1}/queues", json=body, headers=headers)
    assert made.status_code == 201
    again = await client.post(f"{V1}/queues", json=body, headers=headers)
    assert again.headers["Idempotency-Replayed"] == "true"
