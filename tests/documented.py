"""Every error that the API answers in a test must stand in its OpenAPI document."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
from fastapi import FastAPI

from kwabo.api.openapi import CODES_KEY

_Addresses = list[tuple[list[str], dict[str, Any]]]
_known: _Addresses = []  # of the document, which is the same for every application


def documented_errors(app: FastAPI) -> Callable[[httpx.Response], Awaitable[None]]:
    """A hook for httpx's clients that fails a test whose answer has a code that is not told."""

    async def check(response: httpx.Response) -> None:
        if response.status_code < 400:
            return
        if not _known:
            paths = app.openapi()["paths"]
            _known.extend((path.strip("/").split("/"), item) for path, item in paths.items())
        operation = _operation(_known, response.request)
        if operation is None:
            return
        await response.aread()
        try:
            code = response.json()["error"]["code"]
        except (ValueError, KeyError, TypeError):
            return  # not in the shape of errors: for other tests to find
        told = operation["responses"].get(str(response.status_code), {}).get(CODES_KEY, ())
        name = operation["operationId"]
        assert code in told, f"{name} answered {response.status_code} {code}: ./dev client"

    return check


def _operation(addresses: _Addresses, request: httpx.Request) -> dict[str, Any] | None:
    asked = request.url.path.strip("/").split("/")
    if asked[:2] != ["api", "v1"]:
        return None
    fitting = [
        (sum(part.startswith("{") for part in parts), at, item)
        for at, (parts, item) in enumerate(addresses)
        if len(parts) == len(asked)
        and all(p.startswith("{") or p == a for p, a in zip(parts, asked, strict=True))
    ]
    if not fitting:
        return None
    found: dict[str, Any] | None = min(fitting)[2].get(request.method.lower())
    return found
