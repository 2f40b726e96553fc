"""What live views read: entities at a position, and the events after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.reporting.live_snapshot import LiveEvent, LiveSnapshot
from kwabo.domain.reporting.live_views import View


class LiveStore(Protocol):
    """Reads of whole organisations, each at one instant."""

    async def floor_id(self, organisation_id: UUID) -> UUID | None: ...

    async def snapshot(self, organisation_id: UUID, now: datetime) -> LiveSnapshot:
        """Everything at the position of the floor's newest event."""
        ...

    async def agent(self, organisation_id: UUID, user_id: UUID) -> View | None:
        """One `AgentState`; None when there is no such active user."""
        ...

    async def agents(self, organisation_id: UUID) -> Sequence[View]:
        """The `AgentState` of everyone who can take conversations."""
        ...

    async def attempt(self, organisation_id: UUID, attempt_id: UUID) -> View | None:
        """One `AttemptLive`."""
        ...

    async def position(self, organisation_id: UUID) -> int:
        """Of the newest event."""
        ...

    async def events(self, organisation_id: UUID, *, after: int, limit: int) -> Sequence[LiveEvent]:
        """Events after a position, in order, without a gap."""
        ...

    async def on_hint(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Call `listener` with a floor's id when it has new events, with '' when hints may have
        been missed; until the returned function is called. Hints may be lost."""
        ...
