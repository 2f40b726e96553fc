"""What goes wrong in a run, at times drawn from its seed."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kwabo.adapters.switch.simulator import BehaviourKind
from kwabo.ports.switch import ChannelState
from simulation.plan import PACED

if TYPE_CHECKING:
    from simulation.run import Simulation

CHANGES: Mapping[str, Sequence[Any]] = {
    "mode": PACED,
    "abandon_target": (0.01, 0.03, 0.2),
    "calls_per_agent": (1.0, 1.5, 3.0),
    "calls_per_agent_ceiling": (1.0, 3.0, 10.0),
    "weight": (1, 5),
    "priority": (2, 3, 5),
    "agents_kept_free": (0, 0, 1),
    "abandon_window": ("day", "30_days"),
}


OF_THE_LAW = ("abandon_target", "abandon_window")  # a preset does not let everything be chosen


class Troubles:
    """See the module."""

    def __init__(self, simulation: Simulation) -> None:
        self.simulation = simulation
        self.plan = simulation.plan
        self.world = simulation.world
        self.clock = simulation.clock
        self.random = random.Random(f"faults {simulation.plan.seed}")
        self._lists = random.Random(f"lists {simulation.plan.seed}")

    def coroutines(self) -> list[Coroutine[Any, Any, None]]:
        """All that goes wrong, each at a time of its own."""
        plan = self.plan
        return [
            *(self._crash() for _ in range(plan.crashes)),
            *(self._freeze() for _ in range(plan.freezes)),
            *(self._lose_switch() for _ in range(plan.switch_losses)),
            *(self._restart_switch() for _ in range(plan.switch_restarts)),
            *(self._list_a_number() for _ in range(plan.dnc_entries)),
            *(self._stop_campaign() for _ in range(plan.stops)),
            *(self._change_campaign() for _ in range(plan.changes)),
            *(self._lose_everybody() for _ in range(plan.all_lost)),
            *(self._kill_trunk() for _ in range(plan.trunk_deaths)),
        ]

    async def _some_time(self) -> None:
        await self.clock.sleep(self.random.uniform(5.0, self.plan.seconds))

    async def _crash(self) -> None:
        rest = self.random.uniform(0.0, 15.0)
        await self._some_time()
        # At any await point: a crash follows a number of turns of the loop, not only a time.
        for _ in range(self.random.randint(0, 20)):
            await asyncio.sleep(0)
        alive = [engine for engine in self.simulation.engines if not engine.process.dead]
        if alive:
            await self.random.choice(alive).kill()
        await self.clock.sleep(rest)
        self.simulation.start_engine()

    async def _freeze(self) -> None:
        await self._some_time()
        alive = [engine for engine in self.simulation.engines if not engine.process.dead]
        if not alive:
            return
        engine = self.random.choice(alive)
        self.simulation.start_engine()
        engine.freeze()
        await self.clock.sleep(self.random.uniform(1.0, 25.0))
        engine.thaw()

    async def _lose_switch(self) -> None:
        await self._some_time()
        self.world.node.accepting = False
        self.world.node.drop_connections("the network broke")
        await self.clock.sleep(self.random.uniform(0.2, 12.0))
        self.world.node.accepting = True

    async def _restart_switch(self) -> None:
        await self._some_time()
        self.world.node.restart()

    async def _list_a_number(self) -> None:
        await self._some_time()
        contact = self.random.choice(list(self.world.data.contacts))
        number = self.random.choice(contact.numbers)
        self.world.list_number(number, told=self._lists.random() >= self.plan.untold)

    async def _stop_campaign(self) -> None:
        await self._some_time()
        campaign_id = self.random.choice(self.world.campaign_ids)
        kind = self.random.choice(("campaign.pause", "campaign.stop"))
        self.world.run_campaign(campaign_id, kind)
        await self.clock.sleep(self.random.uniform(0.0, 20.0))
        self.world.run_campaign(campaign_id, "campaign.start")

    async def _change_campaign(self) -> None:
        await self._some_time()
        campaign_id = self.random.choice(self.world.campaign_ids)
        name = self.random.choice(list(CHANGES))
        if self.plan.law and name in OF_THE_LAW:
            return
        if name != "mode" or self.world.data.campaigns[campaign_id].mode != "preview":
            await self.world.alter(campaign_id, **{name: self.random.choice(CHANGES[name])})

    async def _lose_everybody(self) -> None:
        """All agents are gone while calls ring, if some do soon."""
        await self._some_time()
        for _ in range(40):
            if any(c.state is ChannelState.RINGING for c in self.world.node.channels.values()):
                break
            await self.clock.sleep(0.5)
        for person in self.simulation.people:
            person.vanish()

    async def _kill_trunk(self) -> None:
        await self._some_time()
        kind = self.random.choice((BehaviourKind.DEAD_TRUNK, BehaviourKind.CONGESTION))
        for trunk in self.world.data.trunks:
            self.world.node.trunk_troubles[trunk.endpoint] = (kind, 1.0)
        await self.clock.sleep(self.random.uniform(5.0, 40.0))
        self.world.node.trunk_troubles.clear()
