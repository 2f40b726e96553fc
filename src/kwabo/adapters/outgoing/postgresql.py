"""PostgreSQL's side of `databases`: the server binds, limits and forbids."""

from __future__ import annotations

from typing import Any, ClassVar, Final, Self

import asyncpg

from kwabo.adapters.outgoing.database_session import (
    Connection,
    ConnectionLost,
    LoginRefused,
    Rows,
    StatementRefused,
    plain,
)
from kwabo.domain.data_actions.statements import DatabaseQuestion

# Classes of SQLSTATE: authorisation, no such database; connection, resources, intervention.
_LOGIN: Final = ("28", "3D")
_LOST: Final = ("08", "53", "57", "58", "XX")
_CANCELLED: Final = "57014"


class PostgresqlSession:
    """See `kwabo.adapters.outgoing.database_session.Session`."""

    stops_reading: ClassVar[bool] = True

    def __init__(self, connection: asyncpg.Connection[Any]) -> None:
        self._connection = connection

    @classmethod
    async def connect(cls, to: Connection) -> Self:
        """Raises LoginRefused, ConnectionLost, OSError."""
        try:
            connection = await asyncpg.connect(
                host=to.address,
                port=to.port,
                database=to.database,
                user=to.user,
                password=to.password,
                ssl=to.context or False,
                statement_cache_size=0,  # poolers before the server know no statement's name
                server_settings={"application_name": "kwabo"},
            )
        except asyncpg.PostgresError as error:
            if str(error.sqlstate)[:2] in _LOGIN:
                raise LoginRefused(str(error)) from error
            raise ConnectionLost(str(error)) from error
        except asyncpg.InterfaceError as error:
            raise ConnectionLost(str(error)) from error
        return cls(connection)

    async def read(self, question: DatabaseQuestion) -> Rows:
        """See `Session`."""
        limit = round(question.timeout_seconds * 1000)
        try:
            # Not as a context: a rollback on a server that hangs would outlast the question's time.
            transaction = self._connection.transaction(readonly=True)
            await transaction.start()
            try:
                await self._connection.execute(f"SET LOCAL statement_timeout = {limit}")
                statement = await self._connection.prepare(question.statement)
                cursor = await statement.cursor(*question.values)
                rows = await cursor.fetch(question.most_rows + 1)
            except asyncpg.PostgresError:
                await transaction.rollback()
                raise
            await transaction.rollback()
        except asyncpg.PostgresError as error:
            state = str(error.sqlstate)
            if state == _CANCELLED:
                raise TimeoutError from error
            if state[:2] in _LOST:
                raise ConnectionLost(str(error)) from error
            raise StatementRefused(str(error)) from error
        except (asyncpg.InterfaceError, asyncpg.InternalClientError, OSError) as error:
            # The driver's own error: the server's farewell came between a question and its answer.
            raise ConnectionLost(str(error)) from error
        names = [column.name for column in statement.get_attributes()]
        kept = rows[: question.most_rows]
        return Rows(
            rows=[dict(zip(names, map(plain, row.values()), strict=True)) for row in kept],
            more=len(rows) > len(kept),
        )

    def terminate(self) -> None:
        """See `Session`."""
        self._connection.terminate()
