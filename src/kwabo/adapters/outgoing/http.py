"""The one HTTP client that asks machines of others.

The host's name is resolved once, its addresses are judged, and the connection goes to one of those
very addresses: a name that changes its mind between the two gains nothing. Redirects are not
followed, proxies of the environment not used, and no more is read than `MOST_BYTES`.
"""

from __future__ import annotations

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from kwabo.domain.outgoing.addresses import is_public
from kwabo.domain.outgoing.requests import OutgoingRequest
from kwabo.kernel.clock import Clock
from kwabo.ports.outgoing import Sent

MOST_BYTES = 65_536
CONNECTIONS = 64


class AddressRefused(OSError):
    """The host has an address to which no request may go."""


class PublicResolver(AbstractResolver):
    """Resolves names and refuses those with any address that is not public."""

    def __init__(self, resolver: AbstractResolver) -> None:
        self._resolver = resolver

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        if not all(is_public(one["host"]) for one in found):
            raise AddressRefused(f"{host} has an address that is not public")
        return found

    async def close(self) -> None:
        await self._resolver.close()


class HttpClient:
    """See `kwabo.ports.outgoing.OutgoingClient`.

    `private_allowed`: the operator lets requests go to private addresses and without encryption.
    `most_bytes`: longer answers are refused.
    """

    connections = CONNECTIONS  # at once

    def __init__(
        self,
        clock: Clock,
        *,
        private_allowed: bool = False,
        resolver: AbstractResolver | None = None,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._clock = clock
        self._most_bytes = most_bytes
        self._private_allowed = private_allowed
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    async def send(self, request: OutgoingRequest) -> Sent:
        """Send it once."""
        begun = self._clock.monotonic()
        status: int | None = None
        body: bytes | None = b""
        failure = ""
        try:
            status, body = await self._send(request)
            failure = "ANSWER_TOO_LONG" if body is None else ""
        except TimeoutError:
            failure = "TOO_SLOW"
        except AddressRefused:
            failure = "ADDRESS_REFUSED"
        except aiohttp.ClientConnectorDNSError as error:
            refused = isinstance(error.os_error, AddressRefused)
            failure = "ADDRESS_REFUSED" if refused else "ADDRESS_UNKNOWN"
        except (aiohttp.ClientError, OSError, ValueError):
            failure = "UNREACHABLE"
        seconds = self._clock.monotonic() - begun
        return Sent(status=status, body=body or b"", failure=failure, seconds=seconds)

    async def _send(self, request: OutgoingRequest) -> tuple[int, bytes | None]:
        """Status and body; None for a body that is too long."""
        self._judge(request.url)
        async with self._open().request(
            request.method,
            URL(request.url, encoded=True),  # its values are encoded: what they say stays
            data=request.raw or request.body.encode() or None,
            headers=request.headers,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=request.timeout_seconds),
        ) as answer:
            body = bytearray()
            async for part in answer.content.iter_chunked(MOST_BYTES):
                body += part
                if len(body) > self._most_bytes:
                    return answer.status, None
            return answer.status, bytes(body)

    def _judge(self, url: str) -> None:
        """What no resolver is asked about: encryption, and addresses written as such."""
        if self._private_allowed:
            return
        parts = urlsplit(url)
        host = parts.hostname or ""
        try:
            written = str(ip_address(host))
        except ValueError:
            written = ""
        if parts.scheme != "https" or (written and not is_public(written)):
            raise AddressRefused(f"{host} may not be asked")

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            resolver = self._resolver or aiohttp.ThreadedResolver()
            if not self._private_allowed:
                resolver = PublicResolver(resolver)
            connector = aiohttp.TCPConnector(
                resolver=resolver, use_dns_cache=False, limit=self.connections, limit_per_host=32
            )
            self._session = aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session

    async def close(self) -> None:
        """Let go of connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None
