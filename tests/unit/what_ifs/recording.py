"""A recorded day from the tables of a floor in memory, as the database would tell it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kwabo.adapters.memory.floor_data import FloorData, MemoryAttempt
from kwabo.domain.what_ifs.history import PastCall, RecordedStatus, RecordedStep
from kwabo.domain.what_ifs.recorded_day import RecordedDay


def recorded_day(data: FloorData, campaign_id: UUID, begin: datetime) -> RecordedDay:
    """The campaign's day."""
    campaign = data.campaigns[campaign_id]
    calls = [
        _call(data, attempt)
        for attempt in data.attempts
        if attempt.row.campaign_id == campaign_id and attempt.row.dialling_at is not None
    ]
    statuses, steps = [], []
    for position, event in data.events.items():
        if event.entity == "agent":
            attempt = event.data["attempt"]
            statuses.append(
                RecordedStatus(
                    position=position,
                    at=event.at,
                    user_id=event.subject_id,
                    status=event.data["status"],
                    attempt_id=UUID(attempt["attempt_id"]) if attempt else None,
                    pause_after=event.data["pause_after"],
                    in_queue=str(campaign.queue_id) in event.data["queue_ids"],
                    adopted=event.kind == "agent.adopted",
                )
            )
        elif event.entity == "attempt":
            user_id = event.data["agent_user_id"]
            steps.append(
                RecordedStep(
                    position=position,
                    at=event.at,
                    attempt_id=event.subject_id,
                    kind=event.kind,
                    agent_user_id=UUID(user_id) if user_id else None,
                )
            )
    return RecordedDay(begin=begin, calls=calls, statuses=statuses, steps=steps)


def _call(data: FloorData, attempt: MemoryAttempt) -> PastCall:
    row = attempt.row
    assert row.dialling_at is not None
    assert row.closed_at is not None, "an attempt is still open"
    wrap_up = data.wrap_ups.get(row.attempt_id)
    code_id = wrap_up.wrap_up_code_id if wrap_up else None
    code = data.wrap_up_codes.get(code_id) if code_id else None
    return PastCall(
        attempt_id=row.attempt_id,
        campaign_id=row.campaign_id,
        contact_id=row.contact_id,
        number=row.number,
        mode=row.mode,
        dialling_at=row.dialling_at,
        ringing_at=row.ringing_at,
        answered_at=row.answered_at,
        connected_at=row.connected_at,
        closed_at=row.closed_at,
        result=str(row.result),
        cause=attempt.cause,
        sip_code=attempt.sip_code,
        hung_up_by=attempt.hung_up_by,
        abandoned=row.abandoned,
        transferred=row.transferred_to is not None,
        after_call_seconds=wrap_up.after_call_seconds if wrap_up else None,
        wrapped_up_at=wrap_up.at if wrap_up and wrap_up.user_id else None,
        machine=code is not None and "machine" in code.flags,
    )
