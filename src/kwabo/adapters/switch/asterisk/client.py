"""Requests and events of Asterisk's REST interface (ARI), typed thinly.

A request ends in one of three ways, and the difference is the whole point of this module:
an answer (`AriAnswer`), certainly not sent (`AriNotSent`), or sent without an answer
(`AriNoAnswer`): what was asked may or may not have been done.
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from kwabo.adapters.switch.asterisk.breaker import CircuitBreaker
from kwabo.kernel.clock import Clock

CONNECT_SECONDS = 2.0  # Asterisk keeps 10 at its door: another knocks again after a second
TOTAL_SECONDS = 3.0
KEEP_ALIVE_SECONDS = 8.0  # below Asterisk's own (15 s by default), so that it never closes first
CONNECTIONS = 32  # for requests
MORE_CONNECTIONS = 8  # for the events, and files that are fetched


class AriNotSent(Exception):
    """The request did not leave: no connection, or the circuit is open."""


class AriNoAnswer(Exception):
    """The request left, and no whole answer came in time."""


class AriSocketLost(Exception):
    """Events do not flow any more; the text says why."""


@dataclass(frozen=True, slots=True)
class AriAnswer:
    """What the switch said."""

    status: int
    body: Any  # decoded JSON; None when there is none

    @property
    def ok(self) -> bool:
        """Whether it said yes."""
        return 200 <= self.status < 300

    @property
    def reason(self) -> str:
        """Its own words when it said no."""
        if isinstance(self.body, dict):
            return str(self.body.get("message") or self.body.get("error") or "")
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AriAddress:
    """Where the interface is, and who we are there."""

    url: str  # e.g. http://127.0.0.1:8088/ari
    user: str
    password: str = field(repr=False)


class AriClient:
    """REST over a small pool of connections, and one WebSocket of events."""

    def __init__(self, address: AriAddress, clock: Clock) -> None:
        self._address = address
        self._base = address.url.rstrip("/")
        self.breaker = CircuitBreaker(clock)
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(CONNECTIONS)

    async def open(self) -> None:
        """Make the pool; nothing is sent."""
        self._session = aiohttp.ClientSession(
            headers={"Authorization": f"Basic {_credentials(self._address)}"},
            timeout=aiohttp.ClientTimeout(total=TOTAL_SECONDS, sock_connect=CONNECT_SECONDS),
            connector=aiohttp.TCPConnector(
                limit=CONNECTIONS + MORE_CONNECTIONS, keepalive_timeout=KEEP_ALIVE_SECONDS
            ),
            trust_env=False,
        )

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Any = None,
    ) -> AriAnswer:
        """One request. Raises `AriNotSent` or `AriNoAnswer`."""
        # Its time begins when a connection is free: waiting for one says nothing of the switch.
        async with self._slots:
            if self._session is None:
                raise AriNotSent("the connection is closed")
            if not self.breaker.may_pass():
                raise AriNotSent("the switch has not answered for a while")
            try:
                answer = await self._exchange(self._session, method, path, query, body)
            except (AriNotSent, AriNoAnswer):
                self.breaker.failed()
                raise
            self.breaker.succeeded()
            return answer

    async def fetch(self, path: str) -> bytes:
        """A file that the switch holds. Raises as `ask`; ValueError when it gives none."""
        if self._session is None:
            raise AriNotSent("the connection is closed")
        try:
            async with self._session.get(f"{self._base}/{path}") as response:
                raw = await response.read()
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise AriNoAnswer(f"no answer ({type(error).__name__})") from error
        if response.status != 200:
            raise ValueError(f"the switch answered {response.status}")
        return raw

    async def _exchange(
        self,
        session: aiohttp.ClientSession,
        method: str,
        path: str,
        query: Mapping[str, str] | None,
        body: Any,
    ) -> AriAnswer:
        try:
            async with session.request(
                method, f"{self._base}/{path}", params=query, json=body, allow_redirects=False
            ) as response:
                raw = await response.read()
                return AriAnswer(response.status, _decode(raw))
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError) as error:
            raise AriNotSent(f"no connection ({type(error).__name__})") from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise AriNoAnswer(f"no answer ({type(error).__name__})") from error

    async def connect_events(self, application: str) -> AriEventSocket:
        """Register the application and get its events. Raises `AriSocketLost`."""
        if self._session is None:
            raise AriSocketLost("the connection is closed")
        try:
            async with asyncio.timeout(TOTAL_SECONDS):
                socket = await self._session.ws_connect(
                    f"{self._base}/events",
                    params={"app": application, "subscribeAll": "true"},
                    autoping=False,
                    max_msg_size=16 * 1024 * 1024,
                    timeout=aiohttp.ClientWSTimeout(ws_close=1.0),
                )
        except aiohttp.WSServerHandshakeError as error:
            raise AriSocketLost(f"the switch refused the connection ({error.status})") from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise AriSocketLost(f"no connection ({type(error).__name__})") from error
        return AriEventSocket(socket)


class AriEventSocket:
    """One WebSocket: events in, pings and pongs both ways."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def receive(self) -> Mapping[str, Any] | None:
        """The next event, or None for a sign of life without one. Raises `AriSocketLost`."""
        message = await self._socket.receive()
        if message.type is aiohttp.WSMsgType.TEXT:
            try:
                event = json.loads(message.data)
            except ValueError:
                return None
            return event if isinstance(event, dict) else None
        if message.type is aiohttp.WSMsgType.PING:
            await self._socket.pong(message.data)
            return None
        if message.type is aiohttp.WSMsgType.PONG:
            return None
        raise AriSocketLost("the switch closed the connection")

    async def ping(self) -> None:
        """Ask for a sign of life."""
        try:
            await self._socket.ping()
        except (aiohttp.ClientError, OSError, RuntimeError) as error:
            raise AriSocketLost("the connection broke") from error

    async def close(self) -> None:
        """Close; a peer that does not answer the closing is left."""
        await self._socket.close()


def _credentials(address: AriAddress) -> str:
    return base64.b64encode(f"{address.user}:{address.password}".encode()).decode()


def _decode(raw: bytes) -> Any:
    if not raw:
        return None
    try:
        return json.loads(raw)
    except ValueError:
        return None
