"""A bare client of ARI for tests of the switch itself: no reconnecting, no typed events."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote
from uuid import uuid4

import aiohttp

from kwabo.adapters.switch.asterisk.configuration import OUTBOUND_CONTEXT, OUTBOUND_EXTENSION
from kwabo.stack.parts import LAB_TRUNK, AriAccess

Event = dict[str, Any]


class AriProbe:
    """One application's connection: `async with AriProbe(access) as ari:`."""

    def __init__(self, access: AriAccess, app: str | None = None) -> None:
        self.app = app or f"test-{uuid4().hex[:8]}"
        self.events: list[Event] = []
        self._access = access
        self._news = asyncio.Event()
        self._reader: asyncio.Task[None] | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        login = aiohttp.encode_basic_auth(access.user, access.password)
        self._session = aiohttp.ClientSession(headers={"Authorization": login})

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.disconnect()
        await self._session.close()

    async def connect(self) -> None:
        """Register the application and collect its events."""
        self._socket = await self._session.ws_connect(
            f"{self._access.url}/events?app={self.app}&subscribeAll=true"
        )
        self._reader = asyncio.create_task(self._read(self._socket))

    async def disconnect(self) -> None:
        """Close the WebSocket; channels stay."""
        if self._socket is not None:
            await self._socket.close()
        if self._reader is not None:
            await self._reader
            self._reader = None

    async def ask(
        self, method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> tuple[int, Any]:
        """Status and decoded answer of one request, e.g. ask('GET', '/channels')."""
        async with self._session.request(method, self._access.url + path, json=body) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if text else None

    async def call(
        self,
        number: str,
        *,
        via: str = LAB_TRUNK,
        to_uri: str | None = None,
        timeout_seconds: int = 20,
        attempt_id: str | None = None,
        analyse: bool = False,
    ) -> str:
        """Originate as Kwabo does, and return the channel id, which is the attempt id."""
        channel_id = attempt_id or str(uuid4())
        endpoint = f"PJSIP/{via}/{to_uri}" if to_uri else f"PJSIP/{number}@{via}"
        status, answer = await self.ask(
            "POST",
            f"/channels/{quote(channel_id)}",
            {
                "endpoint": endpoint,
                "context": OUTBOUND_CONTEXT,
                "extension": OUTBOUND_EXTENSION,
                "priority": 1,
                "callerId": "+2290121000000",
                "timeout": timeout_seconds,
                "variables": {
                    "KWABO_APP": self.app,
                    "KWABO_ARGS": f"attempt,{channel_id}",
                    "KWABO_ANALYSE": "yes" if analyse else "no",
                    "PJSIP_HEADER(add,X-Kwabo-Attempt-Id)": channel_id,
                },
            },
        )
        assert status == 200, answer
        return channel_id

    async def event(self, kind: str, channel_id: str, *, seconds: float = 15.0) -> Event:
        """The first event of this kind about this channel, waiting for it."""
        return await self.when(
            lambda event: (
                event["type"] == kind
                and channel_id
                in (event.get("channel", {}).get("id"), event.get("peer", {}).get("id"))
            ),
            seconds=seconds,
        )

    async def when(self, wanted: Callable[[Event], bool], *, seconds: float = 15.0) -> Event:
        """The first event that is wanted, waiting for it."""
        deadline = time.monotonic() + seconds
        while True:
            for event in self.events:
                if wanted(event):
                    return event
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), max(0.01, deadline - time.monotonic()))

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                self.events.append(json.loads(message.data))
                self._news.set()
