"""Databases of others: one read-only statement at a time, on connections that are kept.

As with HTTP the host's name is resolved once, its addresses are judged, and the connection goes to
one of those very addresses; the certificate is checked against the name. Each account has a few
connections; one on which anything but a refused statement happened is not used again, and one that
has rested for a while is tried, and replaced when the server has let go of it meanwhile.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

import aiohttp
from aiohttp.abc import AbstractResolver

from kwabo.adapters.outgoing.database_session import (
    Connection,
    ConnectionLost,
    LoginRefused,
    Rows,
    Session,
    StatementRefused,
)
from kwabo.adapters.outgoing.http import MOST_BYTES, AddressRefused, PublicResolver
from kwabo.adapters.outgoing.mysql import MysqlSession
from kwabo.adapters.outgoing.postgresql import PostgresqlSession
from kwabo.domain.data_actions.statements import MYSQL, POSTGRESQL, DatabaseQuestion
from kwabo.kernel.clock import Clock
from kwabo.ports.outgoing import Sent

IDLE_SECONDS: Final = 60.0
MOST_POOLS: Final = 64
SESSIONS: Final[Mapping[str, type[Session]]] = {
    POSTGRESQL: PostgresqlSession,
    MYSQL: MysqlSession,
}


class _NamedContext(ssl.SSLContext):
    """Checks the server's certificate against a name, though the connection goes to an address."""

    name: str

    @classmethod
    def of(cls, name: str) -> Self:
        context = cls(ssl.PROTOCOL_TLS_CLIENT)
        context.load_default_certs()
        context.name = name
        return context

    def wrap_bio(self, *args: Any, **named: Any) -> ssl.SSLObject:
        return super().wrap_bio(*args, **(named | {"server_hostname": self.name}))


@dataclass(slots=True)
class _Pool:
    slots: asyncio.Semaphore
    idle: list[tuple[Session, float]] = field(default_factory=list)  # and since when
    users: int = 0
    used_at: float = 0.0


class DatabaseClient:
    """See `kwabo.ports.outgoing.QuestionClient`.

    `private_allowed`: the operator lets connections go to private addresses and without encryption.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        private_allowed: bool = False,
        resolver: AbstractResolver | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._clock = clock
        self._private_allowed = private_allowed
        self._resolver = resolver
        self._context = context  # instead of one that trusts the machine's authorities
        self._pools: dict[tuple[object, ...], _Pool] = {}

    async def ask(self, question: DatabaseQuestion) -> Sent:
        """Ask once. Never raises for what the server does."""
        begun = self._clock.monotonic()
        body, failure = b"", ""
        try:
            async with asyncio.timeout(question.timeout_seconds):
                rows = await self._read(question)
            body = written(rows)
            if len(body) > MOST_BYTES:
                body, failure = b"", "ANSWER_TOO_LONG"
        except TimeoutError:
            failure = "TOO_SLOW"
        except AddressRefused:
            failure = "ADDRESS_REFUSED"
        except _NoAddress:
            failure = "ADDRESS_UNKNOWN"
        except LoginRefused as error:
            body, failure = str(error).encode(), "LOGIN_REFUSED"
        except StatementRefused as error:
            body, failure = str(error).encode(), "STATEMENT_REFUSED"
        except (ConnectionLost, OSError):
            failure = "UNREACHABLE"
        return Sent(
            status=None if failure else 200,
            body=body,
            failure=failure,
            seconds=self._clock.monotonic() - begun,
        )

    async def _read(self, question: DatabaseQuestion) -> Rows:
        pool = self._pool(question)
        pool.users += 1
        try:
            async with pool.slots:
                while kept := self._kept(pool):
                    try:
                        return await self._on(pool, kept, question)
                    except ConnectionLost:
                        continue  # while it rested
                return await self._on(pool, await self._connect(question), question)
        finally:
            pool.users -= 1
            pool.used_at = self._clock.monotonic()

    async def _on(self, pool: _Pool, session: Session, question: DatabaseQuestion) -> Rows:
        good = False
        try:
            rows = await session.read(question)
            good = not rows.more or session.stops_reading
        except StatementRefused:
            good = True
            raise
        finally:
            if good:
                pool.idle.append((session, self._clock.monotonic()))
            else:
                session.terminate()
        return rows

    def _kept(self, pool: _Pool) -> Session | None:
        """The one that rested for the shortest time."""
        oldest = self._clock.monotonic() - IDLE_SECONDS
        while pool.idle:
            session, since = pool.idle.pop()
            if since >= oldest:
                return session
            session.terminate()
        return None

    def _pool(self, question: DatabaseQuestion) -> _Pool:
        key = (
            question.engine, question.host, question.port, question.database, question.user,
            question.password, question.encrypted, question.at_once,
        )  # fmt: skip
        pool = self._pools.get(key)
        if pool is None:
            if len(self._pools) >= MOST_POOLS:
                self._drop_resting()
            pool = self._pools[key] = _Pool(asyncio.Semaphore(question.at_once))
        return pool

    def _drop_resting(self) -> None:
        """Let go of what nobody uses, the longest unused first."""
        resting = sorted(
            (key for key, pool in self._pools.items() if not pool.users),
            key=lambda key: self._pools[key].used_at,
        )
        for key in resting[: len(self._pools) - MOST_POOLS + 1]:
            for session, _ in self._pools.pop(key).idle:
                session.terminate()

    async def _connect(self, question: DatabaseQuestion) -> Session:
        """Raises AddressRefused, _NoAddress, LoginRefused, ConnectionLost, OSError."""
        if not self._private_allowed and not question.encrypted:
            raise AddressRefused(f"{question.host} may not be asked without encryption")
        context = None
        if question.encrypted:
            context = self._context or _NamedContext.of(question.host)
        failure: Exception = ConnectionLost(question.host)
        for address in await self._addresses(question):
            try:
                return await SESSIONS[question.engine].connect(
                    Connection(
                        address=address,
                        port=question.port,
                        database=question.database,
                        user=question.user,
                        password=question.password,
                        context=context,
                    )
                )
            except (ConnectionLost, OSError) as error:
                failure = error
        raise failure

    async def _addresses(self, question: DatabaseQuestion) -> list[str]:
        resolver = self._resolver or aiohttp.ThreadedResolver()
        if not self._private_allowed:
            resolver = PublicResolver(resolver)
        try:
            found = await resolver.resolve(question.host, question.port)
        except AddressRefused:
            raise
        except OSError as error:
            raise _NoAddress(question.host) from error
        return [one["host"] for one in found]

    async def close(self) -> None:
        """Let go of connections."""
        for pool in self._pools.values():
            for session, _ in pool.idle:
                session.terminate()
        self._pools.clear()


class _NoAddress(Exception):
    """The host's name has no address."""


def written(rows: Rows) -> bytes:
    """The answer as a document: see `QuestionClient`."""
    document: dict[str, Any] = dict(rows.rows[0]) if rows.rows else {}
    document |= {"rows": rows.rows, "count": len(rows.rows), "more": rows.more}
    return json.dumps(document, ensure_ascii=False).encode()
