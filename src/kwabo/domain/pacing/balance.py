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
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kwabo.domain.pacing.hazards import Floats

EXACT_BELOW = 9.0  # variance up to which the distribution is computed exactly
_SIZES = (16, 24, 32, 40, 48)  # points of the exact distribution: twelve standard deviations
_SQRT_2 = 1.4142135623730951
_SQRT_2PI = 2.5066282746310002


class Exact:
    """The distribution itself, on a window around its mean.

    It is kept as the chances to reach each point or a higher one: moment × point.
    """

    __slots__ = ("_doubt", "_expected", "_lowest", "_pending", "_tails")

    def __init__(self, items: Items, size: int) -> None:
        count, releases = items.answers, len(items.chances) - items.answers
        chances = items.chances.copy()
        np.subtract(1.0, chances[count:], out=chances[count:])
        # Real chances times complex turns, written as pairs: numpy would first make them complex.
        grid = _grid(size)
        factors = (chances[:, :, None] * grid.pairs).view(np.complex128)
        factors += 1.0
        transform = np.multiply.reduce(factors, axis=0)
        exponent = np.array(items.error)[:, None] * grid.real
        if any(items.inbound):
            transform *= np.exp(np.array(items.inbound)[:, None] * grid.turns + exponent)
        else:
            transform *= np.exp(exponent)
        half = size // 2
        self._lowest = [floor(mean) - half for mean in items.mean]
        # The window starts at `_lowest`; the items were counted from minus the number of releases.
        shifts = [(low + releases) % size for low in self._lowest]
        transform *= grid.rotations.take(shifts, axis=0)
        self._tails: Floats = np.dot(transform.view(np.float64), grid.to_tails)
        self._expected, self._doubt = items.expected, items.doubt
        # Of the newest call: by each moment, the chances of a step up and of one down.
        self._pending: tuple[list[float], list[float]] | None = None

    def add(self, chances: Sequence[float]) -> None:
        """One more call with these chances to be answered by each moment."""
        self._settle()
        # The call's answer is one step up; its share of the level's error is half a step's
        # variance up and down, which is what the same error of the other calls is made of.
        ups, downs = [], []
        errors = _more_error(self._doubt, self._expected, chances)
        for chance, error in zip(chances, errors, strict=True):
            up = min(chance + error / 2.0, 0.99)
            ups.append(up)
            downs.append(min(error / 2.0, 1.0 - up))
        self._pending = ups, downs
        self._expected = [a + b for a, b in zip(self._expected, chances, strict=True)]

    def _settle(self) -> None:
        """Take the newest call into the distribution: few are followed by another."""
        if self._pending is None:
            return
        tails = self._tails
        points = tails[:, :-1] - tails[:, 1:]
        up, down = np.array(self._pending)[:, :, None]
        inner = tails[:, 1:-1]  # what leaves the window stays at its ends
        inner += up * points[:, :-1]
        inner -= down * points[:, 1:]
        self._pending = None

    def at_least(self, agents: int) -> list[float]:
        """Chance, at each moment, that answers exceed releases by `agents` or more."""
        columns = self._tails.shape[1]
        places = []
        begin = 0
        for low in self._lowest:
            places.append(begin + min(max(agents - low, 0), columns - 1))
            begin += columns
        if self._pending is None:
            found: list[float] = self._tails.take(places).tolist()
            return found
        near = [place + step for step in (-1, 0, 1) for place in places]
        below, at, above = self._tails.take(near, mode="clip").reshape(3, len(places)).tolist()
        found = []
        for row, (up, down) in enumerate(zip(*self._pending, strict=True)):
            chance = at[row]
            if 0 < places[row] - row * columns < columns - 1:
                chance += up * (below[row] - chance) - down * (chance - above[row])
            found.append(chance)
        return found


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
    """Calls, then agents, with their chances (rows) by each moment (columns)."""

    __slots__ = (
        "_expected_2", "_freed_2", "_squares", "answers", "chances", "doubt", "error", "expected",
        "freed", "inbound", "mean", "variance",
    )  # fmt: skip

    def __init__(
        self, chances: Floats, answers: int, inbound: Sequence[float], doubt: float = 0.0
    ) -> None:
        """`answers`: how many of the rows are calls; the others are agents who get free.

        `inbound`: callers from outside expected by each moment, a Poisson number. `doubt`: squared
        relative error of all answers' chances together, those of calls that are added later too;
        it widens the distribution by a difference of two equal Poisson numbers.
        """
        self.chances, self.answers = chances, answers
        self.inbound, self.doubt = inbound, doubt
        self._squares = chances * chances
        powers = np.concatenate((chances, self._squares), axis=1)
        sums = np.add.reduce(powers[:answers], axis=0).tolist()
        count = len(sums) // 2
        self.expected: list[float] = sums[:count]  # answers by each moment
        self._expected_2: list[float] = sums[count:]  # their squares, likewise below
        sums = np.add.reduce(powers[answers:], axis=0).tolist()
        self.freed: list[float] = sums[:count]  # agents free again by then
        self._freed_2: list[float] = sums[count:]
        self.error = [doubt * expected * expected for expected in self.expected]
        self.mean: list[float] = []
        self.variance: list[float] = []
        for at, (expected, freed) in enumerate(zip(self.expected, self.freed, strict=True)):
            callers = inbound[at]
            spread = expected - self._expected_2[at] + freed - self._freed_2[at]
            self.mean.append(expected - freed + callers)
            self.variance.append(max(spread + callers + self.error[at], 1e-6))

    def clear_of(self, agents: int) -> bool:
        """Whether `Refined` surely gives less than 0.1 for so many agents, at every moment.

        The third cumulant is at most the variance, so that the expansion's second term is at most
        0.03 over the deviation where the first one is Q(1.7) = 0.045 or less.
        """
        for mean, variance in zip(self.mean, self.variance, strict=True):
            ahead = agents - 0.5 - mean
            if ahead < 0.0 or variance < 0.36 or ahead * ahead < 2.89 * variance:
                return False
        return True

    def exact(self, agents: int) -> Exact | None:
        """The distribution itself, if it is small and `agents` lies within its window."""
        widest = max(self.variance)
        if widest > EXACT_BELOW:
            return None
        above = agents - min(self.mean)
        needed = max(12.0 * widest**0.5 + 4.0, 2.0 * abs(above) + 6.0)
        for size in _SIZES:
            if size >= needed:
                return Exact(self, size)
        return None

    def refined(self) -> Refined:
        return Refined(
            self.mean.copy(), self.variance.copy(), self._third(), self.expected.copy(), self.doubt
        )

    def _third(self) -> list[float]:
        """The third cumulant."""
        cubes = self._squares * self.chances
        expected_3 = np.add.reduce(cubes[: self.answers], axis=0).tolist()
        freed_3 = np.add.reduce(cubes[self.answers :], axis=0).tolist()
        found = []
        for at, (expected, freed) in enumerate(zip(self.expected, self.freed, strict=True)):
            skew = expected - 3.0 * self._expected_2[at] + 2.0 * expected_3[at]
            skew -= freed - 3.0 * self._freed_2[at] + 2.0 * freed_3[at]
            found.append(skew + self.inbound[at])
        return found


def _more_error(doubt: float, expected: Sequence[float], more: Sequence[float]) -> list[float]:
    """By how much the variance of a common error grows when `more` answers are expected."""
    return [
        doubt * added * (2.0 * known + added) for known, added in zip(expected, more, strict=True)
    ]


class _Grid(NamedTuple):
    """What a distribution on so many points needs.

    Transforms are conjugate throughout, as the inverse one wants them.
    """

    turns: NDArray[np.complex128]  # exp(−i t) − 1 at the non-negative frequencies t of the roots
    real: Floats  # their real parts
    pairs: Floats  # their real and imaginary parts, one after the other
    rotations: NDArray[np.complex128]  # row: by how many points the window is shifted
    # From pairs to the chances of each point or a higher one, the last of which is nobody's: the
    # inverse transform with its sums. Of so few points a product costs less than an FFT.
    to_tails: Floats


@lru_cache(maxsize=8)
def _grid(size: int) -> _Grid:
    """For `size` roots of unity."""
    frequencies = np.arange(size // 2 + 1)
    turns = np.exp(-2j * np.pi * frequencies / size) - 1.0
    roots = np.exp(2j * np.pi * np.arange(size) / size)
    back = roots[frequencies[:, None] * np.arange(size) % size] / size
    back[1 : (size + 1) // 2] *= 2.0  # stand for the negative frequencies too
    points = np.stack((back.real, -back.imag), axis=1).reshape(-1, size)
    return _Grid(
        turns=turns,
        real=turns.real.copy(),
        pairs=turns.view(np.float64),
        rotations=roots[np.arange(size)[:, None] * frequencies % size],
        to_tails=points @ np.tril(np.ones((size, size + 1))),
    )
