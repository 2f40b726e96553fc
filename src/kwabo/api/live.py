"""`/api/v1/live`: a snapshot, then events, to a browser or a program that watches.

The connection asks again and again whether its session or token still holds and still has the
rights with which it began; when not, it ends, and a browser that may come back begins anew.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Annotated, Any, Final

from fastapi import APIRouter
from starlette.websockets import WebSocket, WebSocketDisconnect

from kwabo.api.access import authenticate_again, clock_of, requires, services_of
from kwabo.api.models import utc_text
from kwabo.api.origins import check_origin
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.reporting.live_snapshot import event_message
from kwabo.kernel.errors import KwaboError
from kwabo.services.catalogue import Services
from kwabo.services.live import BeginAgain, Watch

router = APIRouter(tags=["live"])

PING_SECONDS: Final = 5.0
SESSION_CHECK_SECONDS: Final = 30.0
SEND_WITHIN_SECONDS: Final = 20.0  # a reader that takes nothing for so long is gone
SILENT_AFTER_SECONDS: Final = 30.0  # without a pong
SESSION_OVER: Final = 4401
NOT_ALLOWED: Final = 4403
BEGIN_AGAIN: Final = 4409

Watcher = Annotated[Asker, requires("live.read", "agent.desktop")]


@router.websocket("/live")
async def live(socket: WebSocket, asker: Watcher) -> None:
    """See `docs/developers/http-api.md`, Live data."""
    check_origin(socket, asker)
    await socket.accept()
    services = services_of(socket)
    code = 1011
    try:
        watch, snapshot = await services.live.watch(asker)
    except KwaboError:
        await _close(socket, code)
        return
    try:
        await _send(socket, snapshot.message())
        code = await _Connection(socket, services, asker, watch).run()
    finally:
        services.live.leave(asker, watch)
        await _close(socket, code)


class _End(Exception):
    """The connection is over, with this close code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class _Connection:
    """One open socket: tasks, of which the first to end ends all."""

    def __init__(self, socket: WebSocket, services: Services, asker: Asker, watch: Watch) -> None:
        self._socket = socket
        self._clock = clock_of(socket)
        self._services = services
        self._asker = asker
        self._watch = watch
        self._desktop_seen = asyncio.Event()
        self._ponged = True
        self._sending = asyncio.Lock()

    async def run(self) -> int:
        """Until it is over; the close code."""
        codes: list[int] = []
        try:
            async with asyncio.TaskGroup() as tasks:
                for work in (
                    self._send_events(),
                    self._ping(),
                    self._receive(),
                    self._check_session(),
                    self._beat(),
                ):
                    tasks.create_task(work)
        except* _End as ends:
            codes = [end.code for end in ends.exceptions if isinstance(end, _End)]
        except* (WebSocketDisconnect, RuntimeError, TimeoutError):
            codes = [1000]
        return codes[0] if codes else 1000

    async def _send(self, message: dict[str, Any]) -> None:
        async with self._sending:
            await _send(self._socket, message)

    async def _send_events(self) -> None:
        told = self._watch.position
        while True:
            try:
                events = await self._watch.next()
            except BeginAgain:
                raise _End(BEGIN_AGAIN) from None
            for event in events:
                await self._send(event_message(event, utc_text(event.at)))
                told = event.position
            if told < self._watch.position:
                told = self._watch.position
                await self._send({"type": "position", "position": told})

    async def _ping(self) -> None:
        silent = 0.0
        while True:
            await self._clock.sleep(PING_SECONDS)
            silent = 0.0 if self._ponged else silent + PING_SECONDS
            if silent >= SILENT_AFTER_SECONDS:
                raise _End(1001)
            self._ponged = False
            await self._send({"type": "ping"})

    async def _receive(self) -> None:
        while True:
            text = await self._socket.receive_text()
            if len(text) > 1000:
                raise _End(1009)
            message = _parsed(text)
            if message.get("type") == "pong":
                self._ponged = True
                if message.get("desktop") is True:
                    self._desktop_seen.set()

    async def _beat(self) -> None:
        """Pass the desktop's heartbeats on to the floor, one at a time."""
        if not self._asker.may("agent.desktop"):
            return
        while True:
            await self._desktop_seen.wait()
            self._desktop_seen.clear()
            with contextlib.suppress(KwaboError):  # the next one may arrive
                await self._services.desktop.heartbeat(self._asker)
            await self._clock.sleep(PING_SECONDS * 0.8)

    async def _check_session(self) -> None:
        while True:
            await self._clock.sleep(SESSION_CHECK_SECONDS)
            try:
                now = await authenticate_again(self._socket)
            except KwaboError as error:
                if error.status == 503:
                    continue
                raise _End(SESSION_OVER) from None
            if now.permissions != self._asker.permissions:
                raise _End(BEGIN_AGAIN)


async def _send(socket: WebSocket, message: dict[str, Any]) -> None:
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    async with asyncio.timeout(SEND_WITHIN_SECONDS):
        await socket.send_text(text)


async def _close(socket: WebSocket, code: int) -> None:
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        await socket.close(code)


def _parsed(text: str) -> dict[str, Any]:
    try:
        message = json.loads(text)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}
