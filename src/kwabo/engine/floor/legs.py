"""What happens when an agent's leg answers, ends, or cannot be called."""

from __future__ import annotations

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.interactions.attempt import UNANSWERED
from kwabo.engine.floor import agents, calls
from kwabo.engine.floor.effects import HangUp
from kwabo.engine.floor.state import Agent, Floor


def leg_up(floor: Floor, agent: Agent) -> None:
    """The leg answered: park it, or bring it back to the call that waits for it."""
    agent.leg_state = "up"
    if agent.old_leg_channel_id is not None:
        floor.out.do(HangUp(lane=agent.lane, channel_id=agent.old_leg_channel_id))
        agent.old_leg_channel_id = None
    if agent.status is AgentStatus.SIGNED_OUT:
        floor.out.do(HangUp(lane=agent.lane, channel_id=agent.leg_channel_id or ""))
        return
    if agent.status is AgentStatus.CONNECTING:
        agents.change(floor, agent, "leg_up")
    call = floor.call_of(agent)
    if call is not None and not call.closed and agent.status in _BACK_IN_CALL:
        calls.join_agent(floor, call, agent)
        return
    agents.park(floor, agent)
    if agent.status is AgentStatus.LOST and not agents.desktop_gone(floor, agent):
        found(floor, agent)
    agents.touch(floor, agent, "agent.leg_changed")


_BACK_IN_CALL = frozenset({AgentStatus.ON_CALL, AgentStatus.LOST})


def found(floor: Floor, agent: Agent) -> None:
    """A lost agent is back: to the call, to its wrap-up, or to what was before."""
    call = floor.call_of(agent)
    if call is not None and not call.closed:
        calls.join_agent(floor, call, agent)
    elif call is not None:
        agents.change(floor, agent, "found_after_call")
    elif agent.resume_ready:
        agents.change(floor, agent, "found_free")
    else:
        agents.change(floor, agent, "found_paused")


def leg_ended(floor: Floor, agent: Agent) -> None:
    """The leg is gone or was not answered."""
    was_up = agent.leg_state == "up"
    agent.leg_state = "none"
    agent.leg_channel_id = None
    agent.old_leg_channel_id = None
    if agent.leg_kind == "address" and agent.status is not AgentStatus.SIGNED_OUT:
        floor.set_timer("leg_retry", agent.user_id, agents.LEG_RETRY_SECONDS)
    if was_up:
        lose(floor, agent)
    else:
        agents.touch(floor, agent, "agent.leg_changed")


def lose(floor: Floor, agent: Agent) -> None:
    """Leg or browser gone: cancel what nobody answered, keep the customer of a conversation."""
    call = floor.call_of(agent)
    if call is not None and not call.closed:
        if call.state in UNANSWERED:
            was_ready = not agent.pause_after
            calls.cancel(floor, call)
            agents.mark_lost(floor, agent)
            agent.resume_ready = was_ready
            return
        if call.agent_user_id == agent.user_id and not (call.consult and call.consult.blind):
            agents.mark_lost(floor, agent)
            calls.wait_for_agent(floor, call)
            return
        if call.consult is not None and call.consult.user_id == agent.user_id:
            calls.end_consult(floor, call)
    agents.mark_lost(floor, agent)


def watch_desktop(floor: Floor, agent: Agent) -> None:
    """A browser that has gone silent: nothing is offered to it; a conversation is left alone."""
    if agent.status in _OFFERABLE and agents.desktop_gone(floor, agent):
        lose(floor, agent)


_OFFERABLE = frozenset(
    {AgentStatus.READY, AgentStatus.RESERVED, AgentStatus.PREVIEWING, AgentStatus.PAUSED}
)
