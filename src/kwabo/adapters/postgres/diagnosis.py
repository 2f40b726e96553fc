"""Counting a campaign's list by what its contacts wait for: one statement, one instant.

Whoever has no course has not been looked at: their number is that of the list, which is kept,
without its courses, so that only these are read. Only where filters keep contacts out are those
without a course sought in front of the place that the campaign has come to.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.order_filling import ORDER_VERSION
from kwabo.adapters.postgres.tallies import tally
from kwabo.domain.campaigns.diagnosis import CourseCount, ListCount
from kwabo.ports.diagnosis import DiagnosisQuery, LineCount

COUNT = f"""
    WITH campaign AS MATERIALIZED (SELECT * FROM campaigns WHERE campaign_id = :campaign_id),
    owned AS (
        SELECT b.contact_id FROM callbacks b LEFT JOIN users u ON u.user_id = b.owner_user_id
        WHERE b.campaign_id = :campaign_id AND b.state = 'open' AND b.owner_user_id IS NOT NULL
          AND b.due_at <= :now AND b.due_at > :bound_until
          AND (b.latest_at IS NULL OR b.latest_at > :now)
          AND NOT (:takes_over AND u.active IS NOT TRUE)),
    courses AS (
        SELECT cc.state, CASE WHEN o.contact_id IS NULL THEN cc.reason ELSE 'CALLBACK_OWNED' END
                   AS reason,
               cc.next_attempt_at <= :now AS is_due, count(*) AS contacts,
               min(cc.next_attempt_at) AS next_attempt_at
        FROM campaign_contacts cc
        LEFT JOIN owned o ON o.contact_id = cc.contact_id AND cc.state = 'open'
                         AND cc.next_attempt_at <= :now
        WHERE cc.campaign_id = :campaign_id GROUP BY 1, 2, 3)
    SELECT NULL AS state, '' AS reason, NULL AS is_due, NULL AS next_attempt_at,
           {tally("contacts", "(SELECT contact_list_id FROM campaign)")} AS contacts,
           CASE WHEN (SELECT contact_list_filter_ids <> '{{}}' FROM campaign) THEN (
               SELECT count(*) FROM contacts c
               WHERE c.contact_list_id = (SELECT contact_list_id FROM campaign)
                 AND (c.added_in, c.position) <= ((SELECT scan_added_in FROM campaign),
                                                  (SELECT scan_position FROM campaign))
                 AND NOT EXISTS (SELECT FROM campaign_contacts p
                                  WHERE p.campaign_id = :campaign_id
                                    AND p.contact_id = c.contact_id)
                 AND NOT EXISTS (SELECT FROM campaign_order w
                                  WHERE w.campaign_id = :campaign_id
                                    AND w.order_version = (SELECT order_version FROM campaign)
                                    AND w.contact_id = c.contact_id))
           ELSE 0 END AS kept_out
    UNION ALL
    SELECT state, reason, is_due, next_attempt_at, contacts, 0 FROM courses
"""
_COUNT = text(COUNT)
_LINES = text("""
    SELECT t.lines AS total, count(a.attempt_id) AS used,
           count(a.attempt_id) FILTER (WHERE a.campaign_id = k.campaign_id) AS used_here,
           (SELECT coalesce(sum(greatest(0, o.lines_reserved - (
                SELECT count(*) FROM attempts x
                WHERE x.organisation_id = current_organisation() AND x.state <> 'closed'
                  AND x.state <> 'offered' AND x.campaign_id = o.campaign_id))), 0)
              FROM campaigns o
             WHERE o.trunk_id = k.trunk_id AND o.campaign_id <> k.campaign_id
               AND o.state = 'running') AS set_aside
    FROM campaigns k
    JOIN trunks t ON t.trunk_id = k.trunk_id
    LEFT JOIN attempts a ON a.organisation_id = current_organisation() AND a.state <> 'closed'
                        AND a.state <> 'offered' AND a.trunk_id = k.trunk_id
    WHERE k.campaign_id = :campaign_id
    GROUP BY k.campaign_id, k.trunk_id, t.lines
""")
_PLACE = text("""
    SELECT contact_list_id, scan_added_in AS added_in, scan_position AS position
    FROM campaigns WHERE campaign_id = :campaign_id
""")
_IN_ORDER = text(f"""
    SELECT contact_id FROM campaign_order
    WHERE campaign_id = :campaign_id AND order_version = {ORDER_VERSION}
    ORDER BY rank, added_in, position LIMIT :limit
""")
# The place is a parameter, so that the planner knows how little of a long list is wanted.
_IN_LIST = text("""
    SELECT c.contact_id FROM contacts c
    WHERE c.contact_list_id = :contact_list_id
      AND (c.added_in, c.position) > (CAST(:added_in AS bigint), CAST(:position AS bigint))
      AND NOT EXISTS (SELECT FROM campaign_contacts p
                       WHERE p.campaign_id = :campaign_id AND p.contact_id = c.contact_id)
    ORDER BY c.added_in, c.position LIMIT :limit
""")
_WORD = """
    SELECT e.data -> 'data' -> {path} FROM events e
    WHERE e.floor_id = (SELECT floor_id FROM floors ORDER BY floor_id LIMIT 1)
      AND e.subject_id = :campaign_id
    ORDER BY e.position DESC LIMIT 1
"""
_COME_BY = text("""
    SELECT count(*) FROM contacts c JOIN campaigns k ON k.contact_list_id = c.contact_list_id
    WHERE k.campaign_id = :campaign_id
      AND (c.added_in, c.position) <= (k.scan_added_in, k.scan_position)
""")
_PACING = text(_WORD.format(path="'pacing' ->> 'reason'"))
_ALARM = text(_WORD.format(path="'abandon_alarm' ->> 'level'"))


class PostgresDiagnosisStore:
    """See `kwabo.ports.diagnosis.DiagnosisStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count(self, query: DiagnosisQuery) -> ListCount:
        values = {
            "campaign_id": query.campaign_id,
            "now": query.now,
            "bound_until": query.bound_until,
            "takes_over": query.takes_over,
        }
        contacts = kept_out = 0
        courses = []
        for row in await self._connection.execute(_COUNT, values):
            if row.state is None:
                contacts, kept_out = row.contacts, row.kept_out
                continue
            courses.append(
                CourseCount(
                    state=row.state,
                    reason=row.reason,
                    is_due=row.is_due,
                    contacts=row.contacts,
                    next_attempt_at=row.next_attempt_at,
                )
            )
        return ListCount(contacts=contacts, kept_out=kept_out, courses=tuple(courses))

    async def lines(self, campaign_id: UUID) -> LineCount:
        row = (await self._connection.execute(_LINES, {"campaign_id": campaign_id})).one()
        return LineCount(
            total=row.total,
            used=row.used,
            used_here=row.used_here,
            set_aside=int(row.set_aside),
        )

    async def next_contacts(self, campaign_id: UUID, limit: int) -> Sequence[UUID]:
        values = {"campaign_id": campaign_id, "limit": limit}
        found = list(await self._connection.scalars(_IN_ORDER, values))
        if len(found) < limit:
            place = (await self._connection.execute(_PLACE, values)).mappings().one()
            values = {"campaign_id": campaign_id, "limit": limit - len(found), **place}
            found += await self._connection.scalars(_IN_LIST, values)
        return found

    async def abandon_alarm(self, campaign_id: UUID) -> str:
        return await self._connection.scalar(_ALARM, {"campaign_id": campaign_id}) or ""

    async def order_filled(self, campaign_id: UUID) -> int:
        return await self._connection.scalar(_COME_BY, {"campaign_id": campaign_id}) or 0

    async def pacing_reason(self, campaign_id: UUID) -> str:
        return await self._connection.scalar(_PACING, {"campaign_id": campaign_id}) or ""
