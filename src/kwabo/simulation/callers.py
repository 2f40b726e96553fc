"""The callers: they dial a number of the scenario, wait as long as they like, and speak.

Who calls when, and how long each would speak and wait, depends on the seed alone: two runs with
other queues or agents meet the same callers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kwabo.adapters.switch.simulator import Caller as Dialler
from kwabo.adapters.switch.simulator.schedule import Schedule
from kwabo.simulation.dice import dice
from kwabo.simulation.inbound import number_of
from kwabo.simulation.scenario_inbound import Inbound, InboundRate
from kwabo.simulation.world import World, endpoint_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """One call from outside, in seconds."""

    talk: float
    after_call: float
    patience: float  # from the answer
    ends: float  # below the team's share the agent ends the call


class Callers:
    """Those of one number."""

    def __init__(self, world: World, inbound: Inbound, index: int, schedule: Schedule) -> None:
        self._world = world
        self._inbound = inbound
        self._index = index
        self._endpoint = endpoint_of(world.scenario, inbound.trunk)
        self._schedule = schedule
        self._count = 0
        self._moment = world.scenario.begins

    def begin(self) -> None:
        """Set the alarm of the first one; each sets that of the next."""
        scenario = self._world.scenario
        drawn = dice(f"{self._world.seed} inbound {self._index} {self._count}")
        self._moment = following(self._inbound.rates, self._moment, drawn[0])
        self._count += 1
        if self._moment < scenario.ends:
            self._schedule.after(self._moment - self._world.moment, lambda: self._comes(drawn))

    def _comes(self, drawn: Sequence[float]) -> None:
        inbound = self._inbound
        caller = Caller(
            talk=inbound.talk.at(drawn[1]),
            after_call=inbound.after_call.at(drawn[3]),
            patience=inbound.patience.at(drawn[2]),
            ends=drawn[4],
        )
        channel_id = self._world.node.call_in(
            Dialler(
                number=number_of(self._index),
                caller=f"+22901{60 + self._index % 39:02d}{self._count:06d}",
                trunk_endpoint=self._endpoint,
                presses=tuple((one.after, one.key) for one in inbound.keys),
                patience_seconds=caller.patience,
                talks_seconds=None,  # the agent knows how long it takes
            )
        )
        self._world.callers[channel_id] = caller
        self.begin()


def following(rates: Sequence[InboundRate], moment: float, uniform: float) -> float:
    """The next caller's moment: a Poisson process whose rate changes at each point."""
    owed = -math.log(max(1.0 - uniform, 1e-12))  # expected callers until then
    while True:
        rate, until = _rate_at(rates, moment)
        reached = (until - moment) * rate if rate else 0.0
        if reached >= owed:
            return moment + round(owed / rate, 3)
        if until == math.inf:
            return math.inf
        owed, moment = owed - reached, until


def _rate_at(rates: Sequence[InboundRate], moment: float) -> tuple[float, float]:
    """Callers per second now, and until when."""
    rate, until = 0.0, math.inf
    for one in rates:
        if one.at <= moment:
            rate = one.calls_per_hour / 3600.0
        else:
            until = one.at
            break
    return rate, until
