"""The true distributions of a scenario as tables by age, and sums of independent chances.

Sampled from the scenario's own draws, with a seed that no day has. What no dialler can know:
`oracles` alone may use it.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from pacing_bench.draws import Fates, Lengths, pace_of_agents
from pacing_bench.terms import Scenario

Array = NDArray[np.float64]

STEP = 0.5  # seconds of a table's age and of its time ahead
_SEED = 987_654_321
_SAMPLES = 8192
_TALK_AGES = 2400
_RING_AGES = 70
_AHEAD = 90
_MOMENTS = 4
_NORMAL = NormalDist()
NORMAL_FROM = 36  # chances; beyond that many, their sum is taken as normal


class Truth:
    """Tables of one scenario's first list and its agents.

    `moments`: seconds from the dial to an answer, at four quantiles. `talk_free[age, ahead]` and
    `wrap_free`: chance that an agent who has talked (worked after a call) so long is free `ahead`
    later. Ages and times ahead are counted in `STEP`s.
    """

    def __init__(self, scenario: Scenario) -> None:
        people = scenario.lists[0]
        fates, lengths = Fates(people, _SEED, 0), Lengths(scenario.talking, _SEED)
        fates.reach(_SAMPLES - 1)
        lengths.reach(4 * _SAMPLES - 1)
        set_up = np.array(fates.set_up)
        answer = set_up + np.array(fates.ring)
        quantiles = (np.arange(_MOMENTS) + 0.5) / _MOMENTS
        self.moments: list[float] = np.quantile(answer, quantiles).tolist()
        ages = np.arange(_RING_AGES) * STEP
        self._answer_left = _left(answer, ages)
        self._busy_left = _left(set_up, ages)
        self._silence_left = _left(set_up + people.no_answer_limit, ages)
        self._answer_left_then = [_left(answer, ages + moment) for moment in self.moments]
        delay = scenario.analysis.delay if scenario.analysis else 0.0
        self.ahead = [moment + scenario.grace + delay for moment in self.moments]
        wrap = np.minimum(np.array(lengths.after_call), scenario.talking.after_call_limit)
        pace = np.resize(np.array(pace_of_agents(scenario, _SEED)), len(wrap))
        talk = np.array(lengths.talk) * pace
        self.talk_free = _free_table(talk, talk + wrap, _TALK_AGES)
        wraps = int(scenario.talking.after_call_limit / STEP) + 2
        self.wrap_free = _free_table(wrap, wrap, wraps)
        self._answers: dict[tuple[int, int], tuple[Array, ...]] = {}

    def answers(self, needs: float, busy: float, other: float) -> tuple[Array, ...]:
        """By moment and age: chance that a ringing call is answered by then and needs an agent.

        `needs`: share of calls that do; `other`: of those that a machine ends.
        """
        key = round(500 * needs), round(500 * other)
        found = self._answers.get(key)
        if found is None:
            left = (
                (needs + other) * self._answer_left
                + busy * self._busy_left
                + max(0.0, 1.0 - needs - busy - other) * self._silence_left
            )
            found = tuple(
                needs * (self._answer_left - then) / np.maximum(left, 1e-9)
                for then in self._answer_left_then
            )
            self._answers[key] = found
        return found

    def release_chances(self, talked: list[float], wrapped: list[float]) -> Array:
        """One row for each busy agent, one column for each time ahead."""
        talk_ages = np.minimum((np.array(talked) / STEP).astype(int), len(self.talk_free) - 1)
        wrap_ages = np.minimum((np.array(wrapped) / STEP).astype(int), len(self.wrap_free) - 1)
        return np.concatenate((self.talk_free[talk_ages], self.wrap_free[wrap_ages]))


def _left(values: Array, at: Array) -> Array:
    return 1.0 - np.searchsorted(np.sort(values), at, "right") / len(values)


def _free_table(lasts: Array, free: Array, ages: int) -> Array:
    """P(free ≤ age + ahead | lasts > age)."""
    order = np.argsort(lasts)
    lasts, free = lasts[order], free[order]
    ahead = np.arange(_AHEAD) * STEP
    table = np.ones((ages, _AHEAD))
    for row in range(ages):
        first = int(np.searchsorted(lasts, row * STEP, "right"))
        rest = np.sort(free[first:])
        if len(rest):
            table[row] = np.searchsorted(rest, row * STEP + ahead, "right") / len(rest)
    return table


@lru_cache(maxsize=4)
def truth_of(scenario: Scenario) -> Truth:
    """Made once for each scenario in a process."""
    return Truth(scenario)


class Chances:
    """Independent chances; how likely it is that few of them come true. More may be added."""

    def __init__(self, chances: list[float]) -> None:
        self._chances = chances
        self._mean = math.fsum(chances)
        self._variance = self._mean - math.fsum(c * c for c in chances)

    def add(self, chance: float) -> None:
        self._chances.append(chance)
        self._mean += chance
        self._variance += chance * (1.0 - chance)

    def at_most(self, limit: int) -> float:
        """P(at most `limit` come true)."""
        if limit < 0:
            return 0.0
        if limit >= len(self._chances):
            return 1.0
        if len(self._chances) >= NORMAL_FROM:
            if self._variance < 1e-9:
                return 1.0 if self._mean <= limit + 0.5 else 0.0
            return _NORMAL.cdf((limit + 0.5 - self._mean) / math.sqrt(self._variance))
        odds = [1.0] + [0.0] * limit
        for chance in self._chances:
            stay = 1.0 - chance
            for n in range(limit, 0, -1):
                odds[n] = odds[n] * stay + odds[n - 1] * chance
            odds[0] *= stay
        return math.fsum(odds)


class Releases:
    """At each time ahead: how likely it is that too few busy agents are free."""

    def __init__(self, chances: Array) -> None:
        self._count = len(chances)
        self._normal = self._count >= NORMAL_FROM
        if self._normal:
            self._mean = chances.sum(axis=0)
            self._sigma = np.sqrt(np.maximum(1e-9, self._mean - (chances**2).sum(axis=0)))
            return
        self._chances = chances

    def fewer_than(self, needed: int, ahead: float) -> float:
        """P(fewer than `needed` are free `ahead` seconds from now)."""
        if needed <= 0:
            return 0.0
        if needed > self._count:
            return 1.0
        column = min(_AHEAD - 1, int(ahead / STEP))
        if self._normal:
            z = (needed - 0.5 - self._mean[column]) / self._sigma[column]
            return _NORMAL.cdf(float(z))
        return Chances(self._chances[:, column].tolist()).at_most(needed - 1)
