"""What flows have noted, on PostgreSQL: it is kept in the attempts' documents."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.ports.flow_results import NotedCall, NotedValue

_OF_CAMPAIGN = "FROM attempts a WHERE a.campaign_id = :campaign_id"
_CALLS = text(f"SELECT count(*) {_OF_CAMPAIGN} AND a.flow ? 'results'")
_COUNTS = text("""
    SELECT r.key AS name, r.value, count(*) AS calls
    FROM attempts a CROSS JOIN LATERAL jsonb_each_text(a.flow -> 'results') r
    WHERE a.campaign_id = :campaign_id AND a.flow ? 'results'
    GROUP BY r.key, r.value ORDER BY r.key, calls DESC, r.value
""")
_NAMES = text("""
    SELECT DISTINCT r.name FROM attempts a CROSS JOIN LATERAL (
        SELECT jsonb_object_keys(a.flow -> 'results') AS name
        UNION SELECT jsonb_object_keys(a.flow -> 'personal') WHERE :personal) r
    WHERE a.campaign_id = :campaign_id AND a.flow ?| ARRAY['results', 'personal'] ORDER BY 1
""")
_PAGE = text(f"""
    SELECT a.attempt_id, a.contact_id, a.answered_at AS at, a.number, a.result,
        coalesce(a.flow ->> 'outcome', '') AS outcome,
        coalesce(a.flow -> 'results', '{{}}') AS results,
        coalesce(a.flow -> 'personal', '{{}}') AS personal
    {_OF_CAMPAIGN} AND a.flow ?| ARRAY['results', 'personal']
        AND (CAST(:before AS uuid) IS NULL OR a.attempt_id < :before)
    ORDER BY a.attempt_id DESC LIMIT :limit
""")


class PostgresFlowResultStore:
    """See `kwabo.ports.flow_results.FlowResultStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def calls(self, campaign_id: UUID) -> int:
        return int(await self._connection.scalar(_CALLS, {"campaign_id": campaign_id}) or 0)

    async def counts(self, campaign_id: UUID) -> Sequence[NotedValue]:
        rows = await self._connection.execute(_COUNTS, {"campaign_id": campaign_id})
        return [NotedValue(**row._mapping) for row in rows]

    async def names(self, campaign_id: UUID, *, personal: bool) -> Sequence[str]:
        values = {"campaign_id": campaign_id, "personal": personal}
        return [row.name for row in await self._connection.execute(_NAMES, values)]

    async def page(
        self, campaign_id: UUID, *, before_attempt_id: UUID | None, limit: int
    ) -> Sequence[NotedCall]:
        values = {"campaign_id": campaign_id, "before": before_attempt_id, "limit": limit}
        rows = await self._connection.execute(_PAGE, values)
        return [NotedCall(**row._mapping) for row in rows]
