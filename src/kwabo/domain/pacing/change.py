"""The present level of a rate: slow and sure while nothing changes, quick when something does.

The level is events over expected events. A slow mean is precise, a fast one is up to date; the more
clearly the fast one contradicts the slow one (in standard deviations of a Poisson count), the more
it is believed. A step is found by a two-sided CUSUM (Page, *Continuous inspection schemes*,
Biometrika 1954) on the likelihood of the level having been multiplied or divided by `RATIO`; both
means then start anew from what was seen since the step.

Answers are seen before the calls that nobody answers have ended. Whoever knows the calls that are
still open says so (`watch`): what was expected of them so far is then counted at its time, and not
all at once when they end.
"""

from __future__ import annotations

from math import log, sqrt
from typing import Any

RATIO = 1.7  # the step that is looked for
ALARM = 7.0  # log likelihood ratio at which a step is believed
SLOW = 500.0  # expected events that the slow mean remembers
FAST = 45.0  # and the fast one
DOUBT = 3.0  # squared deviations at which the fast mean gets half the say
SETTLED = 40.0  # events that the slow mean must rest on before a step can be told from chance
RESTART = 15.0  # expected events that the means are worth after a step, at most
UP_DOUBT = 1.0  # events at the old level that are added to those of a rise
DOWN_DOUBT = 3.0  # and to those of a fall
LEAST = 0.05  # expected events that a mean rests on at least
UNWATCHED = 20.0  # expected events that are counted at last when nobody watches


class Cusum:
    """Sums evidence that events come at `ratio` times the expected rate, from its best start."""

    __slots__ = ("_log", "_ratio", "events", "expected", "score")

    def __init__(self, ratio: float) -> None:
        self._ratio = ratio
        self._log = log(ratio)
        self.score = 0.0
        self.events = 0.0  # since the evidence began
        self.expected = 0.0

    def observe(self, events: float, expected: float) -> bool:
        """Add an observation; True when the step is believed."""
        self.score += events * self._log - (self._ratio - 1.0) * expected
        if self.score <= 0.0:
            self.clear()
            return False
        self.events += events
        self.expected += expected
        return self.score >= ALARM

    def clear(self) -> None:
        self.score = self.events = self.expected = 0.0


class Level:
    """Events per expected event, now."""

    __slots__ = ("_down", "_events", "_expected", "_fast", "_open", "_slow", "_up", "steps")

    def __init__(self, *, level: float = 1.0, weight: float = 3.0) -> None:
        self._slow = [level * weight, weight]  # events, expected
        self._fast = [level * weight, weight]
        self._up = Cusum(RATIO)
        self._down = Cusum(1.0 / RATIO)
        self._open = 0.0  # expected so far of what is open, as last told
        self._events = 0.0  # not counted yet
        self._expected = 0.0
        self.steps = 0  # changes found so far

    def observe(self, events: float, expected: float) -> None:
        """Something ended: `events` happened where a level of one expects `expected`."""
        self._events += events
        self._expected += expected
        if self._open <= 0.0 or self._expected > UNWATCHED:
            self.watch(self._open)

    def watch(self, still_open: float) -> None:
        """What is open now has had `still_open` expected of it so far, at a level of one."""
        expected = self._expected + still_open - self._open
        events, self._events, self._expected = self._events, 0.0, 0.0
        self._open = still_open
        slow = self._slow[0] / self._slow[1]
        believed = expected * slow
        for mean, memory in ((self._slow, SLOW), (self._fast, FAST)):
            keep = min(1.0, max(0.0, 1.0 - believed / memory))
            mean[0] = mean[0] * keep + events
            # What was open can go without having ended, and the memory of it can be shorter.
            mean[1] = max(LEAST, mean[1] * keep + expected)
        if self._slow[0] < SETTLED:
            return
        for cusum in (self._up, self._down):
            if cusum.observe(events, believed):
                # The evidence began where it looked strongest: its ratio exaggerates. A level that
                # is believed too low would start too many calls, so less of a fall is believed.
                doubt = UP_DOUBT if cusum is self._up else DOWN_DOUBT
                self._restart(slow * (cusum.events + doubt) / (cusum.expected + doubt))
                break

    def restate(self, still_open: float) -> None:
        """The measure of what is expected has changed: what is open now has had so much."""
        self._open = still_open

    def _restart(self, level: float) -> None:
        self.steps += 1
        level = max(level, 1e-4)
        weight = min(RESTART, max(self._up.expected, self._down.expected)) / level
        self._slow = [level * weight, weight]
        self._fast = [level * weight, weight]
        self._up.clear()
        self._down.clear()

    @property
    def value(self) -> float:
        slow = max(self._slow[0], 1e-9) / max(self._slow[1], 1e-9)
        fast = max(self._fast[0], 1e-9) / max(self._fast[1], 1e-9)
        deviation = (fast - slow) * sqrt(self._fast[1] / slow)
        say = deviation * deviation / (deviation * deviation + DOUBT)
        return float(slow * (fast / slow) ** say)

    @property
    def doubt(self) -> float:
        """Squared relative error of the level.

        The level is one of two, the slow mean's and the fast one's. The error is the mean of theirs
        (one over the events that each rests on) and the spread between them (the law of total
        variance): while the rate climbs or falls they lie apart, and either may be right.
        """
        slow = max(self._slow[0], 1e-9) / max(self._slow[1], 1e-9)
        fast = max(self._fast[0], 1e-9) / max(self._fast[1], 1e-9)
        deviation = (fast - slow) ** 2 * self._fast[1] / slow
        say = deviation / (deviation + DOUBT)
        own = (1.0 - say) / max(self._slow[0], 1.0) + say / max(self._fast[0], 1.0)
        return own + say * (1.0 - say) * log(fast / slow) ** 2

    def as_data(self) -> dict[str, Any]:
        return {"slow": list(self._slow), "fast": list(self._fast), "steps": self.steps}

    def restore(self, data: dict[str, Any]) -> None:
        self._slow = [float(x) for x in data["slow"]]
        self._fast = [float(x) for x in data["fast"]]
        self.steps = int(data["steps"])
