"""What follows when an agent was asked: for a caller who waits, and for one who kept the place.

Where a queue asks its agents, and shows them the records of kept places before the caller is
called, the desk rings for such a record too. The attempt is made before, so all rules agree when
it rings. Taken, the record is shown; not taken, the attempt is taken back, and the place waits on
and comes first for the next agent.
"""

from __future__ import annotations

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.interactions.attempt import AttemptState
from kwabo.domain.routing.settings import Arrival
from kwabo.engine.floor import agents, alerting, call_closing, flow_runs, previews
from kwabo.engine.floor.state import Agent, Call, Floor
from kwabo.kernel.errors import Conflict


def asks(floor: Floor, call: Call) -> bool:
    """Whether the agent is asked before the record of a kept place is shown."""
    if call.place is None or call.state is not AttemptState.OFFERED:
        return False
    return alerting.settings_of(floor, call.place.queue_id).arrival is Arrival.ASKED


def refuse_before_the_answer(call: Call) -> None:
    """Raises Conflict while the agent is still asked: the record is not theirs yet."""
    if call.asked_first:
        raise Conflict("ATTEMPT_STATE", "Take or refuse the caller first.")


def resumed(floor: Floor, call: Call) -> bool:
    """Whether an earlier owner of the floor had begun to ask; the desk rings on then."""
    agent = floor.agent_of(call)
    if agent is None or agent.status is not AgentStatus.ALERTING:
        return False
    if agent.attempt_id != call.attempt_id:
        return False
    call.asked_first = True
    alerting.go_on(floor, call, agent)
    return True


def take(floor: Floor, agent: Agent, call: Call) -> None:
    """The agent who was asked takes the caller. Raises Conflict when it is too late."""
    if call.state is not AttemptState.OFFERED:
        flow_runs.take(floor, agent, call)
        return
    alerting.taken(floor, agent, call)
    agents.change(floor, agent, "offered")
    previews.offer(floor, floor.campaigns[call.campaign_id], call)


def refuse(floor: Floor, agent: Agent, call: Call, reason: str) -> None:
    """The agent does not. Raises Conflict when it is too late, Invalid for an unknown reason."""
    alerting.refused(floor, agent, call, reason)
    _goes_back(floor, call)


def over(floor: Floor, agent: Agent) -> None:
    """The time to answer has run out."""
    call = alerting.over(floor, agent)
    if call is not None:
        _goes_back(floor, call)


def _goes_back(floor: Floor, call: Call) -> None:
    if call.state is AttemptState.OFFERED:
        call_closing.cancel(floor, call)
