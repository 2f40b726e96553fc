"""What the owner of a floor keeps in the database.

One process owns a floor at a time, under a lease with a fencing number. Every transaction names
that number and is refused (`FloorLost`) once another owner has a higher one. Everything that must
survive is written here before the outside world is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from kwabo.domain.reporting.queue_figures import QueueTarget
from kwabo.ports.floor_arrivals import Arrival, ArrivalAnswer, CalledContact
from kwabo.ports.floor_changes import Change, EventWritten
from kwabo.ports.floor_claims import ClaimAnswer, ClaimRequest, RecheckAnswer
from kwabo.ports.floor_pacing import PacingHistory
from kwabo.ports.floor_rows import (
    AgentRow,
    CallbackTallies,
    CampaignRow,
    FloorContents,
    FlowRow,
    KeptPlace,
    RoutingRows,
    TrunkRow,
    WrapUpCodeRow,
)
from kwabo.ports.queue_figures import QueueReading


class FloorLost(Exception):
    """Another process owns the floor now; this one must stop acting on it."""


class StoreDown(Exception):
    """The database did not do the transaction, or did not say whether it did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to act on a floor."""

    floor_id: UUID
    organisation_id: UUID
    owner: str
    fencing: int
    seconds: float  # how long it lasts from a renewal


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorName:
    """A floor that exists."""

    floor_id: UUID
    organisation_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Asked by a person or a program through `FloorClient`."""

    command_id: UUID
    user_id: UUID | None
    kind: str
    payload: Mapping[str, Any]


class FloorTransaction(Protocol):
    """One transaction of the owner. Nothing is visible to others before it ends well."""

    async def take(self, command_ids: Sequence[UUID]) -> frozenset[UUID]:
        """Which of these commands still wait; until the end nobody can withdraw them."""
        ...

    async def claim(self, request: ClaimRequest) -> ClaimAnswer: ...

    async def arrive(self, arrival: Arrival) -> ArrivalAnswer:
        """Write the attempt of a call from outside, and the caller as a contact if need be.

        The same channel again, of an attempt that is not closed, gets that attempt.
        """
        ...

    async def called_contact(self, contact_id: UUID, number: str) -> CalledContact:
        """What flows may say to the contact; nothing of one that is gone."""
        ...

    async def recheck(
        self, campaign: CampaignRow, attempt_id: UUID, number: str | None, now: datetime
    ) -> RecheckAnswer:
        """Ask all rules again for an offered attempt, except that it is itself in progress.

        `number`: which of the contact's numbers to call; None: the one that was offered.
        """
        ...

    async def dnc_listed(self, attempt_ids: Sequence[UUID], now: datetime) -> frozenset[UUID]:
        """Those of these attempts that a DNC list of their campaign stands against by now."""
        ...

    async def guard(self, number: str, now: datetime, *, attempt_id: UUID | None) -> RecheckAnswer:
        """Whether the fraud guard allows a call to a third party or to an agent's telephone.

        When it does, the call is counted; with `attempt_id`, in whose conversation it is made, its
        price is reserved too and settled at the end of the attempt.
        """
        ...

    async def apply(self, changes: Sequence[Change], events: Sequence[EventWritten]) -> int:
        """Write changes and events; the position of the newest event."""
        ...


class FloorStore(Protocol):
    """The database, as the owner of a floor sees it."""

    @property
    def keeps_events(self) -> bool:
        """Whether events are kept for live views; without them none need be made."""
        ...

    async def floors(self) -> Sequence[FloorName]: ...

    async def acquire(self, floor: FloorName, owner: str, seconds: float) -> Lease | None:
        """Take a floor that nobody holds or whose lease has lapsed; the fencing number rises."""
        ...

    async def renew(self, lease: Lease) -> None:
        """Hold it for longer. Raises FloorLost."""
        ...

    async def release(self, lease: Lease) -> None:
        """Give it up, so that another can take it at once."""
        ...

    async def load(self, lease: Lease) -> FloorContents: ...

    async def load_campaign(self, lease: Lease, campaign_id: UUID) -> CampaignRow | None: ...

    async def load_pacing(
        self, lease: Lease, campaign_id: UUID, since: datetime, at_most: int
    ) -> PacingHistory:
        """The campaign's newest `at_most` closed attempts, and its counts by hour.

        From the hour in which `since` lies, all of it: see `domain.pacing.window`.
        """
        ...

    async def load_agent(self, lease: Lease, user_id: UUID) -> AgentRow | None: ...

    async def load_flows(self, lease: Lease) -> Sequence[FlowRow]:
        """The newest published version of every flow."""
        ...

    async def load_routing(self, lease: Lease) -> RoutingRows:
        """How queues find agents, and what agents can do."""
        ...

    async def load_places(self, lease: Lease) -> Sequence[KeptPlace]:
        """Open callbacks that keep a place in a queue."""
        ...

    async def count_callbacks(
        self, lease: Lease, now: datetime, missed_since: datetime
    ) -> CallbackTallies: ...

    async def read_queues(
        self, lease: Lease, targets: Mapping[UUID, QueueTarget], now: datetime
    ) -> Mapping[UUID, QueueReading]:
        """The figures of the named queues."""
        ...

    async def load_settings(
        self, lease: Lease
    ) -> tuple[Sequence[TrunkRow], Sequence[WrapUpCodeRow], Mapping[UUID, frozenset[UUID]]]:
        """Trunks, wrap-up codes, and the queues of each agent."""
        ...

    async def commands(self, lease: Lease, limit: int) -> Sequence[Command]:
        """Commands that wait, oldest first.

        One that somebody waited for is passed over when it is older than any sender's patience; a
        hint (`dnc.added`, `….changed`) never is.
        """
        ...

    async def wait_for_commands(self, lease: Lease, seconds: float) -> bool:
        """Return when a command may be waiting, at the latest after `seconds`: whether one may."""
        ...

    def transaction(self, lease: Lease) -> AbstractAsyncContextManager[FloorTransaction]:
        """Raises FloorLost when another owner has a higher fencing number, StoreDown on failure."""
        ...
