"""Alarms of a queue: callers wait too long, or too few were answered in time lately."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kwabo.domain.reporting.queue_figures import QueueCounts, QueueTarget, figures, judged

LEAST_JUDGED: Final = 10  # calls of half an hour, below which a share says little


class QueueAlarm(StrEnum):
    """What is wrong."""

    SERVICE_LEVEL = "service_level"  # of the last half-hour, below its target
    LONGEST_WAIT = "longest_wait"  # somebody waits longer now than the queue's threshold


@dataclass(frozen=True, slots=True)
class AlarmTerms:
    """When a queue gives an alarm."""

    service_level: bool = True
    wait_seconds: int | None = None  # None: never


def alarms(
    lately: QueueCounts,
    longest_wait_seconds: float | None,
    target: QueueTarget,
    terms: AlarmTerms,
    before: frozenset[QueueAlarm],
) -> frozenset[QueueAlarm]:
    """Those that hold now; `longest_wait_seconds` None: nobody waits.

    `before`: those that held a moment ago. An alarm of the service level goes on while fewer calls
    than it takes to begin are below the target.
    """
    found = set()
    level = figures(lately, target).service_level
    least = 1 if QueueAlarm.SERVICE_LEVEL in before else LEAST_JUDGED
    enough = terms.service_level and judged(lately) >= least
    if enough and level is not None and level < target.share:
        found.add(QueueAlarm.SERVICE_LEVEL)
    if (
        terms.wait_seconds is not None
        and longest_wait_seconds is not None
        and longest_wait_seconds > terms.wait_seconds
    ):
        found.add(QueueAlarm.LONGEST_WAIT)
    return frozenset(found)
