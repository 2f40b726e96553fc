"""The floor's store on PostgreSQL: leases, loading, and the owner's transactions."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from kwabo.adapters.postgres import (
    floor_arrivals,
    floor_callbacks,
    floor_claims,
    floor_dnc,
    floor_pacing,
    floor_reads,
    floor_writes,
)
from kwabo.adapters.postgres.floor_commands import COMMANDS_CHANNEL
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.adapters.postgres.queue_figures import PostgresQueueFigureStore
from kwabo.domain.reporting.queue_figures import QueueTarget
from kwabo.ports.floor_arrivals import Arrival, ArrivalAnswer, CalledContact
from kwabo.ports.floor_changes import Change, EventWritten
from kwabo.ports.floor_claims import ClaimAnswer, ClaimRequest, RecheckAnswer
from kwabo.ports.floor_pacing import PacingHistory
from kwabo.ports.floor_rows import (
    AgentRow,
    CallbackTallies,
    CampaignRow,
    FloorContents,
    FlowRow,
    KeptPlace,
    RoutingRows,
    TrunkRow,
    WrapUpCodeRow,
)
from kwabo.ports.floor_store import Command, FloorLost, FloorName, Lease, StoreDown
from kwabo.ports.queue_figures import QueueReading

EVENTS_CHANNEL = "kwabo_events"  # payload: floor id
HINT_EVERY_SECONDS = 0.05  # a NOTIFY per commit would serialise all commits of the database

# A process that is frozen in a transaction holds the floor's row: nobody could take its lease.
_BEGIN = text(
    """
    SELECT set_config('kwabo.organisation_id', :organisation_id, true),
           set_config('idle_in_transaction_session_timeout', '10s', true)
    """
)
_FLOORS = text("SELECT floor_id, organisation_id FROM all_floors()")
_ACQUIRE = text(
    """
    UPDATE floors SET owner = :owner, fencing = fencing + 1,
        lease_until = clock_timestamp() + make_interval(secs => :seconds)
    WHERE floor_id = :floor_id AND (lease_until IS NULL OR lease_until < clock_timestamp())
    RETURNING fencing
    """
)
_RENEW = text(
    """
    UPDATE floors SET lease_until = clock_timestamp() + make_interval(secs => :seconds)
    WHERE floor_id = :floor_id AND fencing = :fencing AND owner = :owner
    RETURNING fencing
    """
)
_RELEASE = text(
    """
    UPDATE floors SET lease_until = NULL, owner = NULL
    WHERE floor_id = :floor_id AND fencing = :fencing AND owner = :owner
    """
)
# A command whose sender died before withdrawing it must not surprise anybody later: dialling a
# record a minute after the click is worse than not dialling it. Hints stay until they are taken,
# and so do commands that say themselves how long they are good for.
_COMMANDS = text(
    """
    SELECT command_id, user_id, kind, payload FROM floor_commands
    WHERE floor_id = :floor_id AND handled_at IS NULL AND withdrawn_at IS NULL
      AND (created_at > clock_timestamp() - interval '30 seconds'
           OR kind = 'dnc.added' OR kind LIKE '%.changed' OR payload ? 'valid_until')
    ORDER BY created_at, command_id LIMIT :at_most
    """
)
_TAKE = text(
    """
    SELECT command_id FROM floor_commands
    WHERE command_id = ANY (:command_ids) AND handled_at IS NULL AND withdrawn_at IS NULL
    FOR UPDATE
    """
)
_HINT = text("SELECT pg_notify(:channel, :floor_id)")

_FAILURES = (SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)


class PostgresFloorTransaction:
    """One transaction of the owner of a floor."""

    def __init__(self, connection: AsyncConnection, lease: Lease) -> None:
        self._connection = connection
        self._lease = lease
        self.wrote_events = False

    async def take(self, command_ids: Sequence[UUID]) -> frozenset[UUID]:
        """See `FloorTransaction`."""
        rows = await self._connection.execute(_TAKE, {"command_ids": list(command_ids)})
        return frozenset(row.command_id for row in rows)

    async def claim(self, request: ClaimRequest) -> ClaimAnswer:
        """See `FloorTransaction`."""
        return await floor_claims.claim(self._connection, request, self._lease.fencing)

    async def arrive(self, arrival: Arrival) -> ArrivalAnswer:
        """See `FloorTransaction`."""
        return await floor_arrivals.arrive(self._connection, arrival, self._lease.fencing)

    async def called_contact(self, contact_id: UUID, number: str) -> CalledContact:
        """See `FloorTransaction`."""
        return await floor_arrivals.called_contact(self._connection, contact_id, number)

    async def recheck(
        self, campaign: CampaignRow, attempt_id: UUID, number: str | None, now: datetime
    ) -> RecheckAnswer:
        """See `FloorTransaction`."""
        return await floor_claims.recheck(self._connection, campaign, attempt_id, number, now)

    async def dnc_listed(self, attempt_ids: Sequence[UUID], now: datetime) -> frozenset[UUID]:
        """See `FloorTransaction`."""
        return await floor_dnc.listed(self._connection, attempt_ids, now)

    async def guard(self, number: str, now: datetime, *, attempt_id: UUID | None) -> RecheckAnswer:
        """See `FloorTransaction`."""
        return await floor_claims.guard(self._connection, number, now, attempt_id)

    async def apply(self, changes: Sequence[Change], events: Sequence[EventWritten]) -> int:
        """See `FloorTransaction`."""
        lease = self._lease
        position = (
            await self._connection.execute(
                floor_writes.POSITION,
                {
                    "floor_id": lease.floor_id,
                    "fencing": lease.fencing,
                    "owner": lease.owner,
                    "added": len(events),
                },
            )
        ).scalar_one_or_none()
        if position is None:
            raise FloorLost("another process holds this floor")
        await floor_writes.write(self._connection, changes, lease.fencing)
        if events:
            first = int(position) - len(events) + 1
            await self._connection.execute(
                floor_writes.EVENT, floor_writes.event_rows(lease.floor_id, first, events)
            )
            self.wrote_events = True
        return int(position)


class PostgresFloorStore:
    """See `FloorStore`."""

    keeps_events = True

    def __init__(self, engine: AsyncEngine, notifications: Notifications) -> None:
        self._engine = engine
        self._notifications = notifications
        self._looked: dict[str, asyncio.Event] = {}  # floor id → a command may be waiting
        self._listening = False
        self._hints: dict[UUID, asyncio.Task[None]] = {}

    async def floors(self) -> Sequence[FloorName]:
        """See `FloorStore`."""
        with _as_store_down():
            async with self._engine.connect() as connection:
                rows = await connection.execute(_FLOORS)
                return [
                    FloorName(floor_id=row.floor_id, organisation_id=row.organisation_id)
                    for row in rows
                ]

    async def acquire(self, floor: FloorName, owner: str, seconds: float) -> Lease | None:
        """See `FloorStore`."""
        values = {"floor_id": floor.floor_id, "owner": owner, "seconds": seconds}
        async with self._begin(floor.organisation_id) as connection:
            fencing = (await connection.execute(_ACQUIRE, values)).scalar_one_or_none()
        if fencing is None:
            return None
        return Lease(
            floor_id=floor.floor_id,
            organisation_id=floor.organisation_id,
            owner=owner,
            fencing=int(fencing),
            seconds=seconds,
        )

    async def renew(self, lease: Lease) -> None:
        """See `FloorStore`."""
        async with self._begin(lease.organisation_id) as connection:
            renewed = await connection.execute(
                _RENEW, _lease_values(lease) | {"seconds": lease.seconds}
            )
            if renewed.first() is None:
                raise FloorLost("another process holds this floor")

    async def release(self, lease: Lease) -> None:
        """See `FloorStore`."""
        async with self._begin(lease.organisation_id) as connection:
            await connection.execute(_RELEASE, _lease_values(lease))

    async def load(self, lease: Lease) -> FloorContents:
        """See `FloorStore`."""
        async with self._begin(lease.organisation_id) as connection:
            return await floor_reads.contents(connection)

    async def load_campaign(self, lease: Lease, campaign_id: UUID) -> CampaignRow | None:
        """See `FloorStore`."""
        async with self._begin(lease.organisation_id) as connection:
            rows = await floor_reads.campaigns(connection, [campaign_id])
            return rows[0] if rows else None

    async def load_pacing(
        self, lease: Lease, campaign_id: UUID, since: datetime, at_most: int
    ) -> PacingHistory:
        """See `FloorStore`."""
        async with self._begin(lease.organisation_id) as connection:
            return await floor_pacing.history(connection, campaign_id, since, at_most)

    async def load_agent(self, lease: Lease, user_id: UUID) -> AgentRow | None:
        """See `FloorStore`."""
        async with self._begin(lease.organisation_id) as connection:
            return await floor_reads.agent(connection, user_id)

    async def load_flows(self, lease: Lease) -> Sequence[FlowRow]:
        """See `FloorStore`."""
        async with self._begin(lease.organisation_id) as connection:
            return await floor_reads.flows(connection)

    async def load_places(self, lease: Lease) -> Sequence[KeptPlace]:
        """See `FloorStore`."""
        async with self._begin(lease.organisation_id) as connection:
            return await floor_callbacks.places(connection)

    async def load_routing(self, lease: Lease) -> RoutingRows:
        """See `FloorStore`."""
        async with self._begin(lease.organisation_id) as connection:
            return await floor_reads.routing(connection)

    async def count_callbacks(
        self, lease: Lease, now: datetime, missed_since: datetime
    ) -> CallbackTallies:
        """See `FloorStore`."""
        async with self._begin(lease.organisation_id) as connection:
            return await floor_callbacks.tallies(connection, now, missed_since)

    async def read_queues(
        self, lease: Lease, targets: Mapping[UUID, QueueTarget], now: datetime
    ) -> Mapping[UUID, QueueReading]:
        """See `FloorStore`."""
        async with self._begin(lease.organisation_id) as connection:
            return await PostgresQueueFigureStore(connection).read(targets, now)

    async def load_settings(
        self, lease: Lease
    ) -> tuple[Sequence[TrunkRow], Sequence[WrapUpCodeRow], Mapping[UUID, frozenset[UUID]]]:
        """See `FloorStore`."""
        async with self._begin(lease.organisation_id) as connection:
            return (
                await floor_reads.trunks(connection),
                await floor_reads.wrap_up_codes(connection),
                await floor_reads.queues(connection),
            )

    async def commands(self, lease: Lease, limit: int) -> Sequence[Command]:
        """See `FloorStore`."""
        async with self._begin(lease.organisation_id) as connection:
            rows = await connection.execute(
                _COMMANDS, {"floor_id": lease.floor_id, "at_most": limit}
            )
            return [
                Command(
                    command_id=row.command_id,
                    user_id=row.user_id,
                    kind=row.kind,
                    payload=row.payload,
                )
                for row in rows
            ]

    async def wait_for_commands(self, lease: Lease, seconds: float) -> bool:
        """See `FloorStore`. A notification can be lost: after `seconds` one may be waiting too."""
        if not self._listening:
            self._listening = True
            await self._notifications.listen(COMMANDS_CHANNEL, self._told)
        looked = self._looked.setdefault(str(lease.floor_id), asyncio.Event())
        # Not asyncio.wait_for: before Python 3.12 it can swallow a cancellation.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await looked.wait()
        looked.clear()
        return True

    def _told(self, floor_id: str) -> None:
        for known, looked in self._looked.items():
            if floor_id in ("", known):
                looked.set()

    @asynccontextmanager
    async def transaction(self, lease: Lease) -> AsyncIterator[PostgresFloorTransaction]:
        """See `FloorStore`."""
        async with self._begin(lease.organisation_id) as connection:
            transaction = PostgresFloorTransaction(connection, lease)
            yield transaction
        if transaction.wrote_events and lease.floor_id not in self._hints:
            self._hints[lease.floor_id] = asyncio.create_task(self._hint(lease.floor_id))

    async def _hint(self, floor_id: UUID) -> None:
        """Say that there are events; those of the next moments share the hint."""
        try:
            await asyncio.sleep(HINT_EVERY_SECONDS)
        finally:
            del self._hints[floor_id]
        with contextlib.suppress(*_FAILURES):
            async with self._engine.begin() as connection:
                await connection.execute(
                    _HINT, {"channel": EVENTS_CHANNEL, "floor_id": str(floor_id)}
                )

    @asynccontextmanager
    async def _begin(self, organisation_id: UUID) -> AsyncIterator[AsyncConnection]:
        with _as_store_down():
            async with self._engine.begin() as connection:
                await connection.execute(_BEGIN, {"organisation_id": str(organisation_id)})
                yield connection


def _lease_values(lease: Lease) -> dict[str, Any]:
    return {"floor_id": lease.floor_id, "fencing": lease.fencing, "owner": lease.owner}


@contextlib.contextmanager
def _as_store_down() -> Any:
    try:
        yield
    except _FAILURES as error:
        raise StoreDown(f"{type(error).__name__}: {error}") from error
