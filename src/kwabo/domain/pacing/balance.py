"""The balance of answers and agents at some moments: how likely nobody is left for one more answer.

Answers of calls and releases of agents are independent events with a chance each, so that answers
minus releases is a shifted Poisson-binomial number at each moment. While its variance is small its
distribution is computed exactly, from the characteristic function at the roots of unity (Hong,
*Computational Statistics & Data Analysis* 2013); when it is large, from the first three cumulants
(Edgeworth's expansion with a continuity correction; Volkova's refined normal approximation, 1996).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kwabo.domain.pacing.hazards import Floats

EXACT_BELOW = 9.0  # variance up to which the distribution is computed exactly
_SIZES = (16, 24, 32, 40, 48)  # points of the exact distribution: twelve standard deviations
_SQRT_2PI = 2.5066282746310002


class Exact:
    """The distribution itself, on a window around its mean: moment × point."""

    __slots__ = ("_chances", "_doubt", "_expected", "_low")

    def __init__(self, items: Items, size: int) -> None:
        turns = _turns(size)
        chances = np.concatenate((items.answers, 1.0 - items.releases))
        transform = (1.0 + chances[:, :, None] * turns).prod(axis=0)
        transform *= np.exp(items.inbound[:, None] * turns + items.error[:, None] * turns.real)
        lowest = np.floor(items.mean).astype(int) - size // 2
        # The window starts at `lowest`; the items were counted from minus the number of releases.
        shift = lowest + len(items.releases)
        transform *= _rotation(size)[(shift[:, None] * np.arange(size // 2 + 1)) % size]
        found = np.fft.irfft(transform.conj(), n=size, axis=1)
        self._chances: Floats = np.maximum(found, 0.0)
        self._low = lowest
        self._expected, self._doubt = items.expected, items.doubt

    def add(self, chances: Floats) -> None:
        """One more call with these chances to be answered by each moment."""
        # The call's answer is one step up; its share of the level's error is half a step's
        # variance up and down, which is what the same error of the other calls is made of.
        error = _more_error(self._doubt, self._expected, chances) / 2.0
        up = np.minimum(chances + error, 0.99)
        down = np.minimum(error, 1.0 - up)
        moved, back = self._chances * up[:, None], self._chances * down[:, None]
        self._chances = self._chances - moved - back
        self._chances[:, 1:] += moved[:, :-1]
        self._chances[:, -1] += moved[:, -1]
        self._chances[:, :-1] += back[:, 1:]
        self._chances[:, 0] += back[:, 0]
        self._expected = self._expected + chances

    def at_least(self, agents: int) -> Floats:
        """Chance, at each moment, that answers exceed releases by `agents` or more."""
        size = self._chances.shape[1]
        places = np.arange(size) + self._low[:, None]
        result: Floats = (self._chances * (places >= agents)).sum(axis=1)
        return result


class Refined:
    """Mean, variance and third cumulant at each moment."""

    __slots__ = ("_doubt", "_expected", "_mean", "_third", "_variance")

    def __init__(
        self, mean: Floats, variance: Floats, third: Floats, expected: Floats, doubt: float
    ) -> None:
        self._mean, self._variance, self._third = mean, variance, third
        self._expected, self._doubt = expected, doubt

    def add(self, chances: Floats, times: int = 1) -> None:
        """`times` more calls with these chances to be answered by each moment."""
        spread = chances * (1.0 - chances)
        more = times * chances
        self._mean = self._mean + more
        self._variance = (
            self._variance + times * spread + _more_error(self._doubt, self._expected, more)
        )
        self._expected = self._expected + more
        self._third = self._third + times * (spread * (1.0 - 2.0 * chances))

    def with_more(self, chances: Floats, times: int) -> Refined:
        more = Refined(self._mean, self._variance, self._third, self._expected, self._doubt)
        more.add(chances, times)
        return more

    def at_least(self, agents: int) -> Floats:
        """Chance, at each moment, that answers exceed releases by `agents` or more."""
        deviation = np.sqrt(self._variance)
        z = (agents - 0.5 - self._mean) / deviation
        density = np.exp(-0.5 * z * z) / _SQRT_2PI
        skew = self._third / (self._variance * deviation)
        chance = normal_tail(z, density) + density * skew * (z * z - 1.0) / 6.0
        return np.minimum(np.maximum(chance, 0.0), 1.0)


Balance = Exact | Refined


class Items:
    """Calls and agents with their chances (rows) by each moment (columns)."""

    __slots__ = (
        "answers", "doubt", "error", "expected", "freed", "inbound", "mean", "releases", "variance",
    )  # fmt: skip

    def __init__(
        self, answers: Floats, releases: Floats, inbound: Floats, doubt: float = 0.0
    ) -> None:
        """`inbound`: callers from outside expected by each moment, a Poisson number.

        `doubt`: squared relative error of all answers' chances together, those of calls that are
        added later too; it widens the distribution by a difference of two equal Poisson numbers.
        """
        self.doubt = doubt
        self.answers, self.releases, self.inbound = answers, releases, inbound
        self.expected: Floats = answers.sum(axis=0)  # answers by each moment
        self.freed: Floats = releases.sum(axis=0)  # agents free again by each moment
        self.error = doubt * self.expected * self.expected
        self.mean = self.expected - self.freed + inbound
        own = self.expected - np.einsum("ij,ij->j", answers, answers)
        own += self.freed - np.einsum("ij,ij->j", releases, releases)
        self.variance = np.maximum(own + inbound + self.error, 1e-6)

    def exact(self, agents: int) -> Exact | None:
        """The distribution itself, if it is small and `agents` lies within its window."""
        widest = float(self.variance.max())
        if widest > EXACT_BELOW:
            return None
        above = agents - float(self.mean.min())
        needed = max(12.0 * widest**0.5 + 4.0, 2.0 * abs(above) + 6.0)
        size = next((n for n in _SIZES if n >= needed), 0)
        if not size:
            return None
        return Exact(self, size)

    def refined(self) -> Refined:
        third = _third(self.answers) - _third(self.releases) + self.inbound
        return Refined(self.mean, self.variance, third, self.expected, self.doubt)


def _more_error(doubt: float, expected: Floats, more: Floats) -> Floats:
    """By how much the variance of a common error grows when `more` answers are expected."""
    result: Floats = doubt * more * (2.0 * expected + more)
    return result


def _third(chances: Floats) -> Floats:
    squares = chances * chances
    result: Floats = (chances - 3.0 * squares + 2.0 * squares * chances).sum(axis=0)
    return result


def normal_tail(z: Floats, density: Floats) -> Floats:
    """Chance that a standard normal number exceeds z, to 2e-7 (Abramowitz and Stegun 26.2.17).

    `density`: of the standard normal distribution at z.
    """
    x = np.abs(z)
    t = 1.0 / (1.0 + 0.2316419 * x)
    series = t * (
        0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429)))
    )
    upper = density * series
    return np.where(z >= 0, upper, 1.0 - upper)


@lru_cache(maxsize=8)
def _turns(size: int) -> NDArray[np.complex128]:
    """exp(i t) − 1 at the non-negative frequencies t of `size` roots of unity."""
    result: NDArray[np.complex128] = np.exp(2j * np.pi * np.arange(size // 2 + 1) / size) - 1.0
    return result


@lru_cache(maxsize=8)
def _rotation(size: int) -> NDArray[np.complex128]:
    result: NDArray[np.complex128] = np.exp(-2j * np.pi * np.arange(size) / size)
    return result
