"""Every route says who may use it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext, iter_route_contexts

from kwabo.api.access import Requires
from kwabo.domain.organisations.permissions import PERMISSIONS
from world import Application

PUBLIC = {
    "POST /api/v1/session",  # signing in
    "GET /api/health",
    "GET /{path:path}",  # the web application's files
    "GET /api/openapi.json",
}
ANYBODY_SIGNED_IN = {
    "GET /api/v1/session",
    "DELETE /api/v1/session",
    "PATCH /api/v1/session/user",
    "GET /api/v1/roles",
    "GET /api/v1/languages",  # names of what contacts and flows hold
}


def _routes(application: Application) -> Iterator[tuple[str, RouteContext]]:
    for route in iter_route_contexts(application.app.routes):
        methods = route.methods or {"WEBSOCKET"}
        for method in methods - ({"HEAD"} if "GET" in methods else set()):
            yield f"{method} {route.path}", route


def _requirements(dependant: Dependant) -> Iterator[Requires]:
    for dependency in dependant.dependencies:
        if isinstance(dependency.call, Requires):
            yield dependency.call
        yield from _requirements(dependency)


async def test_every_route_declares_a_permission_or_is_known_not_to(
    application: Application,
) -> None:
    names = set()
    for name, route in _routes(application):
        names.add(name)
        if name in PUBLIC:
            continue
        assert hasattr(route, "dependant"), f"{name} is not public and declares nothing"
        required = list(_requirements(route.dependant))
        assert required, f"{name} declares no permission: use requires(...)"
        for requirement in required:
            if name in ANYBODY_SIGNED_IN:
                continue
            assert requirement.any_of, f"{name}: any signed-in user may use it; is that meant?"
            assert set(requirement.any_of) <= PERMISSIONS, f"{name}: unknown permission"
    assert names >= PUBLIC | ANYBODY_SIGNED_IN, "the lists name routes that are gone"


async def test_without_a_session_every_route_but_the_public_ones_says_401(
    application: Application, anonymous: httpx.AsyncClient
) -> None:
    checked = 0
    for name, _ in _routes(application):
        method, path = name.split(" ", 1)
        if name in PUBLIC or method == "WEBSOCKET":
            continue
        path = path.replace("{", "").replace("}", "")
        answer = await anonymous.request(method, path)
        assert answer.status_code in (401, 422), f"{name}: {answer.status_code}"
        checked += answer.status_code == 401
    assert checked > 0


@pytest.mark.parametrize("login", ["a.agent", "a.supervisor"])
async def test_a_permission_that_is_missing_is_missed(application: Application, login: str) -> None:
    client = await application.signed_in(login)
    have = set((await client.get("/api/v1/session")).json()["permissions"])
    for name, route in _routes(application):
        method, path = name.split(" ", 1)
        if name in PUBLIC | ANYBODY_SIGNED_IN or method == "WEBSOCKET":
            continue
        if any(have & set(required.any_of) for required in _requirements(route.dependant)):
            continue
        path = path.replace("{", "").replace("}", "")
        answer = await client.request(method, path)
        assert answer.status_code in (403, 422), f"{name}: {answer.status_code}"
