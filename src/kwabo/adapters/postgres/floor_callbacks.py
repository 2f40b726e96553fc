"""How many callbacks stand how, for live views."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.ports.floor_rows import CallbackTallies, CallbackTally, KeptPlace

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


_PLACES = text(
    """
    SELECT cb.callback_id, cb.campaign_id, cb.contact_id, cb.queue_id, cb.waiting_since,
        greatest(cb.due_at, cc.next_attempt_at) AS call_at, cb.latest_at, cb.priority, cb.language,
        cb.skills, cb.tries, cc.state IS NOT DISTINCT FROM 'in_progress' AS calling
    FROM callbacks cb
    LEFT JOIN campaign_contacts cc
        ON cc.campaign_id = cb.campaign_id AND cc.contact_id = cb.contact_id
    WHERE cb.state = 'open' AND cb.queue_id IS NOT NULL
    ORDER BY cb.waiting_since, cb.callback_id
    """
)


async def places(connection: AsyncConnection) -> list[KeptPlace]:
    """Those that keep a place in a queue."""
    return [
        KeptPlace(
            callback_id=row.callback_id,
            campaign_id=row.campaign_id,
            contact_id=row.contact_id,
            queue_id=row.queue_id,
            waiting_since=row.waiting_since,
            call_at=row.call_at,
            latest_at=row.latest_at,
            priority=row.priority,
            language=row.language,
            skills=tuple(row.skills),
            tries=row.tries,
            calling=row.calling,
        )
        for row in await connection.execute(_PLACES)
    ]


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
