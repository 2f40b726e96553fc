"""How far a campaign is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapUpCount:
    """How often an outcome was given."""

    wrap_up_code_id: UUID | None
    system_code: str | None
    name: str
    name_en: str  # "" where it has none
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitSeconds:
    """How long answered people waited for an agent."""

    p50: float
    p95: float
    max: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Counts of a campaign's contacts and attempts at one instant."""

    contacts: int
    open: int  # looked at, to be tried again
    in_progress: int
    finished: int
    attempts: int  # dialled ones that have ended
    results: Mapping[str, int]  # of closed attempts, skipped records included
    wrap_ups: Sequence[WrapUpCount]
    answered: int  # attempts that a person answered
    abandoned: int  # of those, the ones to which no agent came
    next_attempt_at: datetime | None
    last_due_at: datetime | None  # of the contact whose next attempt is put off longest
    answer_to_agent_seconds: WaitSeconds | None  # None: nobody has been connected yet

    @property
    def untouched(self) -> int:
        """Contacts that the campaign has not looked at yet."""
        return max(0, self.contacts - self.open - self.in_progress - self.finished)

    @property
    def connect_rate(self) -> float:
        """Attempts in which a person answered, of those dialled."""
        return self.answered / self.attempts if self.attempts else 0.0

    @property
    def abandon_rate(self) -> float:
        """Persons who answered and got no agent, of the persons who answered."""
        return self.abandoned / self.answered if self.answered else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceMinute:
    """A campaign's calls of one minute, by the instant of their answer, else of their end."""

    at: datetime  # the minute's begin
    dialled: int
    live: int  # answered by a person, unknown ends included
    abandoned: int
    connected: int
    wait_p50: float | None  # seconds from the answer to the agent
    wait_p95: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowCounts:
    """A campaign's calls of the window over which its abandon rate is kept."""

    dialled: int
    live: int
    abandoned: int
    machines: int


class ProgressStore(Protocol):
    """Counts of the transaction's organisation."""

    async def progress(self, campaign_id: UUID) -> Progress | None:
        """None when there is no such campaign."""
        ...

    async def minutes(self, campaign_id: UUID, since: datetime) -> Sequence[PaceMinute]:
        """Minutes in which something was dialled, the oldest first."""
        ...

    async def window(self, campaign_id: UUID, since: datetime) -> WindowCounts:
        """The whole hours from that in which `since` lies on, as pacing counts them."""
        ...

    async def fold(self) -> int:
        """Fold what counts are kept in together; how many lines were folded. Changes no count."""
        ...
