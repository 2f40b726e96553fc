"""The outcome of a conversation: the agent's code and what follows from it, or the system's."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.campaigns.outcome_flags import of_code
from kwabo.domain.campaigns.recall import Course
from kwabo.engine.floor import after_call, agents, blended, call_closing, calls, experience, rules
from kwabo.engine.floor.state import Agent, Call, Floor
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.ports.floor_changes import CallbackWritten, ContactWritten, DncWritten, WrapUpWritten
from kwabo.ports.floor_rows import WrapUpCodeRow


def wrap_up(floor: Floor, agent: Agent, call: Call, payload: dict[str, Any]) -> None:
    """Write the agent's outcome, do what its code says, and free the agent.

    The service that sends the command has checked the code against the campaign, the required
    fields and the callback's time; here the state decides.
    """
    left = call.closed or call.transferred_to is not None
    if agent.status not in (AgentStatus.AFTER_CALL, AgentStatus.LOST) or not left:
        raise Conflict(
            "ATTEMPT_STATE",
            "End the call before you give its outcome.",
            details={"status": agent.status},
        )
    code = _code(floor, payload)
    callback = payload.get("callback")
    due_at = _due_at(callback) if callback else None
    if code is None:
        raise NotFound("NOT_FOUND", "There is no such wrap-up code.", field="wrap_up_code_id")
    campaign = floor.campaigns.get(call.campaign_id)
    mapped = campaign.row.outcome_flags if campaign is not None else {}
    flags = set(of_code(mapped, code.wrap_up_code_id, code.flags))
    if payload.get("do_not_call"):
        flags.add("do_not_call")
    since = agent.after_call_since or agent.since
    floor.out.write(
        WrapUpWritten(
            attempt_id=call.attempt_id,
            campaign_id=call.campaign_id,
            wrap_up_code_id=code.wrap_up_code_id,
            system_code=None,
            user_id=agent.user_id,
            notes=str(payload.get("notes") or ""),
            fields={str(k): str(v) for k, v in (payload.get("fields") or {}).items()},
            after_call_seconds=max(0.0, (floor.now - since).total_seconds()),
            at=floor.now,
        )
    )
    call.outcome_owed = False
    experience.wrapped_up(floor, agent, call, flags)
    uncallable: str | None = None
    if "do_not_call" in flags:
        _do_not_call(floor, agent, call)
    if "contact_uncallable" in flags:
        uncallable = f"WRAP_UP:{code.name}"
    fields = {str(k): str(v) for k, v in (payload.get("fields") or {}).items()}
    number = call.number if "number_uncallable" in flags else None
    if uncallable or number or fields:
        floor.out.write(
            ContactWritten(
                contact_id=call.contact_id,
                data=fields,
                uncallable_reason=uncallable,
                uncallable_number=number,
            )
        )
    if callback and due_at is not None and "do_not_call" not in flags:
        _promise(floor, agent, call, callback, due_at)
    rules.ask(floor, call, code.wrap_up_code_id)
    if payload.get("next") == "pause":
        agent.pause_after = True
    elif payload.get("next") == "ready":
        agent.pause_after = False
    if after_call.keeps_on(floor, agent, call):
        floor.agents.hold(agent, None)
        agents.touch(floor, agent)
        call_closing.forget_if_done(floor, call)
    else:
        _leave(floor, agent, call)
    calls.touch(floor, call, "attempt.wrapped_up")


def _code(floor: Floor, payload: Mapping[str, Any]) -> WrapUpCodeRow | None:
    try:
        return floor.wrap_up_codes.get(UUID(str(payload.get("wrap_up_code_id"))))
    except ValueError:
        return None


def not_given(floor: Floor, agent: Agent) -> None:
    """The limit of the after-call work is over: the system gives the outcome, the agent is free."""
    call = floor.call_of(agent)
    until = agent.after_call_until
    if until is None:
        return
    left = (until - floor.now).total_seconds()
    if left > 0:
        floor.set_timer("after_call", agent.user_id, left, until=until)  # the clock was corrected
        return
    if agent.status not in (AgentStatus.AFTER_CALL, AgentStatus.LOST):
        return
    if call is None:  # the outcome was given, and the queue's time had to pass
        if agent.status is AgentStatus.AFTER_CALL:
            agents.release(floor, agent, "wrapped_up")
        return
    if agent.status is AgentStatus.LOST and not call.closed and call.transferred_to is None:
        return  # the conversation waits for this agent
    _give_none(floor, agent, call)
    experience.cut_off(floor, agent, call)
    _leave(floor, agent, call)
    calls.touch(floor, call, "attempt.wrapped_up")


def _give_none(floor: Floor, agent: Agent, call: Call) -> None:
    """The system's outcome; of a call that was handed on and goes on, at its end.

    It may come back to an agent, who gives the outcome: only the first one that is written stays.
    """
    if not call.closed:
        call.outcome_owed = True
        return
    call_closing.system_wrap_up(floor, call, "NOT_GIVEN", agent.user_id)
    rules.ask(floor, call)


def outcome_over(floor: Floor, call: Call) -> None:
    """The agent went on and has not come back to the call: the system gives its outcome."""
    user_id = call.agent_user_id
    if not call.outcome_open:
        return
    call.outcome_open = False
    if user_id is not None and floor.open_outcomes.get(user_id) == call.attempt_id:
        del floor.open_outcomes[user_id]
        agent = floor.agents.get(user_id)
        if agent is not None:
            agents.touch(floor, agent)
    call_closing.system_wrap_up(floor, call, "NOT_GIVEN", user_id)
    rules.ask(floor, call)
    call_closing.forget_if_done(floor, call)
    calls.touch(floor, call, "attempt.wrapped_up")


def leave_unwrapped(floor: Floor, agent: Agent) -> None:
    """The agent signs out and owes an outcome: the system gives it."""
    call = floor.call_of(agent)
    if call is None or agent.status not in (AgentStatus.AFTER_CALL, AgentStatus.LOST):
        return
    floor.agents.hold(agent, None)
    if call.closed or call.transferred_to is not None:
        _give_none(floor, agent, call)
        call_closing.forget_if_done(floor, call)
    elif call.agent_lost:
        calls.give_up_waiting(floor, call)  # whoever takes the customer gives the outcome


def _leave(floor: Floor, agent: Agent, call: Call) -> None:
    blended.handled(floor, call)
    if agent.status is AgentStatus.AFTER_CALL:
        agents.release(floor, agent, "wrapped_up")
    else:
        floor.agents.hold(agent, None)
        agent.after_call_until = None
        agents.touch(floor, agent)
    call_closing.forget_if_done(floor, call)


def _do_not_call(floor: Floor, agent: Agent, call: Call) -> None:
    """Have the objection kept, and calls taken back that it now stands against."""
    floor.out.write(
        DncWritten(
            campaign_id=call.campaign_id,
            contact_id=call.contact_id,
            number=call.number,
            reason="WRAP_UP",
            user_id=agent.user_id,
            at=floor.now,
        )
    )
    floor.dnc_changed = True


def take_back(floor: Floor, listed: Collection[UUID]) -> None:
    """DNC lists stand against these attempts by now: nobody answers them any more."""
    for attempt_id in listed:
        call = floor.calls.get(attempt_id)
        if call is not None:
            call_closing.cancel(floor, call)


def _instant(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def _due_at(callback: Any) -> datetime:
    due_at = _instant(callback.get("due_at")) if isinstance(callback, Mapping) else None
    if due_at is None:
        raise Invalid("CALLBACK_TIME", "Say when to call back.", field="callback.due_at")
    return due_at


def _promise(
    floor: Floor, agent: Agent, call: Call, callback: Mapping[str, Any], due_at: datetime
) -> None:
    floor.out.write(
        CallbackWritten(
            callback_id=floor.ids.new(),
            campaign_id=call.campaign_id,
            contact_id=call.contact_id,
            attempt_id=call.attempt_id,
            owner_user_id=agent.user_id if callback.get("mine") else None,
            number=str(callback.get("number") or call.number),
            due_at=due_at,
            note=str(callback.get("note") or ""),
            at=floor.now,
            latest_at=_instant(callback.get("latest_at")),
        )
    )
    call.callback_due_at = due_at
    if not call.closed:
        return  # a transferred call that goes on: its end writes the course
    call_closing.write_course(floor, call, Course("open", due_at, "CALLBACK_SCHEDULED"))
    campaign = floor.campaigns[call.campaign_id]
    campaign.finished = max(0, campaign.finished - 1)
    campaign.exhausted = False
    campaign.look_at = 0.0
