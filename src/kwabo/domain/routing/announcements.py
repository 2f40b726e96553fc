"""What a waiting caller is told: the position, about how long, or at most how long.

Nobody is told more than `MOST_MINUTES`: above that, that it is more. A later announcement never
promises an earlier answer than the one before: it is at least what remains of that one. So the
minutes fall no faster than time passes, and nobody is told three minutes, then one, then three.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kwabo.domain.routing.expected_wait import ExpectedWait, Unknown

MOST_MINUTES: Final = 30
_FINE_UP_TO: Final = 10  # minutes: one by one up to here, then by fives
_COARSE: Final = 5


class AnnouncementKind(StrEnum):
    """What is announced."""

    NONE = "none"
    POSITION = "position"
    ABOUT = "about"  # the mean, in whole minutes
    AT_MOST = "at_most"  # the interval's upper end, in whole minutes


@dataclass(frozen=True, slots=True)
class Announcement:
    """What to say: a position, or minutes."""

    kind: AnnouncementKind
    value: int
    more_than: bool = False  # the wait is longer than these minutes


@dataclass(frozen=True, slots=True)
class Told:
    """The last announcement of minutes."""

    minutes: int
    at: int  # ms


def announcement(
    kind: AnnouncementKind,
    *,
    position: int,
    wait: ExpectedWait | Unknown,
    now: int,
    last: Told | None = None,
) -> Announcement | None:
    """None: nothing can be said. A position can always be; minutes only where a wait is known."""
    if kind is AnnouncementKind.NONE:
        return None
    if kind is AnnouncementKind.POSITION:
        return Announcement(kind, position)
    if wait is Unknown.TOO_LONG:
        return Announcement(kind, MOST_MINUTES, more_than=True)
    if isinstance(wait, Unknown):
        return None
    minutes = rounded_minutes(wait.mean if kind is AnnouncementKind.ABOUT else wait.high)
    if last is not None:
        remains = last.minutes * 60 - (now - last.at) / 1000
        minutes = max(minutes, rounded_minutes(remains))
    if minutes > MOST_MINUTES:
        return Announcement(kind, MOST_MINUTES, more_than=True)
    return Announcement(kind, minutes)


def rounded_minutes(seconds: float) -> int:
    """Up to the next minute, from 10 on to the next five; never less than 1."""
    minutes = max(1, math.ceil(seconds / 60))
    return minutes if minutes <= _FINE_UP_TO else math.ceil(minutes / _COARSE) * _COARSE
