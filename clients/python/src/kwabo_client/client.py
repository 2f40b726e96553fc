"""The clients: every group of operations as an attribute.

    with KwaboClient("https://kwabo.example", token="kwb_…") as kwabo:
        for campaign in kwabo.campaigns.list_campaigns(state="running"):
            print(campaign["name"])

`AsyncKwaboClient` is the same with `async with`, `await` and `async for`.
"""

from __future__ import annotations

import os
from types import TracebackType
from typing import Self

import httpx

from kwabo_client.generated.groups import AsyncGroups, Groups
from kwabo_client.retries import Retries
from kwabo_client.transport import Api, AsyncApi, Settings
from kwabo_client.version import __version__

DEFAULT_SERVER = "http://127.0.0.1:8000"


def _settings(
    server: str | None,
    token: str | None,
    language: str | None,
    timeout: float,
    retries: Retries | None,
) -> Settings:
    return Settings(
        server=server or os.environ.get("KWABO_URL") or DEFAULT_SERVER,
        token=token or os.environ.get("KWABO_TOKEN") or None,
        language=language,
        timeout=timeout,
        retries=retries or Retries(),
        user_agent=f"kwabo-client/{__version__}",
    )


class KwaboClient(Groups):
    """A client that waits for each answer. May be used by several threads at once."""

    def __init__(
        self,
        server: str | None = None,
        *,
        token: str | None = None,
        language: str | None = None,
        timeout: float = 60.0,
        retries: Retries | None = None,
        http: httpx.Client | None = None,
    ) -> None:
        """`server` and `token`: else KWABO_URL and KWABO_TOKEN. `language`: of messages, fr or en.
        `timeout`: seconds without a byte. `http`: a client of one's own (proxies, certificates),
        which then must hold the server's address and the token itself."""
        super().__init__(Api(_settings(server, token, language, timeout, retries), http))

    def close(self) -> None:
        """Close the connections."""
        self.api.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class AsyncKwaboClient(AsyncGroups):
    """A client for asyncio."""

    def __init__(
        self,
        server: str | None = None,
        *,
        token: str | None = None,
        language: str | None = None,
        timeout: float = 60.0,
        retries: Retries | None = None,
        http: httpx.AsyncClient | None = None,
    ) -> None:
        """As of `KwaboClient`."""
        super().__init__(AsyncApi(_settings(server, token, language, timeout, retries), http))

    async def close(self) -> None:
        """Close the connections."""
        await self.api.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()
