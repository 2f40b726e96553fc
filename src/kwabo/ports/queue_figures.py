"""What queues' figures are read from: the stays of calls in them, and what waits for agents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from kwabo.domain.reporting.queue_figures import QueuePeriod, QueueTarget
from kwabo.domain.routing.expected_wait import NOTHING, Handled

LATELY: Final = timedelta(minutes=30)
PLOTTED_MINUTES: Final = 60
REMEMBERED_CALLS: Final = 100  # the newest answered ones, by which a handling time is known


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueReading:
    """One queue at one instant."""

    today: QueuePeriod = field(default_factory=QueuePeriod)  # by the organisation's clock
    lately: QueuePeriod = field(default_factory=QueuePeriod)
    waiting: int = 0
    oldest_at: datetime | None = None  # when the one who waits longest began to
    by_minute: tuple[int, ...] = ()  # who waited, see `waiting_by_minute`
    places_kept: int = 0  # open callbacks that keep their caller's place
    voicemails_new: int = 0
    handled: Handled = NOTHING  # lately


class QueueFigureStore(Protocol):
    """Reads of the transaction's organisation."""

    async def read(
        self, targets: Mapping[UUID, QueueTarget], now: datetime
    ) -> Mapping[UUID, QueueReading]:
        """The named queues."""
        ...
