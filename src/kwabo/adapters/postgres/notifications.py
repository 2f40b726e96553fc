"""One listening connection for the whole process.

PostgreSQL's NOTIFY is a hint that may be lost: whoever listens must also look by itself now and
then. After a broken connection every listener is called once with an empty payload, which means
"look, something may have been missed".
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import asyncpg

Listener = Callable[[str], None]

_CHECK_SECONDS = 5.0  # a half-open connection is noticed within twice this
_RETRY_SECONDS = 0.5


class Notifications:
    """Calls listeners with the payloads of their channel, in the event loop's thread."""

    def __init__(self, url: str) -> None:
        """`url`: postgresql://…, of any role."""
        self._url = url.replace("postgresql+asyncpg://", "postgresql://", 1)
        self._listeners: dict[str, list[Listener]] = {}
        self._connection: asyncpg.Connection[Any] | None = None
        self._task: asyncio.Task[None] | None = None
        self._started = asyncio.Event()

    @property
    def connected(self) -> bool:
        """Whether hints arrive at present."""
        return self._connection is not None

    async def start(self) -> None:
        """Connect and stay connected. Returns when connected, or after the first failure."""
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        await self._started.wait()

    async def close(self) -> None:
        """Stop listening. Idempotent."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def listen(self, channel: str, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every payload of the channel, until what is returned is called."""
        listeners = self._listeners.setdefault(channel, [])
        listeners.append(listener)
        if len(listeners) == 1 and self._connection is not None:
            with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await self._connection.add_listener(channel, self._heard)
        return lambda: listeners.remove(listener)

    def _heard(self, _connection: object, _pid: int, channel: str, payload: object) -> None:
        for listener in tuple(self._listeners.get(channel, ())):
            listener(str(payload))

    async def _run(self) -> None:
        while True:
            try:
                await self._stay_connected()
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                self._connection = None
            self._started.set()
            await asyncio.sleep(_RETRY_SECONDS)

    async def _stay_connected(self) -> None:
        connection = await asyncpg.connect(
            self._url, timeout=10, server_settings={"application_name": "kwabo-listen"}
        )
        try:
            for channel in tuple(self._listeners):
                await connection.add_listener(channel, self._heard)
            self._connection = connection
            self._started.set()
            for listeners in self._listeners.values():
                for listener in tuple(listeners):
                    listener("")
            while True:
                await asyncio.sleep(_CHECK_SECONDS)
                await connection.execute("SELECT 1", timeout=_CHECK_SECONDS)
        finally:
            self._connection = None
            connection.terminate()
