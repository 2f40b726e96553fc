"""The course of one call: dialled, ringing, answered, connected to its agent, ended, wrapped up."""

from __future__ import annotations

from typing import cast

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.compliance.abandon_message import DEFAULT_CONFIRMATION
from kwabo.domain.interactions.attempt import (
    MACHINE,
    AttemptState,
)
from kwabo.engine.floor import (
    agents,
    ending,
    experience,
    queue_music,
    skilled,
)
from kwabo.engine.floor.effects import (
    CreateBridge,
    DestroyBridge,
    Dial,
    HangUp,
    Join,
    Leave,
    Play,
    StartMusic,
    StopMusic,
)
from kwabo.engine.floor.flow_run import Beginning
from kwabo.engine.floor.state import Agent, Call, Floor, Waiting
from kwabo.ports.switch import CallNumber, Originate

AFTER_A_LOST_AGENT = 1000  # priority in the queue
APOLOGY = "apology-"  # ids of its playbacks begin so; the attempt's follows
OPTED_OUT = "opted-out-"  # of the confirmation likewise
APOLOGY_LIMIT_SECONDS = 15.0  # hung up then even when the end of the message is never told
TIMER_SLACK_SECONDS = 0.01
APOLOGY_FLOW_LIMIT_SECONDS = 120.0  # of a flow in place of the message; its own come before
# Before the last moment: a tick may be late (0.25 s), a step and the switch take time, and a
# recording may begin with silence (0.2 s in the French one).
MESSAGE_LEAD_SECONDS = 0.7


def move(floor: Floor, call: Call, event: str, kind: str) -> bool:
    """Apply an event of the attempt machine; False when it has no meaning any more."""
    moved = _advance(floor, call, event)
    if moved:
        touch(floor, call, kind)
    return moved


def _advance(floor: Floor, call: Call, event: str) -> bool:
    """The same, with nothing written."""
    following = MACHINE.after(call.state, event)
    if following is None:
        return False
    call.state = cast("AttemptState", following)  # as the table has it
    floor.calls.changed(call)
    return True


def touch(floor: Floor, call: Call, kind: str = "attempt.changed") -> None:
    """Have the attempt written and told."""
    call.changed = floor.mono
    floor.out.touch("attempt", call.attempt_id, kind)


def claimed(floor: Floor, call: Call) -> None:
    """Have the attempt told, as the claim has written it."""
    call.changed = floor.mono
    if floor.tells:
        floor.out.tell("attempt", call.attempt_id, "attempt.dialling")


def keep(floor: Floor, call: Call) -> None:
    """Have the attempt written; nothing that live views show has changed."""
    call.changed = floor.mono
    floor.out.keep("attempt", call.attempt_id)


# ── Dialling ─────────────────────────────────────────────────────────────────────────────────────


def dial(floor: Floor, call: Call) -> None:
    """Ask the switch for an attempt that is written as `dialling`."""
    campaign = floor.campaigns[call.campaign_id]
    trunk = floor.trunks[call.trunk_id]
    trunk.start(floor.mono)
    headers = {trunk.row.attempt_header: str(call.attempt_id)} if trunk.row.attempt_header else {}
    call.asking = True
    call.asked = floor.mono
    floor.out.do(
        Dial(
            lane=call.lane,
            tell=True,
            call=Originate(
                channel_id=call.channel_id,
                to=CallNumber(number=call.number, trunk_endpoint=trunk.row.endpoint),
                caller_id=call.caller_id,
                caller_name=campaign.row.caller_name,
                timeout_seconds=campaign.row.no_answer_timeout_seconds,
                call_analysis=ending.analysis_of(campaign.row),
                early_media_seconds=trunk.row.early_media_seconds,
                early_media_kept=trunk.row.early_media_keep_days > 0,
                headers=headers,
            ),
        )
    )


def ringing(floor: Floor, call: Call) -> None:
    """The far end is being alerted. Where nobody follows that, the call's next change writes it."""
    if _advance(floor, call, "ringing"):
        call.ringing_at = floor.now
        call.changed = floor.mono
        if floor.tells:
            touch(floor, call, "attempt.ringing")


def connect(floor: Floor, call: Call) -> None:
    """Bring an answered call to its agent, or to another available one; else it waits a moment."""
    if call.apologising or call.waiting_since is not None:
        return
    agent = floor.agent_of(call)
    if agent is not None and agent.leg_up and agent.status in _CAN_JOIN:
        join_agent(floor, call, agent)
        return
    call.waiting_since = floor.mono
    floor.calls.changed(call)
    serve_waiting(floor)  # whoever answered before comes first
    if call.waiting_since is None:
        return
    waited = 0.0
    if call.connected_at is None and call.answered_at is not None:
        waited = (floor.now - call.answered_at).total_seconds()
    floor.set_timer("unserved", call.attempt_id, max(0.0, patience(floor) - waited))
    touch(floor, call, "attempt.waiting")


def patience(floor: Floor) -> float:
    """Seconds for which an answered person waits for an agent until the message is due."""
    return max(0.0, floor.settings.connect_within_seconds - MESSAGE_LEAD_SECONDS)


def serve_waiting(floor: Floor) -> None:
    """Agents who became free take answered people, those who waited longest first."""
    waiting = floor.calls.unqueued.values()
    for call in sorted(waiting, key=lambda one: (one.answered_at or floor.now, one.attempt_id)):
        agent = _substitute(floor, call)
        if agent is not None:
            join_agent(floor, call, agent)


def unserved(floor: Floor, call: Call) -> None:
    """No agent became free in time."""
    if call.waiting_since is not None and not call.closed:
        apologise(floor, call)


_CAN_JOIN = frozenset(
    {AgentStatus.RESERVED, AgentStatus.ON_CALL, AgentStatus.READY, AgentStatus.LOST}
)


def join_agent(floor: Floor, call: Call, agent: Agent) -> None:
    """Put the customer and the agent's leg into the call's bridge."""
    if agent.status is not AgentStatus.ON_CALL:
        agents.change(floor, agent, "joined_call")
    floor.agents.hold(agent, call)
    agent.after_call_until = None
    agent.after_call_since = None
    agents.touch(floor, agent)
    call.agent_user_id = agent.user_id
    call.transferred_to = None
    call.waiting_since = None
    call.queue = None
    floor.calls.changed(call)
    call.agent_lost = False
    call.held = False
    call.bridged = True
    stop_music(floor, call)
    leg = agent.live_leg or ""
    floor.out.do(
        CreateBridge(lane=call.lane, bridge_id=call.bridge_id),
        Join(lane=call.lane, bridge_id=call.bridge_id, channel_id=call.channel_id),
        Join(lane=call.lane, bridge_id=call.bridge_id, channel_id=leg, tell=True),
    )
    touch(floor, call, "attempt.agent_joined")


def connected(floor: Floor, call: Call) -> None:
    """Customer and agent hear each other."""
    if call.state is AttemptState.ANSWERED:
        call.connected_at = floor.now
        call.connected_mono = floor.mono
        move(floor, call, "connected", "attempt.connected")


def _substitute(floor: Floor, call: Call) -> Agent | None:
    """Another available agent of the campaign's queue, when the call's own is not there."""
    campaign = floor.campaigns.get(call.campaign_id)
    queue_id = call.analysis.queue_id or (campaign.row.queue_id if campaign else None)
    free = agents.available(floor, queue_id) if campaign is not None else []
    if not free:
        return None
    previous = floor.agent_of(call)
    if previous is not None:
        agents.let_go(floor, previous)
    return skilled.first(call, free)


def apologise(floor: Floor, call: Call) -> None:
    """Nobody can take an answered call: say so, then hang up. It counts as abandoned."""
    if call.apologising:
        return
    call.apologising = True
    call.waiting_since = None
    floor.calls.changed(call)
    if call.connected_at is None:
        abandon(floor, call)
    if call.consult is not None:
        end_consult(floor, call)
    stop_music(floor, call)
    if call.bridged:
        floor.out.do(Leave(lane=call.lane, bridge_id=call.bridge_id, channel_id=call.channel_id))
    floor.set_timer("apology", call.attempt_id, play_message(floor, call))
    touch(floor, call, "attempt.abandoned")


def play_message(floor: Floor, call: Call) -> float:
    """The message for people whom no agent can take; again when its end may have been missed.

    The campaign may have a flow in its place. Returns the seconds after which the call is over.
    """
    if call.opted_out_at is not None:
        confirm_opt_out(floor, call)  # this much the person has heard
        return APOLOGY_LIMIT_SECONDS
    campaign = floor.campaigns.get(call.campaign_id)
    flow_id = campaign.row.abandon_flow_id if campaign is not None else None
    if flow_id is None or call.flow is not None:
        say_message(floor, call)
        return APOLOGY_LIMIT_SECONDS
    floor.beginnings.append(Beginning(attempt_id=call.attempt_id, flow_id=str(flow_id)))
    return APOLOGY_FLOW_LIMIT_SECONDS


def say_message(floor: Floor, call: Call) -> None:
    """See `play_message`; never a flow."""
    campaign = floor.campaigns.get(call.campaign_id)
    own = campaign.row.message_media if campaign is not None else ""
    call.message_playback = f"{APOLOGY}{call.attempt_id}"
    if call.message_started_at is not None:
        call.message_playback += "-again"
    floor.out.do(
        Play(
            lane=call.lane,
            channel_id=call.channel_id,
            media=own or floor.settings.apology_media,
            playback_id=call.message_playback,
            tell=True,
        )
    )


def confirm_opt_out(floor: Floor, call: Call) -> None:
    """A short word that the objection was taken; the call ends behind it."""
    campaign = floor.campaigns.get(call.campaign_id)
    media = campaign.row.confirmation_media if campaign is not None else ""
    floor.out.do(
        Play(
            lane=call.lane,
            channel_id=call.channel_id,
            media=media or DEFAULT_CONFIRMATION,
            playback_id=f"{OPTED_OUT}{call.attempt_id}",
        )
    )
    floor.set_timer("apology", call.attempt_id, APOLOGY_LIMIT_SECONDS)


def abandon(floor: Floor, call: Call) -> None:
    """A person has answered and no agent came."""
    if call.abandoned:
        return
    call.abandoned = True
    if not call.inbound:  # pacing learns from our own calls alone
        experience.abandoned(floor, call)


def message_started(floor: Floor, call: Call, media: str) -> None:
    """The message for people whom no agent can take plays: kept as proof."""
    if not call.closed and call.message_started_at is None:
        call.message_media = media
        call.message_started_at = floor.now
        touch(floor, call, "attempt.message_started")


def music(floor: Floor, call: Call) -> None:
    """Let the customer hear music instead of the agent."""
    call.music = True
    floor.out.do(
        Leave(lane=call.lane, bridge_id=call.bridge_id, channel_id=call.channel_id),
        StartMusic(lane=call.lane, channel_id=call.channel_id),
    )


def stop_music(floor: Floor, call: Call) -> None:
    """The customer will hear somebody, or a message."""
    if call.music:
        call.music = False
        floor.out.do(StopMusic(lane=call.lane, channel_id=call.channel_id))


def wait_for_agent(floor: Floor, call: Call) -> None:
    """The agent's leg is gone in the middle of a conversation: music, and a time to come back."""
    if call.agent_lost or call.apologising:
        return
    if call.connected_at is None:
        _never_met(floor, call)
        return
    if call.consult is not None:
        end_consult(floor, call)
    call.agent_lost = True
    call.agent_lost_at = floor.mono
    call.held = False
    call.muted = False  # it was the lost leg that was muted
    music(floor, call)
    floor.set_timer("agent_grace", call.attempt_id, floor.settings.agent_grace_seconds)
    touch(floor, call, "attempt.agent_lost")


def _never_met(floor: Floor, call: Call) -> None:
    """The agent was gone before they met: the person has waited since the answer for anybody.

    Whoever waited in a queue waits there again, before all others.
    """
    if call.inbound and call.queue_id is not None:
        music(floor, call)
        _wait_again(floor, call)
        return
    agent = floor.agent_of(call)
    call.agent_user_id = None
    touch(floor, call)  # whoever waits already is left as it is by what follows
    if agent is not None:
        agents.let_go(floor, agent)
    connect(floor, call)


def grace_over(floor: Floor, call: Call) -> None:
    """The agent did not come back: another available one, else the apology."""
    if call.closed or not call.agent_lost or call.apologising:
        return
    left = call.agent_lost_at + floor.settings.agent_grace_seconds - floor.mono
    if left > TIMER_SLACK_SECONDS:
        floor.set_timer("agent_grace", call.attempt_id, left)  # came back and was lost again
        return
    give_up_waiting(floor, call)


def give_up_waiting(floor: Floor, call: Call) -> None:
    """The lost agent is waited for no longer."""
    substitute = _substitute(floor, call)
    if substitute is not None:
        join_agent(floor, call, substitute)
    elif call.inbound or call.queue_id is not None:
        _wait_again(floor, call)
    else:
        apologise(floor, call)


def _wait_again(floor: Floor, call: Call) -> None:
    """A caller who has lost their agent waits before all who have not been served yet."""
    agent = floor.agent_of(call)
    call.agent_user_id = None
    call.agent_lost = False
    if agent is not None:
        agents.let_go(floor, agent)
    begun = (call.arrived_at or call.answered_at or floor.now) - floor.now
    call.waiting_since = floor.mono
    call.queue = Waiting(
        queue_id=call.queue_id or floor.campaigns[call.campaign_id].row.queue_id,
        since=floor.mono + begun.total_seconds(),
        entered=floor.mono,
        priority=AFTER_A_LOST_AGENT,
    )
    queue_music.begin(floor, call)
    floor.calls.changed(call)
    touch(floor, call, "attempt.queued")


def end_consult(floor: Floor, call: Call) -> None:
    """Let the third party go; an agent among them becomes free again."""
    consult = call.consult
    if consult is None:
        return
    call.consult = None
    floor.calls.changed(call)
    if consult.user_id is None:
        floor.out.do(HangUp(lane=call.lane, channel_id=consult.channel_id))
    else:
        other = floor.agents.get(consult.user_id)
        if other is not None and other.attempt_id == call.attempt_id:
            if other.status is AgentStatus.ON_CALL:
                agents.release(floor, other)
            else:
                floor.agents.hold(other, None)
                agents.touch(floor, other)
            agents.park(floor, other)
    floor.out.do(DestroyBridge(lane=call.lane, bridge_id=call.consult_bridge_id))
    touch(floor, call)
