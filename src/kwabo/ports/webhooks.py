"""Webhooks: who is told what, messages that wait, and how they are sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from kwabo.domain.webhooks.retries import WebhookHealth


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A subscription. Secrets are sealed."""

    webhook_id: UUID
    url: str
    description: str
    kinds: tuple[str, ...]
    campaign_ids: tuple[UUID, ...]  # empty: all
    personal_data: bool
    state: str  # on | off | paused (by the system)
    secret: bytes
    old_secret: bytes | None
    old_secret_until: datetime | None
    failures: int
    failing_since: datetime | None
    rests_until: datetime | None
    last_success_at: datetime | None
    last_failure_at: datetime | None
    last_error: str
    version: int
    created_by: UUID | None
    created_at: datetime
    updated_at: datetime

    @property
    def health(self) -> WebhookHealth:
        """As the rules of retries take it."""
        return WebhookHealth(
            failures=self.failures,
            failing_since=self.failing_since,
            rests_until=self.rests_until,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookBacklog:
    """What a webhook has sent and still has to send."""

    webhook_id: UUID
    waiting: int  # counted up to a bound
    oldest_waiting_at: datetime | None
    delivered: int  # in the last 24 hours
    failed: int  # given up in the last 24 hours
    milliseconds: int | None  # of an answer, on average over them


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A fact."""

    message_id: UUID
    organisation_id: UUID
    kind: str
    campaign_id: UUID | None
    at: datetime
    data: Mapping[str, Any]
    personal: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A message for one webhook, with its newest try."""

    delivery_id: UUID
    webhook_id: UUID
    position: int
    state: str  # waiting | delivered | failed
    tries: int
    replays: int
    next_at: datetime
    wanted_at: datetime
    last_try_at: datetime | None
    status: int | None
    error: str
    duration_ms: int | None
    answer: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryQuery:
    """Which deliveries of a webhook."""

    state: str | None = None
    kind: str | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None
    before_position: int | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What became of one request."""

    status: int | None  # None: no answer came
    error: str  # a code, '' when it was taken
    duration_ms: int
    answer: str = ""
    retry_after_seconds: float | None = None

    @property
    def taken(self) -> bool:
        """Whether the receiver has the message."""
        return self.error == ""


class WebhookClient(Protocol):
    """Sends messages."""

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Posted:
        """Send one. Failures are values: `ADDRESS_REFUSED`, `ADDRESS_UNKNOWN`, `UNREACHABLE`,
        `TOO_SLOW`, `HTTP_STATUS`, `REDIRECT`."""
        ...

    async def close(self) -> None: ...


class WebhookStore(Protocol):
    """The webhooks of the transaction's organisation."""

    async def all(self) -> Sequence[Webhook]: ...

    async def get(self, webhook_id: UUID) -> Webhook | None: ...

    async def get_for_change(self, webhook_id: UUID) -> Webhook | None: ...

    async def add(self, webhook: Webhook) -> None: ...

    async def change(self, webhook: Webhook) -> None:
        """Write what people set; health stays."""
        ...

    async def remove(self, webhook_id: UUID) -> bool: ...

    async def backlogs(self, since: datetime) -> Sequence[WebhookBacklog]: ...

    async def deliveries(self, webhook_id: UUID, query: DeliveryQuery) -> Sequence[Delivery]:
        """The newest first."""
        ...

    async def delivery(self, webhook_id: UUID, delivery_id: UUID) -> Delivery | None: ...

    async def tell(self, webhook_id: UUID, message: Message, delivery_id: UUID) -> None:
        """Have a message sent to this webhook alone."""
        ...

    async def replay(self, webhook_id: UUID, delivery_id: UUID, now: datetime) -> bool: ...

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
        """Send again what happened in the period, also what the webhook had not asked for yet."""
        ...

    async def forget_before(self, before: datetime, at_most: int) -> int:
        """Remove messages with their deliveries."""
        ...

    # ── For the sender ──

    async def due(self, now: datetime) -> Sequence[tuple[UUID, UUID]]:
        """(webhook, organisation) that have something to send, of all organisations."""
        ...

    async def take(
        self, webhook_id: UUID, worker: str, now: datetime, until: datetime
    ) -> Webhook | None:
        """Take or keep the lease; None when another has it, or nothing may be sent."""
        ...

    async def let_go(self, webhook_id: UUID, worker: str) -> None: ...

    async def next_deliveries(
        self, webhook_id: UUID, now: datetime, limit: int
    ) -> Sequence[Delivery]:
        """Due ones in their order, at most one of those that belong one after the other."""
        ...

    async def note_tries(self, deliveries: Sequence[Delivery]) -> None:
        """Write what became of tries."""
        ...

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
        """Write how the receiver does; False when the lease is another's by now."""
        ...
