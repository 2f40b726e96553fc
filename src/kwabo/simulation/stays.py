"""Callers' stays in queues, as the tables tell them while a run goes on."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kwabo.adapters.memory.floor_data import MemoryAttempt
from kwabo.domain.reporting.queue_figures import QueueCall, QueueOutcome
from kwabo.engine.floor.state import INBOUND
from kwabo.kernel.clock import Clock


@dataclass(slots=True, kw_only=True)
class Stay:
    """One caller in one queue; moments count seconds from the begin of the run."""

    queue_id: UUID
    since: float
    until: float | None = None
    outcome: QueueOutcome = QueueOutcome.WAITING

    def close(self, outcome: QueueOutcome, now: float) -> None:
        """The caller waits there no longer."""
        if self.until is None:
            self.until, self.outcome = now, outcome


class Stays:
    """See the module."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.of: dict[UUID, list[Stay]] = {}  # attempt → one after the other

    def seen(self, attempt: MemoryAttempt) -> None:
        """An attempt was written."""
        if attempt.mode != INBOUND:
            return
        row = attempt.latest
        stays = self.of.get(attempt.attempt_id)
        if stays is None:
            stays = self.of[attempt.attempt_id] = []
        if row.queue_id is None:
            return
        now = self._clock.monotonic()
        if not stays or stays[-1].queue_id != row.queue_id:
            if stays:
                stays[-1].close(QueueOutcome.MOVED, now)
            stays.append(Stay(queue_id=row.queue_id, since=now))
        if row.connected_at is not None:
            stays[-1].close(QueueOutcome.ANSWERED, now)
        elif row.closed_at is not None:
            gone = QueueOutcome.ABANDONED if row.abandoned else QueueOutcome.MOVED
            stays[-1].close(gone, now)

    def in_queue(self, queue_id: UUID, now: float) -> list[QueueCall]:
        """All stays in a queue; who waits still has waited until now."""
        return [
            QueueCall(stay.outcome, (now if stay.until is None else stay.until) - stay.since)
            for stays in self.of.values()
            for stay in stays
            if stay.queue_id == queue_id
        ]
