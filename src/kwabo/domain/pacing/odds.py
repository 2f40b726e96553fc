"""How much likelier than average a contact answers, by number range and by hour of the day.

Each range and each hour has answers seen and answers expected. Their ratio, pulled towards one, is
its factor; factors of range and hour multiply. How hard to pull is learnt too: when ranges differ
no more than chance explains, the pull grows until the factors are one (an empirical Bayes estimate
of a gamma prior by moments; Clayton and Kaldor, *Biometrics* 1987).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kwabo.kernel.records import quickly_made

FADE = 0.9997  # of a group's counts, at each of its own observations
LEAST_PULL = 4.0  # expected answers of pull, however much groups differ
MOST_PULL = 1e6  # and when they do not differ at all
HIGHEST = 8.0  # factors stay within 1/HIGHEST and HIGHEST
SURE = 2.0  # standard errors by which the spread must exceed chance


@quickly_made
@dataclass(frozen=True, slots=True)
class Segment:
    """Contacts that are expected to answer alike."""

    number_range: str  # leading digits, or any other name of a range
    hour: int  # hour of the day where the contact lives, 0–23


class Groups:
    """Factors of the groups of one kind (ranges, or hours), against all of them together."""

    __slots__ = ("_counts", "_sums")

    def __init__(self) -> None:
        self._counts: dict[str, list[float]] = {}  # name → answers, expected
        # Over groups: answers, expected, answers², answers × expected, expected².
        self._sums = [0.0] * 5

    def observe(self, name: str, answers: float, expected: float) -> None:
        count = self._counts.setdefault(name, [0.0, 0.0])
        self._add(count, -1.0)
        count[0] = count[0] * FADE + answers
        count[1] = count[1] * FADE + expected
        self._add(count, 1.0)

    def _add(self, count: list[float], sign: float) -> None:
        answers, expected = count
        sums = self._sums
        sums[0] += sign * answers
        sums[1] += sign * expected
        sums[2] += sign * answers * answers
        sums[3] += sign * answers * expected
        sums[4] += sign * expected * expected

    def _fit(self) -> tuple[float, float]:
        """Answers per expected answer of all groups, and the pull of one group towards it."""
        answers, expected, answers_2, product, expected_2 = self._sums
        if answers <= 0.0 or expected <= 0.0 or len(self._counts) < 2:
            return 1.0, MOST_PULL
        ratio = answers / expected
        squares = ratio * ratio * expected_2
        excess = answers_2 - 2.0 * ratio * product + squares - answers
        # Under chance alone the excess has a variance of 2 × squares: only more than that counts.
        beyond = excess - SURE * (2.0 * squares) ** 0.5
        return ratio, max(LEAST_PULL, squares / beyond) if beyond > 0.0 else MOST_PULL

    def factor(self, name: str) -> float:
        count = self._counts.get(name)
        if count is None:
            return 1.0
        ratio, pull = self._fit()
        factor = (count[0] + pull) / (count[1] * ratio + pull)
        return min(HIGHEST, max(1.0 / HIGHEST, factor))

    def as_data(self) -> dict[str, Any]:
        return {name: list(count) for name, count in self._counts.items()}

    def restore(self, data: dict[str, Any]) -> None:
        self._counts, self._sums = {}, [0.0] * 5
        for name, (answers, expected) in data.items():
            self._counts[name] = [float(answers), float(expected)]
            self._add(self._counts[name], 1.0)


class Odds:
    """Factors of segments, whose mean over the calls seen is one."""

    __slots__ = ("_cache", "_hours", "_mean", "_ranges")

    def __init__(self) -> None:
        self._ranges = Groups()
        self._hours = Groups()
        self._mean = 1.0
        self._cache: dict[Segment, float] = {}

    def of(self, segment: Segment) -> float:
        known = self._cache.get(segment)
        if known is None:
            known = self._raw(segment) / self._mean
            self._cache[segment] = known
        return known

    def _raw(self, segment: Segment) -> float:
        return self._ranges.factor(segment.number_range) * self._hours.factor(str(segment.hour))

    def observe(self, segment: Segment, answers: float, expected: float) -> None:
        """A call ended; `expected` is what it had to answer at average odds."""
        hour = str(segment.hour)
        of_range = self._ranges.factor(segment.number_range)
        of_hour = self._hours.factor(hour)
        self._mean += (of_range * of_hour - self._mean) / 1000.0
        self._ranges.observe(segment.number_range, answers, expected * of_hour / self._mean)
        self._hours.observe(hour, answers, expected * of_range / self._mean)
        if self._cache:
            self._cache.clear()

    def as_data(self) -> dict[str, Any]:
        return {
            "ranges": self._ranges.as_data(),
            "hours": self._hours.as_data(),
            "mean": self._mean,
        }

    def restore(self, data: dict[str, Any]) -> None:
        self._ranges.restore(data["ranges"])
        self._hours.restore(data["hours"])
        self._mean = float(data["mean"])
        self._cache.clear()
