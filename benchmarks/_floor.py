"""A floor that claims on the centre, as the engine's does."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from _centre import FLOOR, ORGANISATION, Centre
from sqlalchemy.ext.asyncio import AsyncEngine

from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.floor import PostgresFloorStore
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.ports.floor_claims import ClaimAnswer, ClaimRequest
from kwabo.ports.floor_store import FloorName, Lease, StoreDown

CLOSE = (
    "UPDATE attempts SET state = 'closed', result = 'no_answer', closed_at = now()"
    " WHERE state <> 'closed'"
)


class Floor:
    """See the module."""

    def __init__(self, engine: AsyncEngine, store: PostgresFloorStore, lease: Lease) -> None:
        self.engine = engine
        self.store = store
        self.lease = lease

    @classmethod
    async def of(cls, centre: Centre) -> Floor:
        """Take the centre's floor."""
        engine = create_engine(centre.app_url, application_name="bench")
        store = PostgresFloorStore(engine, Notifications(centre.app_url))
        await centre.execute("UPDATE floors SET lease_until = NULL")
        name = FloorName(floor_id=FLOOR, organisation_id=ORGANISATION)
        lease = await store.acquire(name, "bench", 3600.0)
        assert lease is not None
        return cls(engine, store, lease)

    async def claim(self, campaign_id: UUID, wanted: int) -> tuple[float, ClaimAnswer]:
        """(milliseconds of the claim's transaction, its answer)."""
        row = await self._row(campaign_id)
        request = ClaimRequest(
            campaign=row,
            attempt_ids=[uuid4() for _ in range(wanted)],
            agent_user_ids=[],
            for_nobody=wanted,
            offer=False,
            now=datetime.now(UTC),
        )
        begun = time.perf_counter()
        async with self.store.transaction(self.lease) as transaction:
            answer = await transaction.claim(request)
        return 1000 * (time.perf_counter() - begun), answer

    async def claims(
        self, campaign_id: UUID, wanted: int, number: int, *, seconds: float = 60.0
    ) -> tuple[list[float], int]:
        """(milliseconds of several claims, contacts claimed by them)."""
        times, contacts, until = [], 0, time.perf_counter() + seconds
        while len(times) < number and time.perf_counter() < until:
            ms, answer = await self.claim(campaign_id, wanted)
            times.append(ms)
            contacts += len(answer.attempts)
            if not answer.attempts and not answer.more:
                break
        return times, contacts

    async def beside(
        self, campaign_id: UUID, work: Awaitable[Any], *, wanted: int = 1
    ) -> tuple[float, list[float]]:
        """(milliseconds of the work, those of claims made one after the other while it goes on)."""
        claims: list[float] = []
        begun = time.perf_counter()
        going = asyncio.ensure_future(work)
        while not going.done():
            began = time.perf_counter()
            with contextlib.suppress(StoreDown):  # it waited too long for its turn
                await self.claim(campaign_id, wanted)
            claims.append(1000 * (time.perf_counter() - began))
            await asyncio.wait([going], timeout=0.02)
        await going
        return 1000 * (time.perf_counter() - begun), claims

    async def close(self) -> None:
        """Let the floor go."""
        await self.engine.dispose()

    async def _row(self, campaign_id: UUID):  # type: ignore[no-untyped-def]
        rows = getattr(self, "_rows", {})
        if campaign_id not in rows:
            row = await self.store.load_campaign(self.lease, campaign_id)
            assert row is not None
            rows[campaign_id] = replace(row, minimum_gap_seconds=0)
            self._rows = rows
        return rows[campaign_id]
