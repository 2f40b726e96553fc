"""Survival curves: how long something lasts, from what ended, what was cut short, and by what.

A curve holds, for each bin of ages, the events seen in it and the time spent in it (exposure).
Their ratio is the hazard: the rate of the event among those that have lasted so far. What is cut
short (censored) adds exposure and no event, so it neither shortens nor lengthens the curve. Several
causes compete for one exposure (Kalbfleisch and Prentice, *The Statistical Analysis of Failure Time
Data*, chapter 8: cause-specific hazards).

Old observations fade: each new one weighs `1 + 1/memory` times the one before. A prior, worth a few
observations, keeps a bin that nobody has reached from saying anything extreme.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_RESCALE_AT = 1e9  # weights are brought back to one before they lose precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What is believed before anything is seen: `weight` observations of these hazards."""

    edges: Floats  # bin limits in seconds, the first is 0; the last bin has no end
    hazards: Floats  # cause × bin, events per second
    weight: float  # how many observations the prior is worth

    def exposure(self) -> Floats:
        """Seconds that `weight` observations spend in each bin."""
        widths = np.diff(self.edges)
        total = self.hazards.sum(axis=0)
        left = np.concatenate(([1.0], np.exp(-np.cumsum(total[:-1] * widths))))
        inner = (left[:-1] - left[1:]) / np.maximum(total[:-1], 1e-12)
        return self.weight * np.concatenate((inner, [left[-1] / max(total[-1], 1e-12)]))


class Curve:
    """Cause-specific hazards over age, learnt one observation at a time."""

    __slots__ = (
        "_edges",
        "_events",
        "_exposure",
        "_growth",
        "_prior",
        "_prior_exposure",
        "_scale",
        "_starts",
        "_widths",
        "seen",
    )

    def __init__(self, prior: Prior, *, memory: float) -> None:
        self._prior = prior
        self._prior_exposure = prior.exposure()
        self._edges: list[float] = [float(edge) for edge in prior.edges]
        self._starts = prior.edges
        self._widths = np.diff(prior.edges)
        self._events = np.zeros_like(prior.hazards)
        self._exposure = np.zeros(len(self._edges))
        self._growth = 1.0 + 1.0 / memory
        self._scale = 1.0
        self.seen = 0.0  # events of any cause, old ones included

    def observe(self, seconds: float, cause: int | None) -> None:
        """Something lasted `seconds`; `cause` ended it, or None: it was cut short."""
        seconds = max(seconds, 0.0)
        self._scale *= self._growth
        if self._scale > _RESCALE_AT:
            self._events /= self._scale
            self._exposure /= self._scale
            self._scale = 1.0
        at = bisect_right(self._edges, seconds) - 1
        passed = self._exposure[:at]
        passed += self._widths[:at] * self._scale
        self._exposure[at] += (seconds - self._edges[at]) * self._scale
        if cause is not None:
            self._events[cause, at] += self._scale
            self.seen += 1.0

    def hazards(self, still_open: Sequence[float] = ()) -> Floats:
        """Events per second, cause × bin; `still_open`: ages of what has not ended yet."""
        pull = self._prior_exposure * self._scale
        result: Floats = (self._events + self._prior.hazards * pull) / self._at_risk(still_open)
        return result

    def prior_share(self, still_open: Sequence[float] = ()) -> Floats:
        """How much of each bin's hazards is belief, and not seen: 1 where nothing was seen."""
        result: Floats = self._prior_exposure * self._scale / self._at_risk(still_open)
        return result

    def _at_risk(self, still_open: Sequence[float]) -> Floats:
        """Seconds spent in each bin, those of the prior included."""
        exposure = self._exposure + self._prior_exposure * self._scale
        if still_open:
            past = np.array(still_open)[:, None] - self._starts
            spent = np.minimum(np.maximum(past, 0.0), np.append(self._widths, np.inf))
            exposure += spent.sum(axis=0) * self._scale
        return exposure

    def on_grid(self, step: float, count: int, still_open: Sequence[float] = ()) -> Floats:
        """Hazards at the middles of `count` steps from age 0, cause × step."""
        result: Floats = self.hazards(still_open)[:, self.bins_of(step, count)]
        return result

    def bins_of(self, step: float, count: int) -> NDArray[np.intp]:
        """The bins of the middles of `count` steps from age 0."""
        middles = (np.arange(count) + 0.5) * step
        return np.searchsorted(self._starts, middles, side="right").astype(np.intp) - 1

    def quantiles(self, chances: Sequence[float], *, cause: int = 0, until: float) -> list[float]:
        """Ages by which these shares of `cause`'s events (before `until`) have happened."""
        step = max(until / 2000.0, 0.05)
        ages, reached = incidence(self.on_grid(step, int(until / step)), step)
        shares = reached[cause] / max(reached[cause][-1], 1e-12)
        return [float(np.interp(chance, shares, ages)) for chance in chances]

    def as_data(self) -> dict[str, Any]:
        return {
            "events": (self._events / self._scale).tolist(),
            "exposure": (self._exposure / self._scale).tolist(),
            "seen": self.seen,
        }

    def restore(self, data: dict[str, Any]) -> None:
        """Take what `as_data` gave; bins of another shape are refused with ValueError."""
        events, exposure = np.array(data["events"]), np.array(data["exposure"])
        if events.shape != self._events.shape or exposure.shape != self._exposure.shape:
            raise ValueError("The curve was stored with other bins.")
        self._events, self._exposure, self._scale = events, exposure, 1.0
        self.seen = float(data["seen"])


def incidence(hazards: Floats, step: float) -> tuple[Floats, Floats]:
    """Ages, and the share that each cause has ended by then (cause × age), from gridded hazards."""
    total = hazards.sum(axis=0)
    left = np.concatenate(([1.0], np.exp(-np.cumsum(total * step))))
    lost = left[:-1] - left[1:]
    by_cause = np.cumsum(lost * hazards / np.maximum(total, 1e-12), axis=1)
    ages = np.arange(len(left), dtype=np.float64) * step
    zeros = np.zeros((hazards.shape[0], 1))
    return ages, np.concatenate((zeros, by_cause), axis=1)


def lognormal_hazards(edges: Floats, *, median: float, sigma: float, share: float) -> Floats:
    """Bin hazards of a lognormal time that only `share` of all ever reach."""
    from math import erf, log, sqrt

    def reached(seconds: float) -> float:
        if seconds <= 0:
            return 0.0
        return share * 0.5 * (1.0 + erf(log(seconds / median) / (sigma * sqrt(2.0))))

    left = np.array([1.0 - reached(float(edge)) for edge in edges])
    widths = np.diff(edges)
    inner = np.log(left[:-1] / np.maximum(left[1:], 1e-12)) / widths
    return np.concatenate((inner, inner[-1:]))
