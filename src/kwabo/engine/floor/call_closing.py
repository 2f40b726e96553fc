"""The end of one call: its result, line and agent freed, the contact's course, its outcome."""

from __future__ import annotations

from uuid import UUID

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.call_analysis.response_set import ReactionType
from kwabo.domain.campaigns.agentless import OPTED_OUT as OBJECTED
from kwabo.domain.campaigns.agentless import OUTCOMES as FLOW_OUTCOMES
from kwabo.domain.campaigns.agentless import outcome as of_flow
from kwabo.domain.campaigns.outcome_flags import of_system
from kwabo.domain.campaigns.recall import Course, Ended, after_attempt
from kwabo.domain.interactions.attempt import NOT_DIALLED, UNANSWERED, Result
from kwabo.engine.floor import (
    after_call,
    agents,
    alerting,
    calls,
    ending,
    experience,
    flow_notes,
    places,
    rules,
)
from kwabo.engine.floor.effects import DestroyBridge, HangUp, SetMuted
from kwabo.engine.floor.state import Agent, Call, Floor
from kwabo.ports.floor_changes import CallbackDone, ContactWritten, CourseWritten, WrapUpWritten
from kwabo.ports.switch import ChannelEnded

LEAVES_AFTER_SECONDS = 1.0  # the floor, when all that is owed of a call is done
SKIPPED_CALLBACK_SECONDS = 300.0  # until it is shown again, where records skipped do not come back


def ended(floor: Floor, call: Call, event: ChannelEnded) -> None:
    """The customer's channel is gone."""
    if call.closed:
        return
    call.cause = event.cause
    call.sip_code = event.sip_code
    if call.answered_at is not None:
        close(floor, call, call.ends_as, hung_up_by=call.hung_up_by or "customer")
    elif call.inbound:
        close(floor, call, Result.CANCELLED, hung_up_by="customer")
    else:
        close(floor, call, ending.unanswered(floor, call, event))


def hang_up(floor: Floor, call: Call, by: str) -> None:
    """End a call: a conversation ends, an unanswered one is taken back."""
    result = call.ends_as if call.answered_at is not None else Result.CANCELLED
    close(floor, call, result, hung_up_by=by)


def cancel(floor: Floor, call: Call) -> None:
    """Take back a call that nobody has answered, or a record that nobody has called."""
    if call.state in UNANSWERED:
        close(floor, call, Result.CANCELLED, hung_up_by="system")


def close(
    floor: Floor,
    call: Call,
    result: Result,
    *,
    hung_up_by: str | None = None,
) -> None:
    """Give the attempt its one result, free line and agent, and set the contact's course."""
    if call.closed:
        return
    dialled = call.dialling_at is not None
    agent = floor.agent_of(call)
    spoke = result is Result.PERSON and agent is not None and agent.status in _SPOKE
    served = call.flow is not None and call.waiting_since is None  # by a flow
    if result is Result.PERSON and call.connected_at is None and not spoke and not served:
        calls.abandon(floor, call)
    if call.message_started_at is not None and call.message_ended_at is None:
        call.message_ended_at = floor.now
    ending.note_message(floor, call)
    alerting.withdraw(floor, call)
    call.waiting_since = None
    call.queue = None
    call.result = result
    call.hung_up_by = hung_up_by
    call.closed_at = floor.now
    calls.move(floor, call, "closed", "attempt.closed")
    _free_the_line(floor, call)
    if not call.inbound:
        experience.closed(floor, call, dialled)
    _count(floor, call, dialled)
    outcome = "" if spoke else _own_outcome(call, served)
    flow_notes.write_columns(floor, call)
    kept = places.closed(floor, call, dialled=dialled)
    if not call.inbound:
        _set_course(floor, call, result, dialled, outcome)
    tried = call.callback_id is not None and dialled and result is not Result.CANCELLED
    if tried and not kept and call.callback_id is not None:
        floor.out.write(CallbackDone(callback_id=call.callback_id))
    if dialled:
        trunk = floor.trunks.get(call.trunk_id)
        if trunk is not None:
            trunk.health = trunk.health.after(result, floor.now)
    _free_the_agent(floor, call, agent, spoke)
    if outcome:
        _wrap_up_by_itself(floor, call, outcome)
    elif call.outcome_owed and result is Result.PERSON and not spoke:
        system_wrap_up(floor, call, "NOT_GIVEN", call.agent_user_id)
    if not spoke:  # else the agent's outcome comes first
        rules.ask(floor, call)
    forget_if_done(floor, call)


_SPOKE = frozenset({AgentStatus.ON_CALL, AgentStatus.LOST, AgentStatus.AFTER_CALL})


def _free_the_line(floor: Floor, call: Call) -> None:
    if call.dialling_at is not None or call.inbound:
        floor.out.do(HangUp(lane=call.lane, channel_id=call.channel_id))
    if call.consult is not None:
        calls.end_consult(floor, call)
    if call.bridged:
        floor.out.do(DestroyBridge(lane=call.lane, bridge_id=call.bridge_id))


def _count(floor: Floor, call: Call, dialled: bool) -> None:
    campaign = floor.campaigns.get(call.campaign_id)
    if campaign is None or call.result is None:
        return
    campaign.results[call.result] = campaign.results.get(call.result, 0) + 1
    if dialled:
        campaign.attempts += 1
    if call.answered_at is not None and call.result is Result.PERSON:
        campaign.answered += 1
        campaign.abandoned += int(call.abandoned)
    campaign.look_at = 0.0
    floor.out.touch("campaign", campaign.row.campaign_id, "campaign.changed")


def _set_course(floor: Floor, call: Call, result: Result, dialled: bool, outcome: str) -> None:
    campaign = floor.campaigns[call.campaign_id]
    counted = dialled and result not in NOT_DIALLED
    response = ending.response(floor, call, result) if counted else None
    ended = None
    named = outcome if outcome in FLOW_OUTCOMES else str(result)
    flags = of_system(campaign.row.outcome_flags, named) if counted else frozenset()
    # A table that names the result decides; else what the campaign does with it.
    uncallable = "number_uncallable" in flags
    if str(result) not in campaign.row.outcome_flags:
        uncallable = response is not None and response.type is ReactionType.NUMBER_UNCALLABLE
    if counted and call.dialling_at is not None:
        by_outcome, noted = flow_notes.recalled_by(floor, call, outcome)
        for name in filter(None, (str(result), by_outcome)):
            count = call.result_counts.get(name, 0) + 1
            call.result_counts = {**call.result_counts, name: count}
        ended = Ended(
            result=result,
            at=floor.now,
            dialled_at=call.dialling_at,
            time_zone=call.time_zone,
            counts=call.result_counts,
            other_numbers=call.other_numbers,
            round_left=call.round_left,
            number_out=uncallable,
            outcome=by_outcome,
            noted=noted,
        )
        reason = f"RESULT_{result.upper()}"
        if uncallable or "contact_uncallable" in flags:
            floor.out.write(
                ContactWritten(
                    contact_id=call.contact_id,
                    uncallable_reason=reason if "contact_uncallable" in flags else None,
                    uncallable_number=call.number if uncallable else None,
                    uncallable_number_reason=reason,
                )
            )
    course = after_attempt(
        result=result if counted or result is Result.SKIPPED else Result.CANCELLED,
        attempts=call.course_attempts,
        max_attempts=campaign.row.max_attempts,
        recall_seconds=ending.recall_seconds(campaign.row, result, response),
        minimum_gap_seconds=campaign.row.minimum_gap_seconds if counted else 0,
        at=floor.now,
        ended=ended,
        recall_rules=ending.recall_rules(campaign.row, result, response),
        day_begins=campaign.row.callable_from,
    )
    if call.callback_due_at is not None:
        course = Course("open", call.callback_due_at, "CALLBACK_SCHEDULED")
    elif call.callback_id is not None and result is Result.CANCELLED:
        again_at = floor.later(campaign.row.minimum_gap_seconds if counted else 0)
        course = Course("open", again_at, "RECALL_DELAY")
    elif call.callback_id is not None and not dialled and course.state == "finished":
        again_at = floor.later(SKIPPED_CALLBACK_SECONDS)  # the promise stands
        course = Course("open", again_at, course.reason)
    if course.state == "finished":
        campaign.finished += 1
    write_course(floor, call, course)


def write_course(floor: Floor, call: Call, course: Course) -> None:
    """Have the contact's standing in the campaign written."""
    floor.out.write(
        CourseWritten(
            campaign_id=call.campaign_id,
            contact_id=call.contact_id,
            state=course.state,
            attempts=call.course_attempts,
            last_attempt_at=call.dialling_at,
            last_result=call.result,
            next_attempt_at=course.next_attempt_at,
            reason=course.reason,
            result_counts=call.result_counts,
        )
    )


def _free_the_agent(floor: Floor, call: Call, agent: Agent | None, spoke: bool) -> None:
    if agent is None:
        return
    if not spoke:
        agents.let_go(floor, agent)
        return
    if agent.status is AgentStatus.AFTER_CALL:
        return  # left the call earlier and is wrapping it up already
    start_after_call(floor, call, agent)


def start_after_call(floor: Floor, call: Call, agent: Agent) -> None:
    """The agent has left the conversation and owes its outcome."""
    unmute(floor, call, agent)
    experience.talked(floor, call)
    if after_call.passed_over(floor, call, agent):
        return
    after_call.begin(floor, call, agent)
    if agent.status is AgentStatus.ON_CALL:
        agents.change(floor, agent, "call_ended")
    agents.park(floor, agent)
    agents.touch(floor, agent)


def unmute(floor: Floor, call: Call, agent: Agent) -> None:
    """The agent leaves the conversation; the leg goes on to the next one unmuted."""
    if call.muted and agent.live_leg is not None:
        floor.out.do(SetMuted(lane=call.lane, channel_id=agent.live_leg, muted=False))
    call.muted = False


def system_wrap_up(floor: Floor, call: Call, code: str, user_id: UUID | None = None) -> None:
    """The outcome of a conversation for which no person gives one."""
    floor.out.write(
        WrapUpWritten(
            attempt_id=call.attempt_id,
            campaign_id=call.campaign_id,
            wrap_up_code_id=None,
            system_code=code,
            user_id=user_id,
            at=floor.now,
        )
    )


def _own_outcome(call: Call, served: bool) -> str:
    """No agent was there to say how it ended. `served`: a flow was. '': it needs no saying."""
    if call.result is not Result.PERSON or call.transferred_to is not None:
        return ""
    if call.abandoned:
        return "ABANDONED"
    if not served or call.flow is None:
        return "NOT_GIVEN"
    if call.inbound:
        return "SELF_SERVED"
    return of_flow(call.flow.outcome, opted_out=call.opted_out_at is not None)


def _wrap_up_by_itself(floor: Floor, call: Call, outcome: str) -> None:
    system_wrap_up(floor, call, outcome)
    campaign = floor.campaigns.get(call.campaign_id)
    if campaign is not None and outcome == OBJECTED:
        campaign.opted_out += 1


def forget(floor: Floor, call: Call) -> None:
    """Let a closed attempt go that no agent holds."""
    if call.closed and not call.outcome_open and not floor.agents.held_by(call.attempt_id):
        del floor.calls[call.attempt_id]


def forget_if_done(floor: Floor, call: Call) -> None:
    """A closed attempt that nobody must wrap up leaves the floor after its last event was told."""
    if call.closed and not floor.agents.held_by(call.attempt_id):
        floor.leaving.append((floor.mono + LEAVES_AFTER_SECONDS, call.attempt_id))


def forget_all(floor: Floor) -> None:
    """Let those go whose time to leave has come; no step is made for that alone."""
    leaving = floor.leaving
    while leaving and leaving[0][0] <= floor.mono:
        call = floor.calls.get(leaving.popleft()[1])
        if call is not None:
            forget(floor, call)
