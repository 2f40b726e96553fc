"""A connection to a database of others, whatever its engine, and how values become text."""

from __future__ import annotations

import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Protocol, Self

from kwabo.domain.data_actions.statements import DatabaseQuestion


class LoginRefused(Exception):
    """The server refuses the account or has no such database; the message is the server's."""


class StatementRefused(Exception):
    """The server refuses the statement; the message is the server's. The connection is good."""


class ConnectionLost(Exception):
    """The connection could not be made, or broke."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """To where a session is opened."""

    address: str  # judged already
    port: int
    database: str
    user: str
    password: str = field(repr=False)
    context: ssl.SSLContext | None  # None: without encryption


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a statement gave, by the names of its columns; `more`: rows were left out."""

    rows: Sequence[Mapping[str, Any]]
    more: bool


class Session(Protocol):
    """One connection."""

    stops_reading: ClassVar[bool]  # rows that are left out leave the connection usable

    @classmethod
    async def connect(cls, to: Connection) -> Self:
        """Raises LoginRefused, ConnectionLost, OSError."""
        ...

    async def read(self, question: DatabaseQuestion) -> Rows:
        """In a transaction that can only read, for the question's time at most.

        Raises StatementRefused, ConnectionLost, TimeoutError.
        """
        ...

    def terminate(self) -> None:
        """Break the connection off."""
        ...


def plain(value: Any) -> Any:
    """What JSON can hold: numbers without needless zeros, dates and times as ISO 8601 has them."""
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            if not value.is_finite():
                return str(value)
            written = format(value, "f")
            return written.rstrip("0").rstrip(".") if "." in written else written
        case float():
            return repr(int(value)) if value.is_integer() else repr(value)
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():  # a time of the day, in MySQL
            seconds = int(value.total_seconds())
            return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        case bytes():
            return value.decode("utf-8", "replace")
    return str(value)
