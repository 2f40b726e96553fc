"""The figures of a queue, each from counts that add up over hours, queues and floors.

A call counts in the period in which it began to wait, whatever becomes of it later; one that goes
from queue to queue counts once in each, with the time it waited there.

`offered`            calls that began to wait in the queue (also those taken at once)
`answered`           of them, taken by an agent; of several agents the first counts
`answered_in_time`   of those, after waiting at most the target's seconds
`abandoned`          hung up while waiting
`short_abandoned`    of those, before the short-abandon threshold: wrong numbers, second thoughts
`left`               by another way: see `QueueOutcome`
`waiting`            what is left of `offered`: still there

    offered = answered + abandoned + left + waiting
    service level = answered in time / (answered + abandoned − short abandoned)
    abandon rate  = (abandoned − short abandoned) / (answered + abandoned − short abandoned)
    average speed of answer = seconds waited by the answered / answered
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from kwabo.domain.reporting.percentiles import percentiles

SLOW_SHARE: Final = 0.95  # of the answered waited at most so long
_MILLISECONDS: Final = 1000


class QueueOutcome(StrEnum):
    """What became of a call in a queue."""

    WAITING = "waiting"
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    # The ways in which a call leaves without an agent, and without hanging up first:
    OVERFLOW = "overflow"  # to another queue, by the queue's own rules
    MOVED = "moved"  # to another queue, by a person
    CLOSED = "closed"  # the queue's opening hours ended
    TIMEOUT = "timeout"  # the longest wait was over
    CALLBACK = "callback"  # the caller hung up and keeps the place
    VOICEMAIL = "voicemail"  # the caller left a message
    ELSEWHERE = "elsewhere"  # the flow went on by another way


WAYS_OUT: Final = (
    QueueOutcome.OVERFLOW,
    QueueOutcome.MOVED,
    QueueOutcome.CLOSED,
    QueueOutcome.TIMEOUT,
    QueueOutcome.CALLBACK,
    QueueOutcome.VOICEMAIL,
    QueueOutcome.ELSEWHERE,
)


@dataclass(frozen=True, slots=True)
class QueueCall:
    """One call's stay in one queue."""

    outcome: QueueOutcome
    waited_seconds: float


@dataclass(frozen=True, slots=True)
class QueueTarget:
    """Against what it is measured: `share` (0–1) of calls answered within `seconds`."""

    seconds: float = 20.0
    share: float = 0.8
    short_abandon_seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """What adds up; of the longest wait the longer one counts."""

    offered: int = 0
    answered: int = 0
    answered_in_time: int = 0
    abandoned: int = 0
    short_abandoned: int = 0
    left: Mapping[QueueOutcome, int] = field(default_factory=dict)  # by way out, those there were
    answered_wait_seconds: float = 0.0
    abandoned_wait_seconds: float = 0.0
    longest_wait_seconds: float = 0.0  # of all, also of those who still wait

    @property
    def waiting(self) -> int:
        """Calls that are still there."""
        return self.offered - self.answered - self.abandoned - sum(self.left.values())

    def __add__(self, other: QueueCounts) -> QueueCounts:
        left = {way: self.left.get(way, 0) + other.left.get(way, 0) for way in WAYS_OUT}
        return QueueCounts(
            offered=self.offered + other.offered,
            answered=self.answered + other.answered,
            answered_in_time=self.answered_in_time + other.answered_in_time,
            abandoned=self.abandoned + other.abandoned,
            short_abandoned=self.short_abandoned + other.short_abandoned,
            left={way: count for way, count in left.items() if count},
            answered_wait_seconds=self.answered_wait_seconds + other.answered_wait_seconds,
            abandoned_wait_seconds=self.abandoned_wait_seconds + other.abandoned_wait_seconds,
            longest_wait_seconds=max(self.longest_wait_seconds, other.longest_wait_seconds),
        )


@dataclass(frozen=True, slots=True)
class QueuePeriod:
    """The counts of a period, and what does not add up."""

    counts: QueueCounts = QueueCounts()
    slow_answer_seconds: float | None = None  # 95 % of the answered waited at most so long


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """Rates from 0 to 1, times in seconds; None: there is nothing to divide by."""

    service_level: float | None
    abandon_rate: float | None
    average_speed_of_answer: float | None
    average_wait_of_abandoned: float | None
    target_met: bool | None
    waiting: int


def counted(calls: Iterable[QueueCall], target: QueueTarget) -> QueueCounts:
    """The counts of single calls."""
    return sum((_one(call, target) for call in calls), QueueCounts())


def period_of(calls: Sequence[QueueCall], target: QueueTarget) -> QueuePeriod:
    """The same with the 95th percentile, to the millisecond."""
    waits: dict[int, int] = {}
    for call in calls:
        if call.outcome is QueueOutcome.ANSWERED:
            waited = round(call.waited_seconds * _MILLISECONDS)
            waits[waited] = waits.get(waited, 0) + 1
    slow = percentiles(waits, (SLOW_SHARE,))
    return QueuePeriod(counted(calls, target), slow[0] / _MILLISECONDS if slow else None)


def figures(counts: QueueCounts, target: QueueTarget) -> QueueFigures:
    """See the module."""
    base = judged(counts)
    level = _share(counts.answered_in_time, base)
    return QueueFigures(
        service_level=level,
        abandon_rate=_share(counts.abandoned - counts.short_abandoned, base),
        average_speed_of_answer=_share(counts.answered_wait_seconds, counts.answered),
        average_wait_of_abandoned=_share(counts.abandoned_wait_seconds, counts.abandoned),
        target_met=None if level is None else level >= target.share,
        waiting=counts.waiting,
    )


def judged(counts: QueueCounts) -> int:
    """The calls that service level and abandon rate are shares of."""
    return counts.answered + counts.abandoned - counts.short_abandoned


def waiting_by_minute(
    waiting: int, changes: Mapping[datetime, int], now: datetime, minutes: int
) -> tuple[int, ...]:
    """How many waited at the end of each of the last minutes, the present one last.

    `waiting`: those who wait now. `changes`: a minute's begin → who came minus who went in it.
    """
    minute = now.replace(second=0, microsecond=0)
    found: list[int] = []
    for _ in range(minutes):
        found.append(max(0, waiting))
        waiting -= changes.get(minute, 0)
        minute -= timedelta(minutes=1)
    return tuple(reversed(found))


def _one(call: QueueCall, target: QueueTarget) -> QueueCounts:
    waited = call.waited_seconds
    match call.outcome:
        case QueueOutcome.WAITING:
            return QueueCounts(offered=1, longest_wait_seconds=waited)
        case QueueOutcome.ANSWERED:
            return QueueCounts(
                offered=1,
                answered=1,
                answered_in_time=int(waited <= target.seconds),
                answered_wait_seconds=waited,
                longest_wait_seconds=waited,
            )
        case QueueOutcome.ABANDONED:
            return QueueCounts(
                offered=1,
                abandoned=1,
                short_abandoned=int(waited < target.short_abandon_seconds),
                abandoned_wait_seconds=waited,
                longest_wait_seconds=waited,
            )
        case way:
            return QueueCounts(offered=1, left={way: 1}, longest_wait_seconds=waited)


def _share(part: float, whole: int) -> float | None:
    return part / whole if whole > 0 else None
