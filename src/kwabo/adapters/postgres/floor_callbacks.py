"""How many callbacks stand how, for live views."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.ports.floor_rows import CallbackTallies, CallbackTally

_COUNTS = """
    SELECT {key} AS key, count(*) FILTER (WHERE state = 'open') AS open,
           count(*) FILTER (WHERE state = 'open' AND due_at <= :now) AS due,
           min(due_at) FILTER (WHERE state = 'open' AND due_at > :now) AS next_due_at,
           count(*) FILTER (WHERE state <> 'open' AND changed_at >= :missed_since) AS missed
    FROM callbacks WHERE state IN ('open', 'missed', 'expired') AND {key} IS NOT NULL
    GROUP BY {key}
"""
_OF_AGENTS = text(_COUNTS.format(key="owner_user_id"))
_OF_CAMPAIGNS = text(_COUNTS.format(key="campaign_id"))


async def tallies(
    connection: AsyncConnection, now: datetime, missed_since: datetime
) -> CallbackTallies:
    """Those of each owner and of each campaign that have any."""
    values = {"now": now, "missed_since": missed_since}
    return CallbackTallies(
        of_agents=_tallies(await connection.execute(_OF_AGENTS, values)),
        of_campaigns=_tallies(await connection.execute(_OF_CAMPAIGNS, values)),
    )


def _tallies(rows: Any) -> dict[UUID, CallbackTally]:
    return {
        row.key: CallbackTally(
            open=row.open, due=row.due, next_due_at=row.next_due_at, missed=row.missed
        )
        for row in rows
    }
