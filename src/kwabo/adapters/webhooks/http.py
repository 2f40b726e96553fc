"""Messages sent over HTTP to addresses that people have typed.

The host's name is resolved once for each connection, its addresses are judged, and the connection
goes to one of those very addresses: a name that changes its mind between the two gains nothing.
Redirects are not followed, proxies of the environment not used, and of the answer no more is read
than is kept.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from kwabo.domain.outgoing.addresses import is_public
from kwabo.kernel.clock import Clock
from kwabo.ports.webhooks import Posted

KEPT_BYTES: Final = 2048
SECONDS: Final = 15.0
CONNECTIONS: Final = 256
CONNECTIONS_PER_HOST: Final = 16
TAKEN: Final = range(200, 300)


class _Refused(OSError):
    """The host has an address to which no request may go."""


class _OnlyPublic(AbstractResolver):
    """Resolves names and refuses those with any address that is not public."""

    def __init__(self, resolver: AbstractResolver) -> None:
        self._resolver = resolver

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        if not all(is_public(one["host"]) for one in found):
            raise _Refused(f"{host} has an address that is not public")
        return found

    async def close(self) -> None:
        await self._resolver.close()


class HttpWebhookClient:
    """See `kwabo.ports.webhooks.WebhookClient`.

    `private_allowed`: the operator lets requests go to private addresses and without encryption.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        private_allowed: bool = False,
        resolver: AbstractResolver | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._clock = clock
        self._private_allowed = private_allowed
        self._resolver = resolver
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Posted:
        """Send a message; whatever goes wrong is in the answer."""
        begun = self._clock.monotonic()
        status: int | None = None
        answer, retry_after = "", None
        try:
            self._judge(url)
            async with self._open().post(
                url,
                data=body,
                headers={"Content-Type": "application/json", "User-Agent": "Kwabo", **headers},
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=self._seconds),
            ) as response:
                status = response.status
                retry_after = _seconds(response.headers.get("Retry-After"))
                answer = await self._beginning(response)
            error = "" if status in TAKEN else "REDIRECT" if 300 <= status < 400 else "HTTP_STATUS"
        except TimeoutError:
            error = "TOO_SLOW"
        except _Refused:
            error = "ADDRESS_REFUSED"
        except aiohttp.ClientConnectorDNSError as failure:
            refused = isinstance(failure.os_error, _Refused)
            error = "ADDRESS_REFUSED" if refused else "ADDRESS_UNKNOWN"
        except (aiohttp.ClientError, OSError, ValueError):
            error = "UNREACHABLE"
        return Posted(
            status=status,
            error=error,
            duration_ms=round((self._clock.monotonic() - begun) * 1000),
            answer=answer,
            retry_after_seconds=retry_after,
        )

    async def _beginning(self, response: aiohttp.ClientResponse) -> str:
        """The first bytes as text. A receiver that has answered 2xx has taken the message, even
        if the rest of its answer never comes."""
        kept = bytearray()
        try:
            async with asyncio.timeout(2.0):
                async for part in response.content.iter_chunked(KEPT_BYTES):
                    kept += part
                    if len(kept) >= KEPT_BYTES:
                        break
        except (TimeoutError, aiohttp.ClientError, OSError):
            pass
        if not response.content.at_eof():
            response.close()  # unread bytes would make the connection unusable
        return bytes(kept[:KEPT_BYTES]).decode("utf-8", "replace").replace("\0", "�")

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
            raise _Refused(f"{host} may not be asked")

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            resolver = self._resolver or aiohttp.ThreadedResolver()
            if not self._private_allowed:
                resolver = _OnlyPublic(resolver)
            connector = aiohttp.TCPConnector(
                resolver=resolver,
                use_dns_cache=False,
                limit=CONNECTIONS,
                limit_per_host=CONNECTIONS_PER_HOST,
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


def _seconds(retry_after: str | None) -> float | None:
    """Of `Retry-After`, the form in seconds."""
    if retry_after is None or not retry_after.strip().isdigit():
        return None
    return float(min(int(retry_after.strip()[:9]), 10**9))
