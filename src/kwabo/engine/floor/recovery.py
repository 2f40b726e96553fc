"""Comparing what the floor believes with what the switch holds.

Done when an engine takes the floor, when the switch's events come back after a gap, when an
effect's fate is uncertain, and now and then without a reason. Conversations that are still up are
left untouched; what is gone is closed with an honest result; what belongs to nothing is hung up.

What changed within `SETTLED_SECONDS` before the snapshot was asked for is not judged by it: the
switch may not have done yet what was asked of it. It is looked at again a moment later.
"""

from __future__ import annotations

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.interactions.attempt import ON_A_LINE, AttemptState, Result
from kwabo.engine.floor import (
    agents,
    alerting,
    arrivals,
    call_closing,
    calls,
    conversation,
    flow_runs,
    legs,
    responses,
    whispers,
)
from kwabo.engine.floor.effects import CreateBridge, DestroyBridge, SetMuted
from kwabo.engine.floor.state import Agent, Call, Consult, Floor
from kwabo.ports.switch import BridgeKind, ChannelAlive, ChannelState, SwitchSnapshot

SETTLED_SECONDS = 0.9
LOOK_AGAIN_SECONDS = 1.0


def reconcile(floor: Floor, snapshot: SwitchSnapshot, taken: float) -> None:
    """Adopt what is alive, close what is gone, hang up what is nobody's.

    `taken`: steady clock, when the snapshot was asked for.
    """
    settled = taken - SETTLED_SECONDS
    floor.out.do(
        CreateBridge(lane="floor", bridge_id=floor.parking_bridge_id, kind=BridgeKind.HOLDING)
    )
    if not floor.reconciled:
        arrivals.expect(floor)
    for agent in list(floor.agents.values()):
        if agent.status is not AgentStatus.SIGNED_OUT:
            _leg(floor, agent, snapshot, settled)
    for call in _by_answer(floor):
        _call(floor, call, snapshot, settled)
    for agent in list(floor.agents.values()):
        _duty(floor, agent)
    _leftovers(floor, snapshot)
    floor.reconciled = True
    recordings, floor.early_recordings = floor.early_recordings, []
    for one in recordings:
        flow_runs.recorded(floor, one.recording_name, one.seconds, one.path)


def _by_answer(floor: Floor) -> list[Call]:
    """Live calls; those who answered first are served first."""
    return sorted(floor.live_calls(), key=lambda c: (c.answered_at or floor.now, c.attempt_id))


def _look_again(floor: Floor) -> None:
    floor.set_timer("reconcile", None, LOOK_AGAIN_SECONDS)


# ── Agents ───────────────────────────────────────────────────────────────────────────────────────


def _leg(floor: Floor, agent: Agent, snapshot: SwitchSnapshot, settled: float) -> None:
    if agent.leg_kind == "webrtc" and not floor.reconciled:
        floor.out.do(agents.put_endpoint(floor, agent))
    if agent.old_leg_channel_id and agent.old_leg_channel_id not in snapshot.channels:
        legs.leg_ended(floor, agent, agent.old_leg_channel_id)
    channel = snapshot.channels.get(agent.leg_channel_id or "")
    if channel is not None:
        _leg_alive(floor, agent, channel)
    elif agent.leg_state == "calling" and agent.leg_called >= settled:
        _look_again(floor)
    else:
        _leg_gone(floor, agent, snapshot)


def _leg_gone(floor: Floor, agent: Agent, snapshot: SwitchSnapshot) -> None:
    if agent.leg_channel_id is not None:
        if agent.old_leg_channel_id is None:
            agent.leg_state = "up"  # as far as is known it was: its end has the same consequences
        legs.leg_ended(floor, agent, agent.leg_channel_id)
    reachable = agent.leg_kind == "address" or agent.endpoint in snapshot.reachable_endpoints
    if reachable and agent.leg_state == "none":
        agents.call_leg(floor, agent)


def _leg_alive(floor: Floor, agent: Agent, channel: ChannelAlive) -> None:
    if channel.state is not ChannelState.UP or not channel.in_application:
        if agent.leg_state != "calling":
            agent.leg_state = "calling"
            agents.touch(floor, agent, "agent.leg_changed")
        return
    if agent.old_leg_channel_id is not None and agent.leg_state != "up":
        legs.leg_up(floor, agent)  # nobody told that it was answered: the older one is let go
    elif agent.leg_state != "up":
        agent.leg_state = "up"
        if agent.status is AgentStatus.CONNECTING:
            agents.change(floor, agent, "leg_up")
        agents.touch(floor, agent, "agent.leg_changed")
    call = floor.call_of(agent)
    if not floor.reconciled:  # whether an earlier owner had it muted is not known
        muted = call is not None and call.muted and call.agent_user_id == agent.user_id
        # In the call's lane: what follows for its mute is asked for there.
        lane = call.lane if call is not None else agent.lane
        floor.out.do(SetMuted(lane=lane, channel_id=channel.channel_id, muted=muted))
    parked = channel.bridge_id == floor.parking_bridge_id
    left = call is None or call.closed or agent.status is AgentStatus.AFTER_CALL
    if left and not parked:
        agents.park(floor, agent)
    legs.look_for(floor, agent)


def _duty(floor: Floor, agent: Agent) -> None:
    """Free an agent who is held for a call that is not theirs any more (a lost consultation)."""
    if agent.status not in agents.HELD or alerting.alerted_for(floor, agent) is not None:
        return
    if whispers.heard_by(floor, agent) is not None:
        return
    call = floor.call_of(agent)
    consulted = call is not None and call.consult and call.consult.user_id == agent.user_id
    if call is None or call.closed or (call.agent_user_id != agent.user_id and not consulted):
        agents.let_go(floor, agent)


# ── Calls ────────────────────────────────────────────────────────────────────────────────────────


def _call(floor: Floor, call: Call, snapshot: SwitchSnapshot, settled: float) -> None:
    if call.state not in ON_A_LINE or call.asking:
        return
    if call.asked >= settled:
        _look_again(floor)
        return
    channel = snapshot.channels.get(call.channel_id)
    if channel is None:
        responses.vanished(call)
        flow_runs.gone(floor, call)
        gone = call.ends_as if call.answered_at is not None else Result.UNKNOWN
        call_closing.close(floor, call, gone, hung_up_by="customer" if call.answered_at else None)
    elif call.state is AttemptState.ARRIVED:
        arrivals.adopt(floor, call, channel.state is ChannelState.UP)
    elif channel.state is not ChannelState.UP or not channel.in_application:
        if channel.state is ChannelState.RINGING:
            calls.ringing(floor, call)
    elif call.state in (AttemptState.DIALLING, AttemptState.RINGING):
        responses.answered(floor, call, None)
    elif call.changed >= settled:
        _look_again(floor)
    else:
        _conversation(floor, call, snapshot)


def _conversation(floor: Floor, call: Call, snapshot: SwitchSnapshot) -> None:
    """An answered call that is up: leave it alone when customer and agent are together."""
    members = snapshot.bridges.get(call.bridge_id, frozenset())
    agent = floor.agent_of(call)
    call.bridged = call.bridge_id in snapshot.bridges
    if call.transferred_to is not None:
        _transferred(floor, call, snapshot, members)
    elif call.consult is not None:
        _third(floor, call, snapshot)
    elif call.flow is not None and call.flow.under_way:
        if not floor.reconciled:
            # One in place of the message: its key counts, and its begin is proof.
            call.apologising = call.abandoned and call.connected_at is None
            flow_runs.adopt(floor, call, snapshot.recordings)
    elif responses.adopt(floor, call):
        return
    elif call.apologising:
        if not floor.reconciled:
            calls.play_message(floor, call)
    elif call.agent_lost or call.held or call.waiting_since is not None or call.queue is not None:
        return
    elif agent is not None and agent.live_leg in members and call.channel_id in members:
        calls.connected(floor, call)
    elif call.abandoned and call.connected_at is None:
        calls.apologise(floor, call)  # the last owner had begun to, or was about to
    else:
        call.music = True  # it may play, by a hold or a consultation that nobody remembers
        if agent is not None and not agent.leg_up and agent.status in _WAITED_FOR:
            agents.mark_lost(floor, agent)
            calls.wait_for_agent(floor, call)
        else:
            calls.connect(floor, call)


_WAITED_FOR = frozenset({AgentStatus.ON_CALL, AgentStatus.LOST})


def _transferred(
    floor: Floor, call: Call, snapshot: SwitchSnapshot, members: frozenset[str]
) -> None:
    """The agent has left the customer to a third party."""
    if call.consult is not None:
        _third(floor, call, snapshot)
        return
    others = sorted(members - {call.channel_id})
    if call.channel_id in members and others:  # made by an earlier owner of the floor
        call.consult = Consult(
            channel_id=others[0], label=call.transferred_to or "", connected=True, blind=True
        )
        floor.calls.changed(call)
        calls.touch(floor, call)
    else:
        call.music = True
        conversation.take_back(floor, call)


def _third(floor: Floor, call: Call, snapshot: SwitchSnapshot) -> None:
    consult = call.consult
    if consult is None or consult.user_id is not None:
        return
    channel = snapshot.channels.get(consult.channel_id)
    if channel is None:
        conversation.third_ended(floor, call)
    elif channel.state is ChannelState.UP and channel.in_application and not consult.connected:
        conversation.third_answered(floor, call)


# ── What is nobody's ─────────────────────────────────────────────────────────────────────────────


def _leftovers(floor: Floor, snapshot: SwitchSnapshot) -> None:
    live = floor.live_calls()
    ours = {agent.leg_channel_id for agent in floor.agents.values()}
    ours |= {agent.old_leg_channel_id for agent in floor.agents.values()}
    ours |= {call.channel_id for call in live}
    ours |= {call.consult.channel_id for call in live if call.consult}
    for channel_id, channel in snapshot.channels.items():
        if channel_id in ours:
            continue
        if channel.inbound and channel.state is not ChannelState.UP:
            floor.arrivals.append(arrivals.of_snapshot(channel))
        else:
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
