"""A real HTTP server that plays a DNC provider."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from http_server import listening


@dataclass
class ProviderServer:
    """Answers `{"listed": …}` about `/check/{number}`; what it does otherwise is set by tests."""

    listed: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    mode: str = "answer"  # answer | error | slow | redirect | long | text
    url: str = ""

    async def check(self, request: web.Request) -> web.StreamResponse:
        """The one route."""
        number = request.match_info["number"]
        self.asked.append(number)
        self.secrets.append(request.headers.get("X-Key", ""))
        if self.mode == "error":
            return web.Response(status=503)
        if self.mode == "slow":
            await asyncio.sleep(30)
        if self.mode == "redirect":
            raise web.HTTPFound("/check/elsewhere")
        if self.mode == "long":
            return web.Response(body=b" " * 200_000)
        if self.mode == "text":
            return web.Response(text="maybe")
        return web.json_response({"listed": number in self.listed})

    @asynccontextmanager
    async def running(self) -> AsyncIterator[ProviderServer]:
        """Listen on a free port of this machine."""
        app = web.Application()
        app.router.add_get("/check/{number}", self.check)
        async with listening(app) as port:
            self.url = f"http://127.0.0.1:{port}"
            yield self
