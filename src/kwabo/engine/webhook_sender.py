"""Sends messages to webhooks, at least once.

A process takes a webhook under a lease and sends what is due, wave by wave: up to `AT_ONCE`
messages at a time, at most one of those that belong one after the other. What became of a wave is
written in one transaction; a process that dies before that leaves its messages waiting, and they
are sent again with the same ids. Each webhook has a task of its own, so that a slow receiver holds
up nobody else's messages.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog

from kwabo.domain.webhooks.message import body_of
from kwabo.domain.webhooks.retries import GONE, WebhookHealth, is_given_up, wait_after
from kwabo.domain.webhooks.signing import headers_of
from kwabo.engine.leased_work import POLL_SECONDS, LeasedWork
from kwabo.kernel.clock import Clock
from kwabo.ports.event_log import NewEvent
from kwabo.ports.secret_box import SecretBox, SecretUnreadable
from kwabo.ports.webhooks import Delivery, Posted, Webhook, WebhookClient
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.webhooks import purpose_of

AT_ONCE: Final = 16  # requests of one webhook under way
WEBHOOKS_AT_ONCE: Final = 32  # in one process
LEASE: Final = timedelta(seconds=45)  # above the time that a wave can take
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    """A delivery after its try, and what the receiver said."""

    delivery: Delivery
    posted: Posted


class WebhookSender(LeasedWork):
    """See the module."""

    name = "webhooks"

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        client: WebhookClient,
        secret_box: SecretBox,
        clock: Clock,
        worker: str,
        chance: Callable[[], float],
        lease: timedelta = LEASE,
    ) -> None:
        super().__init__(clock)
        self._unit_of_work = unit_of_work
        self._client = client
        self._secret_box = secret_box
        self._worker = worker
        self._chance = chance
        self._lease = lease
        self._busy: set[UUID] = set()

    async def run(self) -> None:
        """Work until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                try:
                    for webhook_id, organisation_id in await self._due():
                        if webhook_id not in self._busy and len(self._busy) < WEBHOOKS_AT_ONCE:
                            self._busy.add(webhook_id)
                            tasks.create_task(self._guarded(organisation_id, webhook_id))
                except Exception:
                    self._note_health(False)
                    log.exception("work.look_failed", work=self.name)
                else:
                    self._note_health(True)
                await self._clock.sleep(POLL_SECONDS)

    async def work_once(self) -> bool:
        """Send what is due now, one webhook after the other; False when there was nothing."""
        due = await self._due()
        for webhook_id, organisation_id in due:
            await self._send_all(organisation_id, webhook_id)
        return bool(due)

    async def _due(self) -> Sequence[tuple[UUID, UUID]]:
        async with self._unit_of_work.begin_outside() as stores:
            return await stores.webhooks.due(self._clock.now())

    async def _guarded(self, organisation_id: UUID, webhook_id: UUID) -> None:
        try:
            await self._send_all(organisation_id, webhook_id)
        except Exception:
            self._note_health(False)
            log.exception("webhook.wave_failed", webhook_id=str(webhook_id))
        finally:
            self._busy.discard(webhook_id)

    async def _send_all(self, organisation_id: UUID, webhook_id: UUID) -> None:
        """Waves until nothing is due, the webhook rests, or another process has it."""
        while await self._wave(organisation_id, webhook_id):
            pass
        async with self._unit_of_work.begin(organisation_id) as stores:
            await stores.webhooks.let_go(webhook_id, self._worker)

    async def _wave(self, organisation_id: UUID, webhook_id: UUID) -> bool:
        now = self._clock.now()
        async with self._unit_of_work.begin(organisation_id) as stores:
            webhook = await stores.webhooks.take(webhook_id, self._worker, now, now + self._lease)
            if webhook is None:
                return False
            limit = max(1, AT_ONCE >> webhook.failures)  # ever fewer while it fails
            deliveries = await stores.webhooks.next_deliveries(webhook_id, now, limit)
        if not deliveries:
            return False
        try:
            secrets = self._secrets(webhook, now)
        except SecretUnreadable:
            await self._pause(organisation_id, webhook, "SECRET_UNREADABLE")
            return False
        async with asyncio.TaskGroup() as tasks:
            sending = [tasks.create_task(self._send(webhook, secrets, one)) for one in deliveries]
        return await self._note(organisation_id, webhook, [task.result() for task in sending])

    def _secrets(self, webhook: Webhook, now: datetime) -> list[str]:
        purpose = purpose_of(webhook.webhook_id)
        secrets = [self._secret_box.open(webhook.secret, purpose)]
        if webhook.old_secret and webhook.old_secret_until and now < webhook.old_secret_until:
            secrets.append(self._secret_box.open(webhook.old_secret, purpose))
        return secrets

    async def _send(self, webhook: Webhook, secrets: Sequence[str], one: Delivery) -> _Tried:
        message = one.message
        body = body_of(
            kind=message.kind,
            message_id=message.message_id,
            organisation_id=message.organisation_id,
            at=message.at,
            data=message.data,
            personal=message.personal if webhook.personal_data else None,
        )
        timestamp = int(self._clock.now().timestamp())
        headers = headers_of(secrets, str(message.message_id), timestamp, body)
        posted = await self._client.post(webhook.url, headers, body)
        return _Tried(delivery=self._tried(one, posted), posted=posted)

    def _tried(self, one: Delivery, posted: Posted) -> Delivery:
        now = self._clock.now()
        state = "delivered" if posted.taken else "waiting"
        if not posted.taken and is_given_up(one.wanted_at, now):
            state = "failed"
        return replace(
            one,
            state=state,
            tries=one.tries + 1,
            next_at=now if posted.taken else now + wait_after(one.tries + 1, self._chance()),
            last_try_at=now,
            status=posted.status,
            error=posted.error,
            duration_ms=posted.duration_ms,
            answer=posted.answer,
        )

    async def _note(self, organisation_id: UUID, webhook: Webhook, tried: Sequence[_Tried]) -> bool:
        """Write what became of a wave; False when no other is to follow now."""
        now = self._clock.now()
        failed = [one.posted for one in tried if not one.posted.taken]
        health = self._health(webhook, tried, now)
        gone = any(posted.status == GONE for posted in failed)
        state = "paused" if gone or health.is_hopeless(now) else "on"
        error = failed[-1].error if failed else ""
        async with self._unit_of_work.begin(organisation_id) as stores:
            kept = await stores.webhooks.note_health(
                webhook.webhook_id,
                self._worker,
                health,
                state=state,
                success_at=now if len(failed) < len(tried) else None,
                failure_at=now if failed else None,
                error=error or ("" if not health.failures else webhook.last_error),
            )
            if not kept:
                return False  # the new holder sends these again, and writes what becomes of them
            await stores.webhooks.note_tries([one.delivery for one in tried])
            if state == "paused":
                reason = "GONE" if gone else error
                await self._log(stores, webhook, "WEBHOOK_PAUSED", reason)
            elif health.probing and not webhook.health.probing:
                await self._log(stores, webhook, "WEBHOOK_FAILING", error)
            elif webhook.health.probing and not health.failures:
                await self._log(stores, webhook, "WEBHOOK_RECOVERED", "")
        return state == "on" and health.rests_until is None

    def _health(self, webhook: Webhook, tried: Sequence[_Tried], now: datetime) -> WebhookHealth:
        """A receiver that takes some of a wave is there; a wave of failures counts as one."""
        if any(one.posted.taken for one in tried):
            return webhook.health.after_success()
        asked = [one.posted.retry_after_seconds for one in tried]
        longest = max((seconds for seconds in asked if seconds is not None), default=None)
        return webhook.health.after_failure(
            now,
            self._chance(),
            None if longest is None else timedelta(seconds=longest),
        )

    async def _pause(self, organisation_id: UUID, webhook: Webhook, reason: str) -> None:
        async with self._unit_of_work.begin(organisation_id) as stores:
            kept = await stores.webhooks.note_health(
                webhook.webhook_id,
                self._worker,
                webhook.health,
                state="paused",
                success_at=None,
                failure_at=self._clock.now(),
                error=reason,
            )
            if kept:
                await self._log(stores, webhook, "WEBHOOK_PAUSED", reason)

    async def _log(self, stores: Stores, webhook: Webhook, code: str, reason: str) -> None:
        await stores.event_log.add(
            NewEvent(
                code=code,
                subject_kind="webhook",
                subject_id=str(webhook.webhook_id),
                subject_name=webhook.description or webhook.url,
                at=self._clock.now(),
                params={"reason": reason},
                repeats=str(webhook.webhook_id),
            )
        )
