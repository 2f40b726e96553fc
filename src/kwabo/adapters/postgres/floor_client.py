"""Commands to a floor over PostgreSQL.

A command is a row; its owner answers on the row, in the transaction of the command's effects. A
command that is not taken in time is withdrawn with one conditional update, so that either it was
done (and its answer is returned, however late) or it never will be.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from kwabo.adapters.postgres.failures import failures_as_errors, failures_to_connect
from kwabo.adapters.postgres.floor_commands import ANSWERS_CHANNEL, add_command
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.kernel.clock import Clock
from kwabo.kernel.ids import IdFactory
from kwabo.ports.floor_client import answer_or_refusal, floor_unavailable

_POLL_SECONDS = 0.1  # while hints do not arrive
_POLL_WHEN_TOLD_SECONDS = 1.0

_ORGANISATION = text("SELECT set_config('kwabo.organisation_id', :organisation_id, true)")
_ANSWER = text(
    "SELECT answer FROM floor_commands WHERE command_id = :command_id AND handled_at IS NOT NULL"
)
_WITHDRAW = text(
    """
    UPDATE floor_commands SET withdrawn_at = :at
    WHERE command_id = :command_id AND handled_at IS NULL
    RETURNING command_id
    """
)


class PostgresFloorClient:
    """Sends commands through the table floor_commands."""

    def __init__(
        self, engine: AsyncEngine, notifications: Notifications, clock: Clock, ids: IdFactory
    ) -> None:
        self._engine = engine
        self._notifications = notifications
        self._clock = clock
        self._ids = ids
        self._waiting: dict[str, asyncio.Event] = {}
        self._listening = False

    async def send(
        self,
        organisation_id: UUID,
        user_id: UUID | None,
        kind: str,
        payload: dict[str, Any],
        *,
        timeout_seconds: float = 5.0,
    ) -> dict[str, Any]:
        """See `FloorClient`."""
        await self._listen()
        command_id = self._ids.new()
        answered = self._waiting[str(command_id)] = asyncio.Event()
        try:
            async with self._transaction(organisation_id) as connection:
                known = await add_command(
                    connection, command_id, kind, payload, user_id=user_id, at=self._clock.now()
                )
            if not known:
                raise floor_unavailable()
            answer = await self._wait(organisation_id, command_id, answered, timeout_seconds)
        finally:
            del self._waiting[str(command_id)]
        return answer_or_refusal(answer)

    async def _listen(self) -> None:
        if not self._listening:
            self._listening = True
            await self._notifications.listen(ANSWERS_CHANNEL, self._told)

    def _told(self, command_id: str) -> None:
        if command_id:
            told = self._waiting.get(command_id)
            if told is not None:
                told.set()
        else:  # hints may have been missed
            for event in self._waiting.values():
                event.set()

    async def _wait(
        self,
        organisation_id: UUID,
        command_id: UUID,
        answered: asyncio.Event,
        timeout_seconds: float,
    ) -> dict[str, Any]:
        until = self._clock.monotonic() + timeout_seconds
        while True:
            left = until - self._clock.monotonic()
            if left <= 0:
                return await self._withdraw(organisation_id, command_id)
            poll = _POLL_WHEN_TOLD_SECONDS if self._notifications.connected else _POLL_SECONDS
            # Not asyncio.wait_for: before Python 3.12 it can swallow a cancellation.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(poll, left)):
                    await answered.wait()
            answered.clear()
            answer = await self._answer(organisation_id, command_id)
            if answer is not None:
                return answer

    async def _answer(self, organisation_id: UUID, command_id: UUID) -> dict[str, Any] | None:
        async with self._transaction(organisation_id) as connection:
            row = (await connection.execute(_ANSWER, {"command_id": command_id})).first()
        return None if row is None else dict(row.answer)

    async def _withdraw(self, organisation_id: UUID, command_id: UUID) -> dict[str, Any]:
        async with self._transaction(organisation_id) as connection:
            withdrawn = await connection.execute(
                _WITHDRAW, {"command_id": command_id, "at": self._clock.now()}
            )
            never_taken = withdrawn.first() is not None
        answer = None if never_taken else await self._answer(organisation_id, command_id)
        if answer is None:
            raise floor_unavailable()
        return answer

    @asynccontextmanager
    async def _transaction(self, organisation_id: UUID) -> AsyncIterator[AsyncConnection]:
        connection = self._engine.connect()
        with failures_to_connect():
            await connection.start()
        try:
            async with connection.begin():
                with failures_as_errors():
                    await connection.execute(
                        _ORGANISATION, {"organisation_id": str(organisation_id)}
                    )
                    yield connection
        finally:
            await connection.close()
