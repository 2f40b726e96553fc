"""Contacts that a campaign looks at out of turn: inserted at the front, or changed.

`contact_looks` is read like a list: by (added_in, position), below the oldest transaction that is
still running. A contact at the front is asked about next. One that has changed and that a filter
kept out is asked about again; one that waits in a dynamic order gets its place anew.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from kwabo.adapters.postgres.claim_looking import Looking
from kwabo.adapters.postgres.claim_order import put, take_out
from kwabo.adapters.postgres.order_filling import FRESH

AT_ONCE = 300

# The place is a parameter, as in `claim_order`: else all that is behind it would be sorted.
_WINDOW = """
    SELECT x.* FROM contact_looks x
    WHERE x.contact_list_id = :contact_list_id
      AND (x.added_in, x.position) > (CAST(:added_in AS bigint), CAST(:position AS bigint))
      AND x.added_in < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint) {only}
    ORDER BY x.added_in, x.position
    LIMIT :at_most"""
_FOLLOWED = text("""
    UPDATE campaigns SET look_added_in = :added_in, look_position = :position
    WHERE campaign_id = :campaign_id
""")


async def follow(looking: Looking) -> bool:
    """Look at what has been written down since; whether there is more."""
    rows = await _rows(looking)
    if not rows:
        return False
    last = await _ask(looking, rows)
    done = rows[: last + 1]
    await _place(looking, done)
    await looking.connection.execute(
        _FOLLOWED,
        {
            "campaign_id": looking.campaign_id,
            "added_in": done[-1].look_added_in,
            "position": done[-1].look_position,
        },
    )
    return len(rows) == AT_ONCE


async def _rows(looking: Looking) -> list[Any]:
    follows = looking.claiming.request.campaign.choice.follows_changes
    sieve = looking.condition
    window = _WINDOW.format(only="" if follows else "AND x.front")
    rows = await looking.connection.execute(
        text(f"""
            SELECT w.contact_id, w.front, w.added_in AS look_added_in, w.position AS look_position,
                   c.contact_id IS NOT NULL AND {FRESH} AS fresh,
                   o.contact_id IS NOT NULL AS placed,
                   (c.added_in, c.position) <= (k.scan_added_in, k.scan_position) AS passed,
                   CASE WHEN c.contact_id IS NOT NULL AND {FRESH}
                        THEN {sieve.condition} ELSE false END AS matches
            FROM ({window}) w
            JOIN campaigns k ON k.campaign_id = :campaign_id
            LEFT JOIN contacts c ON c.contact_id = w.contact_id
            LEFT JOIN contact_lists l ON l.contact_list_id = c.contact_list_id
            LEFT JOIN campaign_contacts p
                ON p.campaign_id = :campaign_id AND p.contact_id = c.contact_id
            LEFT JOIN campaign_order o
                ON o.campaign_id = :campaign_id AND o.order_version = k.order_version
                AND o.contact_id = c.contact_id{sieve.joins}
            ORDER BY w.added_in, w.position
        """),
        sieve.values
        | {
            "campaign_id": looking.campaign_id,
            "contact_list_id": looking.claiming.request.campaign.contact_list_id,
            "added_in": looking.followed[0],
            "position": looking.followed[1],
            "at_most": AT_ONCE,
        },
    )
    return list(rows)


async def _ask(looking: Looking, rows: list[Any]) -> int:
    """Ask the rules about those whose turn it is; the index of the last row that is done with."""
    choice = looking.claiming.request.campaign.choice
    asked: dict[Any, int] = {}  # contact → its row
    for index, row in enumerate(rows):
        back = row.passed and not choice.sort and (row.matches or choice.is_relative)
        if row.fresh and (row.front or back):
            asked.setdefault(row.contact_id, index)
    contact_ids = list(asked)
    looked = await looking.look(contact_ids)
    await take_out(looking, contact_ids[:looked])
    if looked == len(contact_ids):
        return len(rows) - 1
    return asked[contact_ids[looked]] - 1


async def _place(looking: Looking, rows: list[Any]) -> None:
    """Give changed contacts their place in a sorted campaign's order."""
    choice = looking.claiming.request.campaign.choice
    if not choice.sort:
        return
    changed = [row for row in rows if row.fresh and not row.front]
    if choice.dynamic:
        await put(looking, [row.contact_id for row in changed if row.placed], again=True)
    back = [row.contact_id for row in changed if row.passed and not row.placed and row.matches]
    await put(looking, back, again=False)
