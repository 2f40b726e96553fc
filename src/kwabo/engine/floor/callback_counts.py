"""Callbacks as live views count them: told when they change, so that a desktop looks again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from kwabo.domain.reporting.live_views import View, callbacks_live
from kwabo.engine.floor import agents
from kwabo.engine.floor.state import Floor
from kwabo.ports.floor_rows import CallbackTallies, CallbackTally

COUNT_EVERY_SECONDS = 5.0
MISSED_SHOWN = timedelta(days=7)
_NONE = CallbackTally()


def counted(floor: Floor, tallies: CallbackTallies) -> None:
    """Tell the agents whose own have changed; campaigns' counts are told with the others."""
    before, floor.callbacks = floor.callbacks, tallies
    for agent in floor.agents.values():
        if of(before, agent.user_id) != of(tallies, agent.user_id):
            agents.touch(floor, agent, "agent.callbacks_changed")


def of(tallies: CallbackTallies, user_id: UUID) -> CallbackTally:
    """An agent's own."""
    return tallies.of_agents.get(user_id, _NONE)


def view(tally: CallbackTally | None) -> View:
    """What live views show."""
    tally = tally or _NONE
    return callbacks_live(
        waiting=tally.open, due=tally.due, missed=tally.missed, next_due_at=tally.next_due_at
    )
