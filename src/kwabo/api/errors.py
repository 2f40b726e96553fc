"""Errors as answers: a status and `{"error": {code, message, field?, details?}}`."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse

from kwabo.api.translations import chosen_language, translated
from kwabo.api.translations.shapes import shape_message
from kwabo.kernel.errors import KwaboError

_CODES = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED", 413: "BODY_TOO_LARGE"}


def error_answer(connection: HTTPConnection, error: KwaboError) -> JSONResponse:
    """A business error in the asker's language."""
    message = translated(error.code, language_of(connection), error.details) or error.message
    body: dict[str, Any] = {"code": error.code, "message": message}
    if error.field is not None:
        body["field"] = error.field
    if error.details:
        body["details"] = _localised(error.details, language_of(connection))
    headers = {}
    if "retry_after_seconds" in error.details:
        headers["Retry-After"] = str(error.details["retry_after_seconds"])
    if error.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse({"error": body}, error.status, headers)


def _localised(details: dict[str, Any], language: str) -> dict[str, Any]:
    """The details, with the messages of single fields in this language where there are any."""
    fields = details.get("fields")
    if not isinstance(fields, list):
        return details
    return details | {
        "fields": [
            one | {"message": translated(one["code"], language, one) or one["message"]}
            for one in fields
        ]
    }


def plain_answer(
    connection: HTTPConnection, status: int, code: str, details: Mapping[str, Any] | None = None
) -> JSONResponse:
    """An error of the transport, with its catalogued message."""
    message = translated(code, language_of(connection), details or {}) or code
    body: dict[str, Any] = {"code": code, "message": message}
    if details:
        body["details"] = dict(details)
    return JSONResponse({"error": body}, status)


def language_of(connection: HTTPConnection) -> str:
    """In which language to answer."""
    asker = getattr(connection.state, "asker", None)
    return chosen_language(
        connection.headers.get("accept-language"), None if asker is None else asker.language
    )


def add_error_handlers(app: FastAPI) -> None:
    """Give every error that a route raises on purpose its shape."""

    async def business(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, KwaboError)
        if error.status == 409 and error.code.startswith("TOO_MANY_"):
            await _note_limit(request, error.code)
        return error_answer(request, error)

    async def validation(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        return plain_answer(
            request, 422, "INVALID", {"fields": _fields(error, language_of(request))}
        )

    async def transport(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        code = _CODES.get(error.status_code, f"HTTP_{error.status_code}")
        return plain_answer(request, error.status_code, code)

    app.add_exception_handler(KwaboError, business)
    app.add_exception_handler(RequestValidationError, validation)
    app.add_exception_handler(HTTPException, transport)


async def _note_limit(request: Request, code: str) -> None:
    """Somebody met a limit of the organisation: the event log tells who looks after it."""
    asker = getattr(request.state, "asker", None)
    if asker is not None:
        with contextlib.suppress(KwaboError):  # the answer matters more
            await request.app.state.services.event_log.note_limit(asker, code)


def _fields(error: RequestValidationError, language: str) -> list[dict[str, str]]:
    """The wrong fields, without the values that were sent (they may be secrets)."""
    return [
        {
            "field": ".".join(str(part) for part in problem["loc"][1:]) or str(problem["loc"][0]),
            "code": str(problem["type"]).upper(),
            "message": shape_message(problem["type"], language, problem.get("ctx") or {})
            or str(problem["msg"]),
        }
        for problem in error.errors()
    ]
