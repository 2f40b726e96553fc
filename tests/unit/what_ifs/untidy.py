"""What makes a simulated day untidy: headsets that come and go, and settings changed on the way."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from kwabo.engine.floor.state import LEG_PREFIX
from kwabo.simulation.world import World

_MICROSECOND = timedelta(microseconds=1)


def never_the_same_instant_twice(world: World) -> None:
    """In virtual time many steps share an instant; on a real day each has its own."""
    clock = world.clock
    # In the place of the clock's own, which everything in the world has been given already.
    clock.now = _Counted(clock.now)  # type: ignore[method-assign]


class _Counted:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._last = now()

    def __call__(self) -> datetime:
        self._last = max(self._now(), self._last + _MICROSECOND)
        return self._last


def lose_headsets(world: World, *, every_seconds: float, away_seconds: float) -> None:
    """Now and then one agent's leg ends, wherever the agent is.

    Every other one is away for so long, on average, and cannot be called meanwhile.
    """
    draw = random.Random(f"{world.seed} headsets")

    def lose() -> None:
        legs = sorted(one for one in world.node.channels if one.startswith(LEG_PREFIX))
        if legs:
            leg = draw.choice(legs)
            if draw.random() < 0.5:
                _be_away(world, leg, draw.expovariate(1 / away_seconds))
            world.node.far_end_hangs_up(leg)
        world.clock.call_after(draw.expovariate(1 / every_seconds), lose)

    world.clock.call_after(draw.expovariate(1 / every_seconds), lose)


def _be_away(world: World, leg: str, seconds: float) -> None:
    user_id = UUID(leg.removeprefix(LEG_PREFIX).rpartition("-")[0])
    endpoint = f"agent-{user_id.hex}"
    world.node.set_reachable(endpoint, False)
    world.clock.call_after(seconds, lambda: world.node.set_reachable(endpoint, True))


def change_mode(world: World, *, after_seconds: float, campaign: int, mode: str) -> None:
    """Somebody gives a running campaign another mode."""
    campaign_id = world.campaign_ids[campaign]

    def change() -> None:
        row = next(one for one in world.data.campaigns if one.campaign_id == campaign_id)
        world.data.campaigns.put(campaign_id, replace(row, mode=mode))
        world.command(None, "campaign.changed", {"campaign_id": str(campaign_id)})

    world.clock.call_after(after_seconds, change)


def hand_over(world: World, *, every_seconds: float) -> None:
    """Now and then an agent gives a conversation to another agent, who is free."""
    draw = random.Random(f"{world.seed} transfers")

    def give() -> None:
        agents = sorted(world.data.presence, key=lambda one: one.user_id)
        talking = [one for one in agents if one.status == "on_call" and one.attempt_id]
        free = [one for one in agents if one.status == "ready"]
        if talking and free:
            giver = draw.choice(talking)
            world.command(
                giver.user_id,
                "call.transfer",
                {
                    "attempt_id": str(giver.attempt_id),
                    "to": {"user_id": str(draw.choice(free).user_id)},
                },
            )
        world.clock.call_after(draw.expovariate(1 / every_seconds), give)

    world.clock.call_after(draw.expovariate(1 / every_seconds), give)
