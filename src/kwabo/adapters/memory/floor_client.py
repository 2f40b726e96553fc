"""Commands to a floor in the same process: a direct call."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

from kwabo.ports.floor_client import answer_or_refusal, floor_unavailable

Handler = Callable[[UUID | None, str, dict[str, Any]], Awaitable[Mapping[str, Any]]]


class MemoryFloorClient:
    """Hands commands to the handler of the organisation's floor, one after the other."""

    def __init__(self) -> None:
        self._handlers: dict[UUID, Handler] = {}
        self._turns: dict[UUID, asyncio.Lock] = {}

    def attach(self, organisation_id: UUID, handler: Handler) -> None:
        """From now on `handler` owns the organisation's floor."""
        self._handlers[organisation_id] = handler
        self._turns.setdefault(organisation_id, asyncio.Lock())

    def detach(self, organisation_id: UUID) -> None:
        """Nobody owns the organisation's floor."""
        self._handlers.pop(organisation_id, None)

    async def send(
        self,
        organisation_id: UUID,
        user_id: UUID | None,
        kind: str,
        payload: dict[str, Any],
        *,
        timeout_seconds: float = 5.0,
    ) -> dict[str, Any]:
        """See `FloorClient`. The time limit covers the wait for the command's turn only."""
        turn = self._turns.get(organisation_id)
        if turn is None:
            raise floor_unavailable()
        taken = False
        with contextlib.suppress(TimeoutError):
            taken = await asyncio.wait_for(turn.acquire(), timeout_seconds)
        if not taken:
            raise floor_unavailable()
        try:
            handler = self._handlers.get(organisation_id)
            if handler is None:
                raise floor_unavailable()
            answer = await handler(user_id, kind, payload)
        finally:
            turn.release()
        return answer_or_refusal(answer)
