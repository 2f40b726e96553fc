"""The figures of a queue, each from counts that add up over hours, queues and floors.

`offered`            calls that began to wait in the queue (also those taken at once)
`answered`           of them, taken by an agent of the queue
`answered_in_time`   of those, after waiting at most the target's seconds
`abandoned`          hung up while waiting
`short_abandoned`    of those, before the short-abandon threshold: wrong numbers, second thoughts
`moved`              left for another queue, a callback, voicemail, or a message
`waiting`            what is left of `offered`: still there

    service level = answered in time / (answered + abandoned − short abandoned)
    abandon rate  = (abandoned − short abandoned) / (answered + abandoned − short abandoned)
    average speed of answer = seconds waited by the answered / answered
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from enum import StrEnum


class QueueOutcome(StrEnum):
    """What became of a call in a queue."""

    WAITING = "waiting"
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    MOVED = "moved"


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
    """What adds up."""

    offered: int = 0
    answered: int = 0
    answered_in_time: int = 0
    abandoned: int = 0
    short_abandoned: int = 0
    moved: int = 0
    answered_wait_seconds: float = 0.0
    abandoned_wait_seconds: float = 0.0

    def __add__(self, other: QueueCounts) -> QueueCounts:
        return QueueCounts(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


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


def figures(counts: QueueCounts, target: QueueTarget) -> QueueFigures:
    """See the module."""
    base = counts.answered + counts.abandoned - counts.short_abandoned
    level = _share(counts.answered_in_time, base)
    return QueueFigures(
        service_level=level,
        abandon_rate=_share(counts.abandoned - counts.short_abandoned, base),
        average_speed_of_answer=_share(counts.answered_wait_seconds, counts.answered),
        average_wait_of_abandoned=_share(counts.abandoned_wait_seconds, counts.abandoned),
        target_met=None if level is None else level >= target.share,
        waiting=counts.offered - counts.answered - counts.abandoned - counts.moved,
    )


def _one(call: QueueCall, target: QueueTarget) -> QueueCounts:
    waited = call.waited_seconds
    if call.outcome is QueueOutcome.ANSWERED:
        return QueueCounts(
            offered=1,
            answered=1,
            answered_in_time=int(waited <= target.seconds),
            answered_wait_seconds=waited,
        )
    if call.outcome is QueueOutcome.ABANDONED:
        return QueueCounts(
            offered=1,
            abandoned=1,
            short_abandoned=int(waited < target.short_abandon_seconds),
            abandoned_wait_seconds=waited,
        )
    return QueueCounts(offered=1, moved=int(call.outcome is QueueOutcome.MOVED))


def _share(part: float, whole: int) -> float | None:
    return part / whole if whole > 0 else None
