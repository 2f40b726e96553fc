"""A prompt of the queue that the agent alone hears before the caller: which queue, which language.

The caller waits on meanwhile, with music, and is offered to nobody else; the agent is held for that
caller. Nothing of it is kept in rows: a new owner of the floor finds the caller waiting and the
agent held for nobody, frees the agent, and whispers anew to whoever takes the caller.
"""

from __future__ import annotations

from typing import Final

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.flows.actions import Say
from kwabo.domain.flows.parts import PromptPart
from kwabo.domain.routing.settings import QueueSettings
from kwabo.domain.routing.skills import language_of
from kwabo.engine.floor import agents
from kwabo.engine.floor.effects import Play, StopPlaying
from kwabo.engine.floor.flow_run import MediaReady, Question
from kwabo.engine.floor.state import Agent, Call, Floor

WHISPER: Final = "whisper-"  # ids of its playbacks begin so; the attempt's and a number follow
TIMER: Final = "whisper"
LIMIT_SECONDS: Final = 15.0  # agent and caller are joined then even when nobody tells of the end
MILLISECONDS: Final = 1000
_SLACK_SECONDS: Final = 0.1  # of the timer
_DEFAULT = QueueSettings()


def wanted(floor: Floor, call: Call, agent: Agent) -> bool:
    """Whether the caller's queue says anything to the agent before the caller."""
    return bool(_prompt(floor, call)) and agent.live_leg is not None


def begin(floor: Floor, call: Call, agent: Agent) -> None:
    """Hold the agent, and have the prompt found in the agent's language."""
    place = call.queue
    if place is None:
        return
    place.alerting = agent.user_id
    place.whisper = f"{WHISPER}{call.attempt_id}-{int(floor.mono * MILLISECONDS)}"
    floor.calls.changed(call)
    agents.change(floor, agent, "reserved")
    floor.agents.hold(agent, call)
    values = {"queue": floor.queue_names.get(place.queue_id, ""), "language": call.language}
    say = Say(
        playback=place.whisper,
        parts=(PromptPart(key=_prompt(floor, call), values=values),),
        language=language(agent) or call.language,
    )
    floor.questions.append(Question(attempt_id=call.attempt_id, action=say))
    floor.set_timer(TIMER, agent.user_id, LIMIT_SECONDS)
    call.changed = floor.mono
    floor.out.touch("attempt", call.attempt_id, "attempt.whispering")


def language(agent: Agent) -> str:
    """The language that the agent speaks best; '': nobody has said. Of equals the first by code."""
    spoken = [
        (-level, code)
        for skill, level in agent.skills.items()
        if (code := language_of(skill)) is not None
    ]
    return min(spoken)[1] if spoken else ""


def play(floor: Floor, call: Call, ready: MediaReady) -> bool:
    """Play what was found to the agent. False: there is nothing to be heard."""
    agent = of(floor, call)
    if call.queue is None or call.queue.whisper != ready.playback or agent is None:
        return True  # of an agent who is gone
    if not ready.media or agent.live_leg is None:
        return False
    floor.out.do(
        Play(
            lane=call.lane,
            channel_id=agent.live_leg,
            media=ready.media,
            playback_id=ready.playback,
            tell=True,
        )
    )
    return True


def of(floor: Floor, call: Call) -> Agent | None:
    """The agent who hears the whisper before this caller."""
    place = call.queue
    if place is None or not place.whisper or place.alerting is None:
        return None
    agent = floor.agents.get(place.alerting)
    return agent if agent is not None and agent.status is AgentStatus.RESERVED else None


def heard_by(floor: Floor, agent: Agent) -> Call | None:
    """The caller before whom the agent hears a whisper."""
    call = floor.call_of(agent)
    return call if call is not None and of(floor, call) is agent else None


def call_of(floor: Floor, playback_id: str) -> Call | None:
    """The caller before whom this is heard."""
    for call in floor.calls.waiting.values():
        if call.queue is not None and call.queue.whisper == playback_id:
            return call
    return None


def overdue(floor: Floor, agent: Agent) -> Call | None:
    """The caller whose agent has been whispered to for as long as may be."""
    call = heard_by(floor, agent)
    if call is None or call.queue is None:
        return None
    begun = int(call.queue.whisper.rpartition("-")[2]) / MILLISECONDS
    return call if floor.mono - begun >= LIMIT_SECONDS - _SLACK_SECONDS else None


def end(floor: Floor, call: Call) -> Agent | None:
    """The whisper is over. Returns the agent, who is still held."""
    agent, place = of(floor, call), call.queue
    if agent is None or place is None:
        return None
    floor.out.do(StopPlaying(lane=call.lane, playback_id=place.whisper))
    place.whisper, place.alerting = "", None
    floor.calls.changed(call)
    return agent


def withdraw(floor: Floor, call: Call) -> None:
    """The caller waits no longer: the agent is free, and was idle all the time."""
    agent = end(floor, call)
    if agent is None:
        return
    idle_since = agent.ready_since
    agents.release(floor, agent)
    agent.ready_since = idle_since


def agent_lost(floor: Floor, agent: Agent) -> None:
    """Leg or browser is gone meanwhile: the caller comes first for another agent."""
    call = heard_by(floor, agent)
    if call is None or call.queue is None:
        return
    end(floor, call)
    call.queue.returned = True
    floor.agents.hold(agent, None)
    call.changed = floor.mono
    floor.out.touch("attempt", call.attempt_id, "attempt.not_answered")


def _prompt(floor: Floor, call: Call) -> str:
    if not call.inbound or call.queue is None:
        return ""
    return floor.queue_settings.get(call.queue.queue_id, _DEFAULT).whisper_prompt
