"""Requests to machines of others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from kwabo.domain.data_actions.statements import DatabaseQuestion
from kwabo.domain.outgoing.requests import OutgoingRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came of a request: an answer, or the code of why there is none.

    Codes: TOO_SLOW, ADDRESS_REFUSED, ADDRESS_UNKNOWN, UNREACHABLE, ANSWER_TOO_LONG; of databases
    also LOGIN_REFUSED and STATEMENT_REFUSED, with the server's words as the body.
    """

    status: int | None = None  # HTTP status, when there was one; 200 for a database's answer
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


class QuestionClient(Protocol):
    """Sends the questions of data actions, of either kind. It never raises, as `OutgoingClient`.

    A database's answer is a JSON document: `rows`, their `count`, `more` when rows were left out,
    and the columns of the first row by their names.
    """

    async def send(self, question: OutgoingRequest | DatabaseQuestion) -> Sent:
        """Send it once."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
