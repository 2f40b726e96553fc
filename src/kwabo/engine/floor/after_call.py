"""After-call work as the call's queue wants it; of calls that were in none, as the campaign does.

Whoever goes on without after-call work may still give the outcome for a while where the queue calls
it optional. After that, and where it comes only on request, the system gives it.
"""

from __future__ import annotations

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.routing.settings import AfterCall, QueueSettings
from kwabo.engine.floor import agents, blended
from kwabo.engine.floor.state import Agent, Call, Floor
from kwabo.kernel.errors import Conflict

_LIMITED = frozenset({AfterCall.MANDATORY_TIMEOUT, AfterCall.MANDATORY_FORCED_TIMEOUT})
_NOT_BY_ITSELF = frozenset({AfterCall.OPTIONAL, AfterCall.AGENT_REQUESTED})


def policy(floor: Floor, call: Call) -> QueueSettings | None:
    """What the queue that the call came through says; None: its campaign's limit counts."""
    return floor.queue_settings.get(call.queue_id) if call.queue_id is not None else None


def begin(floor: Floor, call: Call, agent: Agent) -> None:
    """Say until when it lasts; a queue may leave that to the agent."""
    agent.after_call_since = floor.now
    settings = policy(floor, call)
    if settings is None:
        limit = float(floor.campaigns[call.campaign_id].row.after_call_limit_seconds)
    elif settings.after_call in _LIMITED:
        limit = float(settings.after_call_seconds)
    else:
        agent.after_call_until = None
        return
    agent.after_call_until = until = floor.later(limit)
    floor.set_timer("after_call", agent.user_id, limit, until=until)


def passed_over(floor: Floor, call: Call, agent: Agent) -> bool:
    """The agent is free at once: the queue has no after-call work unless it was asked for."""
    settings = policy(floor, call)
    if settings is None or settings.after_call not in _NOT_BY_ITSELF or call.after_call_wanted:
        return False
    if agent.status is not AgentStatus.ON_CALL:
        return False
    optional = settings.after_call is AfterCall.OPTIONAL
    call.outcome_open = True
    if optional:
        floor.open_outcomes[agent.user_id] = call.attempt_id
    seconds = float(settings.after_call_seconds) if optional else 0.0
    floor.set_timer("outcome", call.attempt_id, seconds)
    blended.handled(floor, call)
    agents.release(floor, agent)
    agents.park(floor, agent)
    return True


def ask(floor: Floor, agent: Agent, call: Call | None) -> None:
    """The agent wants after-call work: once the present call has ended, or now for the last one."""
    if call is not None and not call.closed and agent.status is AgentStatus.ON_CALL:
        call.after_call_wanted = True
        agents.touch(floor, agent)
        return
    last = open_outcome(floor, agent)
    if last is None or agent.status is not AgentStatus.READY:
        raise Conflict(
            "AGENT_STATE",
            "There is no call whose outcome you could still give.",
            details={"status": agent.status},
        )
    last.outcome_open = False
    del floor.open_outcomes[agent.user_id]
    agents.change(floor, agent, "after_call_asked")
    floor.agents.hold(agent, last)
    begin(floor, last, agent)
    agents.touch(floor, agent)


def open_outcome(floor: Floor, agent: Agent) -> Call | None:
    """The last call, if the agent may still give its outcome."""
    attempt_id = floor.open_outcomes.get(agent.user_id)
    return floor.calls.get(attempt_id) if attempt_id is not None else None


def keeps_on(floor: Floor, agent: Agent, call: Call) -> bool:
    """The outcome is given, but the queue's time is not over: the agent stays where they are."""
    settings = policy(floor, call)
    return (
        settings is not None
        and settings.after_call is AfterCall.MANDATORY_FORCED_TIMEOUT
        and agent.status is AgentStatus.AFTER_CALL
        and agent.after_call_until is not None
        and agent.after_call_until > floor.now
    )


def offered(floor: Floor, agent: Agent) -> str:
    """`offered`: the agent may ask for after-call work; `wanted`: has done so; '': neither."""
    if agent.status is AgentStatus.READY:
        return "offered" if open_outcome(floor, agent) is not None else ""
    call = floor.call_of(agent) if agent.status is AgentStatus.ON_CALL else None
    settings = policy(floor, call) if call is not None else None
    if call is None or settings is None or settings.after_call not in _NOT_BY_ITSELF:
        return ""
    return "wanted" if call.after_call_wanted else "offered"
