"""Agents who are asked whether they take a caller: the desk rings until one of both decides.

Whom they are asked for is a caller who waits, or the record of one who has kept the place.

The caller stays in the queue meanwhile, with music and announcements, and is offered to nobody
else; the agent is held for that caller alone. Whoever is not taken waits on as before, with the
place and the ageing kept, and comes first for the next agent. What a new owner of the floor needs
is in the rows: the agent's status, since when, and the attempt.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.routing.alerts import AlertOutcome, RefusalReason
from kwabo.domain.routing.settings import Arrival, QueueSettings
from kwabo.engine.floor import agents, whispers
from kwabo.engine.floor.effects import Play
from kwabo.engine.floor.state import Agent, Call, Floor
from kwabo.kernel.errors import Conflict, Invalid
from kwabo.ports.event_log import NewEvent
from kwabo.ports.floor_changes import AlertEnded

TIMER: Final = "alert"
TONE: Final = "arrival-"  # ids of its playbacks begin so; the attempt's follows
TONE_MEDIA: Final = "sound:beep"
NOT_ANSWERED: Final = "not_answered"  # why an agent is paused, in place of a reason of their own
_DEFAULT = QueueSettings()


def settings_of(floor: Floor, queue_id: UUID | None) -> QueueSettings:
    """What the caller's queue says."""
    return _DEFAULT if queue_id is None else floor.queue_settings.get(queue_id, _DEFAULT)


def queue_of(call: Call) -> UUID | None:
    """In which queue the caller waits, or keeps the place."""
    return call.queue.queue_id if call.queue is not None else call.queue_id


def asks(floor: Floor, call: Call) -> bool:
    """Whether agents are asked before they have this caller; nobody whom we have called and who
    has answered waits for that."""
    if call.queue is None or not call.inbound:
        return False
    return settings_of(floor, call.queue.queue_id).arrival is Arrival.ASKED


def tone(floor: Floor, call: Call, agent: Agent) -> Sequence[Play]:
    """What an agent who is not asked hears before the caller, once they are together."""
    leg, place = agent.live_leg, call.queue
    if not call.inbound or place is None or leg is None:
        return ()
    if not settings_of(floor, place.queue_id).arrival_tone:
        return ()
    playback_id = f"{TONE}{call.attempt_id}"
    return (Play(lane=call.lane, channel_id=leg, media=TONE_MEDIA, playback_id=playback_id),)


def begin(floor: Floor, call: Call, agent: Agent) -> None:
    """Ring at the agent's desk."""
    if call.queue is not None:
        call.queue.alerting = agent.user_id
        floor.calls.changed(call)
    else:
        call.asked_first = True
    agents.change(floor, agent, "alerted")
    floor.agents.hold(agent, call)
    floor.set_timer(TIMER, agent.user_id, float(settings_of(floor, queue_of(call)).alert_seconds))
    _touch(floor, call, "attempt.alerting")


def until(floor: Floor, agent: Agent) -> datetime | None:
    """When the agent is asked no longer; None: is not asked at all."""
    call = alerted_for(floor, agent)
    if call is None:
        return None
    return agent.since + timedelta(seconds=settings_of(floor, queue_of(call)).alert_seconds)


def alerted_for(floor: Floor, agent: Agent) -> Call | None:
    """The caller for whom the agent's desk rings."""
    if agent.status is not AgentStatus.ALERTING:
        return None
    call = floor.call_of(agent)
    if call is None:
        return None
    asked = call.queue.alerting if call.queue is not None else None
    if call.asked_first:
        asked = call.agent_user_id
    return call if asked == agent.user_id else None


def adopt(floor: Floor, call: Call) -> None:
    """The caller is in the queue again under a new owner: an agent who was asked still is."""
    if call.queue is None or not asks(floor, call):
        return
    for agent in floor.agents.values():
        if agent.status is AgentStatus.ALERTING and agent.attempt_id == call.attempt_id:
            call.queue.alerting = agent.user_id
            floor.calls.changed(call)
            go_on(floor, call, agent)
            return


def go_on(floor: Floor, call: Call, agent: Agent) -> None:
    """Let the desk ring for the rest of its time."""
    left = settings_of(floor, queue_of(call)).alert_seconds
    gone = (floor.now - agent.since).total_seconds()
    floor.set_timer(TIMER, agent.user_id, max(0.0, left - gone))


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
    _mine(floor, agent, call)
    _note(floor, call, agent, AlertOutcome.REFUSED, reason)
    _returned(floor, call)[agent.user_id] = floor.mono
    agents.release(floor, agent)
    _touch(floor, call, "attempt.refused")


def over(floor: Floor, agent: Agent) -> Call | None:
    """Nobody has answered in time: no further caller waits for an empty chair. Returns the call;
    None: the desk rings on, or no longer rang."""
    call, at = alerted_for(floor, agent), until(floor, agent)
    if call is None or at is None:
        return None
    left = (at - floor.now).total_seconds()
    if left > 0:
        floor.set_timer(TIMER, agent.user_id, left)  # of an alert that came after the timer's own
        return None
    _note(floor, call, agent, AlertOutcome.NOT_ANSWERED)
    _returned(floor, call)
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
    return call


def withdraw(floor: Floor, call: Call) -> None:
    """The caller waits no longer: the desk rings no more, and the agent was idle all the time."""
    whispers.withdraw(floor, call)
    asked = call.queue.alerting if call.queue is not None else None
    if call.asked_first:
        asked = call.agent_user_id
    agent = floor.agents.get(asked) if asked is not None else None
    if agent is None or alerted_for(floor, agent) is not call:
        return
    idle_since = agent.ready_since
    _note(floor, call, agent, AlertOutcome.CALLER_LEFT)
    agents.release(floor, agent)
    agent.ready_since = idle_since


def agent_lost(floor: Floor, agent: Agent) -> None:
    """Leg or browser is gone while the desk rings: the caller waits for another agent."""
    whispers.agent_lost(floor, agent)
    call = alerted_for(floor, agent)
    if call is None:
        return
    _note(floor, call, agent, AlertOutcome.AGENT_LOST)
    _returned(floor, call)
    if call.queue is not None:  # a record goes back with its attempt, which the agent still holds
        floor.agents.hold(agent, None)
    _touch(floor, call, "attempt.not_answered")


def _returned(floor: Floor, call: Call) -> dict[UUID, float]:
    """The caller comes first for the next agent. Returns who has refused, and when."""
    if call.queue is not None:
        call.queue.returned = True
        return call.queue.refused
    if call.callback_id is None:
        return {}
    return floor.places_returned.setdefault(call.callback_id, {})


def _mine(floor: Floor, agent: Agent, call: Call) -> None:
    if alerted_for(floor, agent) is not call:
        raise Conflict(
            "ALERT_OVER",
            "This caller is not, or no longer, waiting for your answer.",
            details={"status": agent.status},
        )


def _note(floor: Floor, call: Call, agent: Agent, outcome: AlertOutcome, reason: str = "") -> None:
    """Write how it ended; the caller is free for others."""
    queue_id = queue_of(call)
    assert queue_id is not None
    call.asked_first = False
    if call.queue is not None:
        call.queue.alerting = None
        floor.calls.changed(call)
    floor.out.write(
        AlertEnded(
            alert_id=floor.ids.new(),
            attempt_id=call.attempt_id,
            queue_id=queue_id,
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
