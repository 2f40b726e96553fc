"""Events of the switch and fates of effects: which part of the floor each one concerns."""

from __future__ import annotations

import structlog

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.flows.inputs import CONNECTED, TransferEnded
from kwabo.domain.interactions.attempt import Result
from kwabo.engine.floor import (
    agents,
    arrivals,
    call_closing,
    calls,
    conversation,
    experience,
    flow_runs,
    legs,
    opt_out,
    recovery,
    responses,
    whispers,
)
from kwabo.engine.floor.effects import (
    AnswerChannel,
    Dial,
    EffectDone,
    EffectFailed,
    Join,
    Play,
    RecordChannel,
)
from kwabo.engine.floor.flow_run import SOUNDS
from kwabo.engine.floor.state import Agent, Call, Floor
from kwabo.ports.switch import (
    AgentEndpointChanged,
    ChannelAnswered,
    ChannelArrived,
    ChannelDigit,
    ChannelEnded,
    ChannelPickedUp,
    ChannelRinging,
    ChannelSpeech,
    PlaybackEnded,
    RecordingEnded,
    SwitchConnected,
    SwitchEvent,
    SwitchLost,
    SwitchRefused,
)

log = structlog.get_logger(__name__)

RECONCILE_SOON_SECONDS = 1.0
_ID_LENGTH = 36  # characters of an attempt's id


def happened(floor: Floor, event: SwitchEvent) -> None:
    """Take an event of the switch. Unknown channels are nobody's and are hung up when answered."""
    match event:
        case ChannelRinging() | ChannelPickedUp() | ChannelSpeech():
            _heard(floor, event)
        case ChannelAnswered():
            _answered(floor, event)
        case ChannelArrived():
            floor.arrivals.append(event)
        case RecordingEnded():
            _recorded(floor, event)
        case ChannelEnded():
            _ended(floor, event)
        case ChannelDigit():
            _pressed(floor, event)
        case PlaybackEnded():
            _played(floor, event.playback_id)
        case AgentEndpointChanged():
            _endpoint(floor, event)
        case SwitchConnected():
            floor.snapshot_wanted = True
        case SwitchLost():
            recovery.switch_lost(floor)
        case _:
            pass


def is_echo(floor: Floor, event: object) -> bool:
    """Whether it only tells that a call is gone which the floor itself has ended."""
    if type(event) is not ChannelEnded:
        return False
    call = call_by_channel(floor, event.channel_id)
    return call is not None and call.closed


def _recorded(floor: Floor, event: RecordingEnded) -> None:
    """Whose it is, is known once the switch was compared: the caller may be gone by then."""
    if floor.reconciled:
        flow_runs.recorded(floor, event.recording_name, event.seconds, event.path)
    else:
        floor.early_recordings.append(event)


def _heard(floor: Floor, event: ChannelRinging | ChannelPickedUp | ChannelSpeech) -> None:
    """Something of an attempt's far end."""
    call = call_by_channel(floor, event.channel_id)
    if call is None:
        return
    match event:
        case ChannelRinging():
            calls.ringing(floor, call)
        case ChannelPickedUp():
            experience.picked_up(floor, call)
        case ChannelSpeech():
            responses.speech(floor, call, event)


def call_by_channel(floor: Floor, channel_id: str) -> Call | None:
    """The attempt whose customer channel this is."""
    return floor.calls.by_channel.get(channel_id)


def _consult_of(floor: Floor, channel_id: str) -> Call | None:
    if not channel_id.startswith("consult-"):
        return None
    for call in floor.live_calls():
        if call.consult is not None and call.consult.channel_id == channel_id:
            return call
    return None


def _answered(floor: Floor, event: ChannelAnswered) -> None:
    channel_id = event.channel_id
    call = call_by_channel(floor, channel_id)
    if call is not None and not call.closed:
        if call.inbound:
            arrivals.answered(floor, call)
        else:
            responses.answered(floor, call, event)
        return
    agent = floor.agent_by_leg(channel_id)
    if agent is not None:
        if agent.leg_state != "up" and channel_id == agent.leg_channel_id:
            legs.leg_up(floor, agent)
        return
    consulting = _consult_of(floor, channel_id)
    if consulting is not None:
        flow_runs.tell(floor, consulting, TransferEnded(reason=CONNECTED))
        conversation.third_answered(floor, consulting)
        return
    conversation.hang_up_leftovers(floor, channel_id)


def _ended(floor: Floor, event: ChannelEnded) -> None:
    channel_id = event.channel_id
    call = call_by_channel(floor, channel_id)
    if call is not None:
        flow_runs.gone(floor, call)
        call_closing.ended(floor, call, event)
        return
    agent = floor.agent_by_leg(channel_id)
    if agent is not None:
        log.info(
            "an agent's leg has ended, unasked",
            agent=str(agent.user_id),
            was=agent.leg_state,
            channel=channel_id,
            cause=event.cause,
            sip_code=event.sip_code,
        )
        legs.leg_ended(floor, agent, channel_id)
        return
    consulting = _consult_of(floor, channel_id)
    if consulting is not None:
        _third_ended(floor, consulting)


def _third_ended(floor: Floor, call: Call) -> None:
    """A third party is gone; a flow that has called one goes on when nobody answered."""
    flows = call.flow is not None and call.flow.under_way
    conversation.third_ended(floor, call)
    if flows and not call.closed:
        flow_runs.tell(floor, call, TransferEnded(reason="no_answer"))


def _pressed(floor: Floor, event: ChannelDigit) -> None:
    call = call_by_channel(floor, event.channel_id)
    if call is None:
        return
    if opt_out.asked(floor, call, event.digit):
        flow_runs.cut_short(floor, call)  # of a flow in place of the message: the key is the law's
        opt_out.pressed(floor, call, event.digit)
    else:
        flow_runs.pressed(floor, call, event.digit)


def _played(floor: Floor, playback_id: str) -> None:
    if playback_id.startswith(SOUNDS):
        flow_runs.played(floor, playback_id)
        return
    if playback_id.startswith(whispers.WHISPER):
        _whispered(floor, playback_id)
        return
    if playback_id.startswith(responses.MESSAGE):
        call = call_by_channel(floor, playback_id.removeprefix(responses.MESSAGE)[:_ID_LENGTH])
        if call is not None:
            responses.played(floor, call)
        return
    for prefix, ends in ((calls.APOLOGY, False), (calls.OPTED_OUT, True)):
        if not playback_id.startswith(prefix):
            continue
        call = call_by_channel(floor, playback_id.removeprefix(prefix)[:_ID_LENGTH])
        if call is None or not call.apologising or call.closed:
            return
        # A message that a key has cut short is followed by the confirmation.
        if ends or call.opted_out_at is None:
            call_closing.close(floor, call, Result.PERSON, hung_up_by="system")


def _whispered(floor: Floor, playback_id: str) -> None:
    call = whispers.call_of(floor, playback_id)
    if call is not None:
        flow_runs.whisper_over(floor, call)


def _endpoint(floor: Floor, event: AgentEndpointChanged) -> None:
    for agent in floor.agents.values():
        wanted = agent.leg_kind == "webrtc" and agent.status != "signed_out"
        if wanted and agent.endpoint == event.endpoint and event.reachable:
            if agent.leg_state == "none":
                agents.call_leg(floor, agent)
            return


# ── Fates of effects ─────────────────────────────────────────────────────────────────────────────


def done(floor: Floor, fate: EffectDone) -> None:
    """An effect that was to be told has been done."""
    effect = fate.effect
    if isinstance(effect, Dial):
        call = call_by_channel(floor, effect.call.channel_id)
        if call is not None:
            call.asking = False
    elif isinstance(effect, Join):
        _joined(floor, effect)
    elif isinstance(effect, Play):
        call = call_by_channel(floor, effect.channel_id)
        if call is not None and isinstance(effect.media, str):
            calls.message_started(floor, call, effect.media)
        elif call is not None and flow_runs.in_place_of_message(call):
            calls.message_started(floor, call, flow_runs.in_place_of_message(call))


def _joined(floor: Floor, effect: Join) -> None:
    agent = floor.agent_by_leg(effect.channel_id)
    call = floor.call_of(agent) if agent is not None else None
    if agent is None:
        return
    left = call is None or call.closed or agent.status is AgentStatus.AFTER_CALL
    if left and effect.bridge_id != floor.parking_bridge_id:
        agents.park(floor, agent)  # parking after the call was overtaken by joining it
    if call is None or call.closed:
        return
    if effect.bridge_id == call.bridge_id:
        calls.connected(floor, call)
    elif floor.agent_of(call) is agent and agent.status is AgentStatus.ON_CALL:
        if call.held or call.apologising or call.consult is not None:
            return
        # Parking after the last call was overtaken by joining this one: lanes are independent.
        calls.join_agent(floor, call, agent)


def failed(floor: Floor, fate: EffectFailed) -> None:
    """An effect was refused, or nobody knows: act on what is certain, compare what is not."""
    effect = fate.effect
    certain = isinstance(fate.error, SwitchRefused) and fate.error.code != "CHANNEL_EXISTS"
    if isinstance(effect, Dial):
        _dial_failed(floor, effect, fate.error.code, certain)
    elif isinstance(effect, Play) and certain:
        _played(floor, effect.playback_id)
    elif isinstance(effect, AnswerChannel) and certain:
        gone = call_by_channel(floor, effect.channel_id)
        if gone is not None:
            arrivals.not_answered(floor, gone)
    elif isinstance(effect, RecordChannel) and certain:
        flow_runs.recorded(floor, effect.recording, 0.0, None)
    if not (certain and isinstance(effect, Dial)):
        floor.set_timer("reconcile", None, RECONCILE_SOON_SECONDS)


def _dial_failed(floor: Floor, effect: Dial, code: str, certain: bool) -> None:
    channel_id = effect.call.channel_id
    call = call_by_channel(floor, channel_id)
    if call is not None:
        call.asking = False
        if certain:
            call_closing.close(floor, call, _RESULTS.get(code, Result.FAILED))
        return
    if not certain:
        return
    agent: Agent | None = floor.agent_by_leg(channel_id)
    if agent is not None:
        if code == "ENDPOINT_UNKNOWN" and agent.leg_kind == "webrtc":
            floor.out.do(agents.put_endpoint(floor, agent))  # nobody knows that it was not put
        legs.leg_ended(floor, agent, channel_id)
        return
    consulting = _consult_of(floor, channel_id)
    if consulting is not None:
        _third_ended(floor, consulting)


_RESULTS = {"BAD_NUMBER": Result.INVALID, "FLOOR_NOT_HELD": Result.CANCELLED}
