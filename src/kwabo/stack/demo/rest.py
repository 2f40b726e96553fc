"""A signed-in person at the REST interface, as far as the demonstration needs one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp


class Refused(Exception):
    """The server said no."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code


class Person:
    """Use as `async with Person(url, login, password) as admin:`."""

    def __init__(self, url: str, login: str, password: str) -> None:
        self.url = url
        self._login = {"login": login, "password": password}
        self._session = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True),  # the server is an address, not a name
            timeout=aiohttp.ClientTimeout(total=30),
        )
        self._csrf = ""
        self.user_id = ""

    async def __aenter__(self) -> Self:
        try:
            session = await self.post("/session", self._login)
        except BaseException:
            await self._session.close()
            raise
        self._csrf = session["csrf_token"]
        self.user_id = session["user"]["user_id"]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def get(self, path: str, **query: Any) -> Any:
        """The answer of a GET. Raises Refused."""
        return await self._ask("GET", path, params=query)

    async def post(self, path: str, body: Any = None) -> Any:
        """The answer of a POST. Raises Refused."""
        return await self._ask("POST", path, json=body if body is not None else {})

    async def patch(self, path: str, body: Any) -> Any:
        """The answer of a PATCH. Raises Refused."""
        return await self._ask("PATCH", path, json=body)

    async def put(self, path: str, body: Any) -> Any:
        """The answer of a PUT. Raises Refused."""
        return await self._ask("PUT", path, json=body)

    async def pages(self, path: str, **query: Any) -> AsyncIterator[Any]:
        """Every item of a list, page by page."""
        token: str | None = None
        while True:
            more = {"page_token": token} if token else {}
            page = await self.get(path, limit=200, **query, **more)
            for item in page["items"]:
                yield item
            token = page["next_page_token"]
            if token is None:
                return

    async def read(self, path: str) -> bytes:
        """A file's bytes. Raises Refused."""
        async with self._session.get(f"{self.url}/api/v1{path}") as answer:
            if answer.status >= 400:
                raise Refused(answer.status, "", answer.reason or "")
            return await answer.read()

    async def upload(self, path: str, file: Path, **fields: str) -> Any:
        """Send a file as the form's `file`, and the form's other fields."""
        with file.open("rb") as stream:
            form = aiohttp.FormData(fields)
            form.add_field("file", stream, filename=file.name, content_type="text/csv")
            return await self._ask("POST", path, data=form)

    def live(self) -> Any:
        """The live socket, as a context manager."""
        return self._session.ws_connect(
            f"{self.url}/api/v1/live", headers={"Origin": self.url}, max_msg_size=0
        )

    async def _ask(self, method: str, path: str, **values: Any) -> Any:
        headers = {"X-CSRF-Token": self._csrf} if self._csrf else {}
        async with self._session.request(
            method, f"{self.url}/api/v1{path}", headers=headers, **values
        ) as answer:
            body = await answer.json() if answer.content_type == "application/json" else None
            if answer.status >= 400:
                error = (body or {}).get("error", {})
                fields = (error.get("details") or {}).get("fields") or []
                about = "; ".join(f"{field['field']}: {field['message']}" for field in fields)
                message = " ".join(filter(None, (error.get("message") or answer.reason, about)))
                raise Refused(answer.status, error.get("code", ""), message)
            return body
