"""Webhooks: who is told what over HTTP, and what became of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.webhooks.catalogue import KINDS
from kwabo.ports.webhooks import Delivery, DeliveryQuery
from kwabo.services.pages import MAX_LIMIT
from kwabo.services.webhooks import NewSecret, SeenWebhook, WebhookValues

router = APIRouter(tags=["webhooks"])

Reader = Annotated[Asker, requires("settings.read")]
Writer = Annotated[Asker, requires("settings.write")]
Url = Annotated[str, Field(min_length=1, max_length=2000)]
Kind = Literal[
    "attempt.ended",
    "wrap_up.saved",
    "callback.scheduled",
    "callback.done",
    "callback.missed",
    "callback.cancelled",
    "campaign.state_changed",
    "contact.changed",
    "dnc.entry_added",
    "import.ended",
    "event.error",
]
Kinds = Annotated[tuple[Kind, ...], Field(min_length=1, max_length=50)]
Campaigns = Annotated[tuple[UUID, ...], Field(max_length=200)]
Description = Annotated[str, Field(max_length=500)]
DeliveryState = Literal["waiting", "delivered", "failed"]


class KindAnswer(Answer):
    """A kind of fact."""

    kind: str
    description: str


class WebhookAnswer(Answer):
    """A webhook. `waiting` is counted up to 10,000; the other counts are of the last 24 hours."""

    webhook_id: UUID
    url: str
    description: str
    kinds: list[str]
    campaign_ids: list[UUID]
    personal_data: bool
    state: Literal["on", "off", "paused"]
    old_secret_until: UtcTime | None
    failures: int
    failing_since: UtcTime | None
    rests_until: UtcTime | None
    last_success_at: UtcTime | None
    last_failure_at: UtcTime | None
    last_error: str
    waiting: int
    oldest_waiting_at: UtcTime | None
    delivered: int
    failed: int
    milliseconds: int | None
    version: int
    created_at: UtcTime
    updated_at: UtcTime

    @classmethod
    def of(cls, seen: SeenWebhook) -> WebhookAnswer:
        """The answer for a webhook."""
        return cls.model_validate(webhook_values(seen, cls.model_fields))


class WebhookSecretAnswer(WebhookAnswer):
    """With the secret, this once."""

    secret: str

    @classmethod
    def made(cls, new: NewSecret) -> WebhookSecretAnswer:
        """The answer for a new secret."""
        names = set(cls.model_fields) - {"secret"}
        return cls.model_validate(webhook_values(new.seen, names) | {"secret": new.secret})


class WebhookBody(RequestBody):
    """A new webhook. `campaign_ids` empty: all. Without `personal_data` messages hold ids only."""

    url: Url
    description: Description = ""
    kinds: Kinds
    campaign_ids: Campaigns = ()
    personal_data: bool = False
    active: bool = True


class WebhookPatch(RequestBody):
    """Changes; `active: true` also ends a pause."""

    version: int
    url: Url | None = None
    description: Description | None = None
    kinds: Kinds | None = None
    campaign_ids: Campaigns | None = None
    personal_data: bool | None = None
    active: bool | None = None


class RotateBody(RequestBody):
    """How long the old secret signs as well."""

    keep_hours: int = 24


class DeliveryAnswer(Answer):
    """A message on its way, with its newest try. `error` is a code, empty when it was taken."""

    delivery_id: UUID
    message_id: UUID
    kind: str
    at: UtcTime
    campaign_id: UUID | None
    state: DeliveryState
    tries: int
    replays: int
    next_at: UtcTime | None
    last_try_at: UtcTime | None
    status: int | None
    error: str
    duration_ms: int | None

    @classmethod
    def of(cls, delivery: Delivery) -> DeliveryAnswer:
        """The answer for a delivery."""
        return cls.model_validate(_delivery_values(delivery, cls.model_fields))


class DeliveryDetailAnswer(DeliveryAnswer):
    """With what is sent and the first 2 KB of what was answered."""

    data: dict[str, Any]
    personal: dict[str, Any] | None
    answer: str

    @classmethod
    def of(cls, delivery: Delivery) -> DeliveryDetailAnswer:
        """The answer for a delivery."""
        return cls.model_validate(_delivery_values(delivery, cls.model_fields))


class ReplayBody(RequestBody):
    """Which messages to send again."""

    from_at: UtcTime
    until_at: UtcTime
    failed_only: bool = False


class ReplayAnswer(Answer):
    """How many are sent again."""

    replayed: int


class DeliveryFilter(Answer):
    """Which deliveries."""

    state: DeliveryState | None = None
    kind: str | None = None
    from_at: Annotated[UtcTime | None, Query(alias="from")] = None
    until_at: Annotated[UtcTime | None, Query(alias="until")] = None
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50
    page_token: str | None = None


def webhook_values(seen: SeenWebhook, names: Any) -> dict[str, Any]:
    """Fields of a webhook and of its backlog by name."""
    return {
        name: getattr(seen.webhook if hasattr(seen.webhook, name) else seen.backlog, name)
        for name in names
    }


def _delivery_values(delivery: Delivery, names: Any) -> dict[str, Any]:
    values = {
        name: getattr(delivery if hasattr(delivery, name) else delivery.message, name)
        for name in names
    }
    if delivery.state != "waiting":
        values["next_at"] = None
    return values


@router.get("/webhook-kinds")
async def list_webhook_kinds(asker: Reader) -> ListAnswer[KindAnswer]:
    """What can be told; the OpenAPI document has the shapes under `webhooks`."""
    items = [KindAnswer(kind=kind, description=text) for kind, text in KINDS.items()]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.get("/webhooks")
async def list_webhooks(asker: Reader, services: TheServices) -> ListAnswer[WebhookAnswer]:
    """Every webhook of the organisation."""
    items = [WebhookAnswer.of(one) for one in await services.webhooks.all(asker)]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.post("/webhooks", status_code=201)
async def add_webhook(
    body: WebhookBody, asker: Writer, services: TheServices
) -> WebhookSecretAnswer:
    """Tell another system; the secret is shown this once."""
    values = WebhookValues(**body.model_dump())
    return WebhookSecretAnswer.made(await services.webhooks.add(asker, values))


@router.get("/webhooks/{webhook_id}")
async def get_webhook(webhook_id: UUID, asker: Reader, services: TheServices) -> WebhookAnswer:
    """One webhook."""
    return WebhookAnswer.of(await services.webhooks.get(asker, webhook_id))


@router.patch("/webhooks/{webhook_id}")
async def change_webhook(
    webhook_id: UUID, body: WebhookPatch, asker: Writer, services: TheServices
) -> WebhookAnswer:
    """Change a webhook; what waits is sent to the new address."""
    changes = body.changes()
    version = changes.pop("version")
    return WebhookAnswer.of(await services.webhooks.change(asker, webhook_id, version, changes))


@router.delete("/webhooks/{webhook_id}", status_code=204)
async def remove_webhook(webhook_id: UUID, asker: Writer, services: TheServices) -> None:
    """Remove a webhook with what waits."""
    await services.webhooks.remove(asker, webhook_id)


@router.post("/webhooks/{webhook_id}/rotate-secret")
async def rotate_webhook_secret(
    webhook_id: UUID, body: RotateBody, asker: Writer, services: TheServices
) -> WebhookSecretAnswer:
    """A new secret; for some hours messages carry signatures of both."""
    new = await services.webhooks.rotate_secret(asker, webhook_id, body.keep_hours)
    return WebhookSecretAnswer.made(new)


@router.post("/webhooks/{webhook_id}/test", status_code=202)
async def test_webhook(webhook_id: UUID, asker: Writer, services: TheServices) -> DeliveryAnswer:
    """Send a test message; the delivery tells what became of it."""
    return DeliveryAnswer.of(await services.webhooks.test(asker, webhook_id))


@router.get("/webhooks/{webhook_id}/deliveries")
async def list_webhook_deliveries(
    webhook_id: UUID,
    asker: Reader,
    services: TheServices,
    wanted: Annotated[DeliveryFilter, Query()],
) -> ListAnswer[DeliveryAnswer]:
    """What was sent and what waits, the newest first."""
    query = DeliveryQuery(**wanted.model_dump(exclude={"page_token"}))
    page = await services.webhooks.deliveries(asker, webhook_id, query, wanted.page_token)
    items = [DeliveryAnswer.of(one) for one in page.items]
    return ListAnswer(items=items, next_page_token=page.next_page_token, total=None)


@router.get("/webhooks/{webhook_id}/deliveries/{webhook_delivery_id}")
async def get_webhook_delivery(
    webhook_id: UUID, webhook_delivery_id: UUID, asker: Writer, services: TheServices
) -> DeliveryDetailAnswer:
    """One delivery with its content, which may hold personal data."""
    delivery = await services.webhooks.delivery(asker, webhook_id, webhook_delivery_id)
    return DeliveryDetailAnswer.of(delivery)


@router.post("/webhooks/{webhook_id}/deliveries/{webhook_delivery_id}/replay", status_code=202)
async def replay_webhook_delivery(
    webhook_id: UUID, webhook_delivery_id: UUID, asker: Writer, services: TheServices
) -> DeliveryAnswer:
    """Send one message again, with the same id."""
    return DeliveryAnswer.of(await services.webhooks.replay(asker, webhook_id, webhook_delivery_id))


@router.post("/webhooks/{webhook_id}/replay", status_code=202)
async def replay_webhook_period(
    webhook_id: UUID, body: ReplayBody, asker: Writer, services: TheServices
) -> ReplayAnswer:
    """Send again what happened in a period, up to 100,000 messages, with the same ids."""
    replayed = await services.webhooks.replay_period(
        asker, webhook_id, body.from_at, body.until_at, failed_only=body.failed_only
    )
    return ReplayAnswer(replayed=replayed)
