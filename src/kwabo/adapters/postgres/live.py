"""Live views from PostgreSQL: a snapshot at one instant, and the events after it.

The newest event of an entity holds the whole entity, also what only the floor's memory knows (held,
muted, the leg); entities without an event are shaped from their rows. Both are read in one
REPEATABLE READ transaction with the floor's position.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from kwabo.adapters.postgres.failures import failures_as_errors, failures_to_connect
from kwabo.adapters.postgres.live_rows import agent_view, attempt_view, campaign_view, queue_view
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.adapters.postgres.tallies import tally
from kwabo.domain.reporting.live_snapshot import CLOSED_ATTEMPT_SECONDS, LiveEvent, LiveSnapshot
from kwabo.domain.reporting.live_views import View

EVENTS_CHANNEL = "kwabo_events"  # payload: floor id

_ORGANISATION = text("SELECT set_config('kwabo.organisation_id', :organisation_id, true)")
_READ_ONLY = text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
_FLOOR = text("SELECT floor_id, position FROM floors ORDER BY floor_id LIMIT 1")
_NEWEST = """
    LEFT JOIN LATERAL (
        SELECT e.data -> 'data' AS view FROM events e
        WHERE e.floor_id = :floor_id AND e.subject_id = {subject}
        ORDER BY e.position DESC LIMIT 1) v ON true
"""
_ATTEMPTS = f"""
    SELECT a.attempt_id, a.campaign_id, p.name AS campaign_name, a.contact_id, a.attempt_number,
           a.number, a.state, a.result, a.agent_user_id, a.offered_at, a.dialling_at, a.ringing_at,
           a.answered_at, a.connected_at, a.closed_at, v.view
    FROM attempts a JOIN campaigns p ON p.campaign_id = a.campaign_id
    {_NEWEST.format(subject="a.attempt_id")}
"""
_LIVE_ATTEMPTS = text(f"""
    {_ATTEMPTS} WHERE a.state <> 'closed' AND a.organisation_id = current_organisation()
    UNION ALL
    {_ATTEMPTS} WHERE a.closed_at > :closed_after AND a.organisation_id = current_organisation()
    ORDER BY attempt_id
""")
_ATTEMPT = text(f"{_ATTEMPTS} WHERE a.attempt_id = :attempt_id")
_AGENTS = f"""
    SELECT u.user_id, u.display_name, coalesce(p.status, 'signed_out') AS status,
           coalesce(p.since, u.created_at) AS since, p.pause_reason_id,
           coalesce(p.leg_kind, 'webrtc') AS leg_kind, p.after_call_until,
           coalesce(p.pause_after, false) AS pause_after, p.attempt_id, v.view,
           ARRAY(SELECT m.queue_id FROM queue_members m WHERE m.user_id = u.user_id) AS queue_ids
    FROM users u LEFT JOIN agent_presence p ON p.user_id = u.user_id
    {_NEWEST.format(subject="u.user_id")}
"""
_ALL_AGENTS = text(f"""
    {_AGENTS} WHERE u.active AND (u.role = 'agent' OR p.user_id IS NOT NULL)
    ORDER BY u.display_name, u.user_id
""")
_AGENT = text(f"{_AGENTS} WHERE u.active AND u.user_id = :user_id")
_CAMPAIGNS = text(f"""
    SELECT c.campaign_id, c.name, c.mode, c.state, c.state_reason, v.view,
           CASE WHEN v.view IS NULL THEN {tally("contacts", "c.contact_list_id")} END AS contacts
    FROM campaigns c
    {_NEWEST.format(subject="c.campaign_id")}
    ORDER BY c.priority DESC, c.name
""")
_QUEUES = text(f"""
    SELECT q.queue_id, q.name, v.view FROM queues q
    {_NEWEST.format(subject="q.queue_id")}
    ORDER BY q.name, q.queue_id
""")
_EVENTS = text("""
    SELECT e.position, e.at, e.kind, e.data ->> 'entity' AS entity, e.data -> 'data' AS view
    FROM events e
    WHERE e.floor_id = :floor_id AND e.position > :after
    ORDER BY e.position LIMIT :limit
""")


class PostgresLiveStore:
    """See `kwabo.ports.live.LiveStore`."""

    def __init__(self, engine: AsyncEngine, notifications: Notifications) -> None:
        self._engine = engine
        self._notifications = notifications

    async def floor_id(self, organisation_id: UUID) -> UUID | None:
        async with self._reading(organisation_id) as connection:
            return (await _floor(connection))[0]

    async def position(self, organisation_id: UUID) -> int:
        async with self._reading(organisation_id) as connection:
            return (await _floor(connection))[1]

    async def snapshot(self, organisation_id: UUID, now: datetime) -> LiveSnapshot:
        async with self._reading(organisation_id) as connection:
            floor_id, position = await _floor(connection)
            values = {"floor_id": floor_id}
            closed_after = now - timedelta(seconds=CLOSED_ATTEMPT_SECONDS)
            attempts = {
                view["attempt_id"]: view
                for row in await connection.execute(
                    _LIVE_ATTEMPTS, values | {"closed_after": closed_after}
                )
                if (view := attempt_view(row))
            }
            agents = [
                agent_view(row, attempts) for row in await connection.execute(_ALL_AGENTS, values)
            ]
            campaigns = [campaign_view(row) for row in await connection.execute(_CAMPAIGNS, values)]
            queues = [queue_view(row) for row in await connection.execute(_QUEUES, values)]
        return LiveSnapshot(
            position=position,
            agents={view["user_id"]: view for view in agents},
            campaigns={view["campaign_id"]: view for view in campaigns},
            attempts=attempts,
            queues={view["queue_id"]: view for view in queues},
        )

    async def agent(self, organisation_id: UUID, user_id: UUID) -> View | None:
        async with self._reading(organisation_id) as connection:
            floor_id, _ = await _floor(connection)
            values = {"floor_id": floor_id, "user_id": user_id}
            row = (await connection.execute(_AGENT, values)).first()
            if row is None:
                return None
            attempts: dict[str, View] = {}
            if row.view is None and row.attempt_id is not None:
                attempt = await _attempt(connection, floor_id, row.attempt_id)
                attempts = {} if attempt is None else {attempt["attempt_id"]: attempt}
            return agent_view(row, attempts)

    async def agents(self, organisation_id: UUID) -> Sequence[View]:
        async with self._reading(organisation_id) as connection:
            floor_id, _ = await _floor(connection)
            rows = await connection.execute(_ALL_AGENTS, {"floor_id": floor_id})
            return [agent_view(row, {}) for row in rows]

    async def attempt(self, organisation_id: UUID, attempt_id: UUID) -> View | None:
        async with self._reading(organisation_id) as connection:
            floor_id, _ = await _floor(connection)
            return await _attempt(connection, floor_id, attempt_id)

    async def events(self, organisation_id: UUID, *, after: int, limit: int) -> Sequence[LiveEvent]:
        async with self._reading(organisation_id) as connection:
            floor_id, _ = await _floor(connection)
            rows = await connection.execute(
                _EVENTS, {"floor_id": floor_id, "after": after, "limit": limit}
            )
            return [
                LiveEvent(
                    position=row.position,
                    at=row.at,
                    kind=row.kind,
                    entity=row.entity,
                    data=row.view,
                )
                for row in rows
            ]

    async def on_hint(self, listener: Callable[[str], None]) -> Callable[[], None]:
        return await self._notifications.listen(EVENTS_CHANNEL, listener)

    @asynccontextmanager
    async def _reading(self, organisation_id: UUID) -> AsyncIterator[AsyncConnection]:
        connection = self._engine.connect()
        with failures_to_connect():
            await connection.start()
        try:
            with failures_as_errors():
                async with connection.begin():
                    await connection.execute(_READ_ONLY)
                    await connection.execute(
                        _ORGANISATION, {"organisation_id": str(organisation_id)}
                    )
                    yield connection
        finally:
            await connection.close()


async def _floor(connection: AsyncConnection) -> tuple[UUID | None, int]:
    row = (await connection.execute(_FLOOR)).first()
    return (None, 0) if row is None else (row.floor_id, row.position)


async def _attempt(
    connection: AsyncConnection, floor_id: UUID | None, attempt_id: UUID
) -> View | None:
    rows = await connection.execute(_ATTEMPT, {"floor_id": floor_id, "attempt_id": attempt_id})
    row = rows.first()
    return None if row is None else attempt_view(row)
