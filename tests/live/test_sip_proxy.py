"""SIP over WebSocket through Kwabo's own origin, against a switch that speaks it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Subprotocol

from kwabo.api import sip_proxy
from live.conftest import Site


@dataclass
class FarSwitch:
    """Answers every frame with itself; BYE makes it hang up."""

    url: str = ""
    open: list[ServerConnection] = field(default_factory=list)
    gone: asyncio.Queue[None] = field(default_factory=asyncio.Queue)

    async def serve(self, connection: ServerConnection) -> None:
        assert connection.subprotocol == "sip"
        self.open.append(connection)
        try:
            async for frame in connection:
                if frame == "BYE":
                    return
                await connection.send(frame)
        finally:
            self.open.remove(connection)
            await self.gone.put(None)


@pytest.fixture
async def switch(site: Site) -> AsyncIterator[FarSwitch]:
    """The switch to which the application's agents are sent."""
    switch = FarSwitch()
    async with serve(switch.serve, "127.0.0.1", 0, subprotocols=[Subprotocol("sip")]) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        site.application.app.state.sip_url = f"ws://127.0.0.1:{port}/ws"
        yield switch


async def test_frames_go_through_in_both_directions(site: Site, switch: FarSwitch) -> None:
    async with site.socket("a.agent", "/sip", sip=True) as socket:
        assert socket.subprotocol == "sip"
        register = "REGISTER sip:kwabo SIP/2.0\r\n\r\n"
        for frame in (register, b"\x00\xff", "é" * 8000, ""):
            await socket.send(frame)
            async with asyncio.timeout(10):
                assert await socket.recv() == frame


async def test_the_browser_going_away_ends_the_switch_s_side(site: Site, switch: FarSwitch) -> None:
    async with site.socket("a.agent", "/sip", sip=True) as socket:
        await socket.send("x")
        await socket.recv()
        assert len(switch.open) == 1
    async with asyncio.timeout(10):
        await switch.gone.get()
    assert switch.open == []


async def test_the_switch_going_away_ends_the_browser_s_side(site: Site, switch: FarSwitch) -> None:
    async with site.socket("a.agent", "/sip", sip=True) as socket:
        await socket.send("BYE")
        with pytest.raises(ConnectionClosed) as closed:
            async with asyncio.timeout(10):
                await socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == sip_proxy.SWITCH_GONE


async def test_without_a_switch_the_browser_is_told_to_come_back(site: Site) -> None:
    site.application.app.state.sip_url = "ws://127.0.0.1:9/ws"
    async with site.socket("a.agent", "/sip", sip=True) as socket:
        with pytest.raises(ConnectionClosed) as closed:
            async with asyncio.timeout(10):
                await socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == sip_proxy.SWITCH_GONE


async def test_a_message_that_is_too_long_ends_it(site: Site, switch: FarSwitch) -> None:
    async with site.socket("a.agent", "/sip", sip=True) as socket:
        await socket.send("x" * (sip_proxy.LONGEST_MESSAGE + 1))
        with pytest.raises(ConnectionClosed) as closed:
            async with asyncio.timeout(10):
                await socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009


@pytest.mark.parametrize(
    ("login", "origin", "sip"),
    [
        ("a.supervisor", "", True),  # no desktop
        ("a.agent", "http://evil.example", True),
        ("a.agent", None, True),
        ("a.agent", "", False),  # not SIP
    ],
)
async def test_others_are_refused(
    site: Site, switch: FarSwitch, login: str, origin: str | None, sip: bool
) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with site.socket(login, "/sip", origin=origin, sip=sip):
            pass
    assert refused.value.response.status_code == 403
    assert switch.open == []


async def test_a_token_opens_no_softphone(site: Site, switch: FarSwitch) -> None:
    program = await site.application.with_token("a.admin")
    headers = {"Authorization": program.headers["Authorization"]}
    with pytest.raises(InvalidStatus):
        async with connect(
            f"ws://{site.host}/sip",
            additional_headers=headers,
            subprotocols=[Subprotocol("sip")],
            proxy=None,
        ):
            pass
    assert switch.open == []
