"""What is known of a data action's answer at the moment when a rule wants it.

An answer counts for as long as the action says and not a second longer. Until the first one is
there the rule waits; a question that failed a short time ago, or that nobody has answered for
`WAIT_AT_MOST`, has no answer: then the rule's own stated result counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

LOOK_AGAIN = timedelta(seconds=5)  # a contact that waits for an answer
FAILURE_COUNTS = timedelta(seconds=60)  # so long a failure stands for an answer
WAIT_AT_MOST = timedelta(seconds=60)  # then the answer is late


class Standing(StrEnum):
    """Whether there is an answer."""

    ANSWERED = "answered"
    AWAITED = "awaited"
    MISSING = "missing"  # failed or late


@dataclass(frozen=True, slots=True, kw_only=True)
class DataAnswer:
    """A question of a data action about certain inputs."""

    data_action_id: UUID
    key: str  # of the inputs: `asking.key_of`
    inputs: Mapping[str, str] = field(default_factory=dict)
    cache: timedelta  # how long an answer counts
    outputs: Mapping[str, str] = field(default_factory=dict)
    answered_at: datetime | None = None
    failure: str = ""  # code of the newest question's failure
    failed_at: datetime | None = None
    awaited_at: datetime | None = None  # since when a contact waits for it

    def wanted(self, now: datetime) -> bool:
        """Whether it is to be asked for: there is none that counts, nor a failure a moment ago."""
        return self.standing(now) is not Standing.ANSWERED and (
            self.failed_at is None or self.failed_at + FAILURE_COUNTS <= now
        )

    def standing(self, now: datetime) -> Standing:
        """See the module."""
        if self.answered_at is not None and self.answered_at + self.cache > now:
            return Standing.ANSWERED
        if self.failed_at is not None and self.failed_at + FAILURE_COUNTS > now:
            return Standing.MISSING
        if self.awaited_at is not None and self.awaited_at + WAIT_AT_MOST <= now:
            return Standing.MISSING
        return Standing.AWAITED
