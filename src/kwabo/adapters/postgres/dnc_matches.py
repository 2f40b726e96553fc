"""What DNC lists and providers hold against candidates, read beside them.

Entries by number and providers' answers come with the candidates' own query; entries by column need
the columns' values first, in the form of `domain/dnc_lists/values.py`, and are looked up for all
candidates at once, when such a list applies at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.domain.compliance.dnc import DncCheck, DncMatch
from kwabo.domain.dnc_lists.values import canonical_value

# For a WITH: the lists that stand against the campaign's calls.
LISTS = """
    lists AS MATERIALIZED (
        SELECT l.dnc_list_id, l.name, l.kind, l.key_column, p.max_age_seconds, p.when_silent
        FROM dnc_lists l LEFT JOIN dnc_providers p USING (dnc_list_id)
        WHERE l.channel IN ('any', 'voice')
          AND (l.organisation_wide OR l.dnc_list_id = ANY (
              SELECT unnest(k.dnc_list_ids) FROM campaigns k WHERE k.campaign_id = :campaign_id))
    )
"""
# Of a contact c. OFFSET 0 keeps the planner to looking each list up by its key: a plan over all
# entries, chosen with statistics from before an upload, would hold up every claim.
COLUMNS = """
    (SELECT jsonb_agg(jsonb_build_array(l.dnc_list_id, l.name, d.value, d.expires_at))
       FROM lists l, LATERAL (
           SELECT e.value, e.expires_at FROM dnc_entries e
            WHERE e.dnc_list_id = l.dnc_list_id AND e.value = ANY (c.numbers) OFFSET 0) d
      WHERE l.kind = 'internal' AND l.key_column IS NULL) AS dnc_numbers,
    (SELECT jsonb_agg(jsonb_build_array(l.dnc_list_id, l.name, l.key_column,
                                        c.data ->> l.key_column))
       FROM lists l
      WHERE l.key_column IS NOT NULL AND c.data ->> l.key_column <> '') AS dnc_columns,
    (SELECT jsonb_agg(jsonb_build_array(l.dnc_list_id, l.name, n.number, l.max_age_seconds,
                l.when_silent, d.listed, d.checked_at, d.silences, d.ask_after))
       FROM lists l CROSS JOIN unnest(c.numbers) AS n (number) LEFT JOIN LATERAL (
           SELECT k.listed, k.checked_at, k.silences, k.ask_after FROM dnc_checks k
            WHERE k.dnc_list_id = l.dnc_list_id AND k.number = n.number OFFSET 0) d ON true
      WHERE l.kind = 'provider') AS dnc_answers
"""
_BY_COLUMN = text("""
    SELECT w.dnc_list_id, w.value, d.expires_at
    FROM unnest(CAST(:lists AS uuid[]), CAST(:values AS text[])) AS w (dnc_list_id, value),
         LATERAL (SELECT e.expires_at FROM dnc_entries e
                   WHERE e.dnc_list_id = w.dnc_list_id AND e.value = w.value OFFSET 0) d
""")


async def column_matches(
    connection: AsyncConnection, rows: Sequence[Any]
) -> Mapping[UUID, tuple[DncMatch, ...]]:
    """Contact → the entries by column against it; `rows` have `contact_id` and `dnc_columns`."""
    wanted = [
        (row.contact_id, UUID(list_id), name, column, canonical_value(value))
        for row in rows
        for list_id, name, column, value in row.dnc_columns or ()
    ]
    if not wanted:
        return {}
    pairs = {(list_id, value) for _, list_id, _, _, value in wanted}
    listed = await connection.execute(
        _BY_COLUMN, {"lists": [pair[0] for pair in pairs], "values": [pair[1] for pair in pairs]}
    )
    expiries = {(row.dnc_list_id, row.value): row.expires_at for row in listed}
    found: dict[UUID, tuple[DncMatch, ...]] = {}
    for contact_id, list_id, name, column, value in wanted:
        if (list_id, value) in expiries:
            match = DncMatch(
                dnc_list_id=list_id,
                list_name=name,
                number=None,
                column=column,
                expires_at=expiries[list_id, value],
            )
            found[contact_id] = (*found.get(contact_id, ()), match)
    return found


def number_matches(row: Any) -> tuple[DncMatch, ...]:
    """The entries by number of a row that has `dnc_numbers`."""
    return tuple(
        DncMatch(
            dnc_list_id=UUID(list_id), list_name=name, number=number, expires_at=_instant(expires)
        )
        for list_id, name, number, expires in row.dnc_numbers or ()
    )


def checks(row: Any) -> tuple[DncCheck, ...]:
    """What is known of providers' answers, of a row that has `dnc_answers`."""
    return tuple(
        DncCheck(
            dnc_list_id=UUID(list_id),
            list_name=name,
            number=number,
            max_age=timedelta(seconds=max_age),
            when_silent=when_silent,
            listed=listed,
            checked_at=_instant(checked_at),
            silences=silences or 0,
            ask_after=_instant(ask_after),
        )
        for list_id, name, number, max_age, when_silent, listed, checked_at, silences, ask_after
        in row.dnc_answers or ()
        if max_age is not None
    )  # fmt: skip


def _instant(text_or_none: str | None) -> datetime | None:
    return datetime.fromisoformat(text_or_none) if text_or_none else None
