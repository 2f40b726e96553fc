"""A floor's store in memory: the same rules as PostgreSQL's, for simulations and tests."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kwabo.adapters.memory import (
    floor_arrivals,
    floor_callbacks,
    floor_claims,
    floor_pacing,
    floor_reads,
    floor_writes,
    queue_figures,
)
from kwabo.adapters.memory.floor_data import FloorData, MemoryLease
from kwabo.adapters.memory.tables import Journal
from kwabo.domain.reporting.queue_figures import QueueTarget
from kwabo.kernel.clock import Clock
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
from kwabo.ports.floor_store import Command, FloorLost, FloorName, Lease
from kwabo.ports.queue_figures import QueueReading


class MemoryFloorTransaction:
    """One transaction of the owner. The lease cannot change hands while it lasts."""

    def __init__(self, data: FloorData, lease: Lease, held: MemoryLease, journal: Journal) -> None:
        self._data = data
        self._lease = lease
        self._held = held
        self._journal = journal

    async def take(self, command_ids: Sequence[UUID]) -> frozenset[UUID]:
        """See `FloorTransaction`."""
        known = (self._data.commands.get(command_id) for command_id in command_ids)
        return frozenset(c.command_id for c in known if c and not c.withdrawn and c.answer is None)

    async def claim(self, request: ClaimRequest) -> ClaimAnswer:
        """See `FloorTransaction`."""
        return floor_claims.claim(self._data, request, self._lease.fencing, self._journal)

    async def arrive(self, arrival: Arrival) -> ArrivalAnswer:
        """See `FloorTransaction`."""
        return floor_arrivals.arrive(self._data, arrival, self._lease.fencing, self._journal)

    async def called_contact(self, contact_id: UUID, number: str) -> CalledContact:
        """See `FloorTransaction`."""
        return floor_arrivals.called_contact(self._data, contact_id, number)

    async def recheck(
        self, campaign: CampaignRow, attempt_id: UUID, number: str | None, now: datetime
    ) -> RecheckAnswer:
        """See `FloorTransaction`."""
        return floor_claims.recheck(self._data, campaign, attempt_id, number, now, self._journal)

    async def guard(self, number: str, now: datetime, *, attempt_id: UUID | None) -> RecheckAnswer:
        """See `FloorTransaction`."""
        return floor_claims.guard(self._data, number, now, attempt_id, self._journal)

    async def dnc_listed(self, attempt_ids: Sequence[UUID], now: datetime) -> frozenset[UUID]:
        """See `FloorTransaction`."""
        return floor_claims.dnc_listed(self._data, attempt_ids, now)

    async def apply(self, changes: Sequence[Change], events: Sequence[EventWritten]) -> int:
        """See `FloorTransaction`."""
        data, held = self._data, self._held
        floor_writes.write(data, changes, self._lease.fencing, self._journal)
        if not events:
            return held.position
        for index, event in enumerate(events, start=held.position + 1):
            data.events.put(index, event, self._journal)
        position = held.position + len(events)
        self._held = replace(held, position=position)
        data.lease.put(self._lease.floor_id, self._held, self._journal)
        return position


class MemoryFloorStore:
    """See `FloorStore`. One organisation, one floor; transactions wait for each other."""

    def __init__(self, data: FloorData, clock: Clock, *, keeps_events: bool = True) -> None:
        self.data = data
        self.keeps_events = keeps_events
        self._clock = clock
        self._turn = asyncio.Lock()

    async def floors(self) -> Sequence[FloorName]:
        """See `FloorStore`."""
        return [self.data.name]

    async def acquire(self, floor: FloorName, owner: str, seconds: float) -> Lease | None:
        """See `FloorStore`."""
        async with self._turn:
            held = self.data.lease[floor.floor_id]
            now = self._clock.monotonic()
            if held.until is not None and held.until >= now:
                return None
            taken = replace(held, owner=owner, fencing=held.fencing + 1, until=now + seconds)
            self.data.lease.put(floor.floor_id, taken)
            return Lease(
                floor_id=floor.floor_id,
                organisation_id=floor.organisation_id,
                owner=owner,
                fencing=taken.fencing,
                seconds=seconds,
            )

    async def renew(self, lease: Lease) -> None:
        """See `FloorStore`."""
        async with self._turn:
            held = _held(self.data, lease)
            until = self._clock.monotonic() + lease.seconds
            self.data.lease.put(lease.floor_id, replace(held, until=until))

    async def release(self, lease: Lease) -> None:
        """See `FloorStore`."""
        async with self._turn:
            with contextlib.suppress(FloorLost):
                held = _held(self.data, lease)
                self.data.lease.put(lease.floor_id, replace(held, owner=None, until=None))

    async def load(self, lease: Lease) -> FloorContents:
        """See `FloorStore`."""
        async with self._turn:
            return floor_reads.contents(self.data, self._clock.now())

    async def load_campaign(self, lease: Lease, campaign_id: UUID) -> CampaignRow | None:
        """See `FloorStore`."""
        async with self._turn:
            return floor_reads.read_campaign(self.data, campaign_id)

    async def load_pacing(
        self, lease: Lease, campaign_id: UUID, since: datetime, at_most: int
    ) -> PacingHistory:
        """See `FloorStore`."""
        async with self._turn:
            return floor_pacing.history(self.data, campaign_id, since, at_most)

    async def count_callbacks(
        self, lease: Lease, now: datetime, missed_since: datetime
    ) -> CallbackTallies:
        """See `FloorStore`."""
        return floor_callbacks.tallies(self.data, now, missed_since)

    async def load_agent(self, lease: Lease, user_id: UUID) -> AgentRow | None:
        """See `FloorStore`."""
        async with self._turn:
            return floor_reads.read_agent(self.data, user_id, self._clock.now())

    async def load_flows(self, lease: Lease) -> Sequence[FlowRow]:
        """See `FloorStore`."""
        async with self._turn:
            return list(self.data.flows)

    async def load_places(self, lease: Lease) -> Sequence[KeptPlace]:
        """See `FloorStore`."""
        async with self._turn:
            return floor_callbacks.places(self.data)

    async def load_routing(self, lease: Lease) -> RoutingRows:
        """See `FloorStore`."""
        async with self._turn:
            return floor_reads.routing(self.data)

    async def read_queues(
        self, lease: Lease, targets: Mapping[UUID, QueueTarget], now: datetime
    ) -> Mapping[UUID, QueueReading]:
        """See `FloorStore`."""
        return queue_figures.read(self.data, targets, now)

    async def load_settings(
        self, lease: Lease
    ) -> tuple[Sequence[TrunkRow], Sequence[WrapUpCodeRow], Mapping[UUID, frozenset[UUID]]]:
        """See `FloorStore`."""
        async with self._turn:
            queues = {user.user_id: user.queue_ids for user in self.data.users if user.queue_ids}
            return list(self.data.trunks), list(self.data.wrap_up_codes), queues

    async def commands(self, lease: Lease, limit: int) -> Sequence[Command]:
        """See `FloorStore`."""
        async with self._turn:
            return [
                Command(command_id=c.command_id, user_id=c.user_id, kind=c.kind, payload=c.payload)
                for c in self.data.commands_by.first(limit)
            ]

    async def wait_for_commands(self, lease: Lease, seconds: float) -> bool:
        """See `FloorStore`."""
        return await self.data.command_given.wait(lease.fencing, seconds)

    def transaction(self, lease: Lease) -> _Transacting:
        """See `FloorStore`."""
        return _Transacting(self.data, lease, self._turn)


class _Transacting:
    """A transaction from its begin to its end, well or not."""

    def __init__(self, data: FloorData, lease: Lease, turn: asyncio.Lock) -> None:
        self._data = data
        self._lease = lease
        self._turn = turn
        self._journal = Journal()

    async def __aenter__(self) -> MemoryFloorTransaction:
        await self._turn.acquire()
        try:
            held = _held(self._data, self._lease)
        except FloorLost:
            self._turn.release()
            raise
        return MemoryFloorTransaction(self._data, self._lease, held, self._journal)

    async def __aexit__(self, kind: object, error: object, trace: object) -> None:
        if kind is not None:
            self._journal.take_back()
        self._turn.release()
        if kind is None:
            self._journal.keep()


def _held(data: FloorData, lease: Lease) -> MemoryLease:
    held = data.lease[lease.floor_id]
    if held.fencing != lease.fencing or held.owner != lease.owner:
        raise FloorLost("another process holds this floor")
    return held
