"""What a floor's pacing learns from, as the PostgreSQL store reads it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kwabo.adapters.memory.floor_data import FloorData, MemoryAttempt
from kwabo.adapters.memory.outcome_flags import flags_of
from kwabo.domain.pacing.window import begin_of_hour
from kwabo.ports.floor_pacing import HourCount, PacingHistory, PastAttempt

NO_PERSON = ("machine", "fax")
NOBODY = ("machine", "fax", "sit")  # results of calls that something else than a person answered


def history(data: FloorData, campaign_id: UUID, since: datetime, at_most: int) -> PacingHistory:
    """See `FloorStore.load_pacing`."""
    attempts = [
        a for a in data.attempts if a.campaign_id == campaign_id and a.dialling_at is not None
    ]
    closed = sorted(
        (a for a in attempts if a.row.closed_at is not None),
        key=lambda a: a.row.closed_at or since,
    )
    return PacingHistory(
        attempts=[_past(data, a) for a in closed[-at_most:]], hours=_hours(data, attempts, since)
    )


def _was_machine(data: FloorData, attempt: MemoryAttempt) -> bool:
    return "machine" in flags_of(data, data.wrap_ups.get(attempt.row.attempt_id))


def _hears_a_message(attempt: MemoryAttempt) -> bool:
    """Whether call analysis found no person, who is not an agent's, and the call goes on."""
    analysis = attempt.row.call_analysis
    nobody = analysis.get("result") in NO_PERSON and analysis.get("reaction") != "queue"
    return attempt.state != "closed" and nobody


def _past(data: FloorData, attempt: MemoryAttempt) -> PastAttempt:
    row = attempt.row
    assert row.dialling_at is not None
    assert row.closed_at is not None
    wrap_up = data.wrap_ups.get(row.attempt_id)
    return PastAttempt(
        number=row.number,
        dialled_at=row.dialling_at,
        result=str(row.result),
        answered_at=row.answered_at,
        connected_at=row.connected_at,
        closed_at=row.closed_at,
        abandoned=row.abandoned,
        after_call_seconds=wrap_up.after_call_seconds if wrap_up else None,
        wrapped_by_person=wrap_up is not None and wrap_up.wrap_up_code_id is not None,
        was_machine=_was_machine(data, attempt),
    )


def _hours(data: FloorData, attempts: list[MemoryAttempt], since: datetime) -> list[HourCount]:
    counts: dict[datetime, list[int]] = {}
    for attempt in attempts:
        row = attempt.row
        at = row.answered_at or row.closed_at
        if (
            at is None
            or _hears_a_message(attempt)
            or (row.closed_at is not None and at < begin_of_hour(since))
        ):
            continue
        unknown = row.result == "unknown"
        answered = row.answered_at is not None and row.result not in NOBODY
        live = (unknown or answered) and not _was_machine(data, attempt)
        hour = counts.setdefault(begin_of_hour(at), [0, 0, 0, 0])
        hour[0] += 1
        hour[1] += live
        hour[2] += live and (row.abandoned or unknown)
        hour[3] += row.result == "machine"
    return [
        HourCount(hour=hour, dialled=n[0], live=n[1], abandoned=n[2], machines=n[3])
        for hour, n in sorted(counts.items())
    ]
