"""Callers from outside. They are not calls of the floor: they take its agents away for a while.

A caller waits until the team's longest-ready agent has paused, or, where nobody is ready, the
agent who has been doing after-call work for longest; speaks for the handling time, and the agent is
ready again. Whoever waits longer than their patience gives up.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from kwabo.adapters.switch.simulator.schedule import Schedule
from kwabo.simulation.dice import dice
from kwabo.simulation.people import Agent
from kwabo.simulation.scenario import Inbound
from kwabo.simulation.world import World

LOOK_SECONDS = 0.25  # how often the queue looks for an agent
_ABLE = ("ready", "after_call")  # in this order


@dataclass(slots=True, kw_only=True, eq=False)
class Caller:
    """One call from outside; moments count seconds from the begin of the run."""

    came: float
    handling: float
    taken: float | None = None
    gave_up: float | None = None


@dataclass(slots=True, kw_only=True)
class InboundRecord:
    """Everybody who called, in order."""

    callers: list[Caller] = field(default_factory=list)


class Line:
    """The queue of one team's callers."""

    def __init__(
        self,
        world: World,
        inbound: Inbound,
        number: int,
        agents: Sequence[Agent],
        schedule: Schedule,
    ) -> None:
        self.record = InboundRecord()
        self._world = world
        self._inbound = inbound
        self._name = f"{world.seed} inbound {number}"
        self._agents = agents
        self._schedule = schedule
        self._waiting: deque[Caller] = deque()
        self._looking = False

    def begin(self) -> None:
        """Set the alarm of every caller of the day."""
        begin, scenario = self._world.moment, self._world.scenario
        moment, count = scenario.begins, 0
        while True:
            drawn = dice(f"{self._name} {count}")
            moment = self._following(moment, drawn[0])
            count += 1
            if moment >= scenario.ends:
                return
            self._schedule.after(
                moment - begin, lambda d=drawn: self._comes(d)  # type: ignore[misc]
            )  # fmt: skip

    def _following(self, moment: float, uniform: float) -> float:
        """The next caller's moment: a Poisson process whose rate changes at each point."""
        owed = -math.log(max(1.0 - uniform, 1e-12))  # expected callers until then
        while True:
            rate, until = self._rate_at(moment)
            reached = (until - moment) * rate
            if reached >= owed:
                return moment + round(owed / rate, 3)
            if until == math.inf:
                return math.inf
            owed, moment = owed - reached, until

    def _rate_at(self, moment: float) -> tuple[float, float]:
        """Callers per second now, and until when."""
        rate, until = 0.0, math.inf
        for one in self._inbound.rates:
            if one.at <= moment:
                rate = one.calls_per_hour / 3600.0
            else:
                until = one.at
                break
        return rate, until if rate or until != math.inf else math.inf

    def _comes(self, drawn: Sequence[float]) -> None:
        now = self._world.clock.monotonic()
        caller = Caller(came=now, handling=self._inbound.handling.at(drawn[1]))
        self.record.callers.append(caller)
        self._waiting.append(caller)
        self._schedule.after(self._inbound.patience.at(drawn[2]), lambda: self._give_up(caller))
        self._serve()

    def _give_up(self, caller: Caller) -> None:
        if caller in self._waiting:
            self._waiting.remove(caller)
            caller.gave_up = self._world.clock.monotonic()

    def _serve(self) -> None:
        asked = sum(1 for agent in self._agents if agent.asked_for_inbound)
        able = sorted(
            (a for a in self._agents if a.status in _ABLE and a.inbound is None and not a.away),
            key=lambda agent: (_ABLE.index(agent.status), agent.since, agent.member.number),
        )
        for agent in able[: max(0, len(self._waiting) - asked)]:
            agent.take_inbound(lambda a=agent: self._taken(a))  # type: ignore[misc]
        if self._waiting and not self._looking:
            self._looking = True
            self._schedule.after(LOOK_SECONDS, self._look)

    def _look(self) -> None:
        self._looking = False
        self._serve()

    def _taken(self, agent: Agent) -> None:
        """An agent has left the campaign: the first caller, or back to work."""
        if not self._waiting:
            agent.done_inbound()
            return
        caller = self._waiting.popleft()
        caller.taken = self._world.clock.monotonic()
        agent.speak_inbound(caller.handling)
