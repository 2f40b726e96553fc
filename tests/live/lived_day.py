"""A day that is lived in a few seconds: a floor on a real database, with the simulated switch."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kwabo.adapters.postgres.floor import PostgresFloorStore
from kwabo.adapters.postgres.floor_client import PostgresFloorClient
from kwabo.adapters.switch.simulator import (
    Behaviour,
    BehaviourKind,
    SimulatedNode,
    SimulatedSwitch,
)
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.engine.floor.state import Floor, FloorSettings
from kwabo.engine.supervisor import Supervisor
from kwabo.kernel.errors import KwaboError
from world import Both

_KINDS = {
    BehaviourKind.PERSON: 60,
    BehaviourKind.MACHINE: 10,
    BehaviourKind.BUSY: 12,
    BehaviourKind.INVALID: 6,
    BehaviourKind.REJECTED: 6,
    BehaviourKind.HANGS_UP_ON_ANSWER: 6,
}


class HastyPeople:
    """Everybody answers, talks and gives up within moments."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def behaviour(self, number: str) -> Behaviour:
        draw = self._random
        return Behaviour(
            kind=draw.choices(list(_KINDS), list(_KINDS.values()))[0],
            rings_after_seconds=draw.uniform(0.02, 0.1),
            answers_after_seconds=draw.uniform(0.02, 0.4),
            talks_seconds=draw.uniform(0.1, 0.5),
            patience_seconds=draw.uniform(0.5, 4.0),
            analysis_seconds=draw.uniform(0.02, 0.1),
        )


@dataclass
class LivedDay:
    """The floor at work."""

    floor_client: PostgresFloorClient
    supervisor: Supervisor
    organisation_id: UUID
    node: SimulatedNode

    @property
    def floor(self) -> Floor | None:
        """The floor's live state."""
        runners = self.supervisor.runners
        return runners[0].floor if runners else None

    async def ask(self, user_id: UUID | None, kind: str, **payload: Any) -> bool:
        """Send a command; whether it was done."""
        try:
            await self.floor_client.send(self.organisation_id, user_id, kind, payload)
        except KwaboError:
            return False
        return True

    async def live(
        self,
        campaign_id: UUID,
        agents: list[UUID],
        code_id: UUID,
        calls: int,
        *,
        half_way: Callable[[], Awaitable[None]] | None = None,
        headset_lost_every_seconds: float | None = None,
    ) -> None:
        """Run the campaign until it has made so many calls, then until all is over."""
        while self.floor is None or not self.floor.reconciled:
            await asyncio.sleep(0.05)
        async with asyncio.TaskGroup() as tasks:
            people = [
                tasks.create_task(self._work(user_id, code_id, random.Random(number)))
                for number, user_id in enumerate(agents)
            ]
            if headset_lost_every_seconds is not None:
                people.append(tasks.create_task(self._lose_legs(headset_lost_every_seconds)))
            await self.ask(None, "campaign.start", campaign_id=str(campaign_id))
            if half_way is not None:
                while self._made(campaign_id) < calls / 2:
                    await asyncio.sleep(0.05)
                await half_way()
            while self._made(campaign_id) < calls:
                await asyncio.sleep(0.05)
            await self.ask(None, "campaign.pause", campaign_id=str(campaign_id))
            while self.floor is None or self.floor.live_calls() or self._busy():
                await asyncio.sleep(0.05)
            for task in people:
                task.cancel()

    def _made(self, campaign_id: UUID) -> int:
        campaign = self.floor.campaigns.get(campaign_id) if self.floor else None
        return campaign.attempts if campaign else 0

    def _busy(self) -> bool:
        assert self.floor is not None
        return any(agent.attempt_id is not None for agent in self.floor.agents.values())

    async def _lose_legs(self, every_seconds: float) -> None:
        draw = random.Random("headsets")
        while True:
            await asyncio.sleep(draw.expovariate(1 / every_seconds))
            legs = sorted(one for one in self.node.channels if one.startswith("leg-"))
            if legs:
                self.node.far_end_hangs_up(draw.choice(legs))

    async def _work(self, user_id: UUID, code_id: UUID, draw: random.Random) -> None:
        await self.ask(user_id, "agent.sign_in", leg={"kind": "webrtc"})
        while True:
            await asyncio.sleep(draw.uniform(0.05, 0.2))
            await self.ask(user_id, "agent.heartbeat")
            agent = self.floor.agents.get(user_id) if self.floor else None
            if agent is None:
                continue
            if agent.status == "connecting" or (agent.status == "lost" and draw.random() < 0.3):
                await self.ask(user_id, "agent.connect_leg")
            elif agent.status == "paused":
                await self.ask(user_id, "agent.ready")
            elif agent.status == "ready" and draw.random() < 0.05:
                await self.ask(user_id, "agent.pause")
            elif agent.status == "on_call" and draw.random() < 0.1:
                await self.ask(user_id, "call.hang_up", attempt_id=str(agent.attempt_id))
            elif agent.status == "on_call" and draw.random() < 0.1:
                await self.ask(user_id, "agent.pause")
            elif agent.status == "after_call":
                await self.ask(
                    user_id,
                    "call.wrap_up",
                    attempt_id=str(agent.attempt_id),
                    wrap_up_code_id=str(code_id),
                )


@asynccontextmanager
async def lived_day(
    store: PostgresFloorStore,
    floor_client: PostgresFloorClient,
    both: Both,
    seed: int,
    *,
    agent_grace_seconds: float = 30.0,
) -> AsyncIterator[LivedDay]:
    """Organisation A's floor, held by a supervisor until the block ends."""
    clock = SystemClock()
    node = SimulatedNode(clock, far_end=HastyPeople(seed), source=random.Random(seed))
    supervisor = Supervisor(
        store=store,
        make_switch=lambda floor: SimulatedSwitch(node, f"floor-{floor.floor_id}"),
        make_settings=lambda floor: FloorSettings(
            floor_id=floor.floor_id, sip_secret=b"test", agent_grace_seconds=agent_grace_seconds
        ),
        clock=clock,
        ids=TimeOrderedIds(clock),
        owner="test",
        lease_seconds=10.0,
    )
    task = asyncio.create_task(supervisor.run())
    try:
        yield LivedDay(floor_client, supervisor, both.a.organisation_id, node)
    finally:
        supervisor.stop()
        await task
        node.close()
