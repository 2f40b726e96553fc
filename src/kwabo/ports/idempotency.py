"""Keys that let a client ask twice and be served once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """What is known of a request with a key. `status` 0: it has begun and has no answer yet."""

    request_hash: bytes
    status: int
    answer: Any
    created_at: datetime


class IdempotencyStore(Protocol):
    """The keys of the transaction's organisation."""

    async def claim(self, key: str, request_hash: bytes, at: datetime) -> KeptAnswer | None:
        """Take the key: None when it was free and is ours now, else what is known of it."""
        ...

    async def keep(self, key: str, status: int, answer: Any) -> None:
        """Keep the answer of a key that was claimed."""
        ...

    async def release(self, key: str) -> None:
        """Forget a key whose request changed nothing."""
        ...

    async def forget_before(self, before: datetime) -> int:
        """Forget old keys; returns how many."""
        ...
