"""`/sip`: SIP over WebSocket between an agent's browser and the switch.

The browser speaks only to Kwabo's own origin. Frames are passed on as they are, in both directions;
when one side goes, the other is closed. What the switch accepts is decided by the SIP password
that the agent got at sign-in.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Annotated, Final

from fastapi import APIRouter
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Subprotocol

from kwabo.api.access import authenticate_again, clock_of, requires
from kwabo.api.origins import check_origin
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.errors import Forbidden, KwaboError

router = APIRouter(tags=["agent's desktop"])

SUBPROTOCOL: Final = "sip"
LONGEST_MESSAGE: Final = 64 * 1024  # bytes; a SIP message with its session description has a few kB
CONNECT_WITHIN_SECONDS: Final = 5.0
SESSION_CHECK_SECONDS: Final = 30.0
SWITCH_GONE: Final = 1013  # try again later
SESSION_OVER: Final = 4401

Agent = Annotated[Asker, requires("agent.desktop")]


@router.websocket("/sip")
async def sip(socket: WebSocket, asker: Agent) -> None:
    """Needs the session's cookie: a softphone belongs to a desktop."""
    check_origin(socket, asker)
    if asker.session_hash is None or SUBPROTOCOL not in socket.scope.get("subprotocols", []):
        raise Forbidden("SIP_SESSION", "Open the softphone from Kwabo's desktop.")
    await socket.accept(subprotocol=SUBPROTOCOL)
    code = SWITCH_GONE
    try:
        url: str | None = socket.app.state.sip_url
        if url is not None:
            code = await _proxy(socket, url)
    except (OSError, TimeoutError, WebSocketException):
        code = SWITCH_GONE
    finally:
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            await socket.close(code)


class _End(Exception):
    """One side is gone; the other is closed with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


async def _proxy(socket: WebSocket, url: str) -> int:
    """Pass frames on until one side goes; the code with which to close the browser's side."""
    async with connect(
        url,
        subprotocols=[Subprotocol(SUBPROTOCOL)],
        max_size=LONGEST_MESSAGE,
        open_timeout=CONNECT_WITHIN_SECONDS,
        compression=None,
        proxy=None,
    ) as switch:
        codes: list[int] = []
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(_to_switch(socket, switch))
                tasks.create_task(_to_browser(socket, switch))
                tasks.create_task(_while_session_holds(socket))
        except* _End as ends:
            codes = [end.code for end in ends.exceptions if isinstance(end, _End)]
        return codes[0] if codes else SWITCH_GONE


async def _to_switch(socket: WebSocket, switch: ClientConnection) -> None:
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            raise _End(1000)
        data = message.get("text")
        data = message.get("bytes") if data is None else data
        if data is None:
            continue
        if len(data) > LONGEST_MESSAGE:
            raise _End(1009)
        try:
            await switch.send(data)
        except ConnectionClosed:
            raise _End(SWITCH_GONE) from None


async def _to_browser(socket: WebSocket, switch: ClientConnection) -> None:
    try:
        async for data in switch:
            if isinstance(data, str):
                await socket.send_text(data)
            else:
                await socket.send_bytes(data)
    except ConnectionClosed:
        raise _End(SWITCH_GONE) from None
    except (RuntimeError, WebSocketDisconnect):
        raise _End(1000) from None
    raise _End(SWITCH_GONE)


async def _while_session_holds(socket: WebSocket) -> None:
    while True:
        await clock_of(socket).sleep(SESSION_CHECK_SECONDS)
        try:
            asker = await authenticate_again(socket)
        except KwaboError as error:
            if error.status == 503:
                continue
            raise _End(SESSION_OVER) from None
        if not asker.may("agent.desktop"):
            raise _End(SESSION_OVER)
