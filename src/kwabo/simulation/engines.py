"""Engine processes of a simulation: they can be killed, and the database can be out of reach."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from kwabo.adapters.memory.floor import MemoryFloorStore
from kwabo.adapters.memory.floor_data import FloorData
from kwabo.adapters.switch.simulator import SimulatedNode, SimulatedSwitch
from kwabo.engine.floor.state import Floor, FloorSettings
from kwabo.engine.supervisor import LOOK_SECONDS, Supervisor
from kwabo.kernel.clock import Clock
from kwabo.kernel.ids import IdFactory
from kwabo.ports.floor_pacing import PacingHistory
from kwabo.ports.floor_store import FloorName, Lease, StoreDown
from kwabo.simulation.inbound import SpokenWorld

LEASE_SECONDS = 10.0
SWEEP_SECONDS = 20.0
QUIET_SECONDS = 3600.0  # of the same waits where nothing breaks and nobody else comes
STEP_SECONDS = 3.0  # between two steps of a floor there, though nothing has happened


class Database:
    """Whether transactions are possible now, and what is known of the days before."""

    def __init__(self) -> None:
        self.up = True
        self.keeps_events = False  # nobody reads them, and making them costs as much as the rest
        self.past: dict[UUID, PacingHistory] = {}  # by campaign


class EngineStore(MemoryFloorStore):
    """The floor's store as one engine process reaches it."""

    def __init__(self, data: FloorData, clock: Clock, database: Database) -> None:
        super().__init__(data, clock, keeps_events=database.keeps_events)
        self._database = database
        self.dead = False

    def _reach(self) -> None:
        if self.dead or not self._database.up:
            raise StoreDown("the database does not answer")

    async def acquire(self, floor: FloorName, owner: str, seconds: float) -> Lease | None:
        self._reach()
        return await super().acquire(floor, owner, seconds)

    async def renew(self, lease: Lease) -> None:
        self._reach()
        await super().renew(lease)

    async def release(self, lease: Lease) -> None:
        self._reach()
        await super().release(lease)

    async def load_pacing(
        self, lease: Lease, campaign_id: UUID, since: datetime, at_most: int
    ) -> PacingHistory:
        today = await super().load_pacing(lease, campaign_id, since, at_most)
        past = self._database.past.get(campaign_id)
        if past is None:
            return today
        attempts = [*past.attempts, *today.attempts][-at_most:]
        return PacingHistory(attempts=attempts, hours=[*past.hours, *today.hours])

    async def commands(self, lease: Lease, limit: int) -> Any:
        self._reach()
        return await super().commands(lease, limit)

    async def wait_for_commands(self, lease: Lease, seconds: float) -> bool:
        """Every command rings: nothing is found by looking now and then."""
        return await super().wait_for_commands(lease, QUIET_SECONDS)

    def transaction(self, lease: Lease) -> Any:
        self._reach()
        return super().transaction(lease)


class Engine:
    """A running engine process."""

    def __init__(
        self,
        *,
        name: str,
        data: FloorData,
        node: SimulatedNode,
        clock: Clock,
        ids: IdFactory,
        database: Database,
        tasks: asyncio.TaskGroup,
        faults: bool,
        idle_look_seconds: float,
        on_step: Callable[[Floor], None] | None = None,
    ) -> None:
        """`faults`: whether anything is to break. Else the floor is held for good, no other
        engine looks for it, and comparing with the switch finds nothing."""
        self._store = EngineStore(data, clock, database)
        self._supervisor = Supervisor(
            store=self._store,
            make_switch=lambda floor: SimulatedSwitch(node, f"floor-{floor.floor_id}"),
            make_settings=lambda floor: FloorSettings(
                floor_id=floor.floor_id,
                # Desktops are not simulated as such, so nobody sends their heartbeats.
                desktop_lost_after_seconds=float("inf"),
                sip_secret=b"simulation",
                sweep_seconds=SWEEP_SECONDS if faults else float("inf"),
                step_seconds=1.0 if faults else STEP_SECONDS,
                idle_look_seconds=idle_look_seconds,
            ),
            clock=clock,
            ids=ids,
            owner=name,
            lease_seconds=LEASE_SECONDS if faults else QUIET_SECONDS,
            look_seconds=LOOK_SECONDS if faults else QUIET_SECONDS,
            on_step=on_step,
            world=SpokenWorld(),
        )
        self._task = tasks.create_task(self._supervisor.run())

    @property
    def alive(self) -> bool:
        """Whether it has not been killed."""
        return not self._store.dead

    async def kill(self) -> None:
        """End at once, wherever it is; nothing more reaches the database."""
        self._store.dead = True
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
