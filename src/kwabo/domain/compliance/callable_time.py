"""The simple hours of a campaign that uses no callable time set: one window on some weekdays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True, kw_only=True)
class CallableTime:
    """One window on some days of the week, in the local time of whoever is called."""

    weekdays: frozenset[int]  # 1 Monday … 7 Sunday
    start: time  # inclusive
    until: time  # exclusive; at or before `start` means that the window never opens
