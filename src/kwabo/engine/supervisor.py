"""Takes floors that nobody holds and runs each until it is lost.

Every engine process runs one supervisor. A floor that is lost (lease, database, switch taken over,
or an error of the program) is tried again after a short rest, by whichever process is first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from kwabo.engine.floor.runner import FloorRunner
from kwabo.engine.floor.state import Floor, FloorSettings
from kwabo.kernel.clock import Clock
from kwabo.kernel.ids import IdFactory
from kwabo.ports.floor_store import FloorLost, FloorName, FloorStore, Lease, StoreDown
from kwabo.ports.flow_world import FlowWorld
from kwabo.ports.switch import Switch

log = structlog.get_logger(__name__)

LOOK_SECONDS = 0.5  # between two looks for floors that nobody holds
REST_SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorHealth:
    """How this process fares with one floor."""

    held: bool
    switch_ready: bool
    since: datetime


class Supervisor:
    """Holds as many floors as it can get."""

    def __init__(
        self,
        *,
        store: FloorStore,
        make_switch: Callable[[FloorName], Switch],
        make_settings: Callable[[FloorName], FloorSettings],
        clock: Clock,
        ids: IdFactory,
        owner: str,
        lease_seconds: float,
        look_seconds: float = LOOK_SECONDS,
        on_step: Callable[[Floor], None] | None = None,
        world: FlowWorld | None = None,
    ) -> None:
        """`world`: what flows ask of; None: nothing is known and nothing can be said."""
        self._store = store
        self._make_switch = make_switch
        self._make_settings = make_settings
        self._clock = clock
        self._ids = ids
        self._owner = owner
        self._lease_seconds = lease_seconds
        self._look_seconds = look_seconds
        self._world = world
        self._on_step = on_step
        self._runners: dict[UUID, FloorRunner] = {}
        self._resting: dict[UUID, float] = {}
        self._stopping = False
        self.store_up = False
        self.since: datetime = clock.now()

    @property
    def floors(self) -> dict[UUID, FloorHealth]:
        """The floors held now."""
        return {
            floor_id: FloorHealth(
                held=True, switch_ready=runner.floor.switch_ready, since=self.since
            )
            for floor_id, runner in self._runners.items()
        }

    @property
    def runners(self) -> list[FloorRunner]:
        """Those that hold the floors."""
        return list(self._runners.values())

    def stop(self) -> None:
        """Give up all floors in an orderly way; `run` returns then."""
        self._stopping = True
        for runner in self._runners.values():
            runner.stop()

    async def run(self) -> None:
        """Look for floors until `stop`."""
        async with asyncio.TaskGroup() as tasks:
            while not self._stopping:
                for floor in await self._free():
                    lease = await self._acquire(floor)
                    if lease is not None:
                        runner = FloorRunner(
                            lease=lease,
                            store=self._store,
                            switch=self._make_switch(floor),
                            clock=self._clock,
                            ids=self._ids,
                            settings=self._make_settings(floor),
                            on_step=self._on_step,
                            world=self._world,
                        )
                        self._runners[floor.floor_id] = runner
                        tasks.create_task(self._hold(floor, lease, runner))
                await self._clock.sleep(self._look_seconds)

    async def _free(self) -> list[FloorName]:
        """Floors that this process does not hold and is not resting from."""
        try:
            floors = await self._store.floors()
        except StoreDown as error:
            if self.store_up:
                log.error("the database does not answer; floors are tried again", error=str(error))
            self.store_up = False
            return []
        self.store_up = True
        now = self._clock.monotonic()
        return [
            floor
            for floor in floors
            if floor.floor_id not in self._runners and self._resting.get(floor.floor_id, 0.0) <= now
        ]

    async def _acquire(self, floor: FloorName) -> Lease | None:
        try:
            return await self._store.acquire(floor, self._owner, self._lease_seconds)
        except StoreDown as error:
            log.warning("a floor could not be asked for", error=str(error))
            return None

    async def _hold(self, floor: FloorName, lease: Lease, runner: FloorRunner) -> None:
        log.info("holding a floor", floor_id=str(floor.floor_id), fencing=lease.fencing)
        try:
            await runner.run()
        except FloorLost as error:
            log.warning("lost a floor", floor_id=str(floor.floor_id), reason=str(error))
        except StoreDown as error:
            log.error(
                "gave up a floor: the database failed",
                floor_id=str(floor.floor_id),
                error=str(error),
            )
        except Exception:  # an error of the program ends this tenure, not the process
            log.exception("gave up a floor: error in the program", floor_id=str(floor.floor_id))
        finally:
            await self._give_up(lease)
            del self._runners[floor.floor_id]
            self._resting[floor.floor_id] = self._clock.monotonic() + REST_SECONDS

    async def _give_up(self, lease: Lease) -> None:
        """Let another process take the floor at once; without the database the lease lapses."""
        try:
            await self._store.release(lease)
        except StoreDown as error:
            log.warning("a floor's lease will have to lapse", error=str(error))
