"""What a floor's pacing learns from: a campaign's last attempts, and its counts by hour."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.ports.floor_pacing import HourCount, PacingHistory, PastAttempt

# Codes by which an agent finds a machine: once for a statement, not for each of its calls.
MACHINES = """
    ARRAY(SELECT c.wrap_up_code_id FROM wrap_up_codes c
           WHERE 'machine' = ANY (outcome_flags(:campaign_id, c.wrap_up_code_id, NULL)))
"""
_PAST = text(
    f"""
    SELECT a.number, a.dialling_at, a.result, a.answered_at, a.connected_at, a.closed_at,
           a.abandoned, w.after_call_seconds, w.wrap_up_code_id IS NOT NULL AS wrapped_by_person,
           coalesce(k.wrap_up_code_id = ANY ({MACHINES}), false) AS was_machine
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
    (a.result IS NOT DISTINCT FROM 'unknown'
     OR (a.answered_at IS NOT NULL AND coalesce(a.result, '') NOT IN ('machine', 'fax', 'sit')))
    AND NOT coalesce(k.wrap_up_code_id = ANY ({MACHINES}), false)
"""
# Whether call analysis found no person in the answered attempt `a`, which is not an agent's: it
# counts from its end on.
HEARS_A_MESSAGE = """
    coalesce(a.call_analysis ->> 'result', '') IN ('machine', 'fax')
    AND coalesce(a.call_analysis ->> 'reaction', '') <> 'queue'
"""
# Ended calls of `:campaign_id`, of whole hours from `:since` on: see migration 0021.
HOURS = f"""
    SELECT y.hour, y.dialled, y.live, y.abandoned, y.machines FROM call_hours y
    WHERE y.campaign_id = :campaign_id AND y.hour >= date_trunc('hour', :since, 'UTC')
      AND (y.wrap_up_code_id = '00000000-0000-0000-0000-000000000000'
           OR y.wrap_up_code_id = ANY ({MACHINES}))
"""
_HOURS = text(
    f"""
    SELECT t.hour, CAST(sum(t.dialled) AS bigint) AS dialled, CAST(sum(t.live) AS bigint) AS live,
           CAST(sum(t.abandoned) AS bigint) AS abandoned,
           CAST(sum(t.machines) AS bigint) AS machines
    FROM (
        {HOURS}
        UNION ALL
        SELECT date_trunc('hour', a.answered_at, 'UTC'), 1, CAST({LIVE} AS int),
               CAST({LIVE} AND a.abandoned AS int),
               CAST(a.result IS NOT DISTINCT FROM 'machine' AS int)
        FROM attempts a
        LEFT JOIN wrap_ups w ON w.attempt_id = a.attempt_id
        LEFT JOIN wrap_up_codes k ON k.wrap_up_code_id = w.wrap_up_code_id
        WHERE a.organisation_id = current_organisation() AND a.state <> 'closed'
          AND a.state IN ('answered', 'connected') AND a.campaign_id = :campaign_id
          AND a.dialling_at IS NOT NULL AND NOT ({HEARS_A_MESSAGE})) t
    GROUP BY t.hour HAVING sum(t.dialled) <> 0 ORDER BY t.hour
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
