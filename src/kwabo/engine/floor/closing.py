"""Callers who still wait when their queue closes: asks the hours now and then, without waiting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from kwabo.domain.flows.inputs import CLOSED, OPEN
from kwabo.domain.routing.settings import AtClosing
from kwabo.engine.floor import flow_runs
from kwabo.engine.floor.state import Floor

ASK_EVERY_SECONDS: Final = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupHours:
    """What a schedule group says now; state '' when nobody knows."""

    schedule_group_id: UUID
    state: str


def watch(floor: Floor) -> None:
    """Ask about the hours of those queues whose callers would leave at their end."""
    if not floor.calls.queues:
        return
    groups = {_leaves_with(floor, queue_id) for queue_id in floor.calls.queues}
    for group_id in sorted(group_id for group_id in groups if group_id is not None):
        if floor.hours_ask_at.get(group_id, floor.mono) > floor.mono:
            continue
        floor.hours_ask_at[group_id] = floor.mono + ASK_EVERY_SECONDS
        floor.hours_wanted.append(group_id)


def told(floor: Floor, hours: GroupHours) -> None:
    """Whoever waits in a queue that is closed leaves it. Hours that nobody knows are open."""
    if hours.state in ("", OPEN):
        return
    closing = [
        queue_id
        for queue_id in floor.calls.queues
        if _leaves_with(floor, queue_id) == hours.schedule_group_id
    ]
    for queue_id in closing:
        for call in list(floor.calls.queues.get(queue_id, {}).values()):
            flow_runs.leave_queue(floor, call, CLOSED)


def _leaves_with(floor: Floor, queue_id: UUID) -> UUID | None:
    """The schedule group at whose end its callers leave; None: whoever waits is served."""
    settings = floor.queue_settings.get(queue_id)
    if settings is None or settings.at_closing is AtClosing.STAY:
        return None
    return settings.schedule_group_id
