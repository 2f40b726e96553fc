"""Requests: made once for both ways of waiting, sent by `Api` or `AsyncApi`.

A POST gets an Idempotency-Key of its own when the caller gives none, so that it can be asked again
after a broken connection and is done once all the same.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from kwabo_client.errors import UnknownAnswer, no_answer, refusal
from kwabo_client.files import AsyncDownload, Download, File, Progress, Told, opened
from kwabo_client.generated.table import OPERATIONS
from kwabo_client.operations import Operation, plain, query_of
from kwabo_client.pages import AsyncPages, Pages
from kwabo_client.retries import Retries

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a client was made with."""

    server: str
    token: str | None
    language: str | None
    timeout: float
    retries: Retries
    user_agent: str

    @property
    def http(self) -> dict[str, Any]:
        """The arguments of httpx's clients."""
        headers = {"User-Agent": self.user_agent, "Accept": "application/json, text/csv"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if self.language:
            headers["Accept-Language"] = self.language
        return {"base_url": self.server.rstrip("/"), "headers": headers, "timeout": self.timeout}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that is to be sent."""

    method: str
    address: str
    query: dict[str, str]
    repeatable: bool
    key: str | None = None
    json: Any = None
    fields: dict[str, str] | None = None
    file: Told | None = None

    @classmethod
    def of(
        cls,
        operation: Operation,
        *,
        path: Values | None = None,
        query: Values | None = None,
        body: Any = None,
        key: str | None = None,
    ) -> Asked:
        """A request for an operation."""
        return cls(
            method=operation.method,
            address=operation.address(path or {}),
            query=query_of(query),
            repeatable=operation.repeatable,
            key=(key or str(uuid4())) if operation.keyed else None,
            json=plain(body),
        )

    @property
    def http(self) -> dict[str, Any]:
        """The arguments of httpx's `build_request`."""
        headers = {} if self.key is None else {"Idempotency-Key": self.key}
        found: dict[str, Any] = {
            "method": self.method, "url": self.address, "params": self.query, "headers": headers,
        }  # fmt: skip
        if self.json is not None:
            found["json"] = self.json
        if self.file is not None:
            found["data"] = self.fields
            found["files"] = {"file": (self.file.name, self.file, "application/octet-stream")}
        return found


class Api:
    """Sends requests and waits for each."""

    def __init__(self, settings: Settings, http: httpx.Client | None = None) -> None:
        self.settings = settings
        self._http = http or httpx.Client(**settings.http)
        self._dice = random.Random()  # noqa: S311 - spreads waits, guards nothing

    def call(
        self,
        name: str,
        *,
        path: Values | None = None,
        query: Values | None = None,
        body: Any = None,
        key: str | None = None,
    ) -> Any:
        """An operation by its name; its answer as JSON, None when it has none."""
        asked = Asked.of(OPERATIONS[name], path=path, query=query, body=body, key=key)
        with self._answer(asked) as response:
            response.read()
            return _content(response)

    def pages(self, name: str, *, path: Values | None = None, query: Values | None = None) -> Any:
        """A list, to be fetched as it is read."""

        def fetch(page_token: str | None) -> Any:
            return self.call(name, path=path, query={**(query or {}), "page_token": page_token})

        return Pages[Any](fetch)

    def download(
        self, name: str, *, path: Values | None = None, query: Values | None = None
    ) -> Download:
        """A file, to be fetched as it is read."""
        asked = Asked.of(OPERATIONS[name], path=path, query=query)
        return Download(lambda: self._answer(asked))

    def upload(
        self,
        name: str,
        file: File,
        *,
        path: Values | None = None,
        fields: Values | None = None,
        progress: Progress | None = None,
    ) -> Any:
        """Send a file; never asked again once bytes of it were sent."""
        with opened(file, progress) as told:
            asked = _upload(OPERATIONS[name], told, path, fields)
            with self._answer(asked) as response:
                response.read()
                return _content(response)

    def request(
        self, method: str, path: str, *, query: Values | None = None, body: Any = None
    ) -> Any:
        """Any path under /api/v1: for what has no method of its own."""
        with self._answer(_raw(method, path, query, body)) as response:
            response.read()
            return _content(response)

    @contextmanager
    def _answer(self, asked: Asked) -> Iterator[httpx.Response]:
        response = self._send(asked)
        try:
            yield response
        except httpx.TransportError as error:
            raise no_answer(error, self.settings.server) from error
        finally:
            response.close()

    def _send(self, asked: Asked) -> httpx.Response:
        again = 0
        while True:
            outcome: httpx.Response | httpx.TransportError
            try:
                outcome = self._http.send(self._http.build_request(**asked.http), stream=True)
                if outcome.status_code < 400:
                    return outcome
                outcome.read()
            except httpx.TransportError as error:
                outcome = error
            wait = self.settings.retries.wait(
                again, outcome, repeatable=asked.repeatable, dice=self._dice
            )
            if wait is None:
                if isinstance(outcome, httpx.TransportError):
                    raise no_answer(outcome, self.settings.server) from outcome
                raise refusal(outcome)
            time.sleep(wait)
            again += 1

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


class AsyncApi:
    """Sends requests; each is awaited."""

    def __init__(self, settings: Settings, http: httpx.AsyncClient | None = None) -> None:
        self.settings = settings
        self._http = http or httpx.AsyncClient(**settings.http)
        self._dice = random.Random()  # noqa: S311 - spreads waits, guards nothing

    async def call(
        self,
        name: str,
        *,
        path: Values | None = None,
        query: Values | None = None,
        body: Any = None,
        key: str | None = None,
    ) -> Any:
        """An operation by its name; its answer as JSON, None when it has none."""
        asked = Asked.of(OPERATIONS[name], path=path, query=query, body=body, key=key)
        async with self._answer(asked) as response:
            await response.aread()
            return _content(response)

    def pages(self, name: str, *, path: Values | None = None, query: Values | None = None) -> Any:
        """A list, to be fetched as it is read."""

        async def fetch(page_token: str | None) -> Any:
            asked = {**(query or {}), "page_token": page_token}
            return await self.call(name, path=path, query=asked)

        return AsyncPages[Any](fetch)

    def download(
        self, name: str, *, path: Values | None = None, query: Values | None = None
    ) -> AsyncDownload:
        """A file, to be fetched as it is read."""
        asked = Asked.of(OPERATIONS[name], path=path, query=query)
        return AsyncDownload(lambda: self._answer(asked))

    async def upload(
        self,
        name: str,
        file: File,
        *,
        path: Values | None = None,
        fields: Values | None = None,
        progress: Progress | None = None,
    ) -> Any:
        """Send a file; never asked again once bytes of it were sent."""
        with opened(file, progress) as told:
            asked = _upload(OPERATIONS[name], told, path, fields)
            async with self._answer(asked) as response:
                await response.aread()
                return _content(response)

    async def request(
        self, method: str, path: str, *, query: Values | None = None, body: Any = None
    ) -> Any:
        """Any path under /api/v1: for what has no method of its own."""
        async with self._answer(_raw(method, path, query, body)) as response:
            await response.aread()
            return _content(response)

    @asynccontextmanager
    async def _answer(self, asked: Asked) -> AsyncIterator[httpx.Response]:
        response = await self._send(asked)
        try:
            yield response
        except httpx.TransportError as error:
            raise no_answer(error, self.settings.server) from error
        finally:
            await response.aclose()

    async def _send(self, asked: Asked) -> httpx.Response:
        again = 0
        while True:
            outcome: httpx.Response | httpx.TransportError
            try:
                request = self._http.build_request(**asked.http)
                outcome = await self._http.send(request, stream=True)
                if outcome.status_code < 400:
                    return outcome
                await outcome.aread()
            except httpx.TransportError as error:
                outcome = error
            wait = self.settings.retries.wait(
                again, outcome, repeatable=asked.repeatable, dice=self._dice
            )
            if wait is None:
                if isinstance(outcome, httpx.TransportError):
                    raise no_answer(outcome, self.settings.server) from outcome
                raise refusal(outcome)
            await asyncio.sleep(wait)
            again += 1

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()


def _upload(operation: Operation, file: Told, path: Values | None, fields: Values | None) -> Asked:
    return Asked(
        method=operation.method,
        address=operation.address(path or {}),
        query={},
        repeatable=False,
        fields=query_of(fields),
        file=file,
    )


def _raw(method: str, path: str, query: Values | None, body: Any) -> Asked:
    """A request for a path, with a key when there is an operation there that takes one."""
    from kwabo_client.operations import PREFIX

    path = "/" + path.removeprefix(PREFIX).lstrip("/")
    operation = operation_at(method, path)
    keyed = operation is not None and operation.keyed and operation.kind != "upload"
    return Asked(
        method=method.upper(),
        address=PREFIX + path,
        query=query_of(query),
        repeatable=method.upper() == "GET" or keyed,
        key=str(uuid4()) if keyed else None,
        json=plain(body),
    )


def operation_at(method: str, path: str) -> Operation | None:
    """The operation with this method and path (values in place of parameters)."""
    parts = path.split("?", maxsplit=1)[0].strip("/").split("/")
    best: Operation | None = None
    for operation in OPERATIONS.values():
        named = operation.path.strip("/").split("/")
        if operation.method != method.upper() or len(named) != len(parts):
            continue
        if all(one.startswith("{") or one == part for one, part in zip(named, parts, strict=True)):
            exact = best is None or len(operation.parameters) < len(best.parameters)
            best = operation if exact else best
    return best


def _content(response: httpx.Response) -> Any:
    if not response.content:
        return None
    if not response.headers.get("content-type", "").startswith("application/json"):
        if response.headers.get("content-type", "").startswith("text/csv"):
            return response.text
        raise UnknownAnswer(
            f"{response.request.url} did not answer as Kwabo does. Is the address right?"
        )
    return response.json()
