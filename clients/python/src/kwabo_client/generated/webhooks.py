"""Operations: webhooks."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from typing import Literal

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class Webhooks:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_webhook_kinds(
        self,
    ) -> Pages[m.KindAnswer]:
        """What can be told; the OpenAPI document has the shapes under `webhooks`.

        Permission: `settings.read`.
        """
        answer: Pages[m.KindAnswer] = self._api.pages("list_webhook_kinds")
        return answer

    def list_webhooks(
        self,
    ) -> Pages[m.WebhookAnswer]:
        """Every webhook of the organisation.

        Permission: `settings.read`.
        """
        answer: Pages[m.WebhookAnswer] = self._api.pages("list_webhooks")
        return answer

    def add_webhook(
        self,
        body: m.WebhookBody,
    ) -> m.WebhookSecretAnswer:
        """Tell another system; the secret is shown this once.

        Permission: `settings.write`.
        """
        answer: m.WebhookSecretAnswer = self._api.call("add_webhook", body=body)
        return answer

    def get_webhook(
        self,
        webhook_id: m.Id,
    ) -> m.WebhookAnswer:
        """One webhook.

        Permission: `settings.read`.
        """
        answer: m.WebhookAnswer = self._api.call("get_webhook", path={"webhook_id": webhook_id})
        return answer

    def change_webhook(
        self,
        webhook_id: m.Id,
        body: m.WebhookPatch,
    ) -> m.WebhookAnswer:
        """Change a webhook; what waits is sent to the new address.

        Permission: `settings.write`.
        """
        answer: m.WebhookAnswer = self._api.call(
            "change_webhook", path={"webhook_id": webhook_id}, body=body
        )
        return answer

    def remove_webhook(
        self,
        webhook_id: m.Id,
    ) -> None:
        """Remove a webhook with what waits.

        Permission: `settings.write`.
        """
        self._api.call("remove_webhook", path={"webhook_id": webhook_id})

    def rotate_webhook_secret(
        self,
        webhook_id: m.Id,
        body: m.RotateBody,
    ) -> m.WebhookSecretAnswer:
        """A new secret; for some hours messages carry signatures of both.

        Permission: `settings.write`.
        """
        answer: m.WebhookSecretAnswer = self._api.call(
            "rotate_webhook_secret", path={"webhook_id": webhook_id}, body=body
        )
        return answer

    def test_webhook(
        self,
        webhook_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.DeliveryAnswer:
        """Send a test message; the delivery tells what became of it.

        Permission: `settings.write`.
        """
        answer: m.DeliveryAnswer = self._api.call(
            "test_webhook", path={"webhook_id": webhook_id}, key=idempotency_key
        )
        return answer

    def list_webhook_deliveries(
        self,
        webhook_id: m.Id,
        *,
        state: Literal["waiting", "delivered", "failed"] | None = None,
        kind: str | None = None,
        from_: m.Instant | None = None,
        until: m.Instant | None = None,
        limit: int | None = None,
    ) -> Pages[m.DeliveryAnswer]:
        """What was sent and what waits, the newest first.

        Permission: `settings.read`.
        """
        answer: Pages[m.DeliveryAnswer] = self._api.pages(
            "list_webhook_deliveries",
            path={"webhook_id": webhook_id},
            query={"state": state, "kind": kind, "from": from_, "until": until, "limit": limit},
        )
        return answer

    def get_webhook_delivery(
        self,
        webhook_id: m.Id,
        webhook_delivery_id: m.Id,
    ) -> m.DeliveryDetailAnswer:
        """One delivery with its content, which may hold personal data.

        Permission: `settings.write`.
        """
        answer: m.DeliveryDetailAnswer = self._api.call(
            "get_webhook_delivery",
            path={"webhook_id": webhook_id, "webhook_delivery_id": webhook_delivery_id},
        )
        return answer

    def replay_webhook_delivery(
        self,
        webhook_id: m.Id,
        webhook_delivery_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.DeliveryAnswer:
        """Send one message again, with the same id.

        Permission: `settings.write`.
        """
        answer: m.DeliveryAnswer = self._api.call(
            "replay_webhook_delivery",
            path={"webhook_id": webhook_id, "webhook_delivery_id": webhook_delivery_id},
            key=idempotency_key,
        )
        return answer

    def replay_webhook_period(
        self,
        webhook_id: m.Id,
        body: m.ReplayBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ReplayAnswer:
        """Send again what happened in a period, up to 100,000 messages, with the same ids.

        Permission: `settings.write`.
        """
        answer: m.ReplayAnswer = self._api.call(
            "replay_webhook_period", path={"webhook_id": webhook_id}, body=body, key=idempotency_key
        )
        return answer


class AsyncWebhooks:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_webhook_kinds(
        self,
    ) -> AsyncPages[m.KindAnswer]:
        """What can be told; the OpenAPI document has the shapes under `webhooks`.

        Permission: `settings.read`.
        """
        answer: AsyncPages[m.KindAnswer] = self._api.pages("list_webhook_kinds")
        return answer

    def list_webhooks(
        self,
    ) -> AsyncPages[m.WebhookAnswer]:
        """Every webhook of the organisation.

        Permission: `settings.read`.
        """
        answer: AsyncPages[m.WebhookAnswer] = self._api.pages("list_webhooks")
        return answer

    async def add_webhook(
        self,
        body: m.WebhookBody,
    ) -> m.WebhookSecretAnswer:
        """Tell another system; the secret is shown this once.

        Permission: `settings.write`.
        """
        answer: m.WebhookSecretAnswer = await self._api.call("add_webhook", body=body)
        return answer

    async def get_webhook(
        self,
        webhook_id: m.Id,
    ) -> m.WebhookAnswer:
        """One webhook.

        Permission: `settings.read`.
        """
        answer: m.WebhookAnswer = await self._api.call(
            "get_webhook", path={"webhook_id": webhook_id}
        )
        return answer

    async def change_webhook(
        self,
        webhook_id: m.Id,
        body: m.WebhookPatch,
    ) -> m.WebhookAnswer:
        """Change a webhook; what waits is sent to the new address.

        Permission: `settings.write`.
        """
        answer: m.WebhookAnswer = await self._api.call(
            "change_webhook", path={"webhook_id": webhook_id}, body=body
        )
        return answer

    async def remove_webhook(
        self,
        webhook_id: m.Id,
    ) -> None:
        """Remove a webhook with what waits.

        Permission: `settings.write`.
        """
        await self._api.call("remove_webhook", path={"webhook_id": webhook_id})

    async def rotate_webhook_secret(
        self,
        webhook_id: m.Id,
        body: m.RotateBody,
    ) -> m.WebhookSecretAnswer:
        """A new secret; for some hours messages carry signatures of both.

        Permission: `settings.write`.
        """
        answer: m.WebhookSecretAnswer = await self._api.call(
            "rotate_webhook_secret", path={"webhook_id": webhook_id}, body=body
        )
        return answer

    async def test_webhook(
        self,
        webhook_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.DeliveryAnswer:
        """Send a test message; the delivery tells what became of it.

        Permission: `settings.write`.
        """
        answer: m.DeliveryAnswer = await self._api.call(
            "test_webhook", path={"webhook_id": webhook_id}, key=idempotency_key
        )
        return answer

    def list_webhook_deliveries(
        self,
        webhook_id: m.Id,
        *,
        state: Literal["waiting", "delivered", "failed"] | None = None,
        kind: str | None = None,
        from_: m.Instant | None = None,
        until: m.Instant | None = None,
        limit: int | None = None,
    ) -> AsyncPages[m.DeliveryAnswer]:
        """What was sent and what waits, the newest first.

        Permission: `settings.read`.
        """
        answer: AsyncPages[m.DeliveryAnswer] = self._api.pages(
            "list_webhook_deliveries",
            path={"webhook_id": webhook_id},
            query={"state": state, "kind": kind, "from": from_, "until": until, "limit": limit},
        )
        return answer

    async def get_webhook_delivery(
        self,
        webhook_id: m.Id,
        webhook_delivery_id: m.Id,
    ) -> m.DeliveryDetailAnswer:
        """One delivery with its content, which may hold personal data.

        Permission: `settings.write`.
        """
        answer: m.DeliveryDetailAnswer = await self._api.call(
            "get_webhook_delivery",
            path={"webhook_id": webhook_id, "webhook_delivery_id": webhook_delivery_id},
        )
        return answer

    async def replay_webhook_delivery(
        self,
        webhook_id: m.Id,
        webhook_delivery_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.DeliveryAnswer:
        """Send one message again, with the same id.

        Permission: `settings.write`.
        """
        answer: m.DeliveryAnswer = await self._api.call(
            "replay_webhook_delivery",
            path={"webhook_id": webhook_id, "webhook_delivery_id": webhook_delivery_id},
            key=idempotency_key,
        )
        return answer

    async def replay_webhook_period(
        self,
        webhook_id: m.Id,
        body: m.ReplayBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ReplayAnswer:
        """Send again what happened in a period, up to 100,000 messages, with the same ids.

        Permission: `settings.write`.
        """
        answer: m.ReplayAnswer = await self._api.call(
            "replay_webhook_period", path={"webhook_id": webhook_id}, body=body, key=idempotency_key
        )
        return answer
