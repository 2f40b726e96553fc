"""Means over seeds with their 95 % intervals, and comparisons at the same abandon rate."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

# two-sided 95 % of Student's t by degrees of freedom; beyond the last, the normal's
_T = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean, and half the width of its 95 % interval (0 where there is one value only)."""

    mean: float
    half: float = 0.0

    @classmethod
    def of(cls, values: Sequence[float]) -> Mean:
        count = len(values)
        mean = math.fsum(values) / count
        if count < 2:
            return cls(mean)
        variance = math.fsum((value - mean) ** 2 for value in values) / (count - 1)
        t = _T[count - 2] if count - 2 < len(_T) else 1.96
        return cls(mean, t * math.sqrt(variance / count))


@dataclass(frozen=True, slots=True)
class Summary:
    """One policy in one scenario, over all seeds."""

    scenario: str
    policy: str
    days: tuple[Mapping[str, float], ...]

    def mean(self, what: str) -> Mean:
        return Mean.of([day[what] for day in self.days])

    def rate(self) -> float:
        """Abandoned by live of all days together: the law's denominator. Each campaign has to keep
        its own: of several, the highest.
        """
        campaigns = [what[4:] for what in self.days[0] if what.startswith("live")]
        if len(campaigns) > 1:
            campaigns.remove("")  # all together
        return max(self._rate_of(campaign) for campaign in campaigns)

    def _rate_of(self, campaign: str) -> float:
        live = math.fsum(day[f"live{campaign}"] for day in self.days)
        return math.fsum(day[f"abandoned{campaign}"] for day in self.days) / live if live else 0.0

    def rate_with_lost(self) -> float:
        """The same with persons lost by call analysis in both counts."""
        lost = math.fsum(day["lost"] for day in self.days)
        live = math.fsum(day["live"] for day in self.days) + lost
        abandoned = math.fsum(day["abandoned"] for day in self.days) + lost
        return abandoned / live if live else 0.0


def at_rate(points: Sequence[tuple[float, float]], rate: float) -> float | None:
    """The best utilisation of a family at an abandon rate, from its (rate, utilisation) points.

    Straight between the points of the best of all settings up to a rate; None where every setting
    abandons more than `rate`; beyond the highest rate, the best of all.
    """
    best = -1.0
    edge: list[tuple[float, float]] = []
    for point in sorted(points):
        if point[1] > best:
            best = point[1]
            edge.append(point)
    if not edge or rate < edge[0][0]:
        return None
    for (left, low), (right, high) in pairwise(edge):
        if rate < right:
            return low + (high - low) * (rate - left) / (right - left)
    return edge[-1][1]
