"""What happens when an agent's leg answers, ends, or cannot be called."""

from __future__ import annotations

import math

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.interactions.attempt import UNANSWERED
from kwabo.engine.floor import agents, alerting, call_closing, calls
from kwabo.engine.floor.effects import CreateBridge, HangUp, Join
from kwabo.engine.floor.state import Agent, Call, Floor


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
    agents.touch(floor, agent, "agent.leg_changed")
    call = floor.call_of(agent)
    if call is not None and not call.closed and agent.status is AgentStatus.ON_CALL:
        _back_in_call(floor, agent, call)
        return
    agents.park(floor, agent)
    look_for(floor, agent)


def _back_in_call(floor: Floor, agent: Agent, call: Call) -> None:
    """A newer leg takes the place of the one in the conversation."""
    leg = agent.live_leg or ""
    consult = call.consult
    if consult is not None and consult.user_id == agent.user_id:
        consult.channel_id = leg
    if consult is not None and consult.connected:
        floor.out.do(
            Join(lane=call.lane, bridge_id=call.consult_bridge_id, channel_id=leg, tell=True)
        )
    elif call.agent_user_id == agent.user_id and not call.held:
        calls.join_agent(floor, call, agent)
    else:
        floor.out.do(
            CreateBridge(lane=call.lane, bridge_id=call.bridge_id),
            Join(lane=call.lane, bridge_id=call.bridge_id, channel_id=leg),
        )


def look_for(floor: Floor, agent: Agent) -> None:
    """Take a lost agent back whose leg and browser are there."""
    if agent.status is not AgentStatus.LOST or agents.desktop_gone(floor, agent):
        return
    if agent.leg_state == "up":
        found(floor, agent)


def found(floor: Floor, agent: Agent) -> None:
    """A lost agent is back: to the call, to its wrap-up, or to what was before."""
    call = floor.call_of(agent)
    if call is None:
        agents.found_free(floor, agent)
    elif call.closed or call.transferred_to is not None:
        agents.change(floor, agent, "found_after_call")
    elif not call.apologising:  # else the agent waits until the message is over
        calls.join_agent(floor, call, agent)


def leg_ended(floor: Floor, agent: Agent, channel_id: str | None) -> None:
    """A leg is gone or was not answered; the agent is lost when no other one serves."""
    if channel_id == agent.old_leg_channel_id and channel_id != agent.leg_channel_id:
        agent.old_leg_channel_id = None
        lose(floor, agent)
        return
    was_up = agent.leg_state == "up"
    if not was_up and agent.old_leg_channel_id is not None:
        agent.leg_state = "up"  # the newer one was not answered: the older serves on
        agent.leg_channel_id = agent.old_leg_channel_id
        agent.old_leg_channel_id = None
        agents.touch(floor, agent, "agent.leg_changed")
        return
    agent.leg_state = "none"
    agent.leg_channel_id = None
    if agent.leg_kind == "address" and agent.status is not AgentStatus.SIGNED_OUT:
        floor.set_timer("leg_retry", agent.user_id, agents.LEG_RETRY_SECONDS)
    agents.touch(floor, agent, "agent.leg_changed")
    if was_up:
        lose(floor, agent)


def lose(floor: Floor, agent: Agent) -> None:
    """Leg or browser gone: cancel what nobody answered, keep the customer of a conversation."""
    alerting.agent_lost(floor, agent)
    call = floor.call_of(agent)
    if call is not None and not call.closed:
        if call.state in UNANSWERED:
            was_ready = not agent.pause_after
            call_closing.cancel(floor, call)
            agents.mark_lost(floor, agent)
            agent.resume_ready = was_ready
            return
        if call.consult is not None and call.consult.user_id == agent.user_id:
            calls.end_consult(floor, call)
        elif call.agent_user_id == agent.user_id and call.transferred_to is None:
            agents.mark_lost(floor, agent)
            calls.wait_for_agent(floor, call)
            return
    agents.mark_lost(floor, agent)


def watch_desktops(floor: Floor) -> None:
    """A browser that has gone silent: nothing is offered to it; a conversation is left alone."""
    if math.isfinite(floor.settings.desktop_lost_after_seconds):
        for agent in list(floor.agents.values()):
            if agent.status in _OFFERABLE and agents.desktop_gone(floor, agent):
                lose(floor, agent)
    for agent in list(floor.agents.lost.values()):
        look_for(floor, agent)


_OFFERABLE = frozenset(
    {
        AgentStatus.READY,
        AgentStatus.RESERVED,
        AgentStatus.PREVIEWING,
        AgentStatus.ALERTING,
        AgentStatus.PAUSED,
    }
)
