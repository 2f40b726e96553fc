"""A file that takes the place of a DNC list's content: staged block by block, swapped in at once.

Only what differs is written: a copy of millions of numbers changes some thousands. Claims read the
old content until the swap's transaction commits, and the new one from then on.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.ports.dnc_lists import Replacement

_STAGE = text("""
    WITH stored AS (
        INSERT INTO dnc_replacements (import_id, organisation_id, value)
        SELECT :import_id, current_organisation(), s.value FROM dnc_staging s
        ON CONFLICT DO NOTHING RETURNING 1
    )
    SELECT count(*) FROM stored
""")
_LOCK = text("SELECT 1 FROM dnc_lists WHERE dnc_list_id = :dnc_list_id FOR UPDATE")
_COUNT = text("SELECT count(*) FROM dnc_replacements WHERE import_id = :import_id")
# As many of the values as have their contacts looked at again.
_REMOVE = text("""
    WITH gone AS (
        DELETE FROM dnc_entries e
        WHERE e.dnc_list_id = :dnc_list_id AND NOT EXISTS (
            SELECT FROM dnc_replacements r WHERE r.import_id = :import_id AND r.value = e.value)
        RETURNING e.value
    )
    SELECT count(*) AS removed, (array_agg(value))[1:10000] AS values FROM gone
""")
_ADD = text("""
    WITH added AS (
        INSERT INTO dnc_entries (dnc_list_id, organisation_id, value, reason, source, user_id,
                                 created_at)
        SELECT :dnc_list_id, current_organisation(), r.value, :reason, 'upload',
               CAST(:user_id AS uuid), :now
        FROM dnc_replacements r WHERE r.import_id = :import_id
        ON CONFLICT DO NOTHING RETURNING 1
    )
    SELECT count(*) FROM added
""")
_FOREVER = text("""
    UPDATE dnc_entries SET expires_at = NULL
    WHERE dnc_list_id = :dnc_list_id AND expires_at IS NOT NULL
""")
_SCREENED = text("UPDATE dnc_lists SET screened_at = :now WHERE dnc_list_id = :dnc_list_id")
_FORGET = text("DELETE FROM dnc_replacements WHERE import_id = :import_id")


async def stage(connection: AsyncConnection, import_id: UUID) -> int:
    """Keep the values of `dnc_staging` beside the list; how many are new to this upload."""
    return int(await connection.scalar(_STAGE, {"import_id": import_id}) or 0)


async def replace(
    connection: AsyncConnection,
    dnc_list_id: UUID,
    import_id: UUID,
    *,
    reason: str,
    user_id: UUID | None,
    now: datetime,
) -> Replacement | None:
    """See `DncListStore.replace_entries`."""
    await connection.execute(_LOCK, {"dnc_list_id": dnc_list_id})
    values = int(await connection.scalar(_COUNT, {"import_id": import_id}) or 0)
    if not values:
        return None
    where = {"dnc_list_id": dnc_list_id, "import_id": import_id}
    removed = (await connection.execute(_REMOVE, where)).one()
    await connection.execute(_FOREVER, {"dnc_list_id": dnc_list_id})
    added = await connection.scalar(
        _ADD, {**where, "reason": reason, "user_id": user_id, "now": now}
    )
    await connection.execute(_SCREENED, {"dnc_list_id": dnc_list_id, "now": now})
    await connection.execute(_FORGET, {"import_id": import_id})
    return Replacement(
        values=values,
        added=int(added or 0),
        removed=removed.removed,
        reopened=tuple(removed.values or ()),
    )
