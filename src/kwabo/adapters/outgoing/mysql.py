"""MySQL's and MariaDB's side of `databases`.

The driver would write values into the statement's text. Here the server binds them: statement and
values go over as hexadecimal strings into variables, PREPARE takes exactly one statement, and
EXECUTE gets the variables.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final, Self

import aiomysql
from pymysql.err import MySQLError

from kwabo.adapters.outgoing.database_session import (
    Connection,
    ConnectionLost,
    LoginRefused,
    Rows,
    StatementRefused,
    plain,
)
from kwabo.domain.data_actions.statements import DatabaseQuestion

# Numbers of the servers' errors.
_LOGIN: Final = frozenset({1044, 1045, 1049, 1130, 1251, 1698})
_TOO_SLOW: Final = frozenset({1317, 1969, 3024})
_LOST: Final = frozenset({1040, 1042, 1043, 1053, 1080, 1158, 1159, 1160, 1161, 1203, 1226, 1927})


class MysqlSession:
    """See `kwabo.adapters.outgoing.database_session.Session`."""

    stops_reading: ClassVar[bool] = False  # the server goes on sending

    def __init__(self, connection: aiomysql.Connection) -> None:
        self._connection = connection
        self._is_mariadb = "mariadb" in str(connection.get_server_info()).lower()

    @classmethod
    async def connect(cls, to: Connection) -> Self:
        """Raises LoginRefused, ConnectionLost, OSError."""
        try:
            connection = await aiomysql.connect(
                host=to.address,
                port=to.port,
                db=to.database,
                user=to.user,
                password=to.password,
                ssl=to.context,
                charset="utf8mb4",
                program_name="kwabo",
                local_infile=False,
                autocommit=True,
            )
        except MySQLError as error:
            raise _of(error, at_login=True) from error
        return cls(connection)

    async def read(self, question: DatabaseQuestion) -> Rows:
        """See `Session`."""
        try:
            cursor = await self._connection.cursor(aiomysql.SSCursor)
            await self._limit(cursor, question)
            await cursor.execute(f"SET @kwabo = {_text(question.statement)}")
            for number, value in enumerate(question.values):
                await cursor.execute(f"SET @kwabo_{number} = {_text(value)}")
            await cursor.execute("START TRANSACTION READ ONLY")
            try:
                rows = await self._rows(cursor, question)
            except MySQLError as error:
                if isinstance(_of(error), StatementRefused):
                    await cursor.execute("ROLLBACK")
                raise
            if not rows.more:  # else the server may still be sending
                await cursor.execute("ROLLBACK")
            return rows
        except MySQLError as error:
            raise _of(error) from error
        except (RuntimeError, OSError) as error:  # of a connection that was closed
            raise ConnectionLost(str(error)) from error

    async def _limit(self, cursor: aiomysql.SSCursor, question: DatabaseQuestion) -> None:
        seconds = question.timeout_seconds
        limit = (
            f"max_statement_time = {seconds:.3f}"
            if self._is_mariadb
            else f"max_execution_time = {round(seconds * 1000)}"
        )
        await cursor.execute(
            f"SET SESSION sql_select_limit = {question.most_rows + 1}, SESSION {limit}"
        )

    async def _rows(self, cursor: aiomysql.SSCursor, question: DatabaseQuestion) -> Rows:
        await cursor.execute("PREPARE kwabo FROM @kwabo")
        variables = ", ".join(f"@kwabo_{number}" for number in range(len(question.values)))
        await cursor.execute(f"EXECUTE kwabo{' USING ' if variables else ''}{variables}")
        names = [str(column[0]) for column in cursor.description or ()]
        found: list[Any] = list(await cursor.fetchmany(question.most_rows + 1))
        if len(found) <= question.most_rows:
            await cursor.fetchall()  # the end of what the server sends
        kept = found[: question.most_rows]
        return Rows(
            rows=[dict(zip(names, map(plain, row), strict=True)) for row in kept],
            more=len(found) > len(kept),
        )

    def terminate(self) -> None:
        """See `Session`."""
        self._connection.close()


def _text(value: str) -> str:
    """A string that only hexadecimal digits are written of."""
    return f"CONVERT(X'{value.encode().hex()}' USING utf8mb4)"


def _of(error: MySQLError, *, at_login: bool = False) -> Exception:
    """What the server's error means. Numbers from 2000 to 2999 are the driver's own."""
    number = error.args[0] if error.args and isinstance(error.args[0], int) else 0
    words = str(error.args[-1]) if error.args else ""
    if number in _TOO_SLOW:
        return TimeoutError(words)
    if number in _LOGIN and at_login:
        return LoginRefused(words)
    if number in _LOST or number == 0 or 2000 <= number < 3000 or at_login:
        return ConnectionLost(words)
    return StatementRefused(words)
