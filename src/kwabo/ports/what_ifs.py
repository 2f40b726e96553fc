"""What-ifs: what is kept of them, what they rest on, and who computes them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from kwabo.domain.what_ifs.history import PastCall, RecordedStatus, RecordedStep


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """A day of a campaign that is, or was, computed."""

    what_if_id: UUID
    organisation_id: UUID
    campaign_id: UUID
    user_id: UUID | None  # who asked
    kind: str  # tomorrow | replay
    settings: Mapping[str, Any]  # see domain.what_ifs.settings
    state: str  # see domain.what_ifs.states
    progress: float  # 0–1
    tries: int  # how often a worker has begun it
    result: Mapping[str, Any] | None
    error_code: str | None
    error: str | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class WhatIfStore(Protocol):
    """The what-ifs of the transaction's organisation."""

    async def add(self, record: WhatIf) -> None: ...

    async def get(self, what_if_id: UUID) -> WhatIf | None: ...

    async def get_for_change(self, what_if_id: UUID) -> WhatIf | None:
        """The what-if, locked until the transaction ends."""
        ...

    async def of_campaign(self, campaign_id: UUID) -> Sequence[WhatIf]:
        """The newest first."""
        ...

    async def under_way(self) -> int:
        """How many are waiting or running."""
        ...

    async def cancel(self, what_if_id: UUID, now: datetime) -> None:
        """Whoever computes it loses it."""
        ...

    async def delete(self, what_if_id: UUID) -> None: ...

    async def keep_newest(self, campaign_id: UUID, keep: int) -> None:
        """Delete what has ended and is not among the campaign's `keep` newest."""
        ...

    async def waiting(self) -> list[tuple[UUID, UUID]]:
        """(what-if, organisation) of every one that nobody works on, of all organisations."""
        ...

    async def claim(
        self, what_if_id: UUID, worker: str, lease_seconds: float, now: datetime
    ) -> WhatIf | None:
        """Take one that waits, or whose worker is gone; None when it is not to be had."""
        ...

    async def hold(
        self, what_if_id: UUID, worker: str, lease_seconds: float, progress: float
    ) -> bool:
        """Renew the lease and tell the progress; False when it is no longer this worker's."""
        ...

    async def finish(
        self,
        what_if_id: UUID,
        worker: str,
        *,
        result: Mapping[str, Any] | None,
        code: str | None = None,
        error: str | None = None,
        now: datetime,
    ) -> bool:
        """End one that this worker holds, well or with an error; False when it no longer does."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFacts:
    """What surrounds a campaign."""

    time_zone: str  # of its contact list
    contacts: int  # in its list
    agents: int  # active users in its queue
    lines: int  # of its trunk
    calls_per_second: float
    cursor: tuple[int, int]  # up to which place of the list there are courses
    sorted: bool = False  # the campaign has an order of its own
    order_filled: bool = False  # and every contact has its place in it


# Of a contact in the campaign's order: added_in and position, behind the rank of one of its own.
Place = tuple[int, int] | tuple[bytes, int, int]


class CampaignHistoryStore(Protocol):
    """What simulations read, page by page so that no page holds anything up."""

    async def facts(self, campaign_id: UUID) -> CampaignFacts | None: ...

    async def calls(
        self, campaign_id: UUID, *, since: datetime, before: UUID | None, limit: int
    ) -> Sequence[PastCall]:
        """Closed and dialled attempts since an instant, the newest first, before this one."""
        ...

    async def open_contacts(
        self, campaign_id: UUID, *, after: tuple[datetime, UUID] | None, limit: int
    ) -> Sequence[tuple[datetime, UUID]]:
        """Contacts whose course is open, with their next attempt and by it."""
        ...

    async def fresh_contacts(
        self, campaign_id: UUID, *, after: Place | None, limit: int
    ) -> tuple[Sequence[UUID], Place | None]:
        """Contacts without a course that filters let through, in the campaign's order.

        From the beginning, or behind a place; with the place where to go on, None: there are no
        more. An order that is not filled yet is that of the list.
        """
        ...

    async def open_on(self, campaign_id: UUID, begin: datetime, end: datetime) -> bool:
        """Whether an attempt that was dialled in between is not closed."""
        ...

    async def calls_of_day(
        self,
        campaign_id: UUID,
        begin: datetime,
        end: datetime,
        *,
        after: UUID | None,
        limit: int,
    ) -> Sequence[PastCall]:
        """Attempts that were dialled in between, the oldest first, behind this one."""
        ...

    async def first_position(self, at: datetime) -> int | None:
        """The position of the floor's first event not before an instant; None without one."""
        ...

    async def statuses_before(self, campaign_id: UUID, position: int) -> Sequence[RecordedStatus]:
        """The last event before the position of each agent that has one."""
        ...

    async def events(
        self, campaign_id: UUID, *, position: int, until: datetime, limit: int
    ) -> tuple[Sequence[RecordedStatus], Sequence[RecordedStep], int | None]:
        """A page of agents' and attempts' events from a position on.

        The third value is where the next page begins; None: nothing follows before `until`.
        """
        ...


class SimulationRefused(Exception):
    """The day cannot be simulated. `code` is stable; the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class SimulationDied(Exception):
    """The process that computed it has ended."""


class Simulations(Protocol):
    """Computes what-ifs out of the way of the process's other work."""

    async def run(
        self, parts: AsyncIterator[Mapping[str, Any]], tell: Callable[[float], None]
    ) -> Mapping[str, Any]:
        """The result of the what-if that `parts` describe; `tell` hears the progress, 0 to 1.

        Cancelling the call ends the computing. Raises SimulationRefused, SimulationDied.
        """
        ...
