"""When a contact is tried again after an attempt.

What decides, first to last: a value that a flow has noted and that has a recall; the outcome of a
call that a flow had, where the campaign has a rule for it; the attempt's result. Whoever has
objected is not recalled for what was noted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from kwabo.domain.campaigns.recall_rules import recall_at, rule_of
from kwabo.domain.compliance.number_order import BAD_NUMBER, NEXT_NUMBER, NEXT_NUMBER_AFTER
from kwabo.domain.interactions.attempt import Result
from kwabo.kernel.records import quickly_made

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
class Noted:
    """What a flow has noted decides about the recall."""

    seconds: int | None  # None: none follows


@quickly_made
@dataclass(frozen=True, slots=True)
class Course:
    """A contact's standing in a campaign after an attempt."""

    state: str  # open | finished
    next_attempt_at: datetime | None
    reason: str  # code: why it waits or is finished


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """An attempt that has ended, as far as recalls need to know."""

    result: Result
    at: datetime
    dialled_at: datetime
    time_zone: str  # the contact's
    # Result or outcome → how often it has come in the course, this time included.
    counts: Mapping[str, int] = field(default_factory=dict)
    other_numbers: int = 0  # of the contact, that could be called in place of this one
    round_left: int = 0  # of these, not yet called in this round
    number_out: bool = False  # the number was marked uncallable for this result
    outcome: str = ""  # of a flow that had the call, where recalls go by it; '': the result alone
    noted: Noted | None = None


def after_attempt(
    *,
    result: Result,
    attempts: int,
    max_attempts: int,
    recall_seconds: Mapping[str, int | None],
    minimum_gap_seconds: int,
    at: datetime,
    ended: Ended | None = None,
    recall_rules: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    day_begins: time = time(0),
) -> Course:
    """The contact's standing once attempt number `attempts` ended with `result` at `at`.

    A dialled attempt is never followed by another within the minimum gap, whatever the delay says,
    except by the next number of a round. An attempt that never left the house (skipped) does not
    use up the limit. A number that does not exist is not the contact's end while it has others.
    """
    if ended is not None and attempts < max_attempts:
        if ended.round_left > 0 and result in NEXT_NUMBER_AFTER:
            return Course(state="open", next_attempt_at=at, reason=NEXT_NUMBER)
        if ended.other_numbers > 0 and (ended.number_out or result in BAD_NUMBER):
            gap = timedelta(seconds=minimum_gap_seconds)
            return Course(state="open", next_attempt_at=at + gap, reason="RECALL_DELAY")
    wait: int | None
    named = ended.outcome if ended is not None and ended.outcome in recall_rules else result
    if ended is not None and ended.noted is not None:
        wait = ended.noted.seconds
    elif ended is not None and named in recall_rules:
        rule = rule_of(recall_rules[named])
        step = rule.step_for(ended.counts.get(named, 1))
        wait = None
        if step is not None:
            due = recall_at(
                step,
                rule,
                ended_at=at,
                dialled_at=ended.dialled_at,
                time_zone=ended.time_zone,
                day_begins=day_begins,
            )
            return _open_at(
                max(due, at + timedelta(seconds=minimum_gap_seconds)), attempts, max_attempts
            )
    else:
        wait = recall_seconds.get(result, DEFAULT_RECALL_SECONDS[result])
    if wait is None:
        return Course(state="finished", next_attempt_at=None, reason=f"RESULT_{result.upper()}")
    if result is Result.SKIPPED:
        return Course(
            state="open", next_attempt_at=at + timedelta(seconds=wait), reason="RECALL_DELAY"
        )
    due_at = at + timedelta(seconds=max(wait, minimum_gap_seconds))
    return _open_at(due_at, attempts, max_attempts)


def _open_at(due_at: datetime, attempts: int, max_attempts: int) -> Course:
    if attempts >= max_attempts:
        return Course(state="finished", next_attempt_at=None, reason="ATTEMPT_LIMIT")
    return Course(state="open", next_attempt_at=due_at, reason="RECALL_DELAY")
