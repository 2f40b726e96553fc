"""What simulations read of a campaign, on PostgreSQL.

Every query answers one page by an index; a page holds the engine's thread for as long as its rows
take to be made, so pages are small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.attempt_ids import OFFERED, first_id
from kwabo.adapters.postgres.choices import read_choices
from kwabo.adapters.postgres.filter_sql import FilterSql, filter_sql
from kwabo.adapters.postgres.floor_pacing import MACHINES
from kwabo.adapters.postgres.order_filling import ORDER_VERSION
from kwabo.adapters.postgres.tallies import tally
from kwabo.domain.contacts.filters.in_use import EVERYBODY, zone_of
from kwabo.domain.contacts.filters.times import Present
from kwabo.domain.what_ifs.history import PastCall, RecordedStatus, RecordedStep
from kwabo.ports.what_ifs import CampaignFacts, Place

_FACTS = text(f"""
    SELECT l.time_zone, t.lines, t.calls_per_second,
           -- With filters or an order, contacts on both sides of the scan have no course.
           CASE WHEN c.choice_version > 0 THEN 0 ELSE c.scan_added_in END AS scan_added_in,
           CASE WHEN c.choice_version > 0 THEN 0 ELSE c.scan_position END AS scan_position,
           c.sort <> '[]' AS sorted,
           c.order_complete OR NOT EXISTS (
               SELECT FROM contacts m WHERE m.contact_list_id = c.contact_list_id
                  AND (m.added_in, m.position) > (c.scan_added_in, c.scan_position))
               AS order_filled,
           {tally("contacts", "c.contact_list_id")} AS contacts,
           (SELECT count(*) FROM queue_members m JOIN users u USING (user_id)
            WHERE m.queue_id = c.queue_id AND u.active) AS agents
    FROM campaigns c
    JOIN contact_lists l USING (contact_list_id)
    JOIN trunks t USING (trunk_id)
    WHERE c.campaign_id = :campaign_id
""")
_CALL = f"""
    SELECT a.attempt_id, a.campaign_id, a.contact_id, a.number, a.mode, a.dialling_at,
           a.ringing_at, a.answered_at, a.connected_at, a.closed_at, a.result, a.cause,
           a.sip_code, a.hung_up_by, a.abandoned, a.transferred_to IS NOT NULL AS transferred,
           CAST(w.after_call_seconds AS double precision) AS after_call_seconds,
           CASE WHEN w.user_id IS NOT NULL THEN w.created_at END AS wrapped_up_at,
           coalesce(w.wrap_up_code_id = ANY ({MACHINES}), false) AS machine
    FROM attempts a
    LEFT JOIN wrap_ups w ON w.attempt_id = a.attempt_id
    WHERE a.campaign_id = :campaign_id AND a.state = 'closed'
"""
# Ids of attempts rise with time (RFC 9562 section 5.7), so one index finds and orders the calls.
_CALLS = text(f"""
    {_CALL} AND a.dialling_at >= :since AND a.attempt_id >= :first
      AND (CAST(:before AS uuid) IS NULL OR a.attempt_id < :before)
    ORDER BY a.attempt_id DESC LIMIT :limit
""")
_CALLS_OF_DAY = text(f"""
    {_CALL} AND a.dialling_at >= :begin AND a.dialling_at < :end
      AND a.attempt_id BETWEEN :first AND :last
      AND (CAST(:after AS uuid) IS NULL OR a.attempt_id > :after)
    ORDER BY a.attempt_id LIMIT :limit
""")
_OPEN_ON = text("""
    SELECT EXISTS (SELECT 1 FROM attempts WHERE campaign_id = :campaign_id AND state <> 'closed'
                   AND dialling_at >= :begin AND dialling_at < :end)
""")
_OPEN = text("""
    SELECT contact_id, next_attempt_at FROM campaign_contacts
    WHERE campaign_id = :campaign_id AND state = 'open' AND next_attempt_at IS NOT NULL
      AND (CAST(:at AS timestamptz) IS NULL OR (next_attempt_at, contact_id) > (:at, :id))
    ORDER BY next_attempt_at, contact_id LIMIT :limit
""")
_FRESH = """
    SELECT c.contact_id, c.added_in, c.position
    FROM contacts c JOIN campaigns k ON k.contact_list_id = c.contact_list_id
    JOIN contact_lists l ON l.contact_list_id = c.contact_list_id {joins}
    WHERE k.campaign_id = :campaign_id AND (c.added_in, c.position) > (:added_in, :position)
      AND (k.choice_version = 0 OR NOT EXISTS (
          SELECT FROM campaign_contacts cc
          WHERE cc.campaign_id = k.campaign_id AND cc.contact_id = c.contact_id))
      AND {condition}
    ORDER BY c.added_in, c.position LIMIT :limit
"""
_FRESH_SORTED = text(f"""
    SELECT contact_id, rank, added_in, position FROM campaign_order
    WHERE campaign_id = :campaign_id AND order_version = {ORDER_VERSION}
      AND (rank, added_in, position) > (CAST(:rank AS bytea), CAST(:added_in AS bigint),
                                        CAST(:position AS bigint))
    ORDER BY rank, added_in, position LIMIT :limit
""")
_BEFORE_ALL = (b"", -1, -1)
_PRESENT = text("""
    SELECT now() AS now, l.time_zone FROM campaigns c JOIN contact_lists l USING (contact_list_id)
    WHERE c.campaign_id = :campaign_id
""")
_FLOOR = "(SELECT floor_id FROM floors ORDER BY floor_id LIMIT 1)"
_NEWEST_POSITION = text(f"SELECT position FROM floors WHERE floor_id = {_FLOOR}")
_EVENT_AT = text(f"""
    SELECT position, at FROM events WHERE floor_id = {_FLOOR} AND position >= :position
    ORDER BY position LIMIT 1
""")
_STATUS = """
    e.position, e.at, e.subject_id AS user_id, e.data -> 'data' ->> 'status' AS status,
    CAST(e.data -> 'data' -> 'attempt' ->> 'attempt_id' AS uuid) AS attempt_id,
    coalesce(CAST(e.data -> 'data' ->> 'pause_after' AS boolean), false) AS pause_after,
    coalesce(jsonb_exists(e.data -> 'data' -> 'queue_ids', (
        SELECT CAST(queue_id AS text) FROM campaigns WHERE campaign_id = :campaign_id)), false)
        AS in_queue,
    e.kind = 'agent.adopted' AS adopted
"""
_STATUSES_BEFORE = text(f"""
    SELECT {_STATUS} FROM users u, LATERAL (
        SELECT * FROM events WHERE floor_id = {_FLOOR} AND subject_id = u.user_id
           AND position < :position
        ORDER BY position DESC LIMIT 1) e
    ORDER BY e.position
""")
_EVENTS = text(f"""
    SELECT e.kind, e.data ->> 'entity' AS entity, {_STATUS},
           CAST(e.data -> 'data' ->> 'agent_user_id' AS uuid) AS agent_user_id
    FROM events e
    WHERE e.floor_id = {_FLOOR} AND e.position >= :position AND e.position < :position + :limit
      AND e.at < :until
    ORDER BY e.position
""")


class PostgresCampaignHistoryStore:
    """See `kwabo.ports.what_ifs.CampaignHistoryStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def facts(self, campaign_id: UUID) -> CampaignFacts | None:
        row = (await self._connection.execute(_FACTS, {"campaign_id": campaign_id})).first()
        if row is None:
            return None
        return CampaignFacts(
            time_zone=row.time_zone,
            contacts=row.contacts,
            agents=row.agents,
            lines=row.lines,
            calls_per_second=float(row.calls_per_second),
            cursor=(row.scan_added_in, row.scan_position),
            sorted=row.sorted,
            order_filled=row.order_filled,
        )

    async def calls(
        self, campaign_id: UUID, *, since: datetime, before: UUID | None, limit: int
    ) -> Sequence[PastCall]:
        values = {
            "campaign_id": campaign_id,
            "since": since,
            "first": first_id(since - OFFERED),
            "before": before,
            "limit": limit,
        }
        return [_call(row) for row in await self._connection.execute(_CALLS, values)]

    async def calls_of_day(
        self,
        campaign_id: UUID,
        begin: datetime,
        end: datetime,
        *,
        after: UUID | None,
        limit: int,
    ) -> Sequence[PastCall]:
        values = {
            "campaign_id": campaign_id,
            "begin": begin,
            "end": end,
            "first": first_id(begin - OFFERED),
            "last": first_id(end + timedelta(seconds=1)),
            "after": after,
            "limit": limit,
        }
        return [_call(row) for row in await self._connection.execute(_CALLS_OF_DAY, values)]

    async def open_on(self, campaign_id: UUID, begin: datetime, end: datetime) -> bool:
        values = {"campaign_id": campaign_id, "begin": begin, "end": end}
        return bool(await self._connection.scalar(_OPEN_ON, values))

    async def open_contacts(
        self, campaign_id: UUID, *, after: tuple[datetime, UUID] | None, limit: int
    ) -> Sequence[tuple[datetime, UUID]]:
        at, contact_id = after or (None, None)
        values = {"campaign_id": campaign_id, "at": at, "id": contact_id, "limit": limit}
        rows = await self._connection.execute(_OPEN, values)
        return [(row.next_attempt_at, row.contact_id) for row in rows]

    async def _sieve(self, campaign_id: UUID) -> FilterSql:
        """What the campaign's filters ask of contacts."""
        choice = (await read_choices(self._connection, [campaign_id])).get(campaign_id, EVERYBODY)
        if not choice.filters:
            return FilterSql()
        row = (await self._connection.execute(_PRESENT, {"campaign_id": campaign_id})).one()
        return filter_sql(choice.nodes, Present(row.now, zone_of(row.time_zone)), campaign_id)

    async def fresh_contacts(
        self, campaign_id: UUID, *, after: Place | None, limit: int
    ) -> tuple[Sequence[UUID], Place | None]:
        if after is None:
            facts = await self.facts(campaign_id)
            if facts is None:
                return [], None
            after = _BEFORE_ALL if facts.sorted and facts.order_filled else facts.cursor
        if len(after) == 3:
            return await self._in_order(campaign_id, after, limit)
        values = {
            "campaign_id": campaign_id,
            "added_in": after[0],
            "position": after[1],
            "limit": limit,
        }
        sieve = await self._sieve(campaign_id)
        statement = _FRESH.format(joins=sieve.joins, condition=sieve.condition)
        rows = (await self._connection.execute(text(statement), values | sieve.values)).all()
        place = (rows[-1].added_in, rows[-1].position) if len(rows) == limit else None
        return [row.contact_id for row in rows], place

    async def _in_order(
        self, campaign_id: UUID, after: tuple[bytes, int, int], limit: int
    ) -> tuple[Sequence[UUID], Place | None]:
        rank, added_in, position = after
        values = {
            "campaign_id": campaign_id,
            "rank": rank,
            "added_in": added_in,
            "position": position,
            "limit": limit,
        }
        rows = (await self._connection.execute(_FRESH_SORTED, values)).all()
        ids = [row.contact_id for row in rows]
        if len(rows) < limit:
            return ids, None
        return ids, (bytes(rows[-1].rank), rows[-1].added_in, rows[-1].position)

    async def first_position(self, at: datetime) -> int | None:
        """By halving: positions have no gaps and rise with time."""
        low, high = 1, int(await self._connection.scalar(_NEWEST_POSITION) or 0)
        found: int | None = None
        while low <= high:
            middle = (low + high) // 2
            row = (await self._connection.execute(_EVENT_AT, {"position": middle})).first()
            if row is None:
                high = middle - 1
            elif row.at >= at:
                found, high = row.position, middle - 1
            else:
                low = row.position + 1
        return found

    async def statuses_before(self, campaign_id: UUID, position: int) -> Sequence[RecordedStatus]:
        values = {"campaign_id": campaign_id, "position": position}
        rows = await self._connection.execute(_STATUSES_BEFORE, values)
        return [_status(row) for row in rows]

    async def events(
        self, campaign_id: UUID, *, position: int, until: datetime, limit: int
    ) -> tuple[Sequence[RecordedStatus], Sequence[RecordedStep], int | None]:
        values = {
            "campaign_id": campaign_id,
            "position": position,
            "until": until,
            "limit": limit,
        }
        rows = (await self._connection.execute(_EVENTS, values)).all()
        statuses = [_status(row) for row in rows if row.entity == "agent"]
        steps = [
            RecordedStep(
                position=row.position,
                at=row.at,
                attempt_id=row.user_id,
                kind=row.kind,
                agent_user_id=row.agent_user_id,
            )
            for row in rows
            if row.entity == "attempt"
        ]
        return statuses, steps, position + limit if len(rows) == limit else None


_CALL_FIELDS = tuple(field.name for field in fields(PastCall))


def _call(row: Any) -> PastCall:
    return PastCall(**{name: getattr(row, name) for name in _CALL_FIELDS})


def _status(row: Any) -> RecordedStatus:
    return RecordedStatus(
        position=row.position,
        at=row.at,
        user_id=row.user_id,
        status=row.status,
        attempt_id=row.attempt_id,
        pause_after=row.pause_after,
        in_queue=row.in_queue,
        adopted=row.adopted,
    )
