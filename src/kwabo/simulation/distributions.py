"""Durations as distributions: each is a function from a uniform number to whole milliseconds.

A draw needs one number between 0 and 1 and no state, so that what happens to one call never
depends on what was drawn before it. Results are rounded to milliseconds: machines' mathematics may
differ in the last bit of a logarithm, and a run must not.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from statistics import NormalDist
from typing import Protocol

_EDGE = 1e-9  # quantiles of the unbounded ones are taken between this and its complement
_STANDARD = NormalDist()


class Distribution(Protocol):
    """Seconds, drawn."""

    @property
    def mean(self) -> float:
        """Of many draws, in seconds."""
        ...

    def at(self, uniform: float) -> float:
        """The seconds for a number of [0, 1)."""
        ...


def _milliseconds(seconds: float) -> float:
    return round(seconds, 3) if seconds > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Constant:
    """Always the same."""

    seconds: float

    @property
    def mean(self) -> float:
        return self.seconds

    def at(self, uniform: float) -> float:
        return _milliseconds(self.seconds)


@dataclass(frozen=True, slots=True)
class Uniform:
    """Anything between two values."""

    least: float
    most: float

    @property
    def mean(self) -> float:
        return (self.least + self.most) / 2

    def at(self, uniform: float) -> float:
        return _milliseconds(self.least + (self.most - self.least) * uniform)


@dataclass(frozen=True, slots=True)
class Exponential:
    """Without memory."""

    mean: float

    def at(self, uniform: float) -> float:
        return _milliseconds(-self.mean * math.log(max(1.0 - uniform, _EDGE)))


@dataclass(frozen=True, slots=True)
class Lognormal:
    """Its logarithm is normal: the usual shape of talk and ring times."""

    median: float
    sigma: float  # of the logarithm

    @classmethod
    def of_mean(cls, mean: float, cv: float) -> Lognormal:
        """From the mean and the coefficient of variation (deviation / mean)."""
        variance = math.log(1.0 + cv * cv)
        return cls(mean * math.exp(-variance / 2), math.sqrt(variance))

    @property
    def mean(self) -> float:
        return self.median * math.exp(self.sigma**2 / 2)

    def at(self, uniform: float) -> float:
        normal = _STANDARD.inv_cdf(min(max(uniform, _EDGE), 1.0 - _EDGE))
        return _milliseconds(self.median * math.exp(self.sigma * normal))


@dataclass(frozen=True, slots=True)
class Mixture:
    """One of several, by share."""

    parts: tuple[tuple[float, Distribution], ...]  # share, distribution; shares sum to 1
    _until: tuple[float, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_until", tuple(accumulate(share for share, _ in self.parts)))

    @property
    def mean(self) -> float:
        return sum(share * part.mean for share, part in self.parts)

    def at(self, uniform: float) -> float:
        index = min(bisect_right(self._until, uniform), len(self.parts) - 1)
        share, part = self.parts[index]
        begin = self._until[index] - share
        return part.at(min(max((uniform - begin) / share, 0.0), 1.0 - _EDGE))


@dataclass(frozen=True, slots=True)
class Empirical:
    """What was measured: any value between two neighbours of the sorted measurements."""

    values: tuple[float, ...]  # sorted, at least one

    @property
    def mean(self) -> float:
        return math.fsum(self.values) / len(self.values)

    def at(self, uniform: float) -> float:
        position = uniform * (len(self.values) - 1)
        index = int(position)
        low = self.values[index]
        high = self.values[min(index + 1, len(self.values) - 1)]
        return _milliseconds(low + (high - low) * (position - index))


@dataclass(frozen=True, slots=True)
class Clamped:
    """Another one, kept within limits."""

    inner: Distribution
    least: float = 0.0
    most: float = math.inf

    @property
    def mean(self) -> float:
        return min(max(self.inner.mean, self.least), self.most)

    def at(self, uniform: float) -> float:
        return min(max(self.inner.at(uniform), self.least), self.most)
