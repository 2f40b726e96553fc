"""When a contact is tried again after an attempt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kwabo.domain.interactions.attempt import Result

# Seconds until the next attempt; None: the contact is finished with this result. A campaign
# overrides single entries. `unknown` waits long enough for any call of a dead engine to have ended.
DEFAULT_RECALL_SECONDS: Mapping[str, int | None] = {
    Result.PERSON: None,
    Result.MACHINE: 4 * 3600,
    Result.BUSY: 15 * 60,
    Result.NO_ANSWER: 2 * 3600,
    Result.INVALID: None,
    Result.CONGESTION: 10 * 60,
    Result.REJECTED: 24 * 3600,
    Result.FAILED: 30 * 60,
    Result.FAX: None,
    Result.SIT: None,
    Result.CANCELLED: 0,
    Result.SKIPPED: 3600,
    Result.UNKNOWN: 3600,
}


@dataclass(frozen=True, slots=True)
class Course:
    """A contact's standing in a campaign after an attempt."""

    state: str  # open | finished
    next_attempt_at: datetime | None
    reason: str  # code: why it waits or is finished


def after_attempt(
    *,
    result: Result,
    attempts: int,
    max_attempts: int,
    recall_seconds: Mapping[str, int | None],
    minimum_gap_seconds: int,
    at: datetime,
) -> Course:
    """The contact's standing once attempt number `attempts` ended with `result` at `at`.

    A dialled attempt is never followed by another within the minimum gap, whatever the delay says.
    An attempt that never left the house (skipped) does not use up the limit.
    """
    delay = recall_seconds.get(result, DEFAULT_RECALL_SECONDS[result])
    if delay is None:
        return Course(state="finished", next_attempt_at=None, reason=f"RESULT_{result.upper()}")
    if result is Result.SKIPPED:
        return Course(
            state="open", next_attempt_at=at + timedelta(seconds=delay), reason="RECALL_DELAY"
        )
    if attempts >= max_attempts:
        return Course(state="finished", next_attempt_at=None, reason="ATTEMPT_LIMIT")
    wait = max(delay, minimum_gap_seconds)
    return Course(state="open", next_attempt_at=at + timedelta(seconds=wait), reason="RECALL_DELAY")
