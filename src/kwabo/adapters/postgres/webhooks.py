"""Webhooks on PostgreSQL. Triggers write messages and deliveries: see `0016_webhooks.sql`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.domain.webhooks.retries import WebhookHealth
from kwabo.ports.webhooks import Delivery, DeliveryQuery, Message, Webhook, WebhookBacklog

COUNTED_AT_MOST = 10_000  # of what waits

_COLUMNS = """
    webhook_id, url, description, kinds, campaign_ids, personal_data, state, secret, old_secret,
    old_secret_until, failures, failing_since, rests_until, last_success_at, last_failure_at,
    last_error, version, created_by, created_at, updated_at
"""
_SELECT = f"SELECT {_COLUMNS} FROM webhooks"
_ALL = text(f"{_SELECT} ORDER BY created_at, webhook_id")
_GET = text(f"{_SELECT} WHERE webhook_id = :webhook_id")
_LOCK = text(f"{_SELECT} WHERE webhook_id = :webhook_id FOR UPDATE")
_ADD = text("""
    INSERT INTO webhooks (webhook_id, organisation_id, url, description, kinds, campaign_ids,
        personal_data, state, secret, version, created_by, created_at, updated_at)
    VALUES (:webhook_id, current_organisation(), :url, :description, CAST(:kinds AS text[]),
        CAST(:campaign_ids AS uuid[]), :personal_data, :state, :secret, :version, :created_by,
        :created_at, :updated_at)
""")
_CHANGE = text("""
    UPDATE webhooks SET url = :url, description = :description, kinds = CAST(:kinds AS text[]),
        campaign_ids = CAST(:campaign_ids AS uuid[]), personal_data = :personal_data,
        failures = CASE WHEN :fresh THEN 0 ELSE failures END,
        failing_since = CASE WHEN :fresh THEN NULL ELSE failing_since END,
        rests_until = CASE WHEN :fresh THEN NULL ELSE rests_until END,
        state = :state, secret = :secret, old_secret = :old_secret,
        old_secret_until = :old_secret_until, version = :version, updated_at = :updated_at
    WHERE webhook_id = :webhook_id
""")
_REMOVE = text("DELETE FROM webhooks WHERE webhook_id = :webhook_id RETURNING 1")
_BACKLOGS = text("""
    SELECT w.webhook_id,
        (SELECT count(*) FROM (SELECT FROM webhook_deliveries d
          WHERE d.webhook_id = w.webhook_id AND d.state = 'waiting' LIMIT :at_most) AS counted)
            AS waiting,
        (SELECT d.wanted_at FROM webhook_deliveries d
          WHERE d.webhook_id = w.webhook_id AND d.state = 'waiting' ORDER BY d.position LIMIT 1)
            AS oldest_waiting_at,
        recent.delivered, recent.failed, recent.milliseconds
    FROM webhooks w, LATERAL (
        SELECT count(*) FILTER (WHERE d.state = 'delivered') AS delivered,
               count(*) FILTER (WHERE d.state = 'failed') AS failed,
               CAST(avg(d.duration_ms) FILTER (WHERE d.state = 'delivered') AS integer)
                   AS milliseconds
        FROM (SELECT * FROM webhook_deliveries n WHERE n.webhook_id = w.webhook_id
              ORDER BY n.position DESC LIMIT :at_most) AS d
        WHERE d.last_try_at >= :since) AS recent
    ORDER BY w.webhook_id
""")
_DELIVERY = """
    SELECT d.delivery_id, d.webhook_id, d.position, d.state, d.tries, d.replays, d.next_at,
           d.wanted_at, d.last_try_at, d.status, d.error, d.duration_ms, d.answer, m.message_id,
           m.organisation_id, m.kind, m.campaign_id, m.at, m.data, m.personal
    FROM webhook_deliveries d JOIN webhook_messages m ON m.message_id = d.message_id
"""
_DELIVERIES = text(f"""
    {_DELIVERY}
    WHERE d.webhook_id = :webhook_id
      AND (CAST(:state AS text) IS NULL OR d.state = :state)
      AND (CAST(:kind AS text) IS NULL OR m.kind = :kind)
      AND (CAST(:from_at AS timestamptz) IS NULL OR m.at >= :from_at)
      AND (CAST(:until_at AS timestamptz) IS NULL OR m.at < :until_at)
      AND (CAST(:before_position AS bigint) IS NULL OR d.position < :before_position)
    ORDER BY d.position DESC LIMIT :limit
""")
_ONE = text(f"{_DELIVERY} WHERE d.webhook_id = :webhook_id AND d.delivery_id = :delivery_id")
_NEXT = text(f"""
    {_DELIVERY}
    WHERE d.webhook_id = :webhook_id AND d.state = 'waiting' AND d.next_at <= :now
      AND NOT EXISTS (
          SELECT FROM webhook_deliveries e
          WHERE e.webhook_id = d.webhook_id AND e.order_key = d.order_key
            AND e.state = 'waiting' AND e.position < d.position)
    ORDER BY d.position LIMIT :limit
""")
_TELL_MESSAGE = text("""
    INSERT INTO webhook_messages (message_id, organisation_id, kind, campaign_id, at, data,
        personal)
    VALUES (:message_id, current_organisation(), :kind, :campaign_id, :at, CAST(:data AS jsonb),
        CAST(:personal AS jsonb))
""")
_TELL = text("""
    INSERT INTO webhook_deliveries (delivery_id, organisation_id, webhook_id, message_id, next_at,
        wanted_at)
    VALUES (:delivery_id, current_organisation(), :webhook_id, :message_id, :at, :at)
""")
_AGAIN = """
    state = 'waiting', tries = 0, next_at = :now, wanted_at = :now,
    replays = webhook_deliveries.replays + 1
"""
_REPLAY = text(f"""
    UPDATE webhook_deliveries SET {_AGAIN}
    WHERE webhook_id = :webhook_id AND delivery_id = :delivery_id RETURNING 1
""")
# What no other webhook asked for was never written down, and what waits is on its way already.
_REPLAY_PERIOD = text(f"""
    INSERT INTO webhook_deliveries (delivery_id, organisation_id, webhook_id, message_id, next_at,
        wanted_at)
    SELECT gen_random_uuid(), m.organisation_id, :webhook_id, m.message_id, :now, :now
    FROM webhook_messages m LEFT JOIN webhook_deliveries d
        ON d.message_id = m.message_id AND d.webhook_id = :webhook_id
    WHERE m.organisation_id = current_organisation() AND m.at >= :from_at AND m.at < :until_at
      AND m.kind = ANY (CAST(:kinds AS text[]))
      AND (m.campaign_id IS NULL OR cardinality(CAST(:campaign_ids AS uuid[])) = 0
           OR m.campaign_id = ANY (CAST(:campaign_ids AS uuid[])))
      AND CASE WHEN :failed_only THEN d.state = 'failed'
               ELSE d.state IS NULL OR d.state <> 'waiting' END
    ORDER BY m.at, d.position NULLS LAST LIMIT :at_most
    ON CONFLICT (webhook_id, message_id) DO UPDATE SET {_AGAIN}
""")
_FORGET = text("""
    DELETE FROM webhook_messages WHERE message_id IN (
        SELECT message_id FROM webhook_messages WHERE organisation_id = current_organisation()
          AND at < :before ORDER BY at LIMIT :at_most)
""")
_DUE = text("SELECT webhook_id, organisation_id FROM due_webhooks(:now)")
_TAKE = text(f"""
    UPDATE webhooks SET worker = :worker, worker_until = :until
    WHERE webhook_id = :webhook_id AND state = 'on' AND (rests_until IS NULL OR rests_until <= :now)
      AND (worker_until IS NULL OR worker_until < :now OR worker = :worker)
    RETURNING {_COLUMNS}
""")
_LET_GO = text("""
    UPDATE webhooks SET worker = NULL, worker_until = NULL
    WHERE webhook_id = :webhook_id AND worker = :worker
""")
_TRIED = text("""
    UPDATE webhook_deliveries SET state = :state, tries = :tries, next_at = :next_at,
        last_try_at = :last_try_at, status = :status, error = :error, duration_ms = :duration_ms,
        answer = :answer
    WHERE delivery_id = :delivery_id AND wanted_at = :wanted_at
""")
_HEALTH = text("""
    UPDATE webhooks SET failures = :failures, failing_since = :failing_since,
        rests_until = :rests_until, last_error = :error,
        last_success_at = coalesce(CAST(:success_at AS timestamptz), last_success_at),
        last_failure_at = coalesce(CAST(:failure_at AS timestamptz), last_failure_at),
        state = CASE WHEN state = 'on' THEN :state ELSE state END
    WHERE webhook_id = :webhook_id AND worker = :worker
    RETURNING 1
""")


class PostgresWebhookStore:
    """See `kwabo.ports.webhooks.WebhookStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> Sequence[Webhook]:
        return [_webhook(row) for row in await self._connection.execute(_ALL)]

    async def get(self, webhook_id: UUID) -> Webhook | None:
        return await self._one(_GET, webhook_id)

    async def get_for_change(self, webhook_id: UUID) -> Webhook | None:
        return await self._one(_LOCK, webhook_id)

    async def _one(self, statement: Any, webhook_id: UUID) -> Webhook | None:
        row = (await self._connection.execute(statement, {"webhook_id": webhook_id})).first()
        return None if row is None else _webhook(row)

    async def add(self, webhook: Webhook) -> None:
        await self._connection.execute(_ADD, _values(webhook))

    async def change(self, webhook: Webhook) -> None:
        fresh = {"fresh": webhook.failures == 0}
        await self._connection.execute(_CHANGE, _values(webhook) | fresh)

    async def remove(self, webhook_id: UUID) -> bool:
        removed = await self._connection.execute(_REMOVE, {"webhook_id": webhook_id})
        return removed.first() is not None

    async def backlogs(self, since: datetime) -> Sequence[WebhookBacklog]:
        values = {"since": since, "at_most": COUNTED_AT_MOST}
        rows = await self._connection.execute(_BACKLOGS, values)
        return [WebhookBacklog(**row) for row in rows.mappings()]

    async def deliveries(self, webhook_id: UUID, query: DeliveryQuery) -> Sequence[Delivery]:
        names = ("state", "kind", "from_at", "until_at", "before_position", "limit")
        values = {name: getattr(query, name) for name in names} | {"webhook_id": webhook_id}
        return [_delivery(row) for row in await self._connection.execute(_DELIVERIES, values)]

    async def delivery(self, webhook_id: UUID, delivery_id: UUID) -> Delivery | None:
        values = {"webhook_id": webhook_id, "delivery_id": delivery_id}
        row = (await self._connection.execute(_ONE, values)).first()
        return None if row is None else _delivery(row)

    async def tell(self, webhook_id: UUID, message: Message, delivery_id: UUID) -> None:
        values = {
            "message_id": message.message_id,
            "kind": message.kind,
            "campaign_id": message.campaign_id,
            "at": message.at,
            "data": dict(message.data),
            "personal": None if message.personal is None else dict(message.personal),
        }
        await self._connection.execute(_TELL_MESSAGE, values)
        await self._connection.execute(
            _TELL,
            {
                "delivery_id": delivery_id,
                "webhook_id": webhook_id,
                "message_id": message.message_id,
                "at": message.at,
            },
        )

    async def replay(self, webhook_id: UUID, delivery_id: UUID, now: datetime) -> bool:
        values = {"webhook_id": webhook_id, "delivery_id": delivery_id, "now": now}
        return (await self._connection.execute(_REPLAY, values)).first() is not None

    async def replay_period(
        self,
        webhook: Webhook,
        from_at: datetime,
        until_at: datetime,
        *,
        failed_only: bool,
        now: datetime,
        at_most: int,
    ) -> int:
        values = {
            "webhook_id": webhook.webhook_id,
            "kinds": list(webhook.kinds),
            "campaign_ids": list(webhook.campaign_ids),
            "from_at": from_at,
            "until_at": until_at,
            "failed_only": failed_only,
            "now": now,
            "at_most": at_most,
        }
        return (await self._connection.execute(_REPLAY_PERIOD, values)).rowcount

    async def forget_before(self, before: datetime, at_most: int) -> int:
        values = {"before": before, "at_most": at_most}
        return (await self._connection.execute(_FORGET, values)).rowcount

    async def due(self, now: datetime) -> Sequence[tuple[UUID, UUID]]:
        rows = await self._connection.execute(_DUE, {"now": now})
        return [(row.webhook_id, row.organisation_id) for row in rows]

    async def take(
        self, webhook_id: UUID, worker: str, now: datetime, until: datetime
    ) -> Webhook | None:
        values = {"webhook_id": webhook_id, "worker": worker, "now": now, "until": until}
        row = (await self._connection.execute(_TAKE, values)).first()
        return None if row is None else _webhook(row)

    async def let_go(self, webhook_id: UUID, worker: str) -> None:
        await self._connection.execute(_LET_GO, {"webhook_id": webhook_id, "worker": worker})

    async def next_deliveries(
        self, webhook_id: UUID, now: datetime, limit: int
    ) -> Sequence[Delivery]:
        values = {"webhook_id": webhook_id, "now": now, "limit": limit}
        return [_delivery(row) for row in await self._connection.execute(_NEXT, values)]

    async def note_tries(self, deliveries: Sequence[Delivery]) -> None:
        names = (
            "delivery_id",
            "state",
            "tries",
            "next_at",
            "wanted_at",
            "last_try_at",
            "status",
            "error",
            "duration_ms",
            "answer",
        )
        if deliveries:
            await self._connection.execute(
                _TRIED, [{name: getattr(one, name) for name in names} for one in deliveries]
            )

    async def note_health(
        self,
        webhook_id: UUID,
        worker: str,
        health: WebhookHealth,
        *,
        state: str,
        success_at: datetime | None,
        failure_at: datetime | None,
        error: str,
    ) -> bool:
        values = {
            "webhook_id": webhook_id,
            "worker": worker,
            "failures": health.failures,
            "failing_since": health.failing_since,
            "rests_until": health.rests_until,
            "state": state,
            "success_at": success_at,
            "failure_at": failure_at,
            "error": error,
        }
        return (await self._connection.execute(_HEALTH, values)).first() is not None


def _values(webhook: Webhook) -> dict[str, Any]:
    values = {name: getattr(webhook, name) for name in Webhook.__slots__}
    return values | {"kinds": list(webhook.kinds), "campaign_ids": list(webhook.campaign_ids)}


def _webhook(row: Any) -> Webhook:
    values = dict(row._mapping)
    values["kinds"] = tuple(values["kinds"])
    values["campaign_ids"] = tuple(values["campaign_ids"])
    values["secret"] = bytes(values["secret"])
    return Webhook(**values)


def _delivery(row: Any) -> Delivery:
    values = dict(row._mapping)
    names = ("message_id", "organisation_id", "kind", "campaign_id", "at", "data", "personal")
    return Delivery(message=Message(**{name: values.pop(name) for name in names}), **values)
