"""All chance of a run: drawn by index from the seed, so that every way of pacing meets the same.

The n-th call of a list has the same fate whoever dials it and whenever; the n-th conversation of
the floor the same length. Drawn in blocks by NumPy, handed out as plain lists.
"""

from __future__ import annotations

import math
from itertools import accumulate

import numpy as np

from pacing_bench.terms import CallingList, Scenario, Talking

_BLOCK = 4096


def lognormal(mean: float, cv: float) -> tuple[float, float]:
    """μ and σ of the lognormal with this mean and coefficient of variation."""
    sigma = math.sqrt(math.log1p(cv * cv))
    return math.log(mean) - sigma * sigma / 2, sigma


def _generator(seed: int, *stream: int) -> np.random.Generator:
    return np.random.default_rng(np.random.SeedSequence((seed, *stream)))


class Fates:
    """Of the calls of one list, by index.

    Columns: `kind` (uniform: what becomes of it), `set_up`, `ring` (seconds), `analysed` (standard
    normal: the analysis' delay), `verdict` (uniform: whether it errs), `patience` (standard
    exponential), `range_of` (index of the number range).
    """

    def __init__(self, people: CallingList, seed: int, number: int) -> None:
        self._people = people
        self._seed = seed
        self._number = number
        self._shares = np.array(list(accumulate(r.share for r in people.ranges)))
        self.kind: list[float] = []
        self.set_up: list[float] = []
        self.ring: list[float] = []
        self.analysed: list[float] = []
        self.verdict: list[float] = []
        self.patience: list[float] = []
        self.range_of: list[int] = []

    def __len__(self) -> int:
        return len(self.kind)

    def reach(self, index: int) -> None:
        """Draw until the call `index` is there."""
        people = self._people
        while index >= len(self.kind):
            draw = _generator(self._seed, 1, self._number, len(self.kind) // _BLOCK)
            self.kind += draw.random(_BLOCK).tolist()
            self.set_up += draw.uniform(*people.set_up, _BLOCK).tolist()
            # a person who would answer later does not answer: shares are of answers in time
            ring = draw.lognormal(math.log(people.ring_median), people.ring_sigma, _BLOCK)
            while (late := ring > people.no_answer_limit).any():
                shape = math.log(people.ring_median), people.ring_sigma, int(late.sum())
                ring[late] = draw.lognormal(*shape)
            self.ring += ring.tolist()
            self.analysed += draw.standard_normal(_BLOCK).tolist()
            self.verdict += draw.random(_BLOCK).tolist()
            self.patience += draw.standard_exponential(_BLOCK).tolist()
            which = np.searchsorted(self._shares, draw.random(_BLOCK) * self._shares[-1], "right")
            self.range_of += np.minimum(which, len(people.ranges) - 1).tolist()


class Lengths:
    """Of conversations and after-call work, by the conversation's index."""

    def __init__(self, talking: Talking, seed: int) -> None:
        self._talking = talking
        self._seed = seed
        self.talk: list[float] = []
        self.after_call: list[float] = []
        self.machine: list[float] = []

    def reach(self, index: int) -> None:
        """Draw until the conversation `index` is there."""
        talking = self._talking
        while index >= len(self.talk):
            draw = _generator(self._seed, 2, len(self.talk) // _BLOCK)
            talk = draw.lognormal(*lognormal(talking.mean, talking.cv), _BLOCK)
            short = draw.lognormal(*lognormal(talking.short_mean, 0.5), _BLOCK)
            is_short = draw.random(_BLOCK) < talking.short_share
            self.talk += np.where(is_short, short, talk).tolist()
            after = lognormal(talking.after_call_mean, talking.after_call_cv)
            self.after_call += draw.lognormal(*after, _BLOCK).tolist()
            self.machine += draw.lognormal(*lognormal(talking.machine_mean, 0.4), _BLOCK).tolist()


def pace_of_agents(scenario: Scenario, seed: int) -> list[float]:
    """Each agent's factor on the length of conversations; its mean over agents is 1."""
    sigma = scenario.talking.agents_sigma
    draw = _generator(seed, 3)
    return draw.lognormal(-sigma * sigma / 2, sigma, scenario.agents).tolist()


def breaks(scenario: Scenario, seed: int, day: float) -> list[tuple[float, int]]:
    """When which agent asks for a break: (seconds, agent)."""
    if not scenario.breaks_per_hour:
        return []
    draw = _generator(seed, 4)
    count = draw.poisson(scenario.breaks_per_hour * day / 3600, scenario.agents)
    return [
        (at, agent)
        for agent, times in enumerate(count.tolist())
        for at in draw.uniform(0, day, times).tolist()
    ]


def callers(scenario: Scenario, seed: int, day: float) -> list[tuple[float, float, float]]:
    """Callers from outside: (arrival, handling seconds, patience), in order of arrival."""
    inbound = scenario.inbound
    if inbound is None:
        return []
    draw = _generator(seed, 5)
    count = int(draw.poisson(inbound.per_second * day))
    arrivals = np.sort(draw.uniform(0, day, count)).tolist()
    handling = draw.lognormal(*lognormal(inbound.mean, inbound.cv), count).tolist()
    patience = draw.exponential(inbound.patience, count).tolist()
    return list(zip(arrivals, handling, patience, strict=True))
