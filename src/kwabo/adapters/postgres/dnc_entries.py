"""Entries of DNC lists on PostgreSQL: a few at a time by people, very many by files."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres import dnc_replacements
from kwabo.ports.dnc_lists import DncEntry

_PART_BYTES = 1 << 18
# Since when something is listed stays, unless it was not listed any more.
_SINCE = """
    created_at = CASE WHEN old.expires_at <= excluded.created_at
        THEN excluded.created_at ELSE old.created_at END
"""
_PUT = text(f"""
    WITH put AS (
        INSERT INTO dnc_entries AS old (dnc_list_id, organisation_id, value, reason, source,
                                        user_id, created_at, expires_at)
        SELECT :dnc_list_id, current_organisation(), e.value, e.reason, e.source, e.user_id,
               e.created_at, e.expires_at
        FROM unnest(CAST(:values AS text[]), CAST(:reasons AS text[]), CAST(:sources AS text[]),
                    CAST(:user_ids AS uuid[]), CAST(:created_ats AS timestamptz[]),
                    CAST(:expires_ats AS timestamptz[]))
             AS e (value, reason, source, user_id, created_at, expires_at)
        ORDER BY e.value
        ON CONFLICT (dnc_list_id, value) DO UPDATE
        SET reason = excluded.reason, source = excluded.source, user_id = excluded.user_id,
            expires_at = excluded.expires_at, {_SINCE}
        RETURNING xmax = 0 AS is_new
    )
    SELECT count(*) FILTER (WHERE is_new) AS added, count(*) FILTER (WHERE NOT is_new) AS replaced
    FROM put
""")
_REMOVE = text("""
    DELETE FROM dnc_entries
    WHERE dnc_list_id = :dnc_list_id AND value = ANY (CAST(:values AS text[]))
    RETURNING value
""")
_PAGE = """
    SELECT e.value, e.reason, e.source, e.user_id, e.created_at, e.expires_at,
           u.display_name AS user_name
    FROM dnc_entries e LEFT JOIN users u ON u.user_id = e.user_id
    WHERE e.dnc_list_id = :dnc_list_id AND {condition}
      AND (CAST(:after AS text) IS NULL OR e.value > :after)
    ORDER BY e.value LIMIT :limit
"""
_PAGES = {
    "all": text(_PAGE.format(condition="true")),
    "search": text(_PAGE.format(condition="position(:wanted IN e.value) > 0")),
    "exact": text(_PAGE.format(condition="e.value = :wanted")),
}
_STAGING = text("""
    CREATE TEMPORARY TABLE IF NOT EXISTS dnc_staging (value text) ON COMMIT DELETE ROWS
""")
# See imports.py: the last transaction of an upload waits for the disk, and for all before it.
_NO_WAIT = text("""
    SELECT set_config('synchronous_commit', 'off', true), set_config('kwabo.in_bulk', 'on', true)
""")
# A file never shortens what is listed for longer already.
_STORE = text(f"""
    WITH stored AS (
        INSERT INTO dnc_entries AS old (dnc_list_id, organisation_id, value, reason, source,
                                        user_id, created_at, expires_at)
        SELECT :dnc_list_id, current_organisation(), s.value, :reason, 'upload',
               CAST(:user_id AS uuid), :now, CAST(:expires_at AS timestamptz)
        FROM dnc_staging s ORDER BY s.value
        ON CONFLICT (dnc_list_id, value) DO UPDATE
        SET reason = excluded.reason, source = excluded.source, user_id = excluded.user_id,
            expires_at = excluded.expires_at, {_SINCE}
        WHERE old.expires_at < coalesce(excluded.expires_at, 'infinity')
        RETURNING xmax = 0 AS is_new
    )
    SELECT count(*) FILTER (WHERE is_new) AS added, count(*) FILTER (WHERE NOT is_new) AS updated
    FROM stored
""")


async def put(
    connection: AsyncConnection, dnc_list_id: UUID, entries: Sequence[DncEntry]
) -> tuple[int, int]:
    """See `DncListStore.put_entries`."""
    rows = await connection.execute(
        _PUT,
        {
            "dnc_list_id": dnc_list_id,
            "values": [entry.value for entry in entries],
            "reasons": [entry.reason for entry in entries],
            "sources": [entry.source for entry in entries],
            "user_ids": [entry.user_id for entry in entries],
            "created_ats": [entry.created_at for entry in entries],
            "expires_ats": [entry.expires_at for entry in entries],
        },
    )
    counts = rows.one()
    return counts.added, counts.replaced


async def remove(
    connection: AsyncConnection, dnc_list_id: UUID, values: Sequence[str]
) -> Sequence[str]:
    """See `DncListStore.remove_entries`."""
    rows = await connection.execute(_REMOVE, {"dnc_list_id": dnc_list_id, "values": list(values)})
    return [row.value for row in rows]


async def page(
    connection: AsyncConnection,
    dnc_list_id: UUID,
    *,
    search: str | None,
    exact: str | None,
    after: str | None,
    limit: int,
) -> Sequence[DncEntry]:
    """See `DncListStore.entries`."""
    values: dict[str, Any] = {"dnc_list_id": dnc_list_id, "after": after, "limit": limit}
    kind = "exact" if exact is not None else "search" if search is not None else "all"
    if kind != "all":
        values["wanted"] = exact if exact is not None else search
    rows = await connection.execute(_PAGES[kind], values)
    return [DncEntry(**row) for row in rows.mappings()]


async def store(
    connection: AsyncConnection,
    staged: bytes,
    *,
    dnc_list_id: UUID,
    reason: str,
    user_id: UUID | None,
    expires_at: datetime | None,
    now: datetime,
    replaces: UUID | None = None,
) -> tuple[int, int]:
    """Add the values of a block in COPY's text format, each once; how many added and changed.

    `replaces`: the upload that will take the place of the content; its values only wait for that.
    """
    await connection.execute(_NO_WAIT)
    await connection.execute(_STAGING)
    raw = await connection.get_raw_connection()
    driver = raw.driver_connection
    assert driver is not None
    await driver.copy_to_table(
        "dnc_staging", source=_parts(staged), columns=["value"], format="text"
    )
    if replaces is not None:
        return await dnc_replacements.stage(connection, replaces), 0
    row = (
        await connection.execute(
            _STORE,
            {
                "dnc_list_id": dnc_list_id,
                "reason": reason,
                "user_id": user_id,
                "expires_at": expires_at,
                "now": now,
            },
        )
    ).one()
    return row.added, row.updated


async def _parts(staged: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(staged), _PART_BYTES):
        yield staged[start : start + _PART_BYTES]
