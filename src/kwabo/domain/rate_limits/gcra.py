"""How often may be asked: the generic cell rate algorithm (ITU-T I.371), a bucket in one number.

Kept is the instant at which everything taken will have been given back. A request moves it on by
one interval, and is refused when it would then lie further ahead than the whole quota. Instants are
whole nanoseconds, so that sums are exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SECOND: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Rate:
    """`quota` requests at once, given back evenly over `seconds`."""

    quota: int
    seconds: int = 60

    @property
    def interval(self) -> int:
        """Nanoseconds after which one more may be asked."""
        return self.seconds * SECOND // self.quota


@dataclass(frozen=True, slots=True)
class Ruling:
    """What became of a request."""

    allowed: bool
    full_at: int  # what is kept for the next request
    remaining: int  # requests that could follow at once
    reset: int  # nanoseconds until the whole quota is there again
    retry_after: int  # nanoseconds until a request is allowed; 0 when one is


def judge(rate: Rate, full_at: int, now: int) -> Ruling:
    """Judge a request at `now`; `full_at` is what was kept, anything in the past at first."""
    interval = rate.interval
    begun = max(full_at, now)
    ahead = begun + interval - now
    most = rate.quota * interval
    if ahead > most:
        return Ruling(False, full_at, 0, begun - now, ahead - most)
    return Ruling(True, begun + interval, (most - ahead) // interval, ahead, 0)
