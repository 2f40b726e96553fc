"""A floor whose runner, switch and store are real and whose time is virtual, driven by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from kwabo.adapters.memory.floor_data import MemoryAttempt
from kwabo.adapters.switch.simulator import Behaviour, Faults, Table
from kwabo.adapters.switch.simulator.channels import SimulatedChannel
from kwabo.adapters.virtual_time import VirtualClock, run_in_virtual_time
from kwabo.engine.floor.state import Agent, Call, Floor
from simulation.faulty import GRACE_SECONDS, Engine
from simulation.world import Plan, World, make_world

__all__ = ["GRACE_SECONDS", "THIRD", "Desk", "at_the_desk"]

THIRD = "+22901979999"
PATIENT = Behaviour(
    rings_after_seconds=0.5, answers_after_seconds=2.0, talks_seconds=None, patience_seconds=None
)


class Desk:
    """One campaign, one contact for each of its numbers, and agents."""

    def __init__(self, clock: VirtualClock, **changes: Any) -> None:
        campaign = changes.pop("campaign", {})
        self.table = Table(numbers=changes.pop("numbers", {}), otherwise=PATIENT)
        plan = Plan(
            seed=1, contacts=changes.pop("contacts", 1), agents=2, seconds=0, faults=Faults()
        )
        self.world: World = make_world(replace(plan, **changes), clock)
        self.clock = clock
        self.node = self.world.node
        self.node.far_end = self.table
        self.data = self.world.data
        for contact_id in self.data.lists[next(iter(self.data.lists))]:
            contact = self.data.contacts[contact_id]
            self.data.contacts.put(contact_id, replace(contact, time_zone=None))
        row = self.data.campaigns[self.world.campaign_ids[0]]
        self.campaign_id = row.campaign_id
        self.data.campaigns.put(row.campaign_id, replace(row, **campaign))
        self.first, self.second = self.world.agent_ids
        self.engines: list[Engine] = []
        self.problems = self.world.problems

    def start_engine(self) -> None:
        self.engines.append(Engine(self.world, f"engine-{len(self.engines)}", lambda *_: None))

    @property
    def floor(self) -> Floor:
        return next(e.floors[0] for e in self.engines if not e.process.dead and e.floors)

    def agent(self, user_id: UUID | None = None) -> Agent:
        return self.floor.agents[user_id or self.first]

    @property
    def call(self) -> Call:
        """The call that is not closed."""
        (call,) = self.floor.live_calls()
        return call

    @property
    def attempts(self) -> list[MemoryAttempt]:
        return list(self.data.attempts)

    def channel(self, channel_id: str | None) -> SimulatedChannel:
        return self.node.channels[channel_id or ""]

    def together(self, *channel_ids: str | None) -> bool:
        """Whether these channels, and no others, hear each other, without music."""
        bridges = {self.channel(channel_id).bridge_id for channel_id in channel_ids}
        if len(bridges) != 1 or None in bridges:
            return False
        (bridge_id,) = bridges
        members = set(self.node.bridges[str(bridge_id)].channels)
        return members == set(channel_ids) and not any(self.channel(c).music for c in channel_ids)

    async def ask(self, kind: str, user_id: UUID | None = None, **payload: Any) -> dict[str, Any]:
        """Send a command; its answer."""
        who = None if kind.startswith(("campaign.", "dnc.", "queue.")) else user_id or self.first
        command_id = self.world.command(who, kind, payload)
        await self.until(lambda: self.data.commands[command_id].answer is not None)
        return dict(self.data.commands[command_id].answer or {})

    async def act(self, kind: str, user_id: UUID | None = None, **payload: Any) -> dict[str, Any]:
        """A command about the agent's present attempt."""
        attempt_id = str(self.agent(user_id).attempt_id)
        return await self.ask(kind, user_id, attempt_id=attempt_id, **payload)

    async def until(self, condition: Callable[[], bool], seconds: float = 60.0) -> None:
        """Let time pass until the condition holds."""
        end = self.clock.monotonic() + seconds
        while not condition():
            assert self.clock.monotonic() < end, "it never came"
            await self.clock.sleep(0.05)

    async def ready(self, *user_ids: UUID, leg: dict[str, str] | None = None) -> None:
        """Sign in, connect, be ready; a browser's heartbeats go on by themselves."""
        for user_id in user_ids or (self.first,):
            answer = await self.ask("agent.sign_in", user_id, leg=leg or {"kind": "webrtc"})
            assert answer["ok"], answer
            await self.until(lambda u=user_id: self.agent(u).leg_up)  # type: ignore[misc]
            assert (await self.ask("agent.ready", user_id))["ok"]

    async def start(self) -> None:
        assert (await self.ask("campaign.start", campaign_id=str(self.campaign_id)))["ok"]

    async def talking(self, *agents: UUID) -> Call:
        """Agents are ready and the first contact is connected to one of them."""
        await self.ready(*(agents or (self.first,)))
        await self.start()
        await self.until(lambda: any(c.connected_at for c in self.floor.live_calls()))
        return self.call

    def heartbeats(self, *user_ids: UUID) -> asyncio.Task[None]:
        async def beat() -> None:
            while True:
                for user_id in user_ids:
                    self.world.command(user_id, "agent.heartbeat", {})
                await self.clock.sleep(4.0)

        return asyncio.get_running_loop().create_task(beat())

    async def crash(self) -> None:
        """The engine is killed; another takes the floor when the lease has lapsed."""
        for engine in self.engines:
            await engine.kill()
        self.start_engine()
        await self.until(lambda: bool(self.engines[-1].floors), 20)
        await self.until(lambda: self.floor.reconciled, 20)
        await self.clock.sleep(0.5)


def at_the_desk(story: Callable[[Desk], Awaitable[None]], **changes: Any) -> None:
    """Tell a story in virtual time."""

    prepare = changes.pop("prepare", None)

    async def main(clock: VirtualClock) -> None:
        desk = Desk(clock, **changes)
        if prepare is not None:
            prepare(desk)
        desk.start_engine()
        beats = desk.heartbeats(desk.first, desk.second)
        desk.beats = beats  # type: ignore[attr-defined]
        await desk.until(lambda: bool(desk.engines[0].floors) and desk.floor.reconciled)
        try:
            await story(desk)
        finally:
            beats.cancel()
            for engine in desk.engines:
                await engine.kill()
            desk.node.close()
        assert not desk.problems

    run_in_virtual_time(main)
