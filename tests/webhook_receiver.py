"""A real HTTP server that receives webhooks, and the sender that sends to it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from http_server import listening
from kwabo.adapters.outgoing.webhooks import HttpWebhookClient
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.domain.webhooks.signing import is_genuine
from kwabo.engine.webhook_sender import WebhookSender
from kwabo.ports.secret_box import SecretBox
from world import SteppedClock


@dataclass
class Received:
    """One request."""

    headers: dict[str, str]  # names in lower case
    body: bytes

    @property
    def message(self) -> Any:
        """What it says."""
        return json.loads(self.body)

    def genuine(self, secret: str, now: float) -> bool:
        """Whether it is signed with this secret."""
        return is_genuine(self.headers, self.body, secret, now)


@dataclass
class WebhookReceiver:
    """Takes messages; what it does otherwise is set by tests."""

    received: list[Received] = field(default_factory=list)
    mode: str = "take"  # take | refuse | gone | busy | hang | drop | redirect | long | half
    refused: set[str] = field(default_factory=set)  # kinds that are refused whatever the mode
    slow_seconds: float = 0.0
    together: int = 0  # requests under way
    most_together: int = 0
    url: str = ""

    async def hook(self, request: web.Request) -> web.StreamResponse:
        """The one route."""
        self.together += 1
        self.most_together = max(self.most_together, self.together)
        try:
            return await self._answer(request)
        finally:
            self.together -= 1

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        received = Received(headers, await request.read())
        self.received.append(received)
        await asyncio.sleep(self.slow_seconds)
        mode = "refuse" if received.message["type"] in self.refused else self.mode
        if mode == "refuse":
            return web.Response(status=500, text="no")
        if mode == "gone":
            return web.Response(status=410)
        if mode == "busy":
            return web.Response(status=503, headers={"Retry-After": "120"})
        if mode == "hang":
            await asyncio.sleep(30)
        if mode == "drop":
            assert request.transport is not None
            request.transport.close()
        if mode == "redirect":
            raise web.HTTPFound("/elsewhere")
        if mode == "long":
            return web.Response(text="é" * 50_000)
        if mode == "half":  # takes it and never ends its answer
            answer = web.StreamResponse()
            await answer.prepare(request)
            await answer.write(b"taken")
            await asyncio.sleep(30)
        return web.Response(text="thanks")

    @property
    def kinds(self) -> list[str]:
        """The kinds of what came, in order."""
        return [one.message["type"] for one in self.received]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[WebhookReceiver]:
        """Listen on a free port of this machine."""
        app = web.Application()
        app.router.add_post("/hook", self.hook)
        async with listening(app) as port:
            self.url = f"http://127.0.0.1:{port}/hook"
            yield self


@asynccontextmanager
async def sender_on(
    unit_of_work: PostgresUnitOfWork,
    clock: SteppedClock,
    secret_box: SecretBox,
    *,
    worker: str = "test",
    seconds: float = 1.0,
) -> AsyncIterator[WebhookSender]:
    """A sender that may use this machine's addresses."""
    client = HttpWebhookClient(clock, private_allowed=True, seconds=seconds)
    try:
        yield WebhookSender(
            unit_of_work,
            client=client,
            secret_box=secret_box,
            clock=clock,
            worker=worker,
            chance=lambda: 0.5,
        )
    finally:
        await client.close()
