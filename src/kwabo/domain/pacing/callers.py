"""Callers from outside who want the agents of a campaign: how many more will come.

A queue's rate is an exponentially fading count of the callers whom its agents took, at tᵢ, over the
time that has faded as much since it is watched, t₀,

    λ = Σ exp(−(t − tᵢ)/τ) / (τ·(1 − exp(−(t − t₀)/τ)) + c)

c seconds without callers are added, so that the first one after a quiet minute is no rush. Whoever
overflows or gives up needs no agent of the queue, and is not counted in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import Final

FADE_SECONDS: Final = 1200.0  # τ: a peak is followed within some minutes
CAUTION_SECONDS: Final = 60.0  # c


@dataclass(slots=True)
class CallerRate:
    """Of one queue. Moments are seconds on one steady clock, and never go back."""

    since: float  # t₀
    count: float = 0.0  # faded until `at`
    at: float = 0.0

    @classmethod
    def known(cls, per_second: float, seconds: float, now: float) -> CallerRate:
        """So many came for so long until now."""
        share = 1.0 - exp(-seconds / FADE_SECONDS)
        return cls(since=now - seconds, count=per_second * FADE_SECONDS * share, at=now)

    def add(self, now: float) -> None:
        """An agent took a caller."""
        self.count, self.at = self._faded(now) + 1.0, now

    def per_second(self, now: float) -> float:
        """Callers who will come in a second."""
        if not self.count:
            return 0.0
        watched = FADE_SECONDS * (1.0 - exp((self.since - now) / FADE_SECONDS))
        return self._faded(now) / (watched + CAUTION_SECONDS)

    def _faded(self, now: float) -> float:
        return self.count * exp((self.at - now) / FADE_SECONDS)
