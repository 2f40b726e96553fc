"""Whether the counts that are kept are those of the rows, counted one by one."""

from __future__ import annotations

from typing import Any

import asyncpg

_ANY = """
    SELECT EXISTS (SELECT FROM contacts) OR EXISTS (SELECT FROM dnc_entries)
        OR EXISTS (SELECT FROM campaign_contacts) OR EXISTS (SELECT FROM attempts)
        OR EXISTS (SELECT FROM wrap_ups) OR EXISTS (SELECT FROM tallies)
        OR EXISTS (SELECT FROM wrap_ups_owed) OR EXISTS (SELECT FROM call_hours)
"""
_COUNTED = """
    SELECT contact_list_id AS subject_id, 'contacts' AS kind, '' AS key, count(*) AS amount
        FROM contacts GROUP BY 1
    UNION ALL SELECT dnc_list_id, 'entries', '', count(*) FROM dnc_entries GROUP BY 1
    UNION ALL SELECT campaign_id, 'course', state, count(*) FROM campaign_contacts GROUP BY 1, 3
    UNION ALL SELECT campaign_id, 'called', '', count(*) FROM campaign_contacts
        WHERE attempts > 0 GROUP BY 1
    UNION ALL SELECT campaign_id, 'closed', result, count(*) FROM attempts
        WHERE state = 'closed' GROUP BY 1, 3
    UNION ALL SELECT campaign_id, 'dialled', '', count(*) FROM attempts
        WHERE state = 'closed' AND dialling_at IS NOT NULL GROUP BY 1
    UNION ALL SELECT campaign_id, 'answered', '', count(*) FROM attempts
        WHERE result = 'person' AND answered_at IS NOT NULL GROUP BY 1
    UNION ALL SELECT campaign_id, 'abandoned', '', count(*) FROM attempts
        WHERE result = 'person' AND abandoned GROUP BY 1
    UNION ALL SELECT campaign_id, 'wait',
            round(1000 * extract(epoch FROM connected_at - answered_at))::text, count(*)
        FROM attempts WHERE connected_at IS NOT NULL AND answered_at IS NOT NULL GROUP BY 1, 3
    UNION ALL SELECT campaign_id, 'wrap_up_code', wrap_up_code_id::text, count(*) FROM wrap_ups
        WHERE wrap_up_code_id IS NOT NULL GROUP BY 1, 3
    UNION ALL SELECT campaign_id, 'system_code', system_code, count(*) FROM wrap_ups
        WHERE system_code IS NOT NULL GROUP BY 1, 3
"""
_KEPT = """
    SELECT subject_id, kind, key, sum(amount)::bigint AS amount FROM tallies
    GROUP BY 1, 2, 3 HAVING sum(amount) <> 0
"""
_OWED = """
    SELECT attempt_id FROM attempts a WHERE a.result = 'person'
    AND NOT EXISTS (SELECT FROM wrap_ups w WHERE w.attempt_id = a.attempt_id)
"""


_NOBODY = "('machine', 'fax', 'sit')"  # answered, and by no person
_HOURS_COUNTED = f"""
    SELECT campaign_id, code, hour, sum(dialled)::bigint, sum(live)::bigint, sum(abandoned)::bigint,
           sum(machines)::bigint
    FROM (SELECT a.campaign_id, NULL::uuid AS code,
                 date_trunc('hour', coalesce(a.answered_at, a.closed_at), 'UTC') AS hour,
                 1 AS dialled, t.live::int,
                 (t.live AND (a.abandoned OR coalesce(a.result = 'unknown', false)))::int
                     AS abandoned,
                 coalesce(a.result = 'machine', false)::int AS machines
          FROM attempts a, LATERAL (SELECT coalesce(a.result = 'unknown', false)
              OR (a.answered_at IS NOT NULL AND coalesce(a.result, '') NOT IN {_NOBODY}) AS live) t
          WHERE a.state = 'closed' AND a.dialling_at IS NOT NULL
          UNION ALL
          SELECT a.campaign_id, w.wrap_up_code_id,
                 date_trunc('hour', coalesce(a.answered_at, a.closed_at), 'UTC'), 0, -1,
                 -(a.abandoned OR coalesce(a.result = 'unknown', false))::int, 0
          FROM attempts a JOIN wrap_ups w USING (attempt_id)
          WHERE a.state = 'closed' AND a.dialling_at IS NOT NULL AND w.wrap_up_code_id IS NOT NULL
            AND (coalesce(a.result = 'unknown', false)
                 OR (a.answered_at IS NOT NULL AND coalesce(a.result, '') NOT IN {_NOBODY}))) c
    WHERE hour IS NOT NULL GROUP BY 1, 2, 3
"""
_HOURS_KEPT = """
    SELECT campaign_id, nullif(wrap_up_code_id, '00000000-0000-0000-0000-000000000000'), hour,
           sum(dialled)::bigint, sum(live)::bigint, sum(abandoned)::bigint, sum(machines)::bigint
    FROM call_hours GROUP BY 1, 2, 3 HAVING sum(dialled) <> 0 OR sum(live) <> 0
"""


async def must_hold(connection: asyncpg.Connection[Any]) -> None:
    """Raises AssertionError where a count, or what is owed, is not that of the rows."""
    if not await connection.fetchval(_ANY):
        return  # no row and no count
    async with connection.transaction(isolation="repeatable_read"):
        counted = {tuple(row) for row in await connection.fetch(_COUNTED)}
        kept = {tuple(row) for row in await connection.fetch(_KEPT)}
        owed = {row[0] for row in await connection.fetch(_OWED)}
        noted = {row[0] for row in await connection.fetch("SELECT attempt_id FROM wrap_ups_owed")}
        rows = {tuple(row) for row in await connection.fetch(_HOURS_COUNTED)}
        hours = {tuple(row) for row in await connection.fetch(_HOURS_KEPT)}
    assert hours == rows, (hours - rows, rows - hours)
    assert kept == counted, (kept - counted, counted - kept)
    assert noted == owed, (noted - owed, owed - noted)
