"""What a new owner of a floor learns a campaign's pacing from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAttempt:
    """A closed attempt, as far as pacing learns from it. Durations in seconds."""

    number: str
    dialled_at: datetime
    result: str
    answered_at: datetime | None
    connected_at: datetime | None
    closed_at: datetime
    abandoned: bool
    after_call_seconds: float | None  # None: there was none, or nobody knows
    wrapped_by_person: bool  # False: the system gave the outcome, the work was cut off
    was_machine: bool  # an agent said so


@dataclass(frozen=True, slots=True, kw_only=True)
class HourCount:
    """What became of a campaign's calls in one hour, by the time of their end."""

    hour: datetime  # its begin
    dialled: int
    live: int  # answered by a person, unknown ends included
    abandoned: int  # of these, not taken in time, unknown ends included
    machines: int  # ended by call analysis


@dataclass(frozen=True, slots=True, kw_only=True)
class PacingHistory:
    """What a new owner of a floor learns a campaign's pacing from."""

    attempts: Sequence[PastAttempt]  # the newest closed ones, oldest first
    hours: Sequence[HourCount]  # of the window asked for, oldest first
