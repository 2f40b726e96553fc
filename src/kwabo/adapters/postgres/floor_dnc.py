"""Do-not-call on a floor: who of those being called is listed by now, and whom to ask about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.candidates import find_candidates
from kwabo.services.rechecks import is_listed

# One that is wanted already is left alone: no claim waits for a row that others write.
_WANT = text(
    """
    INSERT INTO dnc_checks (dnc_list_id, organisation_id, number, wanted_at)
    SELECT l.dnc_list_id, l.organisation_id, w.number, :now
    FROM unnest(CAST(:lists AS uuid[]), CAST(:numbers AS text[])) AS w (dnc_list_id, number)
    JOIN dnc_lists l USING (dnc_list_id)
    WHERE NOT EXISTS (SELECT FROM dnc_checks c WHERE c.dnc_list_id = w.dnc_list_id
                         AND c.number = w.number AND c.wanted_at IS NOT NULL)
    ORDER BY l.dnc_list_id, w.number
    ON CONFLICT (dnc_list_id, number) DO UPDATE SET wanted_at = excluded.wanted_at
    """
)
_ATTEMPTS = text(
    """
    SELECT attempt_id, campaign_id, contact_id, number FROM attempts
    WHERE attempt_id = ANY (:attempt_ids) AND state <> 'closed'
    """
)


async def want(
    connection: AsyncConnection, to_check: Collection[tuple[UUID, str]], now: datetime
) -> None:
    """Have providers asked about numbers, soon."""
    if not to_check:
        return
    await connection.execute(
        _WANT,
        {
            "lists": [dnc_list_id for dnc_list_id, _ in to_check],
            "numbers": [number for _, number in to_check],
            "now": now,
        },
    )


async def listed(
    connection: AsyncConnection, attempt_ids: Sequence[UUID], now: datetime
) -> frozenset[UUID]:
    """Those attempts whose number, or whose contact, is on a DNC list of its campaign."""
    if not attempt_ids:
        return frozenset()
    rows = (await connection.execute(_ATTEMPTS, {"attempt_ids": list(attempt_ids)})).all()
    found: set[UUID] = set()
    for campaign_id in sorted({row.campaign_id for row in rows}):
        own = [row for row in rows if row.campaign_id == campaign_id]
        candidates = await find_candidates(
            connection, campaign_id=campaign_id, contact_ids=[row.contact_id for row in own]
        )
        for row in own:
            known = candidates.get(row.contact_id)
            if known is not None and is_listed(known.candidate, row.number, now):
                found.add(row.attempt_id)
    return frozenset(found)
