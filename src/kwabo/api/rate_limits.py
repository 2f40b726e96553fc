"""How often each API token, session and organisation may ask; nothing is asked of the database.

Each server process counts what comes to it: n processes behind a balancer allow up to n times as
much (decision 22). Whose credentials a request carries is known once such a request was let in;
until then the address counts, so that guessing is limited as well. The agent's desktop is never
held up: an outcome of a call must not be lost.

Answers tell `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10).
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kwabo.api.access import COOKIE, client_address
from kwabo.api.errors import error_answer
from kwabo.domain.rate_limits.gcra import SECOND, Rate, Ruling, judge
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import TooMany

PREFIX: Final = "/api/v1/"
NEVER_LIMITED: Final = ("/api/v1/agent", "/api/v1/agent/")
MOST_KEPT: Final = 50_000  # credentials and addresses in memory


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimits:
    """Requests in a minute; 0: as many as one likes."""

    token: int = 1_200
    session: int = 1_200
    organisation: int = 12_000
    address: int = 1_200


@dataclass(frozen=True, slots=True)
class _Known:
    """Whose credentials they are."""

    kind: str  # token | session
    organisation_id: UUID


class RateLimited:
    """ASGI middleware; routes know nothing of it."""

    def __init__(self, app: ASGIApp, *, clock: Clock, limits: RateLimits) -> None:
        self._app = app
        self._clock = clock
        self._rates = {
            name: Rate(getattr(limits, name))
            for name in ("token", "session", "organisation", "address")
            if getattr(limits, name) > 0
        }
        self._policy = {
            name: f'"{name}";q={rate.quota};w={rate.seconds}' for name, rate in self._rates.items()
        }
        self._full_at: OrderedDict[tuple[str, object], int] = OrderedDict()
        self._known: OrderedDict[bytes, _Known] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_limited(scope["path"]):
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        credential = _credential(connection)
        buckets = self._buckets(connection, credential)
        rulings = self._judge(buckets)
        answer = _WithHeaders(send, self._headers(rulings))
        refused = [(name, one) for name, one in rulings if not one.allowed]
        if refused:
            name, ruling = max(refused, key=lambda pair: pair[1].retry_after)
            error = TooMany(
                "TOO_MANY_REQUESTS",
                "Too many requests in a short time. Wait, then try again.",
                details={
                    "retry_after_seconds": max(1, _seconds(ruling.retry_after)),
                    "limit": name,
                },
            )
            await error_answer(connection, error)(scope, receive, answer)
            return
        await self._app(scope, receive, answer)
        if credential is not None:
            self._learn(scope, credential)

    def _buckets(
        self, connection: HTTPConnection, credential: bytes | None
    ) -> list[tuple[str, object]]:
        known = None if credential is None else self._known.get(credential)
        if known is None:
            return [("address", client_address(connection))]
        return [(known.kind, credential), ("organisation", known.organisation_id)]

    def _judge(self, buckets: list[tuple[str, object]]) -> list[tuple[str, Ruling]]:
        """Each bucket's ruling; what one of them refuses is taken from none."""
        now = int(self._clock.monotonic() * SECOND)
        rulings = [
            (bucket, judge(self._rates[bucket[0]], self._full_at.get(bucket, now), now))
            for bucket in buckets
            if bucket[0] in self._rates
        ]
        if all(ruling.allowed for _, ruling in rulings):
            for bucket, ruling in rulings:
                self._full_at[bucket] = ruling.full_at
                self._full_at.move_to_end(bucket)
            while len(self._full_at) > MOST_KEPT:
                self._full_at.popitem(last=False)
        return [(bucket[0], ruling) for bucket, ruling in rulings]

    def _headers(self, rulings: list[tuple[str, Ruling]]) -> dict[str, str]:
        if not rulings:
            return {}
        told = ", ".join(
            f'"{name}";r={ruling.remaining};t={_seconds(ruling.reset)}' for name, ruling in rulings
        )
        policy = ", ".join(self._policy[name] for name, _ in rulings)
        return {"RateLimit-Policy": policy, "RateLimit": told}

    def _learn(self, scope: Scope, credential: bytes) -> None:
        """Remember whose credentials were let in, and forget those that no longer are."""
        asker = scope.get("state", {}).get("asker")
        if asker is None:
            self._known.pop(credential, None)
            return
        kind = "session" if asker.api_token_id is None else "token"
        self._known[credential] = _Known(kind, asker.organisation_id)
        self._known.move_to_end(credential)
        while len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)


class _WithHeaders:
    """Adds headers to an answer."""

    def __init__(self, send: Send, headers: dict[str, str]) -> None:
        self._send = send
        self._headers = headers

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and self._headers:
            MutableHeaders(scope=message).update(self._headers)
        await self._send(message)


def _seconds(nanoseconds: int) -> int:
    return -(-nanoseconds // SECOND)


def _is_limited(path: str) -> bool:
    return path.startswith(PREFIX) and not (
        path == NEVER_LIMITED[0] or path.startswith(NEVER_LIMITED[1])
    )


def _credential(connection: HTTPConnection) -> bytes | None:
    """What stands for a token or a session; secrets themselves are not kept."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    secret = token.strip() if scheme.lower() == "bearer" else connection.cookies.get(COOKIE)
    return hashlib.blake2b(secret.encode(), digest_size=16).digest() if secret else None
