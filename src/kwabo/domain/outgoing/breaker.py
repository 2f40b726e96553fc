"""A circuit breaker: a machine that fails again and again is left alone for a while.

After so many failures in a row it opens; while it is open nothing is sent. Then one request tries:
an answer closes it, a failure opens it again for the same time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

# The machine could not do its work; any other answer shows that it is there.
_TROUBLED = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker:
    """Where it stands."""

    failures: int = 0  # in a row
    open_until: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether nothing may be sent."""
        return self.open_until is not None and self.open_until > now

    def allows(self, now: datetime, at_once: int) -> int:
        """How many requests may be under way: none while it is open, then a single one."""
        if self.is_open(now):
            return 0
        return at_once if self.open_until is None else 1

    def trying(self, now: datetime, seconds: float) -> Breaker:
        """While one request tries, nobody else does for these seconds."""
        if self.open_until is None:
            return self
        return Breaker(failures=self.failures, open_until=now + timedelta(seconds=seconds))

    def after(
        self, answered: Iterable[bool], now: datetime, *, failures: int, seconds: int
    ) -> Breaker:
        """After some requests: whether each was answered."""
        told = list(answered)
        if not told:
            return self
        row = self.failures
        for one in told:
            row = 0 if one else row + 1
        if row == 0:
            return Breaker()
        if row >= failures or (self.open_until is not None and not any(told)):
            return Breaker(failures=row, open_until=now + timedelta(seconds=seconds))
        return Breaker(failures=row)


CLOSED: Final = Breaker()


def was_there(status: int | None, failure: str) -> bool:
    """Whether the other machine did answer, be it with a refusal."""
    if failure == "STATEMENT_REFUSED":  # by a database that works
        return True
    if status is None or failure in ("TOO_SLOW", "UNREACHABLE"):
        return False
    return status < 500 and status not in _TROUBLED
