"""The balance of answers and agents at some moments: how likely nobody is left for one more answer.

Answers of calls and releases of agents are independent events with a chance each, so that answers
minus releases is a shifted Poisson-binomial number at each moment. While its variance is small its
distribution is computed exactly, from the characteristic function at the roots of unity (Hong,
*Computational Statistics & Data Analysis* 2013); when it is large, from the first three cumulants
(Edgeworth's expansion with a continuity correction; Volkova's refined normal approximation, 1996).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import erfc, exp, floor, sqrt

import numpy as np
from numpy.typing import NDArray

from kwabo.domain.pacing.hazards import Floats

EXACT_BELOW = 9.0  # variance up to which the distribution is computed exactly
_SIZES = (16, 24, 32, 40, 48)  # points of the exact distribution: twelve standard deviations
_SQRT_2 = 1.4142135623730951
_SQRT_2PI = 2.5066282746310002


class Exact:
    """The distribution itself, on a window around its mean: moment × point."""

    __slots__ = ("_chances", "_doubt", "_expected", "_places")

    def __init__(self, items: Items, size: int) -> None:
        turns = _turns(size)
        chances = np.concatenate((items.answers, 1.0 - items.releases))
        factors = chances[:, :, None] * turns
        factors += 1.0
        transform = np.multiply.reduce(factors, axis=0)
        callers, error = np.array(items.inbound)[:, None], np.array(items.error)[:, None]
        transform *= np.exp(callers * turns + error * turns.real)
        lowest = [floor(mean) - size // 2 for mean in items.mean]
        # The window starts at `lowest`; the items were counted from minus the number of releases.
        releases = len(items.releases)
        transform *= _rotations(size).take([(low + releases) % size for low in lowest], axis=0)
        found = np.fft.irfft(transform.conj(), n=size, axis=1)
        self._chances: Floats = np.maximum(found, 0.0, out=found)
        self._places = _window(size) + np.array(lowest)[:, None]
        self._expected, self._doubt = items.expected, items.doubt

    def add(self, chances: Sequence[float]) -> None:
        """One more call with these chances to be answered by each moment."""
        # The call's answer is one step up; its share of the level's error is half a step's
        # variance up and down, which is what the same error of the other calls is made of.
        error = np.array(_more_error(self._doubt, self._expected, chances)) / 2.0
        up = np.minimum(np.array(chances) + error, 0.99)
        down = np.minimum(error, 1.0 - up)
        moved, back = self._chances * up[:, None], self._chances * down[:, None]
        left = self._chances = self._chances - moved - back
        above, below, highest, lowest = left[:, 1:], left[:, :-1], left[:, -1], left[:, 0]
        above += moved[:, :-1]
        highest += moved[:, -1]
        below += back[:, 1:]
        lowest += back[:, 0]
        self._expected = [a + b for a, b in zip(self._expected, chances, strict=True)]

    def at_least(self, agents: int) -> list[float]:
        """Chance, at each moment, that answers exceed releases by `agents` or more."""
        enough = self._chances * (self._places >= agents)
        result: list[float] = np.add.reduce(enough, axis=1).tolist()
        return result


class Refined:
    """Mean, variance and third cumulant at each moment.

    Moments are few, so that these are lists of numbers: arrays would cost more than they save.
    """

    __slots__ = ("_doubt", "_expected", "_mean", "_third", "_variance")

    def __init__(
        self,
        mean: list[float],
        variance: list[float],
        third: list[float],
        expected: list[float],
        doubt: float,
    ) -> None:
        self._mean, self._variance, self._third = mean, variance, third
        self._expected, self._doubt = expected, doubt

    def add(self, chances: Sequence[float], times: int = 1) -> None:
        """`times` more calls with these chances to be answered by each moment."""
        errors = _more_error(self._doubt, self._expected, [times * chance for chance in chances])
        for at, chance in enumerate(chances):
            spread = chance * (1.0 - chance)
            self._mean[at] += times * chance
            self._expected[at] += times * chance
            self._variance[at] += times * spread + errors[at]
            self._third[at] += times * (spread * (1.0 - 2.0 * chance))

    def copy(self) -> Refined:
        return Refined(
            self._mean.copy(),
            self._variance.copy(),
            self._third.copy(),
            self._expected.copy(),
            self._doubt,
        )

    def with_more(self, chances: Sequence[float], times: int) -> Refined:
        more = self.copy()
        more.add(chances, times)
        return more

    def at_least(self, agents: int) -> list[float]:
        """Chance, at each moment, that answers exceed releases by `agents` or more."""
        found = []
        for mean, variance, third in zip(self._mean, self._variance, self._third, strict=True):
            deviation = sqrt(variance)
            z = (agents - 0.5 - mean) / deviation
            density = exp(-0.5 * z * z) / _SQRT_2PI
            skew = third / (variance * deviation)
            chance = 0.5 * erfc(z / _SQRT_2) + density * skew * (z * z - 1.0) / 6.0
            found.append(min(max(chance, 0.0), 1.0))
        return found


Balance = Exact | Refined


class Items:
    """Calls and agents with their chances (rows) by each moment (columns)."""

    __slots__ = (
        "_third", "answers", "doubt", "error", "expected", "freed", "inbound", "mean", "releases",
        "variance",
    )  # fmt: skip

    def __init__(
        self, answers: Floats, releases: Floats, inbound: Sequence[float], doubt: float = 0.0
    ) -> None:
        """`inbound`: callers from outside expected by each moment, a Poisson number.

        `doubt`: squared relative error of all answers' chances together, those of calls that are
        added later too; it widens the distribution by a difference of two equal Poisson numbers.
        """
        self.doubt = doubt
        self.answers, self.releases, self.inbound = answers, releases, inbound
        self.expected, answers_2, answers_3 = _powers(answers)  # answers by each moment
        self.freed, freed_2, freed_3 = _powers(releases)  # agents free again by each moment
        self.error = [doubt * expected * expected for expected in self.expected]
        self.mean: list[float] = []
        self.variance: list[float] = []
        self._third: list[float] = []
        for at, (expected, freed) in enumerate(zip(self.expected, self.freed, strict=True)):
            callers = inbound[at]
            spread = expected - answers_2[at] + freed - freed_2[at]
            skew = expected - 3.0 * answers_2[at] + 2.0 * answers_3[at]
            skew -= freed - 3.0 * freed_2[at] + 2.0 * freed_3[at]
            self.mean.append(expected - freed + callers)
            self.variance.append(max(spread + callers + self.error[at], 1e-6))
            self._third.append(skew + callers)

    def exact(self, agents: int) -> Exact | None:
        """The distribution itself, if it is small and `agents` lies within its window."""
        widest = max(self.variance)
        if widest > EXACT_BELOW:
            return None
        above = agents - min(self.mean)
        needed = max(12.0 * widest**0.5 + 4.0, 2.0 * abs(above) + 6.0)
        size = next((n for n in _SIZES if n >= needed), 0)
        if not size:
            return None
        return Exact(self, size)

    def refined(self) -> Refined:
        return Refined(
            self.mean.copy(),
            self.variance.copy(),
            self._third.copy(),
            self.expected.copy(),
            self.doubt,
        )


def _more_error(doubt: float, expected: Sequence[float], more: Sequence[float]) -> list[float]:
    """By how much the variance of a common error grows when `more` answers are expected."""
    return [
        doubt * added * (2.0 * known + added) for known, added in zip(expected, more, strict=True)
    ]


def _powers(chances: Floats) -> list[list[float]]:
    """Sums of the chances, of their squares and of their cubes, by each moment."""
    squares = chances * chances
    powers = np.concatenate((chances, squares, squares * chances), axis=1)
    sums = np.add.reduce(powers, axis=0).tolist()
    count = chances.shape[1]
    return [sums[:count], sums[count : 2 * count], sums[2 * count :]]


@lru_cache(maxsize=8)
def _turns(size: int) -> NDArray[np.complex128]:
    """exp(i t) − 1 at the non-negative frequencies t of `size` roots of unity."""
    result: NDArray[np.complex128] = np.exp(2j * np.pi * np.arange(size // 2 + 1) / size) - 1.0
    return result


@lru_cache(maxsize=8)
def _rotations(size: int) -> NDArray[np.complex128]:
    """Rows: by how many points the window is shifted; columns: the frequencies of `_turns`."""
    roots = np.exp(-2j * np.pi * np.arange(size) / size)
    places = np.arange(size)[:, None] * np.arange(size // 2 + 1)
    result: NDArray[np.complex128] = roots[places % size]
    return result


@lru_cache(maxsize=8)
def _window(size: int) -> NDArray[np.intp]:
    return np.arange(size)
