"""Who asks, and whether they may: dependencies that every route declares.

    @router.get("/users")
    async def list_users(asker: Annotated[Asker, requires("users.read")], services: TheServices)

A cookie is believed on methods that change something only with the session's `X-CSRF-Token`; a
request that a browser itself marks as coming from another site is refused. A bearer token goes
before a cookie.
"""

from __future__ import annotations

import hmac
from typing import Annotated, Any, Final

from fastapi import Depends
from starlette.requests import HTTPConnection

from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Forbidden, NotAuthenticated
from kwabo.services.catalogue import Services

COOKIE: Final = "kwabo_session"
_HARMLESS_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def services_of(connection: HTTPConnection) -> Services:
    """The application's services."""
    services: Services = connection.app.state.services
    return services


def clock_of(connection: HTTPConnection) -> Clock:
    """The application's clock."""
    clock: Clock = connection.app.state.clock
    return clock


TheServices = Annotated[Services, Depends(services_of)]


async def authenticate(connection: HTTPConnection) -> Asker:
    """Who asks, found out once for each request.

    Raises NotAuthenticated `NOT_SIGNED_IN` or `TOKEN_INVALID`, Forbidden `CSRF` or `CROSS_SITE`.
    """
    known: Asker | None = getattr(connection.state, "asker", None)
    if known is None:
        known = await _authenticate(connection, services_of(connection))
        connection.state.asker = known
    return known


async def authenticate_again(connection: HTTPConnection) -> Asker:
    """Who asks as of now: for connections that stay open. Raises as `authenticate`."""
    return await _authenticate(connection, services_of(connection))


async def _authenticate(connection: HTTPConnection, services: Services) -> Asker:
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return await services.sessions.asker_of_api_token(token.strip())
    cookie = connection.cookies.get(COOKIE)
    if not cookie:
        raise NotAuthenticated("NOT_SIGNED_IN", "You are not signed in, or no longer. Sign in.")
    asker = await services.sessions.asker_of_session(cookie)
    if connection.scope.get("method", "GET") not in _HARMLESS_METHODS:
        refuse_other_sites(connection)
        sent = connection.headers.get("x-csrf-token", "")
        if not hmac.compare_digest(sent.encode(), (asker.csrf_token or "").encode()):
            raise Forbidden(
                "CSRF", "This request does not come from a page of Kwabo. Load the page again."
            )
    return asker


def refuse_other_sites(connection: HTTPConnection) -> None:
    """Raise Forbidden `CROSS_SITE` when the browser says that another site's page asks."""
    if connection.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        raise Forbidden("CROSS_SITE", "This request comes from another site and was refused.")


class Requires:
    """A dependency that answers with the asker, who has one of the permissions.

    Without permissions it is enough to be signed in.
    """

    def __init__(self, *any_of: str) -> None:
        self.any_of = any_of

    async def __call__(self, connection: HTTPConnection) -> Asker:
        asker = await authenticate(connection)
        if self.any_of:
            asker.must_have(*self.any_of)
        return asker


def requires(*any_of: str) -> Any:
    """For annotations: `Annotated[Asker, requires("users.read")]`."""
    return Depends(Requires(*any_of))


SignedIn = Annotated[Asker, requires()]
"""Anybody who is signed in."""


def client_address(connection: HTTPConnection) -> str:
    """From where the request comes (the server takes proxies' word only where it is told to)."""
    return "unknown" if connection.client is None else connection.client.host
