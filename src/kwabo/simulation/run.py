"""`simulate`: one run of a scenario, from its seed to its outcome.

The engine, its rules, the memory store and the switch simulator are the product's own; only time is
virtual. A run is single-threaded and takes one core: a server does it in a child process. It must
not be called where an event loop runs already.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kwabo.adapters.switch.simulator.schedule import Schedule
from kwabo.adapters.virtual_time import VirtualClock, run_in_virtual_time
from kwabo.engine.floor.state import Floor
from kwabo.simulation.callers import Callers
from kwabo.simulation.engines import Engine
from kwabo.simulation.faults import Trouble
from kwabo.simulation.figures import outcome_of
from kwabo.simulation.outcome import Outcome
from kwabo.simulation.people import Agent
from kwabo.simulation.record import AgentRecord
from kwabo.simulation.scenario import Scenario
from kwabo.simulation.scenario_file import ScenarioInvalid, problems_of
from kwabo.simulation.world import World, begin_of, make_world

TELL_SECONDS = 60.0  # of the simulated day, between two tellings of how far it is
LOOK_SECONDS = 3.0  # how often a campaign without callable contacts is looked at
IDLE_LOOK_SECONDS = 60.0
COLLECT_AFTER = 1_000_000  # objects made and not freed, between two searches for garbage
OVERTIME_SECONDS = 3600.0  # after the end of the day; who is not gone by then stays

Progress = Callable[[float], None]  # how much of the day is over, from 0 to 1


class Cancelled(Exception):
    """`cancelled` said that nobody wants the outcome any more."""


def simulate(
    scenario: Scenario,
    seed: int | None = None,
    *,
    on_progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    prepare: Callable[[World], None] | None = None,
    on_step: Callable[[Floor], None] | None = None,
) -> Outcome:
    """Run the scenario; `seed` takes the place of the scenario's own.

    `on_progress` is called once a simulated minute and must not raise; `cancelled` is asked then.
    `prepare` may change what there is before the day begins: contacts with a past, say, or who is
    behind the numbers. `on_step` is called after each step of the floor. Raises ScenarioInvalid and
    Cancelled.
    """
    if problems := problems_of(scenario):
        raise ScenarioInvalid(problems)
    chosen = scenario.seed if seed is None else seed
    with _seldom_collected():
        return run_in_virtual_time(
            lambda clock: _Run(
                scenario, chosen, clock, prepare or (lambda world: None), on_step
            ).run(on_progress or (lambda share: None), cancelled or (lambda: False)),
            start=begin_of(scenario),
        )


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Seek garbage seldom: a floor leaves next to none in cycles, and each search goes through
    all that has been kept of the day so far. The day itself is one: it is let go at its end."""
    usual = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.collect()


@contextmanager
def _kept_from_collection() -> Iterator[None]:
    """What there is before the day begins stays until it ends: garbage is sought in the rest."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class _Run:
    """A run under way."""

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        clock: VirtualClock,
        prepare: Callable[[World], None],
        on_step: Callable[[Floor], None] | None,
    ) -> None:
        self._scenario = scenario
        self._clock = clock
        self._on_step = on_step
        self._world = make_world(scenario, seed, clock)
        prepare(self._world)
        self._schedule = Schedule(clock)
        self._record = AgentRecord()
        self._agents = {
            member.user_id: Agent(
                self._world, member, scenario.teams[member.team], self._schedule, self._record
            )
            for member in self._world.members
        }
        self._engines = 0

    async def run(self, on_progress: Progress, cancelled: Callable[[], bool]) -> Outcome:
        with _kept_from_collection():
            return await self._run(on_progress, cancelled)

    async def _run(self, on_progress: Progress, cancelled: Callable[[], bool]) -> Outcome:
        world = self._world
        world.data.presence.watcher = lambda row: self._agents[row.user_id].seen(row)
        async with asyncio.TaskGroup() as tasks:
            trouble = Trouble(
                world,
                self._schedule,
                list(self._agents.values()),
                tasks,
                lambda: self._start_engine(tasks),
            )
            trouble.plan()
            for agent in self._agents.values():
                agent.plan_the_day()
            for index, inbound in enumerate(self._scenario.inbound):
                Callers(world, inbound, index, self._schedule).begin()
            self._plan_campaigns()
            try:
                wanted = await self._watch(on_progress, cancelled)
            finally:
                self._schedule.close()
                world.node.close()
                await trouble.stop()
        if not wanted:
            raise Cancelled
        seconds = self._clock.monotonic()
        self._record.finish(seconds)
        on_progress(1.0)
        return outcome_of(world, self._record, seconds)

    async def _watch(self, on_progress: Progress, cancelled: Callable[[], bool]) -> bool:
        """Until the day is over and everybody is gone; False when nobody waits for it any more."""
        whole = self._scenario.ends - self._scenario.begins
        while not self._over(whole):
            await self._clock.sleep(TELL_SECONDS)
            on_progress(min(1.0, self._clock.monotonic() / whole))
            if cancelled():
                return False
        return True

    def _over(self, whole: float) -> bool:
        past = self._clock.monotonic() - whole
        gone = all(agent.status == "signed_out" for agent in self._agents.values())
        return past >= OVERTIME_SECONDS or (past >= 0 and gone and not self._world.node.channels)

    def _start_engine(self, tasks: asyncio.TaskGroup) -> Engine:
        self._engines += 1
        return Engine(
            name=f"engine-{self._engines}",
            data=self._world.data,
            node=self._world.node,
            clock=self._clock,
            ids=self._world.ids,
            database=self._world.database,
            tasks=tasks,
            on_step=self._on_step,
            faults=bool(self._scenario.faults),
            # Where nobody is dialled, looking for the next one finds only who was promised a call.
            idle_look_seconds=LOOK_SECONDS if self._scenario.campaigns else IDLE_LOOK_SECONDS,
        )

    def _plan_campaigns(self) -> None:
        world, scenario = self._world, self._scenario
        for campaign, campaign_id in zip(scenario.campaigns, world.campaign_ids, strict=True):
            payload = {"campaign_id": str(campaign_id)}
            for moment, kind in (
                (campaign.begins, "campaign.start"),
                (scenario.ends, "campaign.pause"),
            ):
                self._schedule.after(
                    moment - world.moment,
                    lambda k=kind, p=payload: world.command(None, k, p),  # type: ignore[misc]
                )
