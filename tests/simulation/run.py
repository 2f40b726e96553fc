"""One simulation from its seed: engines, agents, callees, faults, and the judge."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Mapping, MutableMapping
from copy import deepcopy
from typing import Any

import structlog

from kwabo.adapters.virtual_time import VirtualClock, run_in_virtual_time
from kwabo.engine.floor.state import Floor
from simulation.faulty import Engine
from simulation.judge import Judge
from simulation.people import ScriptedAgent
from simulation.plan import Plan
from simulation.troubles import Troubles
from simulation.world import World, make_world

END_SECONDS = 900.0  # within them everything comes to its end once faults have stopped


def simulate(plan: Plan) -> list[str]:
    """Run the plan in virtual time; what went wrong, empty when nothing did."""
    plan = deepcopy(plan)  # faults stop in the course of a run
    problems: list[str] = []

    def keep(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> Mapping[str, Any]:
        if entry.get("exc_info"):
            problems.append(f"{entry['event']}\n{traceback.format_exc()}")
        raise structlog.DropEvent

    before = structlog.get_config()
    structlog.configure(processors=[keep])
    try:
        world = run_in_virtual_time(lambda clock: Simulation(plan, clock).run())
    finally:
        structlog.configure(**before)
    return problems + world.problems


class Simulation:
    """A run under way."""

    def __init__(self, plan: Plan, clock: VirtualClock) -> None:
        self.plan = plan
        self.clock = clock
        self.world: World = make_world(plan, clock)
        self.judge = Judge(self.world)
        self.engines: list[Engine] = []
        self.people = [ScriptedAgent(self.world, user_id) for user_id in self.world.agent_ids]

    async def run(self) -> World:
        world = self.world
        self.start_engine()
        people = [asyncio.create_task(person.live()) for person in self.people]
        listener = asyncio.create_task(self._listen())
        for campaign_id in world.campaign_ids:
            world.run_campaign(campaign_id, "campaign.start")
        troubles = [asyncio.create_task(trouble) for trouble in Troubles(self).coroutines()]
        await self.clock.sleep(self.plan.seconds)
        await self._calm_down(troubles)
        ended = await self._wait_for_the_end()
        for task in (*people, listener):
            task.cancel()
        await self.clock.sleep(8.0)
        self.judge.end(self.floor, ended)
        await asyncio.gather(*people, listener, return_exceptions=True)
        for engine in self.engines:
            await engine.kill()
        world.node.close()
        return world

    # ── Engines ──────────────────────────────────────────────────────────────────────────────────

    def start_engine(self) -> None:
        self.engines.append(Engine(self.world, f"engine-{len(self.engines)}", self._stepped))

    def _stepped(self, engine: Engine, floor: Floor) -> None:
        if floor is self.floor:
            self.judge.step(floor)

    @property
    def floor(self) -> Floor | None:
        """The floor whose owner has the newest fencing number."""
        newest = self.world.data.lease[self.world.data.name.floor_id].fencing
        for engine in self.engines:
            if not engine.process.dead:
                for runner in engine.runners:
                    if runner.lease.fencing == newest:
                        return runner.floor
        return None

    @property
    def _frozen(self) -> bool:
        """Whether the floor in charge is in a process that does not run."""
        return any(
            runner.floor is self.floor
            for engine in self.engines
            if not engine.process.thawed.is_set()
            for runner in engine.runners
        )

    # ── The end ──────────────────────────────────────────────────────────────────────────────────

    async def _calm_down(self, troubles: list[Any]) -> None:
        world = self.world
        for trouble in troubles:
            trouble.cancel()
        await asyncio.gather(*troubles, return_exceptions=True)
        world.quiet = world.callees.quiet = True
        faults = world.node.faults
        world.plan.store_faults = 0.0
        for name in ("lose_event", "double_event", "delay_event", "refuse_originate"):
            setattr(faults, name, 0.0)
        faults.uncertain_done = faults.uncertain_not_done = 0.0
        world.node.accepting = True
        world.node.trunk_troubles.clear()
        for engine in self.engines:
            engine.thaw()
        if all(engine.process.dead for engine in self.engines):
            self.start_engine()
        await self.clock.sleep(15.0)  # until somebody holds the floor again
        for campaign_id in world.campaign_ids:
            row = world.data.campaigns[campaign_id]
            if row.agents_kept_free or row.lines_most:
                await world.alter(campaign_id, agents_kept_free=0, lines_most=0)
            if world.data.campaigns[campaign_id].state != "complete":
                world.run_campaign(campaign_id, "campaign.start")

    async def _wait_for_the_end(self) -> bool:
        until = self.clock.monotonic() + END_SECONDS
        while self.clock.monotonic() < until:
            await self.clock.sleep(2.0)
            self._end_long_talks()
            data = self.world.data
            if all(campaign.state == "complete" for campaign in data.campaigns):
                at_rest = {"ready", "signed_out"}
                if all(presence.status in at_rest for presence in data.presence):
                    return True
        return False

    def _end_long_talks(self) -> None:
        """People who would talk for ever have had enough; who waits for music to end has not."""
        now = self.clock.now()
        for channel in list(self.world.node.channels.values()):
            heard = channel.far.connected_at if channel.far is not None else None
            if heard is not None and (now - heard).total_seconds() > 60:
                self.world.node.far_end_hangs_up(channel.channel_id)

    async def _listen(self) -> None:
        while True:
            await self.clock.sleep(0.5)
            self.judge.listen(None if self._frozen else self.floor)
