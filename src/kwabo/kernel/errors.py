"""Errors that carry a stable code.

Business errors (`KwaboError`) are meant for the person who asked: `code` never changes, `message`
says what is wrong and what to do, `field` names the part of the request, `details` holds facts.
The API turns each subclass into one HTTP status.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class KwaboError(Exception):
    """Something asked for cannot be done."""

    status = 400

    def __init__(
        self,
        code: str,
        message: str,
        *,
        field: str | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.details = dict(details or {})


class Invalid(KwaboError):
    """The request's content is wrong."""

    status = 422


class NotAuthenticated(KwaboError):
    """Nobody is signed in, or no longer."""

    status = 401


class Forbidden(KwaboError):
    """The person may not do this."""

    status = 403


class NotFound(KwaboError):
    """There is no such thing in this organisation."""

    status = 404


class Conflict(KwaboError):
    """The thing has changed, exists already, or is in a state that forbids this."""

    status = 409


class TooMany(KwaboError):
    """Asked too often; `details["retry_after_seconds"]` says when to try again."""

    status = 429


class Unavailable(KwaboError):
    """A part that is needed does not answer at present."""

    status = 503
