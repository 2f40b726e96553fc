"""When a message is tried again, when its webhook rests, and when somebody must look.

A failed message waits five seconds, then three times as long each time, six hours at most, each
wait up to a fifth longer or shorter by chance. When a webhook's messages have failed five times in
a row (those sent at once count as one), it rests as a whole: after each rest one message tries
whether the receiver is back. Without any success for three days it is paused; a message that fails
while others arrive is given up after five days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

FIRST_WAIT: Final = timedelta(seconds=5)
GROWTH: Final = 3
LONGEST_WAIT: Final = timedelta(hours=6)
JITTER: Final = 0.2
FAILURES_BEFORE_REST: Final = 5
LONGEST_REST: Final = timedelta(minutes=10)
PAUSE_AFTER: Final = timedelta(days=3)
GIVE_UP_AFTER: Final = timedelta(days=5)
MOST_ASKED_FOR: Final = timedelta(hours=1)  # a receiver's Retry-After counts up to here
GONE: Final = 410  # the receiver wants nothing more


def wait_after(tries: int, chance: float) -> timedelta:
    """How long a message waits after so many failed tries; `chance` from 0 to 1."""
    if tries < 1 or not 0 <= chance <= 1:
        raise ValueError("tries from 1, chance from 0 to 1")
    grown: timedelta = FIRST_WAIT * int(GROWTH ** min(tries - 1, 20))
    return min(grown, LONGEST_WAIT) * (1 + JITTER * (2 * chance - 1))


def is_given_up(wanted_at: datetime, now: datetime) -> bool:
    """Whether a message that has failed again is not tried any more."""
    return now - wanted_at >= GIVE_UP_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookHealth:
    """How a webhook's receiver has behaved."""

    failures: int = 0  # in a row
    failing_since: datetime | None = None
    rests_until: datetime | None = None

    def after_success(self) -> WebhookHealth:
        """The receiver took a message."""
        return WebhookHealth()

    def after_failure(
        self, now: datetime, chance: float, asked_for: timedelta | None = None
    ) -> WebhookHealth:
        """It did not; `asked_for` is how long it wants to be left alone."""
        failures = self.failures + 1
        rest = timedelta(0)
        if failures >= FAILURES_BEFORE_REST:
            rest = min(wait_after(failures - FAILURES_BEFORE_REST + 1, chance), LONGEST_REST)
        if asked_for is not None:
            rest = max(rest, min(asked_for, MOST_ASKED_FOR))
        return replace(
            self,
            failures=failures,
            failing_since=self.failing_since or now,
            rests_until=now + rest if rest else None,
        )

    @property
    def probing(self) -> bool:
        """Whether only one message may be sent to see if the receiver is back."""
        return self.failures >= FAILURES_BEFORE_REST

    def is_hopeless(self, now: datetime) -> bool:
        """Whether it has failed so long that a person should look."""
        return self.failing_since is not None and now - self.failing_since >= PAUSE_AFTER
