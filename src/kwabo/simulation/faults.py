"""What breaks in a run, at the moments that the scenario names."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence

from kwabo.adapters.switch.simulator import BehaviourKind
from kwabo.adapters.switch.simulator.schedule import Schedule
from kwabo.simulation.dice import dice
from kwabo.simulation.engines import Engine
from kwabo.simulation.people import Agent
from kwabo.simulation.scenario import Fault, Outage
from kwabo.simulation.world import World, endpoint_of

# Kind of a fault → the chance of the simulated switch that it raises.
_CHANCES: Mapping[str, str] = {
    "events_lost": "lose_event",
    "events_doubled": "double_event",
    "events_delayed": "delay_event",
    "calls_refused": "refuse_originate",
    "calls_uncertain": "uncertain_not_done",
}
_TROUBLES: Mapping[str, BehaviourKind] = {
    "dead": BehaviourKind.DEAD_TRUNK,
    "congestion": BehaviourKind.CONGESTION,
}


class Trouble:
    """Breaks things and mends them again."""

    def __init__(
        self,
        world: World,
        schedule: Schedule,
        agents: Sequence[Agent],
        tasks: asyncio.TaskGroup,
        start_engine: Callable[[], Engine],
    ) -> None:
        self._world = world
        self._schedule = schedule
        self._agents = agents
        self._tasks = tasks
        self._start_engine = start_engine
        self._engines = [start_engine()]
        self._over = False

    def plan(self) -> None:
        """Set the alarms of the scenario's faults and outages."""
        scenario = self._world.scenario
        for number, fault in enumerate(scenario.faults):
            self._at(fault.at, lambda n=number, f=fault: self._break(n, f))  # type: ignore[misc]
        for trunk in scenario.trunks:
            for outage in trunk.outages:
                endpoint = endpoint_of(scenario, trunk.name)
                self._at(outage.begins, lambda e=endpoint, o=outage: self._fail(e, o))  # type: ignore[misc]

    async def stop(self) -> None:
        """End the engines that run now; none is started any more."""
        self._over = True
        await self._kill()

    async def _kill(self) -> None:
        engines, self._engines = self._engines, []
        for engine in engines:
            await engine.kill()

    def _at(self, moment: float, do: Callable[[], None]) -> None:
        self._schedule.after(moment - self._world.moment, do)

    def _fail(self, endpoint: str, outage: Outage) -> None:
        troubles = self._world.node.trunk_troubles
        troubles[endpoint] = (_TROUBLES[outage.kind], outage.share)

        def mend() -> None:
            troubles.pop(endpoint, None)

        self._schedule.after(outage.seconds, mend)

    def _break(self, number: int, fault: Fault) -> None:
        node, after = self._world.node, self._schedule.after
        if fault.kind in _CHANCES:
            name = _CHANCES[fault.kind]
            setattr(node.faults, name, fault.chance)
            after(fault.seconds, lambda: setattr(node.faults, name, 0.0))
        elif fault.kind == "engine_crash":
            self._tasks.create_task(self._crash(fault.seconds))
        elif fault.kind == "socket_loss":
            node.accepting = False
            node.drop_connections("the scenario says so")
            after(fault.seconds, lambda: setattr(node, "accepting", True))
        elif fault.kind == "switch_restart":
            node.restart()
        elif fault.kind == "database_down":
            self._world.database.up = False
            after(fault.seconds, lambda: setattr(self._world.database, "up", True))
        elif fault.kind == "agents_leave":
            for agent in self._agents:
                if dice(f"{self._world.seed} fault {number} {agent.name}")[0] < fault.share:
                    agent.go_away(fault.seconds)

    async def _crash(self, seconds: float) -> None:
        await self._kill()
        await self._world.clock.sleep(seconds)
        if not self._over:
            self._engines.append(self._start_engine())
