"""The event log on PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.domain.event_log.catalogue import CODES
from kwabo.ports.event_log import EventQuery, LoggedEvent, NewEvent

ADD = text("""
    SELECT log_event(current_organisation(), :level, :category, :code, :subject_kind, :subject_id,
        :subject_name, CAST(:campaign_id AS uuid), CAST(:contact_list_id AS uuid),
        CAST(:trunk_id AS uuid), CAST(:params AS jsonb), :repeats, :at)
""")
_FIND = text("""
    SELECT e.event_id, e.level, e.category, e.code, e.subject_kind, e.subject_id, e.subject_name,
           e.campaign_id, e.contact_list_id, e.trunk_id, e.params, e.times, e.first_at, e.last_at,
           e.seen_at, e.seen_by, u.display_name AS seen_by_name
    FROM event_log e LEFT JOIN users u ON u.user_id = e.seen_by
    WHERE (cardinality(CAST(:levels AS text[])) = 0 OR e.level = ANY (:levels))
      AND (cardinality(CAST(:categories AS text[])) = 0 OR e.category = ANY (:categories))
      AND (CAST(:campaign_id AS uuid) IS NULL OR e.campaign_id = :campaign_id)
      AND (CAST(:contact_list_id AS uuid) IS NULL OR e.contact_list_id = :contact_list_id)
      AND (CAST(:trunk_id AS uuid) IS NULL OR e.trunk_id = :trunk_id)
      AND (CAST(:from_at AS timestamptz) IS NULL OR e.last_at >= :from_at)
      AND (CAST(:until_at AS timestamptz) IS NULL OR e.first_at < :until_at)
      AND (NOT :unseen OR e.seen_at IS NULL)
      AND (:search = '' OR e.code = ANY (CAST(:codes_found AS text[]))
           OR strpos(lower(e.code), :search) > 0
           OR strpos(folded_text(e.subject_name), folded_text(:search)) > 0
           OR strpos(folded_text(e.params::text), folded_text(:search)) > 0)
      AND (CAST(:before_at AS timestamptz) IS NULL
           OR (e.last_at, e.event_id) < (:before_at, CAST(:before_id AS bigint)))
    ORDER BY e.last_at DESC, e.event_id DESC LIMIT :limit
""")
_COUNT = text("""
    SELECT (SELECT count(*) FROM (SELECT FROM event_log WHERE seen_at IS NULL AND level = 'error'
                                  LIMIT :at_most) AS counted) AS error,
           (SELECT count(*) FROM (SELECT FROM event_log WHERE seen_at IS NULL AND level = 'warning'
                                  LIMIT :at_most) AS counted) AS warning
""")
_SEEN = text("""
    UPDATE event_log SET seen_at = :at, seen_by = :user_id
    WHERE seen_at IS NULL AND date_trunc('milliseconds', last_at) <= :until
      AND (CAST(:event_ids AS bigint[]) IS NULL OR event_id = ANY (:event_ids))
""")
_FORGET = text("DELETE FROM event_log WHERE last_at < :before")


class PostgresEventLogStore:
    """See `kwabo.ports.event_log.EventLogStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, event: NewEvent) -> None:
        await self._connection.execute(ADD, event_values(event))

    async def find(self, query: EventQuery) -> Sequence[LoggedEvent]:
        rows = await self._connection.execute(
            _FIND,
            {
                "levels": list(query.levels),
                "categories": list(query.categories),
                "campaign_id": query.campaign_id,
                "contact_list_id": query.contact_list_id,
                "trunk_id": query.trunk_id,
                "from_at": query.from_at,
                "until_at": query.until_at,
                "unseen": query.unseen,
                "search": query.search.strip().lower(),
                "codes_found": list(query.codes_found),
                "before_at": query.before[0] if query.before else None,
                "before_id": query.before[1] if query.before else None,
                "limit": query.limit,
            },
        )
        return [LoggedEvent(**row) for row in rows.mappings()]

    async def count_unseen(self, at_most: int) -> Mapping[str, int]:
        row = (await self._connection.execute(_COUNT, {"at_most": at_most})).one()
        return {"error": row.error, "warning": row.warning}

    async def mark_seen(
        self, event_ids: Sequence[int] | None, until: datetime, user_id: UUID, at: datetime
    ) -> int:
        values = {
            "event_ids": None if event_ids is None else list(event_ids),
            "until": until,
            "user_id": user_id,
            "at": at,
        }
        return (await self._connection.execute(_SEEN, values)).rowcount

    async def forget_before(self, before: datetime) -> int:
        return (await self._connection.execute(_FORGET, {"before": before})).rowcount


def event_values(event: NewEvent) -> dict[str, object]:
    """What the statement `ADD` takes."""
    code = CODES[event.code]
    return {
        "level": str(code.level),
        "category": str(code.categories[0]),
        "code": event.code,
        "subject_kind": event.subject_kind,
        "subject_id": event.subject_id,
        "subject_name": event.subject_name,
        "campaign_id": event.campaign_id,
        "contact_list_id": event.contact_list_id,
        "trunk_id": event.trunk_id,
        "params": dict(event.params),
        "repeats": event.repeats,
        "at": event.at,
    }
