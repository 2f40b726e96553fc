"""How many contacts a filter lets through, while somebody is editing it: an answer within a second.

A few contacts tell what one of them costs. The whole list is counted where that may fit; else as
many of the table's contacts as fit, taken at random, and the answer says that it is an estimate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

import sqlalchemy.exc
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.contacts import COLUMNS, contact_of
from kwabo.adapters.postgres.filter_sql import FilterSql, filter_sql
from kwabo.adapters.postgres.tallies import tally
from kwabo.domain.contacts.filters.document import Node
from kwabo.domain.contacts.filters.times import Present
from kwabo.ports.contact_list_filters import Matches
from kwabo.ports.contacts import Contact

# Together, with what lies between them, a second.
FEW_MILLISECONDS: Final = 100
EXACT_MILLISECONDS: Final = 450
PART_MILLISECONDS: Final = 250
SAMPLE_MILLISECONDS: Final = 120
SAMPLE_AGAIN_MILLISECONDS: Final = 60
SAMPLE: Final = 20  # contacts shown
FEW: Final = 500  # contacts by which the cost is judged
PART: Final = 10_000  # contacts among which those shown are sought at last
PART_MOST: Final = (
    20_000  # contacts taken at random: blocks from all over the table, read one by one
)
_PARALLEL: Final = 3  # as much faster the whole list may be counted than a few of it, one by one
_TIMED_OUT: Final = "57014"
_ROWS = text("SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'contacts'::regclass")
_CONTACTS = text(f"SELECT {tally('contacts', 'CAST(:contact_list_id AS uuid)')}")
_LIST = "c.contact_list_id = :contact_list_id"


@dataclass(frozen=True, slots=True)
class _Counted:
    count: int
    contacts: int


async def find_matches(
    connection: AsyncConnection,
    contact_list_id: UUID,
    node: Node,
    present: Present,
    campaign_id: UUID | None,
) -> Matches:
    """See `ContactListFilterStore.matches`."""
    sieve = filter_sql([node], present, campaign_id)
    values = sieve.values | {"contact_list_id": contact_list_id}
    made = await _count(connection, sieve, values)
    if made.exact and not made.count:
        return made
    sample, complete = await _sample(connection, sieve, values)
    return replace(made, sample=sample, sample_complete=complete)


async def _count(connection: AsyncConnection, sieve: FilterSql, values: dict[str, Any]) -> Matches:
    contacts = int(
        await connection.scalar(_CONTACTS, {"contact_list_id": values["contact_list_id"]}) or 0
    )
    rows = await _within(connection, FEW_MILLISECONDS, count_statement(sieve, _FEW), values)
    few = _Counted(0, 0) if rows is None else _Counted(rows[0].count, rows[0].contacts)
    took = FEW_MILLISECONDS if rows is None else max(float(rows[0].milliseconds), 0.1)
    each = took / min(FEW, max(contacts, 1))
    if each * contacts <= _PARALLEL * EXACT_MILLISECONDS:
        rows = await _within(connection, EXACT_MILLISECONDS, count_statement(sieve), values)
        if rows is not None:
            count = int(rows[0].count)
            return Matches(
                count=count, contacts=int(rows[0].contacts), exact=True, low=count, high=count,
                sample=(), sample_complete=True,
            )  # fmt: skip
    wanted = min(PART_MOST, round(PART_MILLISECONDS / 2 / each))
    part = await _part(connection, sieve, values, wanted)
    return _estimated(part if part.contacts > few.contacts else few, contacts)


def count_statement(sieve: FilterSql, source: str = "contacts c") -> str:
    """One pass over the list: all its contacts, and those that match."""
    return (
        f"SELECT count(*) AS contacts, count(*) FILTER (WHERE {sieve.condition}) AS count,"
        " 1000 * extract(epoch FROM clock_timestamp() - statement_timestamp()) AS milliseconds"
        f" FROM {source} JOIN contact_lists l ON l.contact_list_id = c.contact_list_id"
        f"{sieve.joins} WHERE {_LIST}"
    )


def sample_statement(sieve: FilterSql, source: str = "contacts c") -> str:
    """The first that match."""
    return (
        f"SELECT {COLUMNS} FROM {source}"
        f" JOIN contact_lists l ON l.contact_list_id = c.contact_list_id{sieve.joins}"
        f" WHERE {_LIST} AND {sieve.condition} ORDER BY c.added_in, c.position LIMIT {SAMPLE}"
    )


_FIRST: Final = (
    f"(SELECT * FROM contacts c WHERE {_LIST} ORDER BY c.added_in, c.position LIMIT {PART}) c"
)
_FEW: Final = _FIRST.replace(f"LIMIT {PART}", f"LIMIT {FEW}")


async def _sample(
    connection: AsyncConnection, sieve: FilterSql, values: dict[str, Any]
) -> tuple[list[Contact], bool]:
    statement = sample_statement(sieve)
    rows = await _within(connection, SAMPLE_MILLISECONDS, statement, values)
    complete = rows is not None
    if rows is None:
        statement = sample_statement(sieve, _FIRST)
        rows = await _within(connection, SAMPLE_AGAIN_MILLISECONDS, statement, values)
    return [contact_of(row._mapping) for row in rows or []], complete


async def _part(
    connection: AsyncConnection, sieve: FilterSql, values: dict[str, Any], wanted: int
) -> _Counted:
    """About so many contacts of the table, taken at random; those of the list among them."""
    rows = await connection.scalar(_ROWS) or 0.0
    percent = min(100.0, 100.0 * wanted / max(rows, 1.0))
    source = f"contacts c TABLESAMPLE SYSTEM ({percent:.6f})"
    found = await _within(connection, PART_MILLISECONDS, count_statement(sieve, source), values)
    return _Counted(0, 0) if found is None else _Counted(found[0].count, found[0].contacts)


def _estimated(part: _Counted, contacts: int) -> Matches:
    """Wilson's interval of the share, at 95 %."""
    low, high, share = 0.0, 1.0, 0.0
    if part.contacts:
        z, n = 1.96, part.contacts
        share = part.count / n
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Matches(
        count=round(share * contacts),
        contacts=contacts,
        exact=False,
        low=math.floor(low * contacts),
        high=math.ceil(high * contacts),
        sample=(),
        sample_complete=True,
    )


async def _within(
    connection: AsyncConnection, milliseconds: int, statement: str, values: dict[str, Any]
) -> list[Any] | None:
    """The rows of a query; None when it takes longer."""
    before = await connection.scalar(text("SHOW statement_timeout"))
    try:
        async with connection.begin_nested():
            await _limit(connection, f"{milliseconds}ms")
            rows = list(await connection.execute(text(statement), values))
            await _limit(connection, str(before))
            return rows
    except sqlalchemy.exc.DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != _TIMED_OUT:
            raise
        return None


async def _limit(connection: AsyncConnection, written: str) -> None:
    await connection.execute(
        text("SELECT set_config('statement_timeout', :written, true)"), {"written": written}
    )
