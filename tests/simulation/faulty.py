"""An engine process: its ways to database and switch, which can be slow, fail, or be cut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from kwabo.adapters.memory.floor_constraints import ConstraintViolated
from kwabo.adapters.switch.simulator import SimulatedSwitch
from kwabo.engine.floor.runner import FloorRunner
from kwabo.engine.floor.state import Floor, FloorSettings
from kwabo.engine.supervisor import Supervisor
from kwabo.kernel.clock import Clock
from kwabo.ports.floor_store import FloorName, FloorTransaction, Lease, StoreDown
from kwabo.ports.switch import SwitchRefused
from simulation.world import World

LEASE_SECONDS = 10.0
GRACE_SECONDS = 8.0


class Process:
    """What an engine process has: it can be killed, or frozen for a while."""

    def __init__(self, world: World, name: str) -> None:
        self.world = world
        self.name = name
        self.dead = False
        self.thawed = asyncio.Event()
        self.thawed.set()

    async def pause(self) -> None:
        """A point at which the process can be frozen, and time passes."""
        latency = self.world.plan.latency
        if latency:
            await self.world.clock.sleep(self.world.random.uniform(0.0, latency))
        await self.thawed.wait()
        if self.dead:
            raise StoreDown("the process is dead")


class ProcessClock:
    """The machine's clock; a frozen process does not wake from sleep."""

    def __init__(self, process: Process) -> None:
        self._process = process

    def now(self) -> Any:
        return self._process.world.clock.now()

    def monotonic(self) -> float:
        return self._process.world.clock.monotonic()

    async def sleep(self, seconds: float) -> None:
        await self._process.world.clock.sleep(seconds)
        await self._process.thawed.wait()


class ProcessStore:
    """The floor's store as this process reaches it."""

    keeps_events = True

    def __init__(self, process: Process) -> None:
        self._process = process
        self._store = process.world.store

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)

        async def call(*args: Any) -> Any:
            await self._process.pause()
            return await method(*args)

        return call

    @asynccontextmanager
    async def transaction(self, lease: Lease) -> AsyncIterator[FloorTransaction]:
        process, world = self._process, self._process.world
        await process.pause()
        chance = 0.0 if world.quiet else world.plan.store_faults
        fails = world.random.random() < chance
        before = world.random.random() < 0.5
        try:
            async with self._store.transaction(lease) as transaction:
                yield transaction
                await process.pause()
                if fails and before:
                    raise StoreDown("the connection broke before the commit")
        except ConstraintViolated as error:
            world.problems.append(f"constraint violated: {error}")
            raise
        if fails:
            raise StoreDown("the connection broke after the commit")


class ProcessSwitch(SimulatedSwitch):
    """The switch as this process reaches it: each request takes a while."""

    immediate = False

    def __init__(self, process: Process, application: str) -> None:
        super().__init__(process.world.node, application)
        self._process = process

    @property
    def ready(self) -> bool:
        return super().ready and not self._process.dead

    async def events(self) -> AsyncIterator[Any]:
        async for event in super().events():
            await self._process.thawed.wait()
            yield event


def _delayed(name: str) -> Any:
    async def call(self: ProcessSwitch, *args: Any, **named: Any) -> Any:
        process = self._process
        latency = process.world.plan.latency
        if latency:
            await process.world.clock.sleep(process.world.random.uniform(0.0, latency))
        if process.dead:
            raise SwitchRefused("DEAD", "the process is dead", retryable=False)
        return await getattr(SimulatedSwitch, name)(self, *args, **named)

    return call


for _name in (
    *("originate", "hang_up", "create_bridge", "destroy_bridge", "join", "leave", "play"),
    *("start_music", "stop_music", "mute", "unmute", "send_digits", "snapshot"),
    *("put_agent_endpoint", "remove_agent_endpoint", "take_calls", "ring", "answer", "reject"),
    *("record", "stop_recording"),
):
    setattr(ProcessSwitch, _name, _delayed(_name))


class Engine:
    """A running engine process with its supervisor."""

    def __init__(self, world: World, name: str, on_step: Any) -> None:
        self.process = Process(world, name)
        clock: Clock = ProcessClock(self.process)
        self.supervisor = Supervisor(
            store=ProcessStore(self.process),  # type: ignore[arg-type]
            make_switch=lambda floor: ProcessSwitch(self.process, f"floor-{floor.floor_id}"),
            make_settings=_settings,
            clock=clock,
            ids=world.ids,
            owner=name,
            lease_seconds=LEASE_SECONDS,
            on_step=lambda floor: on_step(self, floor),
            world=world.flow_world,
        )
        self.task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        await self.supervisor.run()

    @property
    def runners(self) -> Sequence[FloorRunner]:
        """The floors that this process believes to hold."""
        return self.supervisor.runners

    @property
    def floors(self) -> list[Floor]:
        return [runner.floor for runner in self.runners]

    async def kill(self) -> None:
        """End at once, wherever it is; nothing more reaches database or switch."""
        self.process.dead = True
        self.process.thawed.set()
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)

    def freeze(self) -> None:
        """Stop without notice; the operating system runs nothing of it."""
        self.process.thawed.clear()

    def thaw(self) -> None:
        """Run on as if no time had passed."""
        self.process.thawed.set()


def _settings(floor: FloorName) -> FloorSettings:
    return FloorSettings(
        floor_id=floor.floor_id, agent_grace_seconds=GRACE_SECONDS, sip_secret=b"simulation"
    )
