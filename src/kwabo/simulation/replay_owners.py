"""What a change of the floor's owner does to people who wait, on a day that is played again.

A new owner does not know who waits for whom since when: until it has compared the floor with the
switch it sees after nobody, then every wait begins anew (see `kwabo.engine.floor.recovery`). The
replay has the same owner all day, which is made to forget the same.
"""

from __future__ import annotations

from uuid import UUID

from kwabo.domain.agents.status import AgentStatus
from kwabo.engine.floor import calls
from kwabo.engine.floor.state import Floor


def forget_waits(floor: Floor) -> None:
    """What only the last owner's memory knew of answered calls is lost."""
    for call in floor.live_calls():
        call.agent_lost = False
        call.waiting_since = None
        if call.connected_at is not None:
            call.apologising = False
        floor.calls.changed(call)


def take_up(floor: Floor, attempt_id: UUID) -> None:
    """The owner has found the call on the switch, and its person without an agent."""
    call = floor.calls.get(attempt_id)
    if call is None or call.closed or call.answered_at is None:
        return
    agent = floor.agent_of(call)
    if call.connected_at is None:
        calls.connect(floor, call)
    elif agent is not None and agent.status is AgentStatus.LOST:
        calls.wait_for_agent(floor, call)
