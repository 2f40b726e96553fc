"""How calls ended, by quarter of an hour, campaign, trunk and number range; early media kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCounts:
    """Sums over calls. A call counts in the quarter of an hour in which it was dialled."""

    attempts: int = 0
    answered: int = 0  # by whoever or whatever
    connected: int = 0  # to an agent
    persons: int = 0
    machines: int = 0
    faxes: int = 0
    busy: int = 0
    no_answer: int = 0
    invalid: int = 0
    sit: int = 0
    refused: int = 0  # rejected, congestion, failed
    other: int = 0  # cancelled, unknown
    messages: int = 0  # begun to machines
    messages_whole: int = 0  # of these, played to their end
    ring_seconds: float = 0.0
    analysed: int = 0
    analysis_seconds: float = 0.0
    persons_judged: int = 0  # not called a machine; an agent gave the outcome
    persons_denied: int = 0  # of these, the agent said: a machine
    machines_judged: int = 0  # called a machine, and connected nevertheless
    machines_denied: int = 0  # of these, the agent said: no machine


@dataclass(frozen=True, slots=True, kw_only=True)
class CallResultRow:
    """The counts of one key; what was not asked for is None."""

    counts: CallCounts
    campaign_id: UUID | None = None
    trunk_id: UUID | None = None
    number_range: str | None = None
    hour: int | None = None  # of the day, 0–23, in the zone asked for
    weekday: int | None = None  # 1 Monday … 7 Sunday
    day: str | None = None  # ISO date


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyMediaRecording:
    """What a network played before any answer."""

    attempt_id: UUID
    path: str
    seconds: float
    created_at: datetime
    delete_at: datetime


class CallResultStore(Protocol):
    """The call results of the transaction's organisation."""

    async def sums(
        self,
        *,
        since: datetime,
        until: datetime,
        by: Sequence[str],
        time_zone: str,
        campaign_id: UUID | None = None,
        trunk_id: UUID | None = None,
    ) -> Sequence[CallResultRow]:
        """Sums from the quarter of an hour of `since` to before `until`.

        `by`: fields of `CallResultRow`.
        """
        ...

    async def recording(self, attempt_id: UUID) -> EarlyMediaRecording | None: ...

    async def forget_recordings(self, now: datetime, limit: int) -> Sequence[str]:
        """Forget recordings whose time is over; their paths."""
        ...
