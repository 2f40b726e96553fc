"""Messages of webhooks. The beginning of an answer is kept; its end is not waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final

import aiohttp
from aiohttp.abc import AbstractResolver

from kwabo.adapters.outgoing.http import AddressRefused, HttpClient
from kwabo.kernel.clock import Clock
from kwabo.ports.webhooks import Posted

KEPT_BYTES: Final = 2048
SECONDS: Final = 15.0
READ_SECONDS: Final = 2.0
TAKEN: Final = range(200, 300)


class HttpWebhookClient(HttpClient):
    """See `kwabo.ports.webhooks.WebhookClient`; the arguments are those of HttpClient."""

    connections = 512  # so that slow receivers leave room for others: 32 webhooks, 16 requests each

    def __init__(
        self,
        clock: Clock,
        *,
        private_allowed: bool = False,
        resolver: AbstractResolver | None = None,
        seconds: float = SECONDS,
    ) -> None:
        super().__init__(clock, private_allowed=private_allowed, resolver=resolver)
        self._seconds = seconds

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
                answer = await _beginning(response)
            error = "" if status in TAKEN else "REDIRECT" if 300 <= status < 400 else "HTTP_STATUS"
        except TimeoutError:
            error = "TOO_SLOW"
        except AddressRefused:
            error = "ADDRESS_REFUSED"
        except aiohttp.ClientConnectorDNSError as failure:
            refused = isinstance(failure.os_error, AddressRefused)
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


async def _beginning(response: aiohttp.ClientResponse) -> str:
    """The first bytes as text. A receiver that has answered 2xx has taken the message, even if the
    rest of its answer never comes."""
    kept = bytearray()
    try:
        async with asyncio.timeout(READ_SECONDS):
            async for part in response.content.iter_chunked(KEPT_BYTES):
                kept += part
                if len(kept) >= KEPT_BYTES:
                    break
    except (TimeoutError, aiohttp.ClientError, OSError):
        pass
    if not response.content.at_eof():
        response.close()  # unread bytes would make the connection unusable
    return bytes(kept[:KEPT_BYTES]).decode("utf-8", "replace").replace("\0", "\ufffd")


def _seconds(retry_after: str | None) -> float | None:
    """Of `Retry-After`, the form in seconds."""
    text = (retry_after or "").strip()
    return float(text[:9]) if text.isascii() and text.isdigit() else None
