"""How many contacts a filter lets through, while somebody is editing it: an answer within a second.

The exact count reads the list once and is given up after `EXACT_MILLISECONDS`; then a part of the
table's blocks is counted, and the answer says that it is an estimate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy.exc
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.contacts import COLUMNS, contact_of
from kwabo.adapters.postgres.filter_sql import FilterSql, filter_sql
from kwabo.domain.contacts.filters.document import Node
from kwabo.domain.contacts.filters.times import Present
from kwabo.ports.contact_list_filters import Matches
from kwabo.ports.contacts import Contact

EXACT_MILLISECONDS: Final = 600
SAMPLE_MILLISECONDS: Final = 200
SAMPLE: Final = 20  # contacts shown
PART: Final = 10_000  # contacts from which a count is estimated
_TIMED_OUT: Final = "57014"
_BLOCKS = text("SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'contacts'::regclass")
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
    rows = await _within(connection, EXACT_MILLISECONDS, count_statement(sieve), values)
    if rows is None:
        made = await _estimate(connection, sieve, values)
    else:
        count = int(rows[0].count)
        made = Matches(
            count=count, contacts=int(rows[0].contacts), exact=True, low=count, high=count,
            sample=(), sample_complete=True,
        )  # fmt: skip
    if made.exact and not made.count:
        return made
    sample, complete = await _sample(connection, sieve, values)
    return Matches(
        count=made.count, contacts=made.contacts, exact=made.exact, low=made.low, high=made.high,
        sample=sample, sample_complete=complete,
    )  # fmt: skip


def count_statement(sieve: FilterSql, source: str = "contacts c") -> str:
    """One pass over the list: all its contacts, and those that match."""
    return (
        f"SELECT count(*) AS contacts, count(*) FILTER (WHERE {sieve.condition}) AS count"
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
_FEW: Final = _FIRST.replace(f"LIMIT {PART}", f"LIMIT {PART // 20}")


async def _sample(
    connection: AsyncConnection, sieve: FilterSql, values: dict[str, Any]
) -> tuple[list[Contact], bool]:
    statement = sample_statement(sieve)
    rows = await _within(connection, SAMPLE_MILLISECONDS, statement, values)
    complete = rows is not None
    if rows is None:
        statement = sample_statement(sieve, _FIRST)
        rows = await _within(connection, SAMPLE_MILLISECONDS, statement, values)
    return [contact_of(row._mapping) for row in rows or []], complete


async def _estimate(
    connection: AsyncConnection, sieve: FilterSql, values: dict[str, Any]
) -> Matches:
    """From a part of the table, or of the list where the list is a small part of the table."""
    rows = await connection.scalar(_BLOCKS) or 0.0
    percent = min(100.0, 100.0 * PART / max(rows, 1.0))
    source = f"contacts c TABLESAMPLE SYSTEM ({percent:.6f})"
    found = await _within(connection, SAMPLE_MILLISECONDS, count_statement(sieve, source), values)
    if found is not None and found[0].contacts >= PART // 4:
        contacts = round(found[0].contacts * 100.0 / percent)
        return _estimated(_Counted(found[0].count, found[0].contacts), contacts)
    found = await _within(connection, SAMPLE_MILLISECONDS, count_statement(sieve, _FIRST), values)
    if found is None:
        found = list(await connection.execute(text(count_statement(sieve, _FEW)), values))
    total = await connection.scalar(
        text(f"SELECT count(*) FROM contacts c WHERE {_LIST}"),
        {"contact_list_id": values["contact_list_id"]},
    )
    return _estimated(_Counted(found[0].count, found[0].contacts), int(total or 0))


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
