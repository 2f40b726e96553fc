"""What a floor's pacing learns from: a campaign's last attempts, and its counts by hour."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.ports.floor_store import HourCount, PacingHistory, PastAttempt

# Codes by which an agent finds a machine: once for a statement, not for each of its calls.
_MACHINES = """
    ARRAY(SELECT c.wrap_up_code_id FROM wrap_up_codes c
           WHERE 'machine' = ANY (outcome_flags(:campaign_id, c.wrap_up_code_id, NULL)))
"""
_PAST = text(
    f"""
    SELECT a.number, a.dialling_at, a.result, a.answered_at, a.connected_at, a.closed_at,
           a.abandoned, w.after_call_seconds, w.wrap_up_code_id IS NOT NULL AS wrapped_by_person,
           coalesce(k.wrap_up_code_id = ANY ({_MACHINES}), false) AS was_machine
    FROM attempts a
    LEFT JOIN wrap_ups w ON w.attempt_id = a.attempt_id
    LEFT JOIN wrap_up_codes k ON k.wrap_up_code_id = w.wrap_up_code_id
    WHERE a.campaign_id = :campaign_id AND a.state = 'closed' AND a.dialling_at IS NOT NULL
    ORDER BY a.closed_at DESC LIMIT :at_most
    """
)
# Whether a person answered attempt `a` of `:campaign_id`, with the wrap-up code `k`. An end that
# nobody knows counts as answered (and as abandoned); what an agent found to be a machine does not.
LIVE = f"""
    (a.result = 'unknown' OR (a.answered_at IS NOT NULL AND a.result IS DISTINCT FROM 'machine'))
    AND NOT coalesce(k.wrap_up_code_id = ANY ({_MACHINES}), false)
"""
# A call counts from its answer, else from its end.
_HOURS = text(
    f"""
    SELECT date_trunc('hour', t.at) AS hour, count(*) AS dialled,
           count(*) FILTER (WHERE t.live) AS live,
           count(*) FILTER (WHERE t.live AND t.abandoned) AS abandoned,
           count(*) FILTER (WHERE t.result = 'machine') AS machines
    FROM (
        SELECT coalesce(a.answered_at, a.closed_at) AS at, a.result,
               {LIVE} AS live,
               a.abandoned OR a.result IS NOT DISTINCT FROM 'unknown' AS abandoned
        FROM attempts a
        LEFT JOIN wrap_ups w ON w.attempt_id = a.attempt_id
        LEFT JOIN wrap_up_codes k ON k.wrap_up_code_id = w.wrap_up_code_id
        WHERE a.campaign_id = :campaign_id AND a.dialling_at IS NOT NULL
          AND ((a.state = 'closed' AND a.closed_at >= :since)
               OR a.state IN ('answered', 'connected'))) t
    GROUP BY 1 ORDER BY 1
    """
)


async def history(
    connection: AsyncConnection, campaign_id: UUID, since: datetime, at_most: int
) -> PacingHistory:
    """See `FloorStore.load_pacing`."""
    past = await connection.execute(_PAST, {"campaign_id": campaign_id, "at_most": at_most})
    attempts = [
        PastAttempt(
            number=row.number,
            dialled_at=row.dialling_at,
            result=row.result,
            answered_at=row.answered_at,
            connected_at=row.connected_at,
            closed_at=row.closed_at,
            abandoned=row.abandoned,
            after_call_seconds=(
                None if row.after_call_seconds is None else float(row.after_call_seconds)
            ),
            wrapped_by_person=row.wrapped_by_person,
            was_machine=row.was_machine,
        )
        for row in past
    ]
    hours = await connection.execute(_HOURS, {"campaign_id": campaign_id, "since": since})
    return PacingHistory(
        attempts=attempts[::-1],
        hours=[
            HourCount(
                hour=row.hour,
                dialled=row.dialled,
                live=row.live,
                abandoned=row.abandoned,
                machines=row.machines,
            )
            for row in hours
        ],
    )
