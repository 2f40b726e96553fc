"""What is done with a call that somebody or something has answered: its campaign's response set.

A person goes to an agent or to a flow; a machine may hear a message, be hung up on, or go to a flow
or to an agent as a person does. A message belongs to the attempt: how far it came is written with
it, so that a new owner of the floor goes on with a call whose message plays, and never plays it
twice.
"""

from __future__ import annotations

from typing import Final

from kwabo.domain.call_analysis.greeting import NOTHING_SAID_SECONDS, Greeting
from kwabo.domain.call_analysis.response_set import Reaction, ReactionType
from kwabo.domain.call_analysis.results import of_answer
from kwabo.domain.interactions.attempt import AttemptState, Result
from kwabo.engine.floor import agentless, agents, call_closing, called_flows, calls, experience
from kwabo.engine.floor.effects import DetectSpeech, IgnoreSpeech, Play
from kwabo.engine.floor.state import Call, Floor
from kwabo.kernel.records import changed
from kwabo.ports.switch import CallAnalysis, ChannelAnswered, ChannelSpeech

MESSAGE: Final = "message-"  # ids of its playbacks begin so; the attempt's follows
LATE_SECONDS = 5.0  # hung up so long after a message should have ended, if its end is never told
LOOK_SECONDS = 0.5  # how often it is asked whether time has ended a greeting


def answered(floor: Floor, call: Call, heard: ChannelAnswered | None) -> None:
    """Somebody or something answered. `heard` None: what call analysis said is not known."""
    if call.state not in (AttemptState.DIALLING, AttemptState.RINGING):
        return
    call.answered_at = floor.now
    campaign = floor.campaigns[call.campaign_id]
    _note(floor, call, heard)
    if heard is None or not campaign.row.call_analysis:
        reaction = agentless.instead(campaign.row, call, Reaction(type=ReactionType.QUEUE))
    else:
        reaction = campaign.row.response_set.reaction(of_answer(heard.analysis))
        reaction = agentless.instead(campaign.row, call, reaction)
        call.analysis = changed(call.analysis, reaction=str(reaction.type))
    calls.move(floor, call, "answered", "attempt.answered")
    if reaction.type is ReactionType.QUEUE:
        _to_an_agent(floor, call, reaction)
    elif _speaks(reaction):
        _message(floor, call, reaction)
    else:
        _hang_up(floor, call)


def _speaks(reaction: Reaction) -> bool:
    """Whether the other side hears a message or a flow."""
    if reaction.type is ReactionType.FLOW:
        return reaction.flow_id is not None
    return reaction.type is ReactionType.PLAY_FILE and bool(reaction.media)


def _note(floor: Floor, call: Call, heard: ChannelAnswered | None) -> None:
    """What was found out, and by what."""
    if heard is None or heard.analysis is None:
        return
    listened = None if call.picked_up is None else round(floor.mono - call.picked_up, 2)
    call.analysis = changed(
        call.analysis,
        result=heard.analysis,
        engine=CallAnalysis().engine,
        terms=heard.analysis_terms or None,
        cause=heard.analysis_cause or None,
        seconds=listened,
    )


# ── Agents ───────────────────────────────────────────────────────────────────────────────────────


def _to_an_agent(floor: Floor, call: Call, reaction: Reaction) -> None:
    """As a person; the agent who was held for it is let go when others are to have it."""
    if reaction.queue_id is not None:
        call.analysis = changed(call.analysis, queue_id=reaction.queue_id)
        agent = floor.agent_of(call)
        if agent is not None and reaction.queue_id not in agent.queue_ids:
            call.agent_user_id = None
            calls.touch(floor, call)
            agents.let_go(floor, agent)
    experience.answered(floor, call)
    calls.connect(floor, call)


def _hang_up(floor: Floor, call: Call) -> None:
    result = call.ends_as
    if result is Result.PERSON:
        experience.answered(floor, call)  # nobody knows that it was none
    call_closing.close(floor, call, result, hung_up_by="system")


# ── Messages ─────────────────────────────────────────────────────────────────────────────────────


def _message(floor: Floor, call: Call, reaction: Reaction) -> None:
    """A message or a flow: at once, or when the other side has fallen silent."""
    if call.ends_as is Result.PERSON:
        experience.answered(floor, call)
    agent = floor.agent_of(call)
    call.agent_user_id = None
    call.analysis = changed(
        call.analysis, prompt_id=reaction.prompt_id, message_seconds=reaction.media_seconds
    )
    if agent is not None:
        agents.let_go(floor, agent)
    _begin(floor, call, reaction)
    calls.touch(floor, call)


def _begin(floor: Floor, call: Call, reaction: Reaction) -> None:
    if not reaction.after_greeting:
        _speak(floor, call, reaction)
        return
    beep = floor.campaigns[call.campaign_id].row.response_set.beep_detection
    call.greeting = Greeting(since=floor.now, beep=beep)
    floor.out.do(
        DetectSpeech(
            lane=call.lane,
            channel_id=call.channel_id,
            silence_seconds=call.greeting.silence_seconds,
        )
    )
    floor.set_timer("greeting", call.attempt_id, NOTHING_SAID_SECONDS)


def speech(floor: Floor, call: Call, event: ChannelSpeech) -> None:
    """The other side began to speak, or fell silent."""
    if call.greeting is None or call.closed:
        return
    call.greeting, over = call.greeting.heard(
        speaking=event.speaking, seconds=event.seconds, at=floor.now
    )
    if over:
        _greeting_over(floor, call)


def _greeting_due(floor: Floor, call: Call) -> None:
    if call.greeting is None or call.closed:
        return
    if call.greeting.over(floor.now):
        _greeting_over(floor, call)
    elif call.greeting.too_long(floor.now):
        call.greeting = None
        call_closing.close(floor, call, call.ends_as, hung_up_by="system")
    else:
        floor.set_timer("greeting", call.attempt_id, LOOK_SECONDS)


def _greeting_over(floor: Floor, call: Call) -> None:
    call.greeting = None
    floor.out.do(IgnoreSpeech(lane=call.lane, channel_id=call.channel_id))
    reaction = _reaction(floor, call)
    if reaction is None:  # the response set has changed meanwhile
        call_closing.close(floor, call, call.ends_as, hung_up_by="system")
    else:
        _speak(floor, call, reaction)


def _speak(floor: Floor, call: Call, reaction: Reaction) -> None:
    if reaction.type is ReactionType.FLOW and reaction.flow_id is not None:
        called_flows.want(floor, call, reaction.flow_id)
    else:
        _play(floor, call, reaction)


def _reaction(floor: Floor, call: Call) -> Reaction | None:
    """What the campaign does with such a call now, if it is still a message, or a flow."""
    row = floor.campaigns[call.campaign_id].row
    reaction = row.response_set.reaction(of_answer(call.analysis.result))
    reaction = agentless.instead(row, call, reaction)
    if call.analysis.reaction == ReactionType.FLOW:
        return reaction if reaction.flow_id is not None else None
    return reaction if reaction.media and reaction.prompt_id == call.analysis.prompt_id else None


def _play(floor: Floor, call: Call, reaction: Reaction) -> None:
    floor.out.do(
        Play(
            lane=call.lane,
            channel_id=call.channel_id,
            media=reaction.media,
            playback_id=f"{MESSAGE}{call.attempt_id}",
            tell=True,
        )
    )
    call.message_asked = True
    floor.set_timer("message", call.attempt_id, reaction.media_seconds + LATE_SECONDS)


def played(floor: Floor, call: Call) -> None:
    """The message has ended, or could not be played."""
    if not call.closed and call.connected_at is None and call.analysis.prompt_id is not None:
        call_closing.close(floor, call, call.ends_as, hung_up_by="system")


def due(floor: Floor, call: Call, kind: str) -> None:
    """A timer of this module has come due."""
    if kind == "greeting":
        _greeting_due(floor, call)
    else:
        played(floor, call)


# ── A floor that changes its owner ───────────────────────────────────────────────────────────────


def adopt(floor: Floor, call: Call) -> bool:
    """Go on with an answered call that was to hear a message, or a flow; False: it is none."""
    if call.analysis.prompt_id is None:
        return _adopt_for_flow(floor, call)
    if call.greeting is not None or call.message_asked:
        return True  # this floor's own
    call.message_asked = True
    reaction = _reaction(floor, call)
    if call.message_started_at is not None:
        # The switch goes on playing without us, and the call is alive: it has heard all so far.
        left = (call.analysis.message_seconds or 0.0) - _heard_seconds(floor, call)
        floor.set_timer("message", call.attempt_id, max(0.0, left))
    elif reaction is None:
        call_closing.close(floor, call, call.ends_as, hung_up_by="system")
    else:
        _begin(floor, call, reaction)
    return True


def _adopt_for_flow(floor: Floor, call: Call) -> bool:
    """A call whose greeting was waited for before its flow began."""
    if call.analysis.reaction != ReactionType.FLOW or call.flow is not None or call.abandoned:
        return False
    if call.greeting is not None:
        return True  # this floor's own
    reaction = _reaction(floor, call)
    if reaction is None:
        call_closing.close(floor, call, call.ends_as, hung_up_by="system")
    else:
        _begin(floor, call, reaction)
    return True


def vanished(call: Call) -> None:
    """The call ended and nobody told when: whether all was heard is not known."""
    call.vanished = True


def _heard_seconds(floor: Floor, call: Call) -> float:
    if call.message_started_at is None:
        return 0.0
    return (floor.now - call.message_started_at).total_seconds()
