"""Idempotency keys on PostgreSQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.ports.idempotency import KeptAnswer

_CLAIM = text("""
    INSERT INTO idempotency_keys (organisation_id, key, request_hash, status, answer, created_at)
    VALUES (current_organisation(), :key, :request_hash, 0, NULL, :at)
    ON CONFLICT (organisation_id, key) DO NOTHING
    RETURNING key
""")
_GET = text("""
    SELECT request_hash, status, answer, created_at FROM idempotency_keys WHERE key = :key
""")
_KEEP = text("""
    UPDATE idempotency_keys SET status = :status, answer = CAST(:answer AS jsonb) WHERE key = :key
""")
_RELEASE = text("DELETE FROM idempotency_keys WHERE key = :key")
_FORGET = text("DELETE FROM idempotency_keys WHERE created_at < :before")


class PostgresIdempotencyStore:
    """See `kwabo.ports.idempotency.IdempotencyStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def claim(self, key: str, request_hash: bytes, at: datetime) -> KeptAnswer | None:
        while True:  # a key that is released between the two statements is free after all
            claimed = await self._connection.scalar(
                _CLAIM, {"key": key, "request_hash": request_hash, "at": at}
            )
            if claimed is not None:
                return None
            found = (await self._connection.execute(_GET, {"key": key})).mappings().one_or_none()
            if found is not None:
                return KeptAnswer(**found)

    async def keep(self, key: str, status: int, answer: Any) -> None:
        await self._connection.execute(_KEEP, {"key": key, "status": status, "answer": answer})

    async def release(self, key: str) -> None:
        await self._connection.execute(_RELEASE, {"key": key})

    async def forget_before(self, before: datetime) -> int:
        return (await self._connection.execute(_FORGET, {"before": before})).rowcount
