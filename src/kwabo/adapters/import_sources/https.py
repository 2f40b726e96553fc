"""One file at an HTTPS address, fetched only when the server says that it has changed."""

from __future__ import annotations

import ssl
from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

import aiohttp

from kwabo.adapters.import_sources.addresses import AddressGuard
from kwabo.domain.contacts.import_source import ImportSource
from kwabo.ports.import_sources import FoundFile, SourceFailed, Validators

MOST_REDIRECTS: Final = 5
MOST_BYTES: Final = 5_000_000_000
TIMEOUT: Final = aiohttp.ClientTimeout(total=3600, sock_connect=15, sock_read=60)
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


@asynccontextmanager
async def https_source(
    source: ImportSource,
    secret: str | None,
    guard: AddressGuard,
    known: Validators,
    tls: ssl.SSLContext | None,
) -> AsyncIterator[HttpsSource]:
    """Connected, until the block is left. Raises SourceFailed."""
    connector = aiohttp.TCPConnector(resolver=guard, ssl=tls if tls is not None else True)
    async with aiohttp.ClientSession(
        connector=connector, timeout=TIMEOUT, trust_env=False, auto_decompress=False
    ) as session:
        connected = HttpsSource(source, secret, guard, known, session)
        try:
            yield connected
        finally:
            connected.close()


class HttpsSource:
    """See `ports.import_sources`. The request is made when the files are asked for."""

    def __init__(
        self,
        source: ImportSource,
        secret: str | None,
        guard: AddressGuard,
        known: Validators,
        session: aiohttp.ClientSession,
    ) -> None:
        self._source = source
        self._secret = secret
        self._guard = guard
        self._session = session
        self._answer: aiohttp.ClientResponse | None = None
        self.validators = known

    def close(self) -> None:
        """Let go of an answer that was not read to its end."""
        if self._answer is not None:
            self._answer.close()

    async def files(self) -> Sequence[FoundFile]:
        self.close()
        answer = self._answer = await self._ask()
        if answer.status == 304:
            return []
        if answer.status in (401, 403):
            raise SourceFailed("SOURCE_SIGN_IN_REFUSED", str(answer.status))
        if answer.status != 200:
            raise SourceFailed("SOURCE_STATUS", str(answer.status))
        if answer.headers.get("Content-Encoding", "identity").lower() not in ("", "identity"):
            raise SourceFailed("SOURCE_ENCODED", answer.headers["Content-Encoding"])
        size = answer.content_length
        if size is not None and size > MOST_BYTES:
            raise SourceFailed("SOURCE_TOO_LARGE")
        self.validators = Validators(
            etag=_short(answer.headers.get("ETag")),
            last_modified=_short(answer.headers.get("Last-Modified")),
        )
        name = unquote(urlsplit(self._source.url).path.rpartition("/")[2]) or "file.csv"
        return [
            FoundFile(
                name=name[-200:],
                size=size,
                modified_at=_moment(self.validators.last_modified),
                fingerprint="",
            )
        ]

    async def _ask(self) -> aiohttp.ClientResponse:
        url = self._source.url
        for _ in range(MOST_REDIRECTS + 1):
            answer = await self._get(url)
            if answer.status not in _REDIRECTS:
                return answer
            place = answer.headers.get("Location", "")
            answer.close()
            onward = urljoin(url, place)
            parts = urlsplit(onward)
            if parts.scheme != "https" and not (
                parts.scheme == "http"
                and urlsplit(url).scheme == "http"
                and self._guard.private_allowed
            ):
                raise SourceFailed("SOURCE_REDIRECT", parts.scheme)
            url = onward
        raise SourceFailed("SOURCE_REDIRECT", "too many")

    async def _get(self, url: str) -> aiohttp.ClientResponse:
        await self._check_address(url)
        headers = {"Accept-Encoding": "identity", "User-Agent": "Kwabo"}
        if self.validators.etag:
            headers["If-None-Match"] = self.validators.etag
        if self.validators.last_modified:
            headers["If-Modified-Since"] = self.validators.last_modified
        mine, asked = urlsplit(self._source.url), urlsplit(url)
        if (mine.scheme, mine.netloc) == (asked.scheme, asked.netloc):
            headers |= self._sign_in()  # never sent on to where a redirect leads
        try:
            return await self._session.get(url, headers=headers, allow_redirects=False)
        except aiohttp.ClientConnectorError as error:
            raise _inner(error) or SourceFailed(
                "SOURCE_UNREACHABLE", error.strerror or type(error.os_error).__name__
            ) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _inner(error) or SourceFailed(
                "SOURCE_UNREACHABLE", type(error).__name__
            ) from error

    async def _check_address(self, url: str) -> None:
        """The client does not ask the guard about what it takes for a written-out address, such as
        127.0.0.1, 2130706433 or 0177.0.0.1."""
        parts = urlsplit(url)
        await self._guard.addresses((parts.hostname or "").partition("%")[0], parts.port or 443)

    def _sign_in(self) -> dict[str, str]:
        secret = self._secret or ""
        if self._source.sign_in == "token":
            return {"Authorization": f"Bearer {secret}"}
        if self._source.sign_in == "password":
            pair = b64encode(f"{self._source.user}:{secret}".encode()).decode()
            return {"Authorization": f"Basic {pair}"}
        return {}

    async def read(self, file: FoundFile) -> AsyncIterator[bytes]:
        answer = self._answer
        if answer is None:
            raise SourceFailed("SOURCE_UNREACHABLE")
        done = 0
        try:
            async for chunk in answer.content.iter_chunked(1 << 18):
                done += len(chunk)
                if done > MOST_BYTES:
                    raise SourceFailed("SOURCE_TOO_LARGE")
                yield chunk
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise SourceFailed("SOURCE_BROKEN_OFF", type(error).__name__) from error
        finally:
            answer.close()

    async def move(self, file: FoundFile) -> None:
        """Nothing can be moved at an address."""

    async def delete(self, file: FoundFile) -> None:
        """Nothing can be deleted at an address."""


def _inner(error: BaseException) -> SourceFailed | None:
    """The guard's own refusal, which the client wraps."""
    at: BaseException | None = error
    while at is not None:
        if isinstance(at, SourceFailed):
            return at
        at = getattr(at, "os_error", None) or at.__cause__ or at.__context__
        if at is error:
            return None
    return None


def _short(text: str | None) -> str | None:
    return text if text is not None and len(text) <= 500 else None


def _moment(text: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
