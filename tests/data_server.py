"""A real HTTP server that plays another program, asked and told by data actions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from http_server import listening


@dataclass(frozen=True, kw_only=True)
class Received:
    """A request as it came."""

    method: str
    path: str  # as it was sent, with its encoding and query
    headers: dict[str, str]
    body: str


@dataclass
class DataServer:
    """Answers every request with `answer`; what it does otherwise is set by tests."""

    answer: Any = field(default_factory=lambda: {"status": "ok"})
    mode: str = "answer"  # answer | error | refuse | slow | redirect | long | text | down
    redirect_to: str = "/elsewhere"
    received: list[Received] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    pause: float = 0.0
    url: str = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Every route."""
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return await self._handle(request)
        finally:
            self.at_once -= 1

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.received.append(
            Received(
                method=request.method,
                path=request.raw_path,
                headers=dict(request.headers),
                body=await request.text(),
            )
        )
        await asyncio.sleep(self.pause)
        match self.mode:
            case "error":
                return web.Response(status=503)
            case "refuse":
                return web.json_response({"error": "no such customer"}, status=404)
            case "slow":
                await asyncio.sleep(30)
            case "redirect":
                raise web.HTTPFound(self.redirect_to)
            case "long":
                return web.Response(body=b" " * 200_000)
            case "text":
                return web.Response(text="maybe")
            case "down":
                assert request.transport is not None
                request.transport.abort()
        return web.json_response(self.answer)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[DataServer]:
        """Listen on a free port of this machine."""
        app = web.Application()
        app.router.add_route("*", "/{anything:.*}", self.handle)
        async with listening(app) as port:
            self.url = f"http://127.0.0.1:{port}"
            yield self
