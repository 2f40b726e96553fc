"""Counts that are kept beside the rows: see migration 0018.

A count is the sum of the lines of one subject and kind (and key); triggers add lines in the
statement that changes rows. Folding puts lines together. Nobody waits for a fold, and it may run
twice at once: what another one has taken is not there for it.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_OF = text("""
    SELECT y.kind, y.key, CAST(sum(y.amount) AS bigint) AS amount FROM tallies y
    WHERE y.subject_id = :subject_id GROUP BY y.kind, y.key HAVING sum(y.amount) <> 0
""")
_FOLD = text("""
    WITH several AS (
        SELECT y.subject_id, y.kind, y.key FROM tallies y
        GROUP BY y.subject_id, y.kind, y.key HAVING count(*) > 1 OR sum(y.amount) = 0
    ), taken AS (
        DELETE FROM tallies y USING several s
        WHERE y.subject_id = s.subject_id AND y.kind = s.kind AND y.key = s.key
        RETURNING y.organisation_id, y.subject_id, y.kind, y.key, y.amount
    ), folded AS (
        INSERT INTO tallies (organisation_id, subject_id, kind, key, amount)
        SELECT organisation_id, subject_id, kind, key, sum(amount) FROM taken
        GROUP BY 1, 2, 3, 4 HAVING sum(amount) <> 0
    )
    SELECT count(*) FROM taken
""")
_FOLD_HOURS = text("""
    WITH several AS (
        SELECT y.campaign_id, y.hour, y.wrap_up_code_id FROM call_hours y
        GROUP BY y.campaign_id, y.hour, y.wrap_up_code_id
        HAVING count(*) > 1 OR (sum(y.dialled) = 0 AND sum(y.live) = 0)
    ), taken AS (
        DELETE FROM call_hours y USING several s
        WHERE y.campaign_id = s.campaign_id AND y.hour = s.hour
          AND y.wrap_up_code_id = s.wrap_up_code_id
        RETURNING y.*
    ), folded AS (
        INSERT INTO call_hours (organisation_id, campaign_id, hour, wrap_up_code_id, dialled, live,
                                abandoned, machines)
        SELECT organisation_id, campaign_id, hour, wrap_up_code_id, sum(dialled), sum(live),
               sum(abandoned), sum(machines) FROM taken
        GROUP BY 1, 2, 3, 4 HAVING sum(dialled) <> 0 OR sum(live) <> 0
    )
    SELECT count(*) FROM taken
""")


def tally(kind: str, subject: str) -> str:
    """SQL of a count of this kind; `subject` is SQL for the id of a list or a campaign."""
    return (
        "(SELECT CAST(coalesce(sum(y.amount), 0) AS bigint) FROM tallies y"
        f" WHERE y.subject_id = {subject} AND y.kind = '{kind}')"
    )


async def tallies_of(connection: AsyncConnection, subject_id: UUID) -> dict[str, dict[str, int]]:
    """All counts of a subject that are not 0: kind → key → count."""
    found: dict[str, dict[str, int]] = {}
    for row in await connection.execute(_OF, {"subject_id": subject_id}):
        found.setdefault(row.kind, {})[row.key] = row.amount
    return found


async def fold(connection: AsyncConnection) -> int:
    """Fold the organisation's lines together; how many there were of those that were folded."""
    counts = int(await connection.scalar(_FOLD) or 0)
    return counts + int(await connection.scalar(_FOLD_HOURS) or 0)
