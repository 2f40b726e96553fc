"""Callbacks on PostgreSQL, as people read and change them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.contact_names import CONTACT_NAME
from kwabo.ports.callbacks import (
    Callback,
    CallbackChange,
    CallbackCounts,
    CallbackQuery,
    NewCallback,
)

_SELECT = f"""
    SELECT b.callback_id, b.campaign_id, p.name AS campaign_name, b.contact_id,
           {CONTACT_NAME} AS contact_name,
           coalesce(c.time_zone, k.time_zone) AS time_zone,
           b.attempt_id, b.owner_user_id, o.display_name AS owner_name,
           coalesce(o.active, false) AS owner_active, b.number, b.due_at, b.first_due_at,
           b.latest_at, b.note, b.state, b.reason, b.changed_at,
           w.display_name AS changed_by_name, b.created_at,
           q.name AS queue_name, b.waiting_since, b.tries,
           (SELECT a.state FROM attempts a
             WHERE a.contact_id = b.contact_id AND a.state <> 'closed'
               AND a.callback_id = b.callback_id LIMIT 1) AS attempt_state
    FROM callbacks b
    JOIN campaigns p ON p.campaign_id = b.campaign_id
    JOIN contacts c ON c.contact_id = b.contact_id
    JOIN contact_lists k ON k.contact_list_id = c.contact_list_id
    LEFT JOIN users o ON o.user_id = b.owner_user_id
    LEFT JOIN users w ON w.user_id = b.changed_by
    LEFT JOIN queues q ON q.queue_id = b.queue_id
"""
_OPEN_FOR = text(f"""
    {_SELECT}
    WHERE b.state = 'open'
      AND (b.owner_user_id = :user_id
           OR (b.owner_user_id IS NULL
               AND p.queue_id IN (SELECT queue_id FROM queue_members WHERE user_id = :user_id)))
    ORDER BY b.due_at, b.callback_id LIMIT :limit
""")
_MISSED_OF = text(f"""
    {_SELECT}
    WHERE b.state IN ('missed', 'expired') AND b.owner_user_id = :user_id
      AND b.changed_at >= :since
    ORDER BY b.changed_at DESC LIMIT :limit
""")
_OPEN_OF_CONTACT = text(f"""
    {_SELECT}
    WHERE b.state = 'open' AND b.campaign_id = :campaign_id AND b.contact_id = :contact_id
""")
_GET = text(f"{_SELECT} WHERE b.callback_id = :callback_id")
# The floor takes a contact's course first, too.
_LOCK = text("""
    SELECT 1 FROM campaign_contacts cc JOIN callbacks b USING (campaign_id, contact_id)
    WHERE b.callback_id = :callback_id FOR UPDATE OF cc
""")
_VIEWS = {
    "waiting": "b.state = 'open'",
    "due": "b.state = 'open' AND b.due_at <= :now",
    "missed": "b.state IN ('missed', 'expired')",
    "done": "b.state = 'done'",
    "cancelled": "b.state = 'cancelled'",
}
_EARLIEST_FIRST = ("waiting", "due")
_COUNTS = text("""
    SELECT count(*) FILTER (WHERE b.state = 'open') AS waiting,
           count(*) FILTER (WHERE b.state = 'open' AND b.due_at <= :now) AS due,
           count(*) FILTER (WHERE b.state = 'open' AND b.due_at <= CAST(:now AS timestamptz)
               - make_interval(mins => p.callback_takeover_minutes)) AS overdue,
           count(*) FILTER (WHERE b.state IN ('missed', 'expired')
                              AND b.changed_at >= :since) AS missed
    FROM callbacks b JOIN campaigns p ON p.campaign_id = b.campaign_id
    WHERE b.state IN ('open', 'missed', 'expired')
""")
_CHANGE = text("""
    UPDATE callbacks SET state = :state, owner_user_id = :owner_user_id,
        first_due_at = CASE WHEN due_at <> :due_at THEN coalesce(first_due_at, due_at)
                            ELSE first_due_at END,
        due_at = :due_at, latest_at = :latest_at, reason = :reason, changed_at = :at,
        changed_by = :user_id,
        -- A place that was given up is not kept any more: the callback is one like others.
        queue_id = CASE WHEN state = 'open' AND CAST(:latest_at AS timestamptz) IS NOT NULL
                        THEN queue_id END
    WHERE callback_id = :callback_id
""")
# The floor takes a contact's course first, too; a caller may have none in the campaign yet.
_COURSE_OF_NEW = text("""
    INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id, state, attempts,
        next_attempt_at, reason)
    SELECT :campaign_id, contact_id, organisation_id, 'open', 0, :due_at, 'CALLBACK_SCHEDULED'
    FROM contacts WHERE contact_id = :contact_id
    ON CONFLICT (campaign_id, contact_id) DO UPDATE SET
        state = CASE WHEN campaign_contacts.state = 'in_progress' THEN 'in_progress'
                     ELSE 'open' END,
        next_attempt_at = CASE WHEN campaign_contacts.state = 'in_progress'
                               THEN campaign_contacts.next_attempt_at
                               ELSE excluded.next_attempt_at END,
        reason = CASE WHEN campaign_contacts.state = 'in_progress' THEN campaign_contacts.reason
                      ELSE excluded.reason END
""")
_REPLACE = text("""
    UPDATE callbacks SET state = 'cancelled', reason = 'CALLBACK_REPLACED', changed_at = :at,
        changed_by = :owner_user_id
    WHERE campaign_id = :campaign_id AND contact_id = :contact_id AND state = 'open'
""")
_ADD = text("""
    INSERT INTO callbacks (callback_id, organisation_id, campaign_id, contact_id, attempt_id,
        owner_user_id, number, due_at, note, created_at)
    SELECT :callback_id, organisation_id, :campaign_id, contact_id, :attempt_id, :owner_user_id,
        :number, :due_at, :note, :at
    FROM contacts WHERE contact_id = :contact_id
""")
_COURSE = text("""
    UPDATE campaign_contacts cc SET
        state = CASE WHEN b.state = 'open' THEN 'open' ELSE 'finished' END,
        next_attempt_at = CASE WHEN b.state = 'open' THEN b.due_at END,
        reason = CASE WHEN b.state = 'open' THEN 'CALLBACK_SCHEDULED' ELSE 'CALLBACK_CANCELLED' END
    FROM callbacks b
    WHERE b.callback_id = :callback_id AND cc.campaign_id = b.campaign_id
      AND cc.contact_id = b.contact_id AND cc.state <> 'in_progress'
      AND (b.state = 'open' OR cc.state = 'open')
""")
# A running campaign's floor ends them itself, in the transaction that looks at them.
_END_OVERDUE = text("""
    WITH over AS (
        SELECT b.callback_id, b.campaign_id, b.contact_id,
               CASE WHEN coalesce(b.latest_at, b.due_at
                             + make_interval(hours => p.callback_latest_hours)) <= :now
                    THEN 'expired' ELSE 'missed' END AS state
        FROM callbacks b JOIN campaigns p ON p.campaign_id = b.campaign_id
        WHERE b.state = 'open' AND p.state NOT IN ('running', 'pausing')
          AND (coalesce(b.latest_at, b.due_at
                   + make_interval(hours => p.callback_latest_hours)) <= :now
               OR (b.owner_user_id IS NOT NULL AND p.callback_after_owned = 'missed'
                   AND b.due_at + make_interval(hours => p.callback_owned_hours) <= :now))
          AND NOT EXISTS (SELECT FROM attempts a
                           WHERE a.contact_id = b.contact_id AND a.state <> 'closed')
    ), finished AS (
        UPDATE campaign_contacts cc SET state = 'finished', next_attempt_at = NULL,
            reason = 'CALLBACK_' || upper(over.state)
        FROM over
        WHERE cc.campaign_id = over.campaign_id AND cc.contact_id = over.contact_id
          AND cc.state = 'open'
    )
    UPDATE callbacks b SET state = over.state, reason = 'CALLBACK_' || upper(over.state),
        changed_at = :now, changed_by = NULL
    FROM over WHERE b.callback_id = over.callback_id AND b.state = 'open'
""")


class PostgresCallbackStore:
    """See `kwabo.ports.callbacks.CallbackStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def open_for(self, user_id: UUID, limit: int) -> Sequence[Callback]:
        rows = await self._connection.execute(_OPEN_FOR, {"user_id": user_id, "limit": limit})
        return [_callback(row) for row in rows]

    async def missed_of(self, user_id: UUID, since: datetime, limit: int) -> Sequence[Callback]:
        values = {"user_id": user_id, "since": since, "limit": limit}
        return [_callback(row) for row in await self._connection.execute(_MISSED_OF, values)]

    async def open_of_contact(self, campaign_id: UUID, contact_id: UUID) -> Callback | None:
        rows = await self._connection.execute(
            _OPEN_OF_CONTACT, {"campaign_id": campaign_id, "contact_id": contact_id}
        )
        row = rows.first()
        return None if row is None else _callback(row)

    async def get(self, callback_id: UUID) -> Callback | None:
        row = (await self._connection.execute(_GET, {"callback_id": callback_id})).first()
        return None if row is None else _callback(row)

    async def get_for_change(self, callback_id: UUID) -> Callback | None:
        await self._connection.execute(_LOCK, {"callback_id": callback_id})
        return await self.get(callback_id)

    async def find(self, query: CallbackQuery) -> Sequence[Callback]:
        ascending = query.view in _EARLIEST_FIRST
        conditions = [_VIEWS[query.view]]
        values: dict[str, Any] = {"limit": query.limit}
        if query.view == "due":
            values["now"] = query.now
        given = {
            "campaign_id": (query.campaign_id, "b.campaign_id = :campaign_id"),
            "owner_user_id": (query.owner_user_id, "b.owner_user_id = :owner_user_id"),
            "due_from": (query.due_from, "b.due_at >= :due_from"),
            "due_until": (query.due_until, "b.due_at < :due_until"),
        }
        for name, (value, condition) in given.items():
            if value is not None:
                conditions.append(condition)
                values[name] = value
        if query.anyones:
            conditions.append("b.owner_user_id IS NULL")
        if query.after is not None:
            sign = ">" if ascending else "<"
            conditions.append(f"(b.due_at, b.callback_id) {sign} (:after_due_at, :after_id)")
            values["after_due_at"], values["after_id"] = query.after
        order = "" if ascending else " DESC"
        # First which, then what belongs to them: the names of all that match would be sought else.
        page = f"""(
            SELECT b.* FROM callbacks b WHERE {" AND ".join(conditions)}
            ORDER BY b.due_at{order}, b.callback_id{order} LIMIT :limit) b"""
        statement = f"""
            {_SELECT.replace("FROM callbacks b", f"FROM {page}")}
            ORDER BY b.due_at{order}, b.callback_id{order}
        """
        return [_callback(row) for row in await self._connection.execute(text(statement), values)]

    async def counts(self, now: datetime, since: datetime) -> CallbackCounts:
        row = (await self._connection.execute(_COUNTS, {"now": now, "since": since})).one()
        return CallbackCounts(
            waiting=row.waiting, due=row.due, overdue=row.overdue, missed=row.missed
        )

    async def promise(self, new: NewCallback) -> None:
        values = asdict(new)
        for statement in (_COURSE_OF_NEW, _REPLACE, _ADD):
            named = {name: values[name] for name in statement._bindparams}
            await self._connection.execute(statement, named)

    async def change(self, change: CallbackChange) -> None:
        await self._connection.execute(_CHANGE, asdict(change))
        await self._connection.execute(_COURSE, {"callback_id": change.callback_id})

    async def end_overdue(self, now: datetime) -> int:
        return (await self._connection.execute(_END_OVERDUE, {"now": now})).rowcount


def _callback(row: Any) -> Callback:
    return Callback(**{field.name: getattr(row, field.name) for field in fields(Callback)})
