"""What every request goes through: an id, a log line, limits, security headers, a last net.

Log lines hold neither query strings nor bodies: both can hold numbers and names.
"""

from __future__ import annotations

import re
from typing import Final

import structlog
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kwabo.api.errors import plain_answer
from kwabo.kernel.clock import Clock
from kwabo.kernel.ids import IdFactory

MAX_BODY_BYTES: Final = 16 * 1024 * 1024  # of all but uploads, which are streamed
_HOST: Final = re.compile(r"[A-Za-z0-9.\-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?")
_log = structlog.get_logger("kwabo.api")


class Transport:
    """ASGI middleware, the outermost."""

    def __init__(self, app: ASGIApp, *, clock: Clock, ids: IdFactory) -> None:
        self._app = app
        self._clock = clock
        self._ids = ids

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        request_id = str(self._ids.new())
        connection.state.request_id = request_id
        outgoing = _Outgoing(connection, send, request_id)
        began = self._clock.monotonic()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, _Limited(connection, receive), outgoing)
            except HTTPException as error:
                await outgoing.instead(error.status_code, "BODY_TOO_LARGE")
            except Exception:
                _log.exception("request failed", method=scope["method"], path=scope["path"])
                await outgoing.instead(500, "INTERNAL")
            _log.info(
                "request",
                method=scope["method"],
                path=scope["path"],
                status=outgoing.status,
                seconds=round(self._clock.monotonic() - began, 4),
            )


class _Limited:
    """Counts what comes in."""

    def __init__(self, connection: HTTPConnection, receive: Receive) -> None:
        upload = connection.headers.get("content-type", "").startswith("multipart/")
        self._left = None if upload else MAX_BODY_BYTES
        self._receive = receive

    async def __call__(self) -> Message:
        message = await self._receive()
        if self._left is not None and message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                raise HTTPException(413)  # the route, or else Transport, answers with it
        return message


class _Outgoing:
    """Adds headers to the answer and remembers its status."""

    def __init__(self, connection: HTTPConnection, send: Send, request_id: str) -> None:
        self._connection = connection
        self._send = send
        self._request_id = request_id
        self._began = False
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._began = True
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in security_headers(self._connection).items():
                headers.setdefault(name, value)
            headers["X-Request-Id"] = self._request_id
        await self._send(message)

    async def instead(self, status: int, code: str) -> None:
        """Answer with an error, unless an answer is on its way already."""
        if self._began:
            return
        answer = plain_answer(self._connection, status, code, {"request_id": self._request_id})
        await answer(self._connection.scope, _nothing, self)


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def security_headers(connection: HTTPConnection) -> dict[str, str]:
    """Headers of every answer.

    The page may load code only from Kwabo itself. Its component library writes style elements, so
    inline styles are allowed; recordings and microphone streams are blobs; live data and the
    softphone are WebSockets to the same host.
    """
    host = connection.headers.get("host", "")
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    policy = [
        "default-src 'self'",
        "script-src 'self'",
        "script-src-attr 'none'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' blob: mediastream:",
        f"connect-src 'self'{sockets}",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
    headers = {
        "Content-Security-Policy": "; ".join(policy),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
    }
    if connection.url.scheme == "https":
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if connection.url.path.startswith("/api/"):
        headers["Cache-Control"] = "no-store"
    return headers
