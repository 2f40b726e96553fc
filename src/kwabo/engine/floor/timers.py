"""What is done when a timer has run out; the end of a preview is `records.preview_over`."""

from __future__ import annotations

from kwabo.engine.floor import (
    agents,
    alerting,
    call_closing,
    calls,
    flow_runs,
    place_alerts,
    queue_offers,
    queueing,
    responses,
    whispers,
    wrap_up,
)
from kwabo.engine.floor.state import Agent, Call, Floor
from kwabo.engine.floor.timer_queue import Timer


def is_idle(floor: Floor, timer: Timer) -> bool:
    """Whether it has lost its meaning, for good: nothing is to be done when it runs out.

    After-call work that goes on for another call has a timer of its own.
    """
    if timer.kind != "after_call":
        return False
    agent = floor.agents.get(timer.key) if timer.key else None
    return agent is None or agent.after_call_until != timer.until


def ran_out(floor: Floor, timer: Timer) -> None:
    """Do what the timer was set for, if it still has a meaning."""
    floor.quiet = False
    if timer.kind == "reconcile":
        floor.snapshot_wanted = True
        return
    call = floor.calls.get(timer.key) if timer.key else None
    if call is not None and timer.kind in _OF_CALLERS:
        _of_a_caller(floor, call, timer)
        return
    agent = floor.agents.get(timer.key) if timer.key else None
    if agent is not None:
        _of_an_agent(floor, agent, timer)
    elif timer.kind == "agent_grace" and call is not None:
        calls.grace_over(floor, call)
    elif timer.kind in ("greeting", "message") and call is not None:
        responses.due(floor, call, timer.kind)
    elif timer.kind == "unserved" and call is not None:
        calls.unserved(floor, call)
    elif timer.kind == "apology" and call is not None and call.apologising and not call.closed:
        call_closing.hang_up(floor, call, "system")


def _of_an_agent(floor: Floor, agent: Agent, timer: Timer) -> None:
    if timer.kind == "after_call":
        wrap_up.not_given(floor, agent)
    elif timer.kind == whispers.TIMER:
        _whisper_over(floor, agent)
    elif timer.kind == alerting.TIMER:
        place_alerts.over(floor, agent)
    elif agent.leg_state == "none" and agent.status != "signed_out":  # leg_retry
        agents.call_leg(floor, agent)


def _whisper_over(floor: Floor, agent: Agent) -> None:
    call = whispers.overdue(floor, agent)
    if call is not None:
        flow_runs.whisper_over(floor, call)


_OF_CALLERS = frozenset({"flow", "announce", "outcome"})


def _of_a_caller(floor: Floor, call: Call, timer: Timer) -> None:
    if timer.kind == "flow":
        flow_runs.timed_out(floor, call, timer.name)
    elif timer.kind == "outcome":
        wrap_up.outcome_over(floor, call)
    elif timer.name == queue_offers.KEPT:
        queue_offers.ended(floor, call)
    else:
        queueing.announcement_due(floor, call, timer.name)
