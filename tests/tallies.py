"""Whether the counts that are kept are those of the rows, counted one by one."""

from __future__ import annotations

from typing import Any

import asyncpg

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


async def must_hold(connection: asyncpg.Connection[Any]) -> None:
    """Raises AssertionError where a count, or what is owed, is not that of the rows."""
    async with connection.transaction(isolation="repeatable_read"):
        counted = {tuple(row) for row in await connection.fetch(_COUNTED)}
        kept = {tuple(row) for row in await connection.fetch(_KEPT)}
        owed = {row[0] for row in await connection.fetch(_OWED)}
        noted = {row[0] for row in await connection.fetch("SELECT attempt_id FROM wrap_ups_owed")}
    assert kept == counted, (kept - counted, counted - kept)
    assert noted == owed, (noted - owed, owed - noted)
