"""From what a step touched to the rows and events that are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.call_analysis.ranges import number_range
from kwabo.domain.campaigns.lifecycle import CampaignState
from kwabo.domain.interactions.attempt import AttemptState
from kwabo.domain.reporting import live_views
from kwabo.domain.reporting.live_views import View
from kwabo.engine.floor import (
    after_call,
    alarming,
    alerting,
    callback_counts,
    pacing,
    queue_board,
    stays,
)
from kwabo.engine.floor.outbox import Entity
from kwabo.engine.floor.state import Agent, Call, Campaign, Floor
from kwabo.ports.floor_changes import AttemptWritten, Change, EventWritten, PresenceWritten

COMPARE_SECONDS: Final = 0.25  # making views costs more the more calls there are


def flush(floor: Floor) -> tuple[list[Change], list[EventWritten]]:
    """Rows and events of the step so far; the outbox keeps its effects alone."""
    changes: list[Change] = []
    events: list[EventWritten] = []
    if floor.tells:
        _touch_holders(floor)
    unchanged = floor.out.unchanged
    for (entity, entity_id), kind in floor.out.touched.items():
        if entity == "attempt":
            call = floor.calls.get(entity_id)
            if call is not None and not (unchanged and (entity, entity_id) in unchanged):
                stays.settle(floor, call)
                changes.append(_attempt_row(call))
        elif entity == "agent":
            agent = floor.agents.get(entity_id)
            if agent is not None:
                changes.append(_presence_row(agent))
        if floor.tells and kind and (data := _view(floor, entity, entity_id)) is not None:
            events.append(
                EventWritten(
                    kind=kind, subject_id=entity_id, entity=entity, data=data, at=floor.now
                )
            )
    changes += floor.out.changes
    if len(changes) > 1:
        changes.sort(key=_closed_first)
    floor.out.changes, floor.out.touched, floor.out.unchanged = [], {}, set()
    return changes, events


def _view(floor: Floor, entity: Entity, entity_id: UUID) -> View | None:
    """What live views are told of an entity; None when the floor has let it go."""
    if entity == "attempt" and (call := floor.calls.get(entity_id)) is not None:
        return attempt_view(floor, call)
    if entity == "agent" and (agent := floor.agents.get(entity_id)) is not None:
        return agent_view(floor, agent)
    if entity == "campaign" and (campaign := floor.campaigns.get(entity_id)) is not None:
        campaign.told, campaign.told_at = campaign_view(floor, campaign), floor.mono
        return campaign.told
    if entity == "queue":
        return queue_board.told(floor, entity_id)
    return None


def _touch_holders(floor: Floor) -> None:
    """An agent's view contains the attempt: when that changes, so does the view."""
    touched = floor.out.touched
    attempts = {key for (entity, key), kind in touched.items() if entity == "attempt" and kind}
    if not attempts:
        return
    for agent in floor.agents.values():
        if agent.attempt_id in attempts and ("agent", agent.user_id) not in touched:
            floor.out.touch("agent", agent.user_id, "agent.attempt_changed")


def _closed_first(change: Change) -> bool:
    """An agent's old attempt is closed in the database before a live one is given to them."""
    return isinstance(change, AttemptWritten) and change.state != AttemptState.CLOSED


def touch_stale(floor: Floor) -> None:
    """Campaigns' counts follow from agents and calls: have those told that have changed."""
    if not floor.tells:
        return
    due = floor.views_compared_at + COMPARE_SECONDS
    if floor.mono < due:
        floor.views_due_at = due
        return
    floor.views_compared_at, floor.views_due_at = floor.mono, float("inf")
    for campaign in floor.campaigns.values():
        if floor.mono - campaign.told_at < floor.settings.tell_seconds:
            continue
        if campaign.told is None or campaign.told != campaign_view(floor, campaign):
            floor.out.touch("campaign", campaign.row.campaign_id, "campaign.changed")
    queue_board.touch_stale(floor)


def _attempt_row(call: Call) -> AttemptWritten:
    return AttemptWritten(
        attempt_id=call.attempt_id,
        number=call.number,
        agent_user_id=call.agent_user_id,
        state=call.state,
        result=call.result,
        sip_code=call.sip_code,
        cause=call.cause,
        hung_up_by=call.hung_up_by,
        abandoned=call.abandoned,
        transferred_to=call.transferred_to,
        dialling_at=call.dialling_at,
        ringing_at=call.ringing_at,
        answered_at=call.answered_at,
        connected_at=call.connected_at,
        closed_at=call.closed_at,
        number_range=number_range(call.number) if call.closed else "",
        call_analysis=call.analysis.document(),
        message_media=call.message_media,
        message_started_at=call.message_started_at,
        message_ended_at=call.message_ended_at,
        opted_out_at=call.opted_out_at,
        language=call.language,
        flow=_flow(call),
        queue_id=call.queue_id,
        queued_at=call.queued_at,
    )


def _flow(call: Call) -> dict[str, Any]:
    """What is stored of the flow, and of the choice of the agent."""
    found = call.flow.document() if call.flow is not None else {}
    return {**found, "routing": dict(call.routing)} if call.routing else found


def _presence_row(agent: Agent) -> PresenceWritten:
    return PresenceWritten(
        user_id=agent.user_id,
        status=agent.status,
        pause_reason_id=agent.pause_reason_id,
        since=agent.since,
        leg_kind=agent.leg_kind,
        leg_address=agent.leg_address,
        leg_channel_id=agent.leg_channel_id,
        legs=agent.legs,
        sign_ins=agent.sign_ins,
        attempt_id=agent.attempt_id,
        after_call_until=agent.after_call_until,
        pause_after=agent.pause_after,
        pause_cause=agent.pause_cause,
    )


def attempt_view(floor: Floor, call: Call) -> View:
    """The attempt as live views show it."""
    campaign = floor.campaigns.get(call.campaign_id)
    consult = call.consult
    return live_views.attempt_live(
        attempt_id=call.attempt_id,
        campaign_id=call.campaign_id,
        campaign_name=campaign.row.name if campaign else "",
        contact_id=call.contact_id,
        attempt_number=call.attempt_number,
        number=call.number,
        state=call.state,
        result=call.result,
        agent_user_id=call.agent_user_id,
        held=call.held,
        muted=call.muted,
        consult=live_views.consult_live(to_label=consult.label, connected=consult.connected)
        if consult
        else None,
        agent_lost=call.agent_lost,
        in_flow=_in_flow(call),
        offered_at=call.offered_at,
        dialling_at=call.dialling_at,
        ringing_at=call.ringing_at,
        answered_at=call.answered_at,
        connected_at=call.connected_at,
        closed_at=call.closed_at,
    )


def agent_view(floor: Floor, agent: Agent) -> View:
    """The agent as live views show them."""
    call = floor.call_of(agent)
    return live_views.agent_state(
        user_id=agent.user_id,
        display_name=agent.display_name,
        status=agent.status,
        since=agent.since,
        queue_ids=agent.queue_ids,
        pause_reason_id=agent.pause_reason_id,
        leg_kind=agent.leg_kind,
        leg_state=agent.leg_state,
        attempt=attempt_view(floor, call) if call else None,
        after_call_until=agent.after_call_until,
        pause_after=agent.pause_after,
        preview_until=call.preview_until if call else None,
        fetch_available=fetch_available(floor, agent),
        callbacks=callback_counts.view(floor.callbacks.of_agents.get(agent.user_id)),
        after_call=after_call.offered(floor, agent),
        pause_cause=agent.pause_cause,
        alert_until=alerting.until(floor, agent),
    )


def fetch_available(floor: Floor, agent: Agent) -> bool:
    """Whether the agent may fetch a preview record now."""
    return agent.status is AgentStatus.READY and any(
        campaign.state == CampaignState.RUNNING
        and campaign.row.mode == "preview"
        and campaign.row.preview_delivery == "fetch"
        and campaign.row.queue_id in agent.queue_ids
        for campaign in floor.campaigns.values()
    )


def campaign_view(floor: Floor, campaign: Campaign) -> View:
    """The campaign as live views show it."""
    campaign_id: UUID = campaign.row.campaign_id
    live = floor.live_calls(campaign_id)
    states = [call.state for call in live]
    team = [a for a in floor.agents.values() if campaign.row.queue_id in a.queue_ids]
    return live_views.campaign_live(
        campaign_id=campaign_id,
        name=campaign.row.name,
        mode=campaign.row.mode,
        state=campaign.state,
        state_reason=campaign.state_reason,
        dialling=states.count(AttemptState.DIALLING),
        ringing=states.count(AttemptState.RINGING),
        talking=_talking(live),
        agents_ready=sum(1 for a in team if a.status is AgentStatus.READY),
        agents_on_call=sum(1 for a in team if a.status is AgentStatus.ON_CALL),
        agents_after_call=sum(1 for a in team if a.status is AgentStatus.AFTER_CALL),
        waiting=sum(1 for call in live if call.waiting_since is not None),
        pacing=pacing.view(floor, campaign),
        abandon_alarm=alarming.view(floor, campaign),
        attempts=campaign.attempts,
        answered=campaign.answered,
        abandoned=campaign.abandoned,
        results=campaign.results,
        contacts=campaign.row.contacts,
        finished=campaign.finished,
        next_attempt_at=campaign.next_attempt_at,
        order_filled=campaign.order_filled,
        callbacks=callback_counts.view(floor.callbacks.of_campaigns.get(campaign_id)),
        arrived=states.count(AttemptState.ARRIVED),
        in_flow=sum(1 for call in live if _in_flow(call)),
        oldest_wait_at=min(_queued(live), default=None),
        lines_in_use=sum(call.counted_lines for call in live),
        opted_out=campaign.opted_out,
    )


def _in_flow(call: Call) -> bool:
    """Whether a flow has the caller, who waits in no queue."""
    return (
        call.state is AttemptState.ANSWERED
        and call.queue is None
        and call.flow is not None
        and call.flow.under_way
    )


def _queued(live: Sequence[Call]) -> list[datetime]:
    return [call.queued_at for call in live if call.queue is not None and call.queued_at]


def _talking(live: Sequence[Call]) -> int:
    """Calls of agents, and answered ones that are about to be; not callers in flows and queues."""
    return sum(
        1
        for call in live
        if call.state is AttemptState.CONNECTED
        or (call.state is AttemptState.ANSWERED and not call.inbound and call.flow is None)
    )
