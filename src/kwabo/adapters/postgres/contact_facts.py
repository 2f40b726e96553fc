"""What filters and orders know of contacts, from PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.filter_sql import CALLS
from kwabo.domain.contacts.filters.facts import NO_CALLS, Calls, ContactFacts

_PLAIN = """
    c.contact_id, c.data, c.language, coalesce(c.time_zone, l.time_zone) AS time_zone, c.numbers,
    c.callable, c.created_at"""
_WITHOUT_CALLS = text(f"""
    SELECT {_PLAIN}
    FROM contacts c JOIN contact_lists l ON l.contact_list_id = c.contact_list_id
    WHERE c.contact_id = ANY (:contact_ids)
""")
_NAMES = ("attempts", "last_attempt_at", "last_result", "last_wrap_up_code_id")
_WITH_CALLS = text(f"""
    SELECT {_PLAIN},
           {", ".join(f"here.{name} AS here_{name}" for name in _NAMES)},
           {", ".join(f"anywhere.{name} AS anywhere_{name}" for name in _NAMES)}
    FROM contacts c JOIN contact_lists l ON l.contact_list_id = c.contact_list_id
    LEFT JOIN LATERAL ({CALLS} AND t.campaign_id = CAST(:campaign_id AS uuid)) here ON true
    LEFT JOIN LATERAL ({CALLS}) anywhere ON true
    WHERE c.contact_id = ANY (:contact_ids)
""")


async def read_facts(
    connection: AsyncConnection,
    contact_ids: Sequence[UUID],
    *,
    campaign_id: UUID | None,
    calls: bool,
) -> dict[UUID, ContactFacts]:
    """The contacts by id; deleted ones are missing. `calls`: with what came of calls."""
    values: dict[str, Any] = {"contact_ids": list(contact_ids)}
    if calls:
        values["campaign_id"] = campaign_id
    rows = await connection.execute(_WITH_CALLS if calls else _WITHOUT_CALLS, values)
    return {row.contact_id: _facts(row, calls) for row in rows}


def _facts(row: Any, calls: bool) -> ContactFacts:
    return ContactFacts(
        data=row.data,
        language=row.language,
        time_zone=row.time_zone,
        numbers=tuple(row.numbers),
        callable=row.callable,
        created_at=row.created_at,
        here=_calls(row, "here") if calls else NO_CALLS,
        anywhere=_calls(row, "anywhere") if calls else NO_CALLS,
    )


def _calls(row: Any, which: str) -> Calls:
    return Calls(**{name: getattr(row, f"{which}_{name}") for name in _NAMES})
