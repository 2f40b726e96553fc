"""Errors: what the server refused, and what kept it from answering.

KwaboError
├── Refused            an answer with `code`, `field`, `details`
│   ├── NotSignedIn    401
│   ├── Forbidden      403
│   ├── NotFound       404
│   ├── Conflict       409
│   ├── Invalid        422
│   ├── TooMany        429
│   └── ServerError    500 and above
│       └── Unavailable  503
├── ConnectionFailed   no answer
│   └── TimedOut
└── UnknownAnswer      an answer that is not Kwabo's
"""

from __future__ import annotations

from typing import Any

import httpx


class KwaboError(Exception):
    """Something asked for was not done, or nobody knows whether it was."""


class ConnectionFailed(KwaboError):
    """The server was not reached, or the connection broke."""


class TimedOut(ConnectionFailed):
    """The server did not answer in time."""


class UnknownAnswer(KwaboError):
    """The answer is not one of Kwabo's: is the address right?"""


class Refused(KwaboError):
    """The server's refusal."""

    def __init__(
        self,
        *,
        status: int,
        code: str,
        message: str,
        field: str | None = None,
        details: dict[str, Any] | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{message} ({code})")
        self.status = status
        self.code = code  # never changes; for programs
        self.message = message  # for people, in the client's language
        self.field = field
        self.details = details or {}
        self.request_id = request_id  # stands in the server's log
        self.retry_after = retry_after  # seconds

    @property
    def fields(self) -> list[dict[str, Any]]:
        """Each wrong field: {field, code, message}."""
        found = self.details.get("fields")
        return found if isinstance(found, list) else []


class NotSignedIn(Refused):
    """401: no token, or one that is not valid any more."""


class Forbidden(Refused):
    """403: the token does not allow this."""


class NotFound(Refused):
    """404: there is no such thing in this organisation."""


class Conflict(Refused):
    """409: it changed meanwhile, exists already, or is in a state that forbids this."""


class Invalid(Refused):
    """422: the request is wrong; see `field` and `fields`."""


class TooMany(Refused):
    """429: asked too often; see `retry_after`."""


class ServerError(Refused):
    """500 and above: the server failed."""


class Unavailable(ServerError):
    """503: a part that is needed does not answer at present."""


_KINDS: dict[int, type[Refused]] = {
    401: NotSignedIn,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    422: Invalid,
    429: TooMany,
    503: Unavailable,
}


def refusal(response: httpx.Response) -> KwaboError:
    """The error that an answer of 400 and above stands for; its body must have been read."""
    try:
        error = response.json()["error"]
        code, message = str(error["code"]), str(error["message"])
    except (ValueError, KeyError, TypeError):
        return UnknownAnswer(
            f"{response.request.url} answered {response.status_code}, but not as Kwabo does."
        )
    kind = _KINDS.get(response.status_code)
    if kind is None:
        kind = ServerError if response.status_code >= 500 else Refused
    return kind(
        status=response.status_code,
        code=code,
        message=message,
        field=error.get("field"),
        details=error.get("details"),
        request_id=response.headers.get("x-request-id"),
        retry_after=retry_after(response),
    )


def retry_after(response: httpx.Response) -> float | None:
    """The seconds in the header; None without one (dates are not sent by Kwabo)."""
    try:
        return max(0.0, float(response.headers["retry-after"]))
    except (KeyError, ValueError):
        return None


def no_answer(error: httpx.TransportError, server: str) -> ConnectionFailed:
    """The error for a request without an answer."""
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return ConnectionFailed(f"No server answers at {server}.")
    if isinstance(error, httpx.TimeoutException):
        return TimedOut(f"{server} did not answer in time.")
    return ConnectionFailed(f"The connection to {server} broke: {error or type(error).__name__}.")
