"""Putting a list's contacts into a sorted campaign's order, thousands in one statement.

`engine/order_filler.py` does it, also for a campaign that runs; claims do it where that has not
begun, and whenever they have nobody left to take (`claim_order.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.choices import read_choices
from kwabo.adapters.postgres.filter_sql import filter_sql
from kwabo.adapters.postgres.order_sql import rank_sql
from kwabo.domain.contacts.filters.in_use import Choice, zone_of
from kwabo.domain.contacts.filters.times import Present

AHEAD = 20_000  # contacts in one transaction of a campaign that does not run
BESIDE = 5000  # the same of one that does: its claims wait for their turn
# Which of the rows of `campaign_order` are the order of `:campaign_id`.
ORDER_VERSION = "(SELECT order_version FROM campaigns WHERE campaign_id = :campaign_id)"
FRESH = "(p.contact_id IS NULL OR (p.state = 'open' AND p.reason = 'FILTERED'))"
COURSE = """
    LEFT JOIN campaign_contacts p ON p.campaign_id = :campaign_id AND p.contact_id = c.contact_id"""
# The place is a parameter: read from the campaign's row in the query itself, the planner would not
# know that little of a long list is wanted, and would sort all of it.
IN_LIST = """
    SELECT c.* FROM contacts c
    WHERE c.contact_list_id = :contact_list_id
      AND (c.added_in, c.position) > (CAST(:added_in AS bigint), CAST(:position AS bigint))
      AND c.added_in < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
    ORDER BY c.added_in, c.position
    LIMIT :at_most"""
# The next contacts of the list, into the order: one statement, so that their values stay where
# they are. Its last part tells how far it came.
_FILL = f"""
    WITH next AS MATERIALIZED (
        SELECT c.contact_id, c.organisation_id, c.added_in, c.position, {FRESH} AS fresh,
               CASE WHEN {FRESH} THEN {{matches}} ELSE false END AS matches, {{rank}} AS rank
        FROM ({{source}}) c
        JOIN contact_lists l ON l.contact_list_id = c.contact_list_id{COURSE}{{joins}}
    ), put AS (
        INSERT INTO campaign_order (campaign_id, order_version, contact_id, organisation_id, rank,
                                    added_in, position)
        SELECT :campaign_id, {ORDER_VERSION}, n.contact_id, n.organisation_id, n.rank, n.added_in,
               n.position
        FROM next n WHERE n.fresh AND n.matches
        ON CONFLICT (campaign_id, order_version, contact_id) DO {{known}}
    )
    SELECT count(*) AS number,
           (array_agg(n.added_in ORDER BY n.added_in DESC, n.position DESC))[1] AS added_in,
           (array_agg(n.position ORDER BY n.added_in DESC, n.position DESC))[1] AS position,
           array_agg(n.contact_id ORDER BY n.added_in, n.position)
               FILTER (WHERE n.fresh AND {{kept_out}}) AS kept_out
    FROM next n"""
_THESE = "SELECT c.* FROM contacts c WHERE c.contact_id = ANY (CAST(:contact_ids AS uuid[]))"
# Claims hold it in the same way.
_AHEAD = text("""
    SELECT k.contact_list_id, k.scan_added_in AS added_in, k.scan_position AS position, l.time_zone,
           k.state IN ('running', 'pausing') AS running
    FROM campaigns k JOIN contact_lists l ON l.contact_list_id = k.contact_list_id
    WHERE k.campaign_id = :campaign_id AND k.sort <> '[]' AND NOT k.order_complete
    FOR NO KEY UPDATE OF k SKIP LOCKED
""")
_CAME_SO_FAR = text("""
    UPDATE campaigns SET scan_added_in = :added_in, scan_position = :position
    WHERE campaign_id = :campaign_id
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """How far a step came."""

    number: int  # contacts come by
    more: bool  # there may be more behind them
    added_in: int | None  # the place of the last one
    position: int | None
    kept_out: Sequence[UUID]  # by a filter that time alone may make match


async def put_next(
    connection: AsyncConnection,
    choice: Choice,
    present: Present,
    place: Mapping[str, Any],
    at_most: int,
) -> Put:
    """Come by contacts behind a place of the list; those that match get their place in the order.

    `place`: `campaign_id`, `contact_list_id`, `added_in`, `position`.
    """
    row = await _put(connection, IN_LIST, choice, present, dict(place) | {"at_most": at_most})
    return Put(
        number=row.number,
        more=row.number == at_most,
        added_in=row.added_in,
        position=row.position,
        kept_out=row.kept_out or (),
    )


async def put_some(
    connection: AsyncConnection,
    choice: Choice,
    present: Present,
    place: Mapping[str, Any],
    contact_ids: Sequence[UUID],
) -> None:
    """Give these contacts of the list their places, as far as they match and were not called."""
    await _put(connection, _THESE, choice, present, dict(place) | {"contact_ids": contact_ids})


async def _put(
    connection: AsyncConnection,
    source: str,
    choice: Choice,
    present: Present,
    values: Mapping[str, Any],
) -> Any:
    order = rank_sql(choice.sort)
    sieve = filter_sql(choice.nodes, present, values["campaign_id"], order.properties)
    statement = _FILL.format(
        source=source,
        rank=order.rank,
        matches=sieve.condition,
        joins=sieve.joins + order.joins,
        known="UPDATE SET rank = excluded.rank" if choice.dynamic else "NOTHING",
        kept_out="NOT n.matches" if choice.is_relative else "false",
    )
    asked = sieve.values | order.values | dict(values)
    return (await connection.execute(text(statement), asked)).one()


async def fill_ahead(connection: AsyncConnection, campaign_id: UUID, now: datetime) -> bool:
    """Fill a part of a campaign's order; whether there is more to fill.

    Not where a filter looks at the time: whom it keeps out gets a course, which claims write. That
    the order is complete is said by a claim: the list may grow until the campaign starts.
    """
    found = (await connection.execute(_AHEAD, {"campaign_id": campaign_id})).first()
    choice = (await read_choices(connection, [campaign_id])).get(campaign_id)
    if found is None or choice is None or choice.is_relative:
        return False
    place = {
        "campaign_id": campaign_id,
        "contact_list_id": found.contact_list_id,
        "added_in": found.added_in,
        "position": found.position,
    }
    present = Present(now, zone_of(found.time_zone))
    at_most = BESIDE if found.running else AHEAD
    put = await put_next(connection, choice, present, place, at_most)
    if put.number:
        values = {"added_in": put.added_in, "position": put.position}
        await connection.execute(_CAME_SO_FAR, values | {"campaign_id": campaign_id})
    return put.more
