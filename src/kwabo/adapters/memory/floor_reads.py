"""What a new owner of a floor in memory reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kwabo.adapters.memory.floor_data import FloorData
from kwabo.adapters.memory.floor_indexes import CampaignTally
from kwabo.domain.compliance.law import effective_preset
from kwabo.domain.compliance.preset import preset_of
from kwabo.domain.routing.values import QueueTerms
from kwabo.ports.floor_rows import (
    AgentRow,
    AttemptRow,
    AwaitedVoicemailRow,
    CampaignRow,
    FloorContents,
    QueueStayRow,
    RoutingRows,
)


def contents(data: FloorData, now: datetime) -> FloorContents:
    """Everything a new owner starts from."""
    held = {p.attempt_id for p in data.presence if p.attempt_id is not None}
    live = {a.row.campaign_id for a in data.attempts if a.row.state != "closed"}
    live |= {data.attempts[attempt_id].row.campaign_id for attempt_id in held}
    live |= {c.campaign_id for c in data.campaigns if _is_live(c)}
    attempts = [a for a in data.attempts if a.row.state != "closed" or a.row.attempt_id in held]
    return FloorContents(
        campaigns=[campaign for i in sorted(live) if (campaign := read_campaign(data, i))],
        trunks=list(data.trunks),
        wrap_up_codes=list(data.wrap_up_codes),
        agents=[
            agent
            for p in data.presence
            if p.status != "signed_out" and (agent := read_agent(data, p.user_id, now))
        ],
        attempts=[_attempt(data, a.row) for a in attempts],
        wrap_ups_owed={
            a.row.attempt_id: a.row.campaign_id
            for a in data.attempts
            if a.row.result == "person"
            and a.row.attempt_id not in data.wrap_ups
            and a.row.attempt_id not in held
        },
        flows=list(data.flows),
        routing=routing(data),
        stays=[
            QueueStayRow(
                stay_id=stay.stay_id,
                attempt_id=stay.attempt_id,
                queue_id=stay.queue_id,
                entered_at=stay.entered_at,
                priority=stay.priority,
            )
            for stay in data.queue_stays
            if stay.left_at is None
        ],
        awaited_voicemails=[
            AwaitedVoicemailRow(
                voicemail_id=one.voicemail_id,
                attempt_id=one.attempt_id,
                contact_id=data.attempts[one.attempt_id].contact_id,
                queue_id=one.queue_id,
                number=data.attempts[one.attempt_id].number,
                recording=one.recording,
                at=one.at,
            )
            for one in data.awaited_voicemails
            if one.voicemail_id not in data.voicemails
        ],
    )


def _is_live(campaign: CampaignRow) -> bool:
    """Callers are called back whether or not somebody has started their campaign."""
    ready = campaign.mode == "inbound" and campaign.state == "ready"
    return ready or campaign.state in ("running", "pausing")


def routing(data: FloorData) -> RoutingRows:
    """How queues find agents; those that say nothing of themselves as any other."""
    settings = dict(data.queue_settings.items())
    known = {queue_id: one.terms(queue_id) for queue_id, one in settings.items()}
    known |= {terms.queue_id: terms for terms in data.queue_terms}
    named = set().union(*{user.queue_ids for user in data.users})  # many serve the same ones
    named |= {campaign.queue_id for campaign in data.campaigns}
    return RoutingRows(
        queues=[known.get(one) or QueueTerms(queue_id=one) for one in sorted(named | set(known))],
        settings=settings,
        music={
            queue_id: data.prompt_keys[one.music_prompt_id]
            for queue_id, one in settings.items()
            if one.music_prompt_id is not None
        },
        agents=data.abilities.copy(),
    )


def read_campaign(data: FloorData, campaign_id: UUID) -> CampaignRow | None:
    """The campaign with its counters."""
    row = data.campaigns.get(campaign_id)
    if row is None:
        return None
    tally = data.attempts_by.tallies.get(campaign_id) or CampaignTally()
    preset = preset_of(effective_preset(row.compliance_preset, data.law.preset_id))
    return replace(
        row,
        abandon_alarm=preset.abandon_alarm,
        abandon_stop=preset.abandon_target,
        contacts=len(data.lists.get(row.contact_list_id, ())),
        finished=data.courses_by.of(campaign_id).finished,
        attempts=tally.attempts,
        answered=tally.answered,
        abandoned=tally.abandoned,
        results=dict(tally.results),
    )


def _attempt(data: FloorData, row: AttemptRow) -> AttemptRow:
    course = data.courses.get((row.campaign_id, row.contact_id))
    callback = data.callbacks_by.open.get((row.campaign_id, row.contact_id))
    ours = callback is not None and callback.written.attempt_id == row.attempt_id
    return replace(
        row,
        course_attempts=course.course.attempts if course else 0,
        callback_due_at=callback.written.due_at if callback and ours else None,
    )


def read_agent(data: FloorData, user_id: UUID, now: datetime) -> AgentRow | None:
    """A user as an agent; `now` stands for the time of someone who was never here."""
    user, p = data.users.get(user_id), data.presence.get(user_id)
    if user is None:
        return None
    return AgentRow(
        user_id=user_id,
        display_name=user.display_name,
        queue_ids=user.queue_ids,
        status=p.status if p else "signed_out",
        pause_reason_id=p.pause_reason_id if p else None,
        since=p.since if p else now,
        leg_kind=p.leg_kind if p else "webrtc",
        leg_address=p.leg_address if p else None,
        leg_channel_id=p.leg_channel_id if p else None,
        legs=p.legs if p else 0,
        sign_ins=p.sign_ins if p else 0,
        attempt_id=p.attempt_id if p else None,
        after_call_until=p.after_call_until if p else None,
        pause_after=p.pause_after if p else False,
        pause_cause=p.pause_cause if p else "",
    )
