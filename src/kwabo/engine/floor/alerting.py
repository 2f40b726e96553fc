"""Agents who are asked whether they take a caller: the desk rings until one of both decides.

The caller stays in the queue meanwhile, with music and announcements, and is offered to nobody
else; the agent is held for that caller alone. Whoever is not taken waits on as before, with the
place and the ageing kept, and comes first for the next agent. What a new owner of the floor needs
is in the rows: the agent's status, since when, and the attempt.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.routing.alerts import AlertOutcome, RefusalReason
from kwabo.domain.routing.settings import Arrival, QueueSettings
from kwabo.engine.floor import agents
from kwabo.engine.floor.effects import Play
from kwabo.engine.floor.state import Agent, Call, Floor, Waiting
from kwabo.kernel.errors import Conflict, Invalid
from kwabo.ports.event_log import NewEvent
from kwabo.ports.floor_changes import AlertEnded

TIMER: Final = "alert"
TONE: Final = "arrival-"  # ids of its playbacks begin so; the attempt's follows
TONE_MEDIA: Final = "sound:beep"
NOT_ANSWERED: Final = "not_answered"  # why an agent is paused, in place of a reason of their own
_DEFAULT = QueueSettings()


def settings_of(floor: Floor, place: Waiting) -> QueueSettings:
    """What the caller's queue says."""
    return floor.queue_settings.get(place.queue_id, _DEFAULT)


def asks(floor: Floor, call: Call) -> bool:
    """Whether agents are asked before they have this caller; our own calls never wait for that."""
    place = call.queue
    return call.inbound and place is not None and settings_of(floor, place).arrival is Arrival.ASKED


def tone(floor: Floor, call: Call, agent: Agent) -> Sequence[Play]:
    """What an agent who is not asked hears before the caller, once they are together."""
    leg, place = agent.live_leg, call.queue
    if not call.inbound or place is None or leg is None:
        return ()
    if not settings_of(floor, place).arrival_tone:
        return ()
    playback_id = f"{TONE}{call.attempt_id}"
    return (Play(lane=call.lane, channel_id=leg, media=TONE_MEDIA, playback_id=playback_id),)


def begin(floor: Floor, call: Call, agent: Agent) -> None:
    """Ring at the agent's desk."""
    place = call.queue
    if place is None:
        return
    place.alerting = agent.user_id
    floor.calls.changed(call)
    agents.change(floor, agent, "alerted")
    floor.agents.hold(agent, call.attempt_id)
    floor.set_timer(TIMER, agent.user_id, float(settings_of(floor, place).alert_seconds))
    _touch(floor, call, "attempt.alerting")


def until(floor: Floor, agent: Agent) -> datetime | None:
    """When the agent is asked no longer; None: is not asked at all."""
    call = alerted_for(floor, agent)
    if call is None or call.queue is None:
        return None
    return agent.since + timedelta(seconds=settings_of(floor, call.queue).alert_seconds)


def alerted_for(floor: Floor, agent: Agent) -> Call | None:
    """The caller for whom the agent's desk rings."""
    if agent.status is not AgentStatus.ALERTING:
        return None
    call = floor.call_of(agent)
    if call is None or call.queue is None or call.queue.alerting != agent.user_id:
        return None
    return call


def adopt(floor: Floor, call: Call) -> None:
    """The caller is in the queue again under a new owner: an agent who was asked still is."""
    if call.queue is None or not asks(floor, call):
        return
    for agent in floor.agents.values():
        if agent.status is AgentStatus.ALERTING and agent.attempt_id == call.attempt_id:
            call.queue.alerting = agent.user_id
            floor.calls.changed(call)
            left = settings_of(floor, call.queue).alert_seconds
            gone = (floor.now - agent.since).total_seconds()
            floor.set_timer(TIMER, agent.user_id, max(0.0, left - gone))
            return


# ── How it ends ──────────────────────────────────────────────────────────────────────────────────


def taken(floor: Floor, agent: Agent, call: Call) -> None:
    """The agent has the caller. Raises Conflict when the desk rings for this one no longer."""
    _mine(floor, agent, call)
    _note(floor, call, agent, AlertOutcome.TAKEN)


def refused(floor: Floor, agent: Agent, call: Call, reason: str) -> None:
    """The agent does not take the caller. Raises as `taken`, and Invalid for an unknown reason."""
    if reason and reason not in set(RefusalReason):
        known = ", ".join(RefusalReason)
        raise Invalid("REFUSAL_REASON", f"A reason is one of {known}, or none.", field="reason")
    place = _mine(floor, agent, call)
    place.refused[agent.user_id] = floor.mono
    _note(floor, call, agent, AlertOutcome.REFUSED, reason)
    place.returned = True
    agents.release(floor, agent)
    _touch(floor, call, "attempt.refused")


def over(floor: Floor, agent: Agent) -> None:
    """Nobody has answered in time: no further caller waits for an empty chair."""
    call, at = alerted_for(floor, agent), until(floor, agent)
    if call is None or call.queue is None or at is None:
        return
    left = (at - floor.now).total_seconds()
    if left > 0:
        floor.set_timer(TIMER, agent.user_id, left)  # of an alert that came after the timer's own
        return
    _note(floor, call, agent, AlertOutcome.NOT_ANSWERED)
    call.queue.returned = True
    floor.agents.hold(agent, None)
    agent.pause_after = False
    agents.change(floor, agent, "not_answered")
    agent.pause_reason_id, agent.pause_cause = None, NOT_ANSWERED
    floor.out.write(
        NewEvent(
            code="AGENT_NOT_ANSWERED",
            subject_kind="user",
            subject_id=str(agent.user_id),
            subject_name=agent.display_name,
            at=floor.now,
            repeats=str(agent.user_id),
        )
    )
    _touch(floor, call, "attempt.not_answered")


def withdraw(floor: Floor, call: Call) -> None:
    """The caller waits no longer: the desk rings no more, and the agent was idle all the time."""
    place = call.queue
    agent = floor.agents.get(place.alerting) if place is not None and place.alerting else None
    if agent is None or alerted_for(floor, agent) is not call:
        return
    idle_since = agent.ready_since
    _note(floor, call, agent, AlertOutcome.CALLER_LEFT)
    agents.release(floor, agent)
    agent.ready_since = idle_since


def agent_lost(floor: Floor, agent: Agent) -> None:
    """Leg or browser is gone while the desk rings: the caller waits for another agent."""
    call = alerted_for(floor, agent)
    if call is None or call.queue is None:
        return
    _note(floor, call, agent, AlertOutcome.AGENT_LOST)
    call.queue.returned = True
    floor.agents.hold(agent, None)
    _touch(floor, call, "attempt.not_answered")


def _mine(floor: Floor, agent: Agent, call: Call) -> Waiting:
    if alerted_for(floor, agent) is not call or call.queue is None:
        raise Conflict(
            "ALERT_OVER",
            "This caller is not, or no longer, waiting for your answer.",
            details={"status": agent.status},
        )
    return call.queue


def _note(floor: Floor, call: Call, agent: Agent, outcome: AlertOutcome, reason: str = "") -> None:
    """Write how it ended; the caller is free for others."""
    assert call.queue is not None
    call.queue.alerting = None
    floor.calls.changed(call)
    floor.out.write(
        AlertEnded(
            alert_id=floor.ids.new(),
            attempt_id=call.attempt_id,
            queue_id=call.queue.queue_id,
            user_id=agent.user_id,
            alerted_at=agent.since,
            ended_at=floor.now,
            outcome=str(outcome),
            reason=reason,
        )
    )


def _touch(floor: Floor, call: Call, kind: str) -> None:
    call.changed = floor.mono
    floor.out.touch("attempt", call.attempt_id, kind)
