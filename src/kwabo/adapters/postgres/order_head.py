"""The first contacts of a sorted campaign's order, found before the list has been put into it.

A list is put into its order in the order of arrival, so that nobody knows who comes first until all
of it has been come by. The first few thousand are found instead key by key: the values of a key are
counted, each value's place is worked out once, and only who has the value at the edge is asked for
the next key. Whoever is not behind the last of them is in `campaign_order` from then on, so that
claims may take them while the rest is still being placed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres import order_filling
from kwabo.adapters.postgres.choices import read_choices
from kwabo.adapters.postgres.filter_sql import FilterSql, filter_sql
from kwabo.adapters.postgres.order_filling import COURSE, FRESH, put_some
from kwabo.adapters.postgres.order_sql import rank_sql
from kwabo.domain.contacts.filters.in_use import Choice, zone_of
from kwabo.domain.contacts.filters.sorting import SortKey
from kwabo.domain.contacts.filters.times import Present

HEAD = 5000  # contacts
FEW = 4 * HEAD  # so many are compared by all keys at once
_VALUE = "coalesce(c.data ->> CAST(:key{index} AS text), '')"
# A list whose rest is placed in a moment needs no head.
_NEEDS = text("""
    SELECT k.contact_list_id, l.time_zone
    FROM campaigns k JOIN contact_lists l ON l.contact_list_id = k.contact_list_id
    WHERE k.campaign_id = :campaign_id AND k.state IN ('running', 'pausing') AND k.sort <> '[]'
      AND NOT k.order_complete
      AND EXISTS (SELECT FROM contacts c WHERE c.contact_list_id = k.contact_list_id
          AND (c.added_in, c.position) > (k.scan_added_in, k.scan_position)
          ORDER BY c.added_in, c.position OFFSET :few LIMIT 1)
      AND (k.order_head_rank IS NULL OR NOT EXISTS (SELECT FROM campaign_order o
          WHERE o.campaign_id = k.campaign_id AND o.order_version = k.order_version
            AND (o.rank, o.added_in, o.position)
                <= (k.order_head_rank, k.order_head_added_in, k.order_head_position)
          ORDER BY o.rank, o.added_in, o.position LIMIT 1))
""")
# One search of a campaign at a time, in whichever process; the others have nothing to do meanwhile.
_ALONE = text("""
    SELECT pg_try_advisory_xact_lock(
        hashtextextended('order ' || CAST(CAST(:campaign_id AS uuid) AS text), 0))
""")
_LONGER = text("SELECT set_config('statement_timeout', '5min', true)")
_WAITING = """
    FROM contacts c JOIN contact_lists l ON l.contact_list_id = c.contact_list_id{course}{joins}
    WHERE c.contact_list_id = :contact_list_id AND {fresh} AND {matches} AND {edge}"""
# The first values of a key by their places, each with its contacts; those with one place together.
_VALUES = """
    SELECT c.value, c.number, {rank} AS place
    FROM (SELECT w.value, w.number, jsonb_build_object(CAST(:key AS text), w.value) AS data
          FROM (SELECT {value} AS value, count(*) AS number {waiting} GROUP BY 1) w) c{ranked}
    ORDER BY place FETCH FIRST :wanted ROWS WITH TIES"""
_FIRST = """
    SELECT c.contact_id, {rank} AS rank, c.added_in, c.position {waiting}
    ORDER BY rank, c.added_in, c.position LIMIT :wanted"""
# Claims that are under way end first; those that come meanwhile do not wait.
_HOLD = text("""
    SELECT campaign_id FROM campaigns WHERE campaign_id = :campaign_id AND NOT order_complete
        AND choice_version = :choice_version FOR NO KEY UPDATE
""")
_NOTE = text("""
    UPDATE campaigns SET order_head_rank = :rank, order_head_added_in = :added_in,
        order_head_position = :position
    WHERE campaign_id = :campaign_id
""")


@dataclass(slots=True)
class _Edge:
    """Who may be among the first, by the keys that have been looked at."""

    before: list[str] = field(default_factory=list)  # values of a key that come before the edge …
    at: list[str] = field(default_factory=list)  # … and at it: their contacts differ by other keys
    number_before: int = 0
    number_at: int = 0


async def find_head(connection: AsyncConnection, campaign_id: UUID, now: datetime) -> None:
    """Put the first of those not called into the order of a campaign that runs; note how far.

    Nothing happens while its claims have some to take, while another process does it, and where a
    filter looks at the time, as in `order_filling.fill_ahead`.
    """
    campaign = {"campaign_id": campaign_id}
    needs = await connection.execute(_NEEDS, campaign | {"few": order_filling.BESIDE})
    found = needs.first()
    choice = (await read_choices(connection, [campaign_id])).get(campaign_id)
    if found is None or choice is None or choice.is_relative:
        return
    if not await connection.scalar(_ALONE, campaign):
        return
    await connection.execute(_LONGER)
    place = campaign | {"contact_list_id": found.contact_list_id}
    present = Present(now, zone_of(found.time_zone))
    first = await _first(connection, choice, present, place)
    if not first:
        return
    held = await connection.execute(_HOLD, campaign | {"choice_version": choice.version})
    if held.first() is None:
        return
    # What they are by now: some may have changed while they were sought.
    await put_some(connection, choice, present, place, [row.contact_id for row in first])
    last = first[-1]
    await connection.execute(
        _NOTE,
        campaign | {"rank": last.rank, "added_in": last.added_in, "position": last.position},
    )


async def _first(
    connection: AsyncConnection, choice: Choice, present: Present, place: Mapping[str, Any]
) -> Sequence[Any]:
    order = rank_sql(choice.sort)
    sieve = filter_sql(choice.nodes, present, place["campaign_id"], order.properties)
    values = sieve.values | dict(place)
    edges: list[_Edge] = []
    wanted = HEAD
    for key in choice.sort:
        if key.field.is_property:
            break
        edge = await _edge(connection, key, edges, sieve, values, wanted)
        values |= {
            f"key{len(edges)}": key.field.name,
            f"before{len(edges)}": edge.before,
            f"at{len(edges)}": edge.at,
        }
        edges.append(edge)
        wanted -= edge.number_before
        if edge.number_at <= FEW:
            break
    waiting = _waiting(sieve, _among(edges), sieve.joins + order.joins)
    statement = text(_FIRST.format(rank=order.rank, waiting=waiting))
    asked = values | order.values | {"wanted": HEAD}
    return list(await connection.execute(statement, asked))


async def _edge(
    connection: AsyncConnection,
    key: SortKey,
    edges: Sequence[_Edge],
    sieve: FilterSql,
    values: Mapping[str, Any],
    wanted: int,
) -> _Edge:
    """The values of a key that come first, among those at the edge of the keys before."""
    index = len(edges)
    at = [f"{_VALUE.format(index=n)} = ANY (CAST(:at{n} AS text[]))" for n in range(index)]
    ranked = rank_sql([key])
    statement = _VALUES.format(
        rank=ranked.rank,
        value=_VALUE.format(index=index),
        waiting=_waiting(sieve, " AND ".join(at) or "true", sieve.joins),
        ranked=ranked.joins,
    )
    asked = dict(values) | ranked.values
    asked |= {f"key{index}": key.field.name, "key": key.field.name, "wanted": wanted}
    found = _Edge()
    place: bytes | None = None
    for row in await connection.execute(text(statement), asked):
        if row.place != place:
            if found.number_before + found.number_at >= wanted:
                break
            found.before += found.at
            found.number_before += found.number_at
            found.at, found.number_at, place = [], 0, row.place
        found.at.append(row.value)
        found.number_at += row.number
    return found


def _waiting(sieve: FilterSql, edge: str, joins: str) -> str:
    return _WAITING.format(
        course=COURSE, joins=joins, fresh=FRESH, matches=sieve.condition, edge=edge
    )


def _among(edges: Sequence[_Edge]) -> str:
    """Before the edge by one of the keys, and at it by those before; or at it by all."""
    condition = "true"
    for index in reversed(range(len(edges))):
        value = _VALUE.format(index=index)
        condition = (
            f"({value} = ANY (CAST(:before{index} AS text[]))"
            f" OR ({value} = ANY (CAST(:at{index} AS text[])) AND {condition}))"
        )
    return condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last place of an order's first part that is whole."""

    rank: bytes
    added_in: int
    position: int

    @classmethod
    def of(cls, campaign: Any) -> Head | None:
        """From a row of `campaigns`; None where it is not known, or does not count any more."""
        if campaign.order_complete or campaign.order_head_rank is None:
            return None
        return cls(
            rank=campaign.order_head_rank,
            added_in=campaign.order_head_added_in,
            position=campaign.order_head_position,
        )
