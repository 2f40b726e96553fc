"""Webhooks as people set them up, and their deliveries as people read and repeat them.

Secrets are shown once. Messages are written by the database in the transaction of the fact and
sent by `engine/webhook_sender.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from kwabo.domain.organisations.asker import Asker
from kwabo.domain.webhooks.catalogue import TEST_KIND
from kwabo.domain.webhooks.signing import secret_of
from kwabo.domain.webhooks.subscription import MOST_CAMPAIGNS, MOST_WEBHOOKS, objections
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.secret_box import SecretBox
from kwabo.ports.secret_source import SecretSource
from kwabo.ports.webhooks import Delivery, DeliveryQuery, Message, Webhook, WebhookBacklog
from kwabo.services.objections import refuse
from kwabo.services.pages import Page, page_token, position_of
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.versions import check_version

BACKLOG_PERIOD: Final = timedelta(hours=24)
MOST_KEPT_HOURS: Final = 168  # an old secret beside a new one
REPLAYED_AT_MOST: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookValues:
    """What people set."""

    url: str
    description: str
    kinds: tuple[str, ...]
    campaign_ids: tuple[UUID, ...]
    personal_data: bool
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenWebhook:
    """A webhook with what it has sent and still has to send."""

    webhook: Webhook
    backlog: WebhookBacklog


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSecret:
    """A webhook whose secret was just made."""

    seen: SeenWebhook
    secret: str


def purpose_of(webhook_id: UUID) -> str:
    """What a sealed secret belongs to."""
    return f"webhook {webhook_id}"


class WebhookService:
    """See the module."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        secrets: SecretSource,
        secret_box: SecretBox,
        ids: IdFactory,
        clock: Clock,
        private_allowed: bool = False,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._secrets = secrets
        self._secret_box = secret_box
        self._ids = ids
        self._clock = clock
        self._private_allowed = private_allowed

    async def all(self, asker: Asker) -> Sequence[SeenWebhook]:
        """The oldest first."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            webhooks = await stores.webhooks.all()
            backlogs = await self._backlogs(stores)
        return [SeenWebhook(webhook=one, backlog=backlogs[one.webhook_id]) for one in webhooks]

    async def get(self, asker: Asker, webhook_id: UUID) -> SeenWebhook:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await self._seen(stores, webhook_id)

    async def add(self, asker: Asker, values: WebhookValues) -> NewSecret:
        """Raises Invalid with `details.fields`, Conflict `TOO_MANY_WEBHOOKS`."""
        now = self._clock.now()
        webhook_id = self._ids.new()
        secret = secret_of(self._secrets.token())
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await self._check(stores, values)
            if len(await stores.webhooks.all()) >= MOST_WEBHOOKS:
                raise Conflict(
                    "TOO_MANY_WEBHOOKS",
                    f"An organisation has at most {MOST_WEBHOOKS} webhooks. Remove one first.",
                    details={"most": MOST_WEBHOOKS},
                )
            webhook = Webhook(
                webhook_id=webhook_id,
                url=values.url,
                description=values.description,
                kinds=tuple(sorted(set(values.kinds))),
                campaign_ids=values.campaign_ids,
                personal_data=values.personal_data,
                state="on" if values.active else "off",
                secret=self._secret_box.seal(secret, purpose_of(webhook_id)),
                old_secret=None,
                old_secret_until=None,
                failures=0,
                failing_since=None,
                rests_until=None,
                last_success_at=None,
                last_failure_at=None,
                last_error="",
                version=1,
                created_by=asker.user_id,
                created_at=now,
                updated_at=now,
            )
            await stores.webhooks.add(webhook)
            await self._note(stores, asker, "webhook.created", webhook)
            seen = await self._seen(stores, webhook_id)
        return NewSecret(seen=seen, secret=secret)

    async def change(
        self, asker: Asker, webhook_id: UUID, version: int, changes: dict[str, Any]
    ) -> SeenWebhook:
        """`changes`: any of `WebhookValues`. Switching on forgets earlier failures. Raises
        NotFound, Conflict `STALE_VERSION`, Invalid with `details.fields`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            webhook = found(await stores.webhooks.get_for_change(webhook_id))
            check_version(version, webhook.version)
            values = replace(_values(webhook), **changes)
            await self._check(stores, values)
            state = webhook.state
            if "active" in changes:
                state = "on" if values.active else "off"
            new = replace(
                webhook,
                url=values.url,
                description=values.description,
                kinds=tuple(sorted(set(values.kinds))),
                campaign_ids=values.campaign_ids,
                personal_data=values.personal_data,
                state=state,
                failures=0 if state == "on" else webhook.failures,
                version=webhook.version + 1,
                updated_at=self._clock.now(),
            )
            await stores.webhooks.change(new)
            await self._note(stores, asker, "webhook.changed", new)
            return await self._seen(stores, webhook_id)

    async def remove(self, asker: Asker, webhook_id: UUID) -> None:
        """With its deliveries. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            webhook = found(await stores.webhooks.get_for_change(webhook_id))
            await stores.webhooks.remove(webhook_id)
            await self._note(stores, asker, "webhook.deleted", webhook)

    async def rotate_secret(self, asker: Asker, webhook_id: UUID, keep_hours: int) -> NewSecret:
        """A new secret; the old one signs as well for `keep_hours`, 0: no longer. Raises NotFound,
        Invalid `WEBHOOK_KEEP_HOURS`."""
        if not 0 <= keep_hours <= MOST_KEPT_HOURS:
            raise Invalid(
                "WEBHOOK_KEEP_HOURS",
                f"An old secret stays valid for 0 to {MOST_KEPT_HOURS} hours.",
                field="keep_hours",
                details={"most": MOST_KEPT_HOURS},
            )
        now = self._clock.now()
        secret = secret_of(self._secrets.token())
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            webhook = found(await stores.webhooks.get_for_change(webhook_id))
            new = replace(
                webhook,
                secret=self._secret_box.seal(secret, purpose_of(webhook_id)),
                old_secret=webhook.secret if keep_hours else None,
                old_secret_until=now + timedelta(hours=keep_hours) if keep_hours else None,
                version=webhook.version + 1,
                updated_at=now,
            )
            await stores.webhooks.change(new)
            await self._note(stores, asker, "webhook.secret_rotated", new)
            return NewSecret(seen=await self._seen(stores, webhook_id), secret=secret)

    async def test(self, asker: Asker, webhook_id: UUID) -> Delivery:
        """Send a message of the kind `webhook.test`, on the way of all others. Raises NotFound,
        Conflict `WEBHOOK_NOT_ON`."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            webhook = found(await stores.webhooks.get(webhook_id))
            if webhook.state != "on":
                raise Conflict(
                    "WEBHOOK_NOT_ON", "This webhook sends nothing. Switch it on, then test it."
                )
            message = Message(
                message_id=self._ids.new(),
                organisation_id=asker.organisation_id,
                kind=TEST_KIND,
                campaign_id=None,
                at=now,
                data={"webhook_id": str(webhook_id), "asked_by": str(asker.user_id)},
                personal=None,
            )
            delivery_id = self._ids.new()
            await stores.webhooks.tell(webhook_id, message, delivery_id)
            delivery = await stores.webhooks.delivery(webhook_id, delivery_id)
        assert delivery is not None
        return delivery

    async def deliveries(
        self, asker: Asker, webhook_id: UUID, query: DeliveryQuery, token: str | None
    ) -> Page[Delivery]:
        """The newest first. Raises NotFound, Invalid `PAGE_TOKEN`."""
        position = position_of(token, int)
        asked = replace(
            query, before_position=position[0] if position else None, limit=query.limit + 1
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found(await stores.webhooks.get(webhook_id))
            deliveries = await stores.webhooks.deliveries(webhook_id, asked)
        more = len(deliveries) > query.limit
        deliveries = deliveries[: query.limit]
        return Page(
            items=deliveries,
            next_page_token=page_token(deliveries[-1].position) if more else None,
            total=None,
        )

    async def delivery(self, asker: Asker, webhook_id: UUID, delivery_id: UUID) -> Delivery:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _delivery(await stores.webhooks.delivery(webhook_id, delivery_id))

    async def replay(self, asker: Asker, webhook_id: UUID, delivery_id: UUID) -> Delivery:
        """Send a message again, with the same id. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            webhook = found(await stores.webhooks.get(webhook_id))
            _delivery(await stores.webhooks.delivery(webhook_id, delivery_id))
            await stores.webhooks.replay(webhook_id, delivery_id, self._clock.now())
            await self._note(stores, asker, "webhook.replayed", webhook, delivery=str(delivery_id))
            return _delivery(await stores.webhooks.delivery(webhook_id, delivery_id))

    async def replay_period(
        self,
        asker: Asker,
        webhook_id: UUID,
        from_at: datetime,
        until_at: datetime,
        *,
        failed_only: bool,
    ) -> int:
        """Send again what happened in a period; how many messages. Raises NotFound, Invalid
        `PERIOD_EMPTY`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            webhook = found(await stores.webhooks.get(webhook_id))
            if from_at >= until_at:
                raise Invalid(
                    "PERIOD_EMPTY",
                    "The end of the period must come after its start.",
                    field="until_at",
                )
            replayed = await stores.webhooks.replay_period(
                webhook,
                from_at,
                until_at,
                failed_only=failed_only,
                now=self._clock.now(),
                at_most=REPLAYED_AT_MOST,
            )
            await self._note(stores, asker, "webhook.replayed", webhook, messages=replayed)
        return replayed

    async def _check(self, stores: Stores, values: WebhookValues) -> None:
        refuse(
            objections(
                url=values.url,
                kinds=values.kinds,
                description=values.description,
                private_allowed=self._private_allowed,
            )
        )
        if len(values.campaign_ids) > MOST_CAMPAIGNS:
            raise Invalid(
                "WEBHOOK_CAMPAIGNS",
                f"Choose at most {MOST_CAMPAIGNS} campaigns, or none for all.",
                field="campaign_ids",
                details={"most": MOST_CAMPAIGNS},
            )
        for campaign_id in values.campaign_ids:
            if await stores.campaigns.get(campaign_id) is None:
                raise NotFound("NOT_FOUND", "There is no such campaign.", field="campaign_ids")

    async def _seen(self, stores: Stores, webhook_id: UUID) -> SeenWebhook:
        webhook = found(await stores.webhooks.get(webhook_id))
        backlogs = await self._backlogs(stores)
        return SeenWebhook(webhook=webhook, backlog=backlogs[webhook_id])

    async def _backlogs(self, stores: Stores) -> dict[UUID, WebhookBacklog]:
        backlogs = await stores.webhooks.backlogs(self._clock.now() - BACKLOG_PERIOD)
        return {one.webhook_id: one for one in backlogs}

    async def _note(
        self, stores: Stores, asker: Asker, action: str, webhook: Webhook, **details: object
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="webhook",
            subject_id=webhook.webhook_id,
            at=self._clock.now(),
            details={
                "name": webhook.description or webhook.url,
                "url": webhook.url,
                "kinds": list(webhook.kinds),
                "personal_data": webhook.personal_data,
                "state": webhook.state,
                **details,
            },
        )


def found(webhook: Webhook | None) -> Webhook:
    """The webhook. Raises NotFound."""
    if webhook is None:
        raise NotFound("NOT_FOUND", "There is no such webhook.")
    return webhook


def _delivery(delivery: Delivery | None) -> Delivery:
    if delivery is None:
        raise NotFound("NOT_FOUND", "There is no such delivery.")
    return delivery


def _values(webhook: Webhook) -> WebhookValues:
    return WebhookValues(
        url=webhook.url,
        description=webhook.description,
        kinds=webhook.kinds,
        campaign_ids=webhook.campaign_ids,
        personal_data=webhook.personal_data,
        active=webhook.state == "on",
    )
