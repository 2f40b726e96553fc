"""Congested and dead trunks slow dialling down.

After three troubled calls in a row (congestion or failure) the trunk rests for 5 s, then one call
tries it; each further trouble doubles the rest up to two minutes; any other result ends it. A trunk
whose rest has reached 30 s counts as down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kwabo.domain.interactions.attempt import TRUNK_TROUBLE, Result
from kwabo.kernel.records import quickly_made

TROUBLES_BEFORE_REST = 3
FIRST_REST_SECONDS = 5
LONGEST_REST_SECONDS = 120
DOWN_FROM_SECONDS = 30


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class TrunkHealth:
    """How a trunk has behaved lately."""

    troubles: int = 0  # in a row
    rest_seconds: int = 0
    rest_until: datetime | None = None

    def after(self, result: Result, now: datetime) -> TrunkHealth:
        """The trunk's health once a call over it ended with `result`."""
        if result in (Result.CANCELLED, Result.SKIPPED, Result.UNKNOWN):
            return self
        if result not in TRUNK_TROUBLE:
            return TrunkHealth()
        troubles = self.troubles + 1
        if troubles < TROUBLES_BEFORE_REST:
            return replace(self, troubles=troubles)
        if self.rest_until is not None and now < self.rest_until:
            return replace(self, troubles=troubles)  # a call that was under way when the rest began
        rest = min(max(FIRST_REST_SECONDS, self.rest_seconds * 2), LONGEST_REST_SECONDS)
        return TrunkHealth(
            troubles=troubles, rest_seconds=rest, rest_until=now + timedelta(seconds=rest)
        )

    def may_start(self, now: datetime, in_progress: int) -> int | None:
        """How many calls may be started: None no limit, 0 resting, 1 a try after a rest."""
        if self.rest_until is None:
            return None
        if now < self.rest_until:
            return 0
        return 1 if in_progress == 0 else 0

    @property
    def down(self) -> bool:
        """Whether the trunk has failed so long that a person should look at it."""
        return self.rest_seconds >= DOWN_FROM_SECONDS
