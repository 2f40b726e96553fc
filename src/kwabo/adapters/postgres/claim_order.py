"""Contacts that a campaign has not called yet, in its order.

Without an order of its own a campaign goes through its list by `(added_in, position)` and remembers
how far it has come (decision 6). A sorted campaign puts contacts into `campaign_order` as it comes
by them, each with its place, and takes them from there by an index.

Contacts that a filter keeps out are passed over without a row of their own: what has no course has
not been called. When the filters change the campaign goes through its list again from the
beginning, a window at a time, past everything that has a course. The window is judged in SQL; the
rules judge again those that it lets through.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text

from kwabo.adapters.postgres import order_filling
from kwabo.adapters.postgres.claim_looking import Looking
from kwabo.adapters.postgres.order_filling import COURSE, FRESH, IN_LIST, ORDER_VERSION
from kwabo.domain.contacts.filters.sorting import rank
from kwabo.services.claims import LOOK_AT_MOST, STOP_AFTER_CLOSED_HOURS
from kwabo.services.hours_ahead import LOOK_AHEAD, any_open

WINDOW = 2000  # contacts judged by filters in one claim
RELATIVE_WINDOW = 500  # the same where each that is kept out may need a time to be looked at again
FILL = 5000  # contacts put into an order in one claim
RELATIVE_FILL = 2000  # the same where each that is kept out may need a time to be looked at again

_IN_ORDER = f"""
    SELECT c.*, o.rank FROM (
        SELECT contact_id, rank, added_in, position FROM campaign_order
        WHERE campaign_id = :campaign_id AND order_version = {ORDER_VERSION}
        ORDER BY rank, added_in, position LIMIT :at_most
    ) o JOIN contacts c ON c.contact_id = o.contact_id"""
_IN_HEAD = f"""
    SELECT c.*, o.rank FROM (
        SELECT contact_id, rank, added_in, position FROM campaign_order
        WHERE campaign_id = :campaign_id AND order_version = {ORDER_VERSION}
          AND (rank, added_in, position) <= (CAST(:head_rank AS bytea),
              CAST(:head_added_in AS bigint), CAST(:head_position AS bigint))
        ORDER BY rank, added_in, position LIMIT :at_most
    ) o JOIN contacts c ON c.contact_id = o.contact_id"""
_SCANNED = text("""
    UPDATE campaigns SET scan_added_in = :added_in, scan_position = :position
    WHERE campaign_id = :campaign_id
""")
_PUT = f"""
    INSERT INTO campaign_order (campaign_id, order_version, contact_id, organisation_id, rank,
                                added_in, position)
    SELECT :campaign_id, {ORDER_VERSION}, c.contact_id, c.organisation_id, r.rank, c.added_in,
           c.position
    FROM unnest(CAST(:contact_ids AS uuid[]), CAST(:ranks AS bytea[])) r(contact_id, rank)
    JOIN contacts c ON c.contact_id = r.contact_id
    ON CONFLICT (campaign_id, order_version, contact_id) DO {{}}"""
_PUT_NEW = text(_PUT.format("NOTHING"))
_PUT_AGAIN = text(_PUT.format("UPDATE SET rank = excluded.rank"))
_TAKE_OUT = text(f"""
    DELETE FROM campaign_order
    WHERE campaign_id = :campaign_id AND order_version = {ORDER_VERSION}
      AND contact_id = ANY (:contact_ids)
""")
_COME_BY = text("""
    SELECT count(*) FROM contacts
    WHERE contact_list_id = :contact_list_id
      AND (added_in, position) <= (CAST(:added_in AS bigint), CAST(:position AS bigint))
""")
_IS_COMPLETE = text("SELECT order_complete FROM campaigns WHERE campaign_id = :campaign_id")
_COMPLETE = text(
    "UPDATE campaigns SET order_complete = true"
    " WHERE campaign_id = :campaign_id AND NOT order_complete"
)


async def fresh(looking: Looking) -> bool:
    """Look at contacts that were not called yet; whether more may be found at once."""
    if not looking.claiming.request.campaign.choice.sort:
        return await _in_list(looking)
    return await _sorted(looking)


async def put(looking: Looking, contact_ids: Sequence[UUID], *, again: bool) -> None:
    """Give contacts their places; `again`: a new one to those that have one."""
    if not contact_ids:
        return
    keys = looking.claiming.request.campaign.choice.sort
    facts = await looking.facts(contact_ids)
    values = {
        "campaign_id": looking.campaign_id,
        "contact_ids": list(facts),
        "ranks": [rank(keys, known) for known in facts.values()],
    }
    await looking.connection.execute(_PUT_AGAIN if again else _PUT_NEW, values)


async def take_out(looking: Looking, contact_ids: Sequence[UUID]) -> None:
    """These have been looked at, or no filter lets them through any more."""
    if contact_ids:
        values = {"campaign_id": looking.campaign_id, "contact_ids": list(contact_ids)}
        await looking.connection.execute(_TAKE_OUT, values)


async def _in_list(looking: Looking) -> bool:
    claiming = looking.claiming
    at_most = _window(looking)
    rows = await _judged(looking, IN_LIST, "c.added_in, c.position", at_most)
    claiming.closed_hours = 0
    looked, full = await _go_through(looking, rows)
    if looked:
        await _scanned(looking, rows[looked - 1])
    reached = looked == at_most or full
    return reached and await _worth_while(looking, IN_LIST)


async def _worth_while(looking: Looking, following: str) -> bool:
    """Not when everybody is closed, those behind too."""
    if looking.claiming.closed_hours < STOP_AFTER_CLOSED_HOURS:
        return True
    ahead = await looking.connection.execute(
        text(f"SELECT c.numbers, c.time_zone FROM ({following}) c"),
        looking.list_place | {"at_most": LOOK_AHEAD},
    )
    return any_open(looking.claiming, ((row.numbers, row.time_zone) for row in ahead))


async def _sorted(looking: Looking) -> bool:
    if looking.head is not None and await _ordered(looking, _IN_HEAD):
        return await _worth_while(looking, _IN_HEAD)
    filling = await _fill(looking)
    if filling and not await looking.connection.scalar(
        _IS_COMPLETE, {"campaign_id": looking.campaign_id}
    ):
        looking.order_filled = await _come_by(looking, filling)
        return True  # whoever comes first may not have been come by yet
    reached = await _ordered(looking, _IN_ORDER) == _window(looking) or filling > 0
    return reached and await _worth_while(looking, _IN_ORDER)


async def _ordered(looking: Looking, source: str) -> int:
    """Look at the next of an order; how many were gone through, a whole window if there is more."""
    at_most = _window(looking)
    rows = await _judged(looking, source, "c.rank, c.added_in, c.position", at_most)
    looking.claiming.closed_hours = 0
    looked, full = await _go_through(looking, rows)
    await take_out(looking, [row.contact_id for row in rows[:looked]])
    return at_most if full else looked


async def _come_by(looking: Looking, now: int) -> int:
    """Contacts come by so far: counted once, then added up."""
    before = looking.claiming.request.order_filled
    if before is None:
        return int(await looking.connection.scalar(_COME_BY, looking.list_place) or 0)
    return before + now


async def _fill(looking: Looking) -> int:
    """Put the list's next contacts into the order; how many, 0 when no more follow."""
    campaign = looking.claiming.request.campaign
    row = await order_filling.put_next(
        looking.connection,
        campaign.choice,
        looking.present,
        looking.list_place,
        RELATIVE_FILL if campaign.choice.is_relative else FILL,
    )
    await _keep_out_by_id(looking, row.kept_out)
    if row.number:
        await _scanned(looking, row)
    if row.more:
        return row.number
    await looking.connection.execute(_COMPLETE, {"campaign_id": looking.campaign_id})
    return 0


def _window(looking: Looking) -> int:
    choice = looking.claiming.request.campaign.choice
    if not choice.filters:
        return looking.claiming.look_at
    return RELATIVE_WINDOW if choice.is_relative else WINDOW


async def _judged(looking: Looking, source: str, order: str, at_most: int) -> list[Any]:
    """The next contacts of a source, each with whether it was not called yet and matches."""
    sieve = looking.condition
    rows = await looking.connection.execute(
        text(f"""
            SELECT c.contact_id, c.added_in, c.position, {FRESH} AS fresh,
                   CASE WHEN {FRESH} THEN {sieve.condition} ELSE false END AS matches
            FROM ({source}) c
            JOIN contact_lists l ON l.contact_list_id = c.contact_list_id{COURSE}{sieve.joins}
            ORDER BY {order}
        """),
        sieve.values | looking.list_place | {"at_most": at_most},
    )
    return list(rows)


async def _go_through(looking: Looking, rows: Sequence[Any]) -> tuple[int, bool]:
    """(rows gone through, whether the rules were asked of as many as one claim may ask of)."""
    claiming = looking.claiming
    matching = [index for index, row in enumerate(rows) if row.fresh and row.matches]
    asked = 0
    looked = len(rows)
    while asked < len(matching):
        part = matching[asked : asked + claiming.look_at]
        asked += await looking.look([rows[index].contact_id for index in part])
        enough = asked >= LOOK_AT_MOST or claiming.closed_hours >= STOP_AFTER_CLOSED_HOURS
        if not claiming.wanted or enough:
            looked = matching[asked - 1] + 1 if asked else 0
            break
    await _keep_out(looking, rows[:looked])
    return looked, looked < len(rows) and asked >= LOOK_AT_MOST


async def _keep_out(looking: Looking, rows: Sequence[Any]) -> None:
    """Note when time may let through those that the filters keep out."""
    if not looking.claiming.request.campaign.choice.is_relative:
        return
    await _keep_out_by_id(looking, [r.contact_id for r in rows if r.fresh and not r.matches])


async def _keep_out_by_id(looking: Looking, kept_out: Sequence[UUID]) -> None:
    for contact_id, facts in (await looking.facts(kept_out)).items():
        looking.claiming.keep_out(contact_id, facts)


async def _scanned(looking: Looking, row: Any) -> None:
    looking.scanned = (row.added_in, row.position)
    await looking.connection.execute(
        _SCANNED,
        {
            "campaign_id": looking.campaign_id,
            "added_in": row.added_in,
            "position": row.position,
        },
    )
