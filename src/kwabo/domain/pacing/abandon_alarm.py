"""The abandon rate against the law's thresholds: when to warn, and when to call one for each agent.

Ofcom's statement of 20 December 2016 knows no safe rate: people look at a campaign from the alarm
on; from the stop on it calls nobody for whom no agent is free. Both are of the law's own rate (see
`budget`) over the campaign's window. A level that was reached holds until the rate is well below
its threshold, so that one call more or less does not switch it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kwabo.domain.pacing.budget import SETTLED, account
from kwabo.domain.pacing.situation import Limits, Tally

HOLDS_UNTIL: Final = 0.8  # of the threshold: below it the level ends


class AlarmLevel(StrEnum):
    """How far the abandon rate has come."""

    NONE = ""
    ALARM = "alarm"  # people must look at the campaign
    STOP = "stop"  # one call for each free agent, whatever the mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Shares of the calls that a person answered; None: the law names none."""

    alarm: float | None = None
    stop: float | None = None

    @property
    def any(self) -> bool:
        """Whether there is something to watch."""
        return self.alarm is not None or self.stop is not None


def watched_rate(tally: Tally, limits: Limits) -> float:
    """The law's rate; fewer than `SETTLED` calls count as so many.

    Else the first abandoned call of a day would stop the campaign.
    """
    budget = account(tally, limits)
    return budget.abandoned / max(budget.live, SETTLED)


def level_of(rate: float, thresholds: Thresholds, before: AlarmLevel) -> AlarmLevel:
    """The level at this rate, after the level of `before`."""
    if _reached(rate, thresholds.stop, before is AlarmLevel.STOP):
        return AlarmLevel.STOP
    if _reached(rate, thresholds.alarm, before is not AlarmLevel.NONE):
        return AlarmLevel.ALARM
    return AlarmLevel.NONE


def _reached(rate: float, threshold: float | None, holds: bool) -> bool:
    if threshold is None:
        return False
    return rate >= threshold * HOLDS_UNTIL if holds else rate >= threshold
