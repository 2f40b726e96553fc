"""`Idempotency-Key` on any POST of the API: asked twice, done once, answered the same.

JSON bodies are part of what must be the same. Uploads are not read here: with them the key stands
for the address alone. Routes whose answer is a secret take no key, since answers are kept.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kwabo.api.access import authenticate, services_of
from kwabo.api.errors import error_answer, plain_answer
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.errors import Invalid, KwaboError, NotAuthenticated
from kwabo.services.idempotency import EarlierAnswer

PREFIX: Final = "/api/v1/"
SECRET_ANSWERS: Final = frozenset(
    {"session", "api-tokens", "agent/sign-in", "webhooks", "recording-sessions"}
)
ROTATES: Final = "/rotate-secret"
MAX_KEY: Final = 200
_NOTHING_DONE: Final = frozenset({401, 403, 429, 503})  # the same key may be tried again


class IdempotentPosts:
    """ASGI middleware; routes know nothing of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = _key(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        try:
            asker = await authenticate(connection)
            if not 1 <= len(key) <= MAX_KEY:
                raise Invalid(
                    "IDEMPOTENCY_KEY_LENGTH", "The Idempotency-Key needs 1 to 200 characters."
                )
        except NotAuthenticated:
            await self._app(scope, receive, send)  # the route itself says who may come
        except KwaboError as error:
            await error_answer(connection, error)(scope, receive, send)
        else:
            await self._once(connection, asker, key, receive, send)

    async def _once(
        self, connection: HTTPConnection, asker: Asker, key: str, receive: Receive, send: Send
    ) -> None:
        keys = services_of(connection).idempotency
        body = b""
        if not connection.headers.get("content-type", "").startswith("multipart/"):
            body = await _read(receive)
            receive = _Again(body, receive)
        try:
            earlier = await keys.begin(asker, key, _hash(connection, asker, body))
        except KwaboError as error:
            await error_answer(connection, error)(connection.scope, receive, send)
            return
        if earlier is not None:
            await _repeat(connection, earlier)(connection.scope, receive, send)
            return
        answer = _HeldAnswer()
        try:
            await self._app(connection.scope, receive, answer)
        except Exception:
            await keys.keep(asker, key, 500, None)
            raise
        if answer.status in _NOTHING_DONE:
            await keys.release(asker, key)
        else:
            await keys.keep(asker, key, answer.status, answer.json())
        await answer.let_go(send)


class _HeldAnswer:
    """An answer that leaves only once it is kept."""

    def __init__(self) -> None:
        self._messages: list[Message] = []
        self.status = 500

    async def __call__(self, message: Message) -> None:
        self._messages.append(message)
        if message["type"] == "http.response.start":
            self.status = message["status"]

    def json(self) -> Any:
        """The body, or None when it is empty or not JSON."""
        body = b"".join(message.get("body", b"") for message in self._messages)
        try:
            return json.loads(body)
        except ValueError:
            return None

    async def let_go(self, send: Send) -> None:
        for message in self._messages:
            await send(message)


class _Again:
    """A body that was read already, for the route to read."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


def _key(scope: Scope) -> str | None:
    """The request's key, where there is one and it counts."""
    if scope["type"] != "http" or scope["method"] != "POST":
        return None
    path: str = scope["path"]
    if not path.startswith(PREFIX) or path.endswith(ROTATES):
        return None
    if path.removeprefix(PREFIX) in SECRET_ANSWERS:
        return None
    for name, value in scope["headers"]:
        if name == b"idempotency-key":
            return str(value.decode("latin-1"))
    return None


async def _read(receive: Receive) -> bytes:
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _hash(connection: HTTPConnection, asker: Asker, body: bytes) -> bytes:
    """What must be the same: person, address and body."""
    parts = [str(asker.user_id), connection.url.path, connection.url.query]
    return hashlib.sha256("\n".join(parts).encode() + b"\n" + body).digest()


def _repeat(connection: HTTPConnection, earlier: EarlierAnswer) -> JSONResponse:
    if earlier.status >= 500:
        return plain_answer(connection, earlier.status, "INTERNAL", {"request_id": ""})
    headers = {"Idempotency-Replayed": "true"}
    return JSONResponse(earlier.answer, earlier.status, headers)
