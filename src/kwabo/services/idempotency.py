"""Commands that are asked twice with the same key are done once.

The key is claimed before the command runs. When the process dies in between, nobody knows whether
it was done: the key then stays taken and says so, rather than doing it twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict
from kwabo.services.unit_of_work import UnitOfWork

ANSWER_WITHIN: Final = timedelta(minutes=2)  # no request of the API runs longer
KEPT_FOR: Final = timedelta(hours=48)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAnswer:
    """What the first request with this key was answered."""

    status: int
    answer: Any


class IdempotencyService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def begin(self, asker: Asker, key: str, request_hash: bytes) -> EarlierAnswer | None:
        """None: go on, the key is yours. Otherwise the answer that was given before.

        Raises Conflict `IDEMPOTENCY_KEY_REUSED`, `IDEMPOTENCY_IN_PROGRESS`, `IDEMPOTENCY_UNKNOWN`.
        """
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            kept = await stores.idempotency.claim(key, request_hash, now)
        if kept is None:
            return None
        if kept.request_hash != request_hash:
            raise Conflict(
                "IDEMPOTENCY_KEY_REUSED",
                "This Idempotency-Key was used for another request. Use a new key for each one.",
            )
        if kept.status:
            return EarlierAnswer(status=kept.status, answer=kept.answer)
        if now - kept.created_at < ANSWER_WITHIN:
            raise Conflict(
                "IDEMPOTENCY_IN_PROGRESS",
                "The first request with this Idempotency-Key is still being worked on. "
                "Ask again in a moment.",
            )
        raise Conflict(
            "IDEMPOTENCY_UNKNOWN",
            "The first request with this Idempotency-Key was cut off, and it is not known whether "
            "it was done. Look at the present state; if it was not, ask with a new key.",
        )

    async def keep(self, asker: Asker, key: str, status: int, answer: Any) -> None:
        """Keep the answer for those who ask again."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await stores.idempotency.keep(key, status, answer)

    async def release(self, asker: Asker, key: str) -> None:
        """Nothing was done: the same key may be used to try again."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await stores.idempotency.release(key)
