"""Requests to machines of others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from kwabo.domain.outgoing.requests import OutgoingRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came of a request: an answer, or the code of why there is none.

    Codes: TOO_SLOW, ADDRESS_REFUSED, ADDRESS_UNKNOWN, UNREACHABLE, ANSWER_TOO_LONG.
    """

    status: int | None = None  # HTTP status, when there was one
    body: bytes = field(default=b"", repr=False)
    failure: str = ""
    seconds: float = 0.0  # from the request to the answer


class OutgoingClient(Protocol):
    """Sends requests. It never raises for what the other machine does."""

    async def send(self, request: OutgoingRequest) -> Sent:
        """Send it once; redirects are not followed."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
