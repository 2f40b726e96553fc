"""Comparing what the floor believes with what the switch holds.

Done when an engine takes the floor, when the switch's events come back after a gap, and when an
effect's fate is uncertain. Conversations that are still up are left untouched; what is gone is closed with an
honest result; what belongs to nothing is hung up.
"""

from __future__ import annotations

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.interactions.attempt import ON_A_LINE, AttemptState, Result
from kwabo.engine.floor import agents, calls, conversation, legs
from kwabo.engine.floor.effects import CreateBridge, DestroyBridge
from kwabo.engine.floor.state import Agent, Call, Floor
from kwabo.ports.switch import BridgeKind, ChannelState, SwitchSnapshot


def reconcile(floor: Floor, snapshot: SwitchSnapshot, taken: float) -> None:
    """Adopt what is alive, close what is gone, hang up what is nobody's.

    `taken`: steady clock, when the snapshot was asked for. What was asked of the switch after it is
    not judged by it.
    """
    floor.out.do(
        CreateBridge(lane="floor", bridge_id=floor.parking_bridge_id, kind=BridgeKind.HOLDING)
    )
    for agent in list(floor.agents.values()):
        _leg(floor, agent, snapshot, taken)
    for call in floor.live_calls():
        _call(floor, call, snapshot, taken)
    _leftovers(floor, snapshot)
    floor.reconciled = True


def _leg(floor: Floor, agent: Agent, snapshot: SwitchSnapshot, taken: float) -> None:
    if agent.status is AgentStatus.SIGNED_OUT:
        return
    if agent.leg_kind == "webrtc":
        floor.out.do(agents.put_endpoint(floor, agent))
    channel = snapshot.channels.get(agent.leg_channel_id or "")
    if channel is None and agent.leg_state == "calling" and agent.leg_called >= taken:
        return
    if channel is None:
        if agent.leg_state == "up" or agent.leg_channel_id is not None:
            agent.leg_state = "up"  # it was, as far as is known: its end has the same consequences
            legs.leg_ended(floor, agent)
        if agent.leg_kind == "address" and agent.leg_channel_id is None:
            agents.call_leg(floor, agent)
        elif agent.endpoint in snapshot.reachable_endpoints and agent.leg_channel_id is None:
            agents.call_leg(floor, agent)
        return
    if channel.state is ChannelState.UP and channel.in_application:
        if agent.leg_state != "up":
            agent.leg_state = "up"
            if agent.status is AgentStatus.CONNECTING:
                agents.change(floor, agent, "leg_up")
        if channel.bridge_id is None and floor.call_of(agent) is None:
            agents.park(floor, agent)
        if agent.status is AgentStatus.LOST and not agents.desktop_gone(floor, agent):
            call = floor.call_of(agent)
            if call is None or call.closed:
                legs.found(floor, agent)
    else:
        agent.leg_state = "calling"
    agents.touch(floor, agent, "agent.leg_changed")


def _call(floor: Floor, call: Call, snapshot: SwitchSnapshot, taken: float) -> None:
    if call.state not in ON_A_LINE or call.asking or call.asked >= taken:
        return
    channel = snapshot.channels.get(call.channel_id)
    if channel is None:
        if call.answered_at is not None:
            calls.close(floor, call, Result.PERSON)
        else:
            calls.close(floor, call, Result.UNKNOWN)
        return
    if channel.state is not ChannelState.UP or not channel.in_application:
        if channel.state is ChannelState.RINGING:
            calls.ringing(floor, call)
        return
    if call.state in (AttemptState.DIALLING, AttemptState.RINGING):
        calls.answered(floor, call, None)
        return
    _conversation(floor, call, snapshot)


def _conversation(floor: Floor, call: Call, snapshot: SwitchSnapshot) -> None:
    """An answered call that is up: leave it alone when customer and agent are together."""
    members = snapshot.bridges.get(call.bridge_id, frozenset())
    agent = floor.agent_of(call)
    call.bridged = call.bridge_id in snapshot.bridges
    together = agent is not None and agent.leg_channel_id in members and call.channel_id in members
    if together:
        call.agent_lost = False
        calls.connected(floor, call)
        return
    if call.apologising or call.agent_lost or call.held or call.consult is not None:
        return
    if call.transferred_to is not None:
        if len(members) < 2:
            calls.hang_up(floor, call, "system")
        return
    calls.connect(floor, call)


def _leftovers(floor: Floor, snapshot: SwitchSnapshot) -> None:
    ours = {agent.leg_channel_id for agent in floor.agents.values()}
    ours |= {agent.old_leg_channel_id for agent in floor.agents.values()}
    live = floor.live_calls()
    ours |= {call.channel_id for call in live}
    ours |= {call.consult.channel_id for call in live if call.consult}
    transferred = {call.bridge_id for call in live if call.transferred_to is not None}
    for channel_id, channel in snapshot.channels.items():
        if channel_id not in ours and channel.bridge_id not in transferred:
            conversation.hang_up_leftovers(floor, channel_id)
    bridges = {floor.parking_bridge_id}
    bridges |= {call.bridge_id for call in live} | {call.consult_bridge_id for call in live}
    for bridge_id in snapshot.bridges:
        if bridge_id not in bridges:
            floor.out.do(DestroyBridge(lane=f"bridge:{bridge_id}", bridge_id=bridge_id))


def switch_lost(floor: Floor) -> None:
    """Events do not flow: nothing is dialled until a new snapshot has been compared."""
    floor.switch_ready = False
    floor.reconciled = False
