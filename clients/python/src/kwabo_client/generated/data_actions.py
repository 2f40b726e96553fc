"""Operations: data actions."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from typing import Literal

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class DataActions:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_data_actions(
        self,
    ) -> Pages[m.DataActionAnswer]:
        """Every data action, by name.

        Permission: `campaigns.read` or `settings.read`.
        """
        answer: Pages[m.DataActionAnswer] = self._api.pages("list_data_actions")
        return answer

    def add_data_action(
        self,
        body: m.DataActionBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.DataActionAnswer:
        """Add a data action.

        Permission: `settings.write`.
        """
        answer: m.DataActionAnswer = self._api.call(
            "add_data_action", body=body, key=idempotency_key
        )
        return answer

    def try_data_action(
        self,
        body: m.TryDataActionBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.TriedActionAnswer:
        """Ask once with these settings and values; nothing is kept.

        Permission: `settings.write`.
        """
        answer: m.TriedActionAnswer = self._api.call(
            "try_data_action", body=body, key=idempotency_key
        )
        return answer

    def get_data_action(
        self,
        data_action_id: m.Id,
    ) -> m.DataActionAnswer:
        """One data action.

        Permission: `campaigns.read` or `settings.read`.
        """
        answer: m.DataActionAnswer = self._api.call(
            "get_data_action", path={"data_action_id": data_action_id}
        )
        return answer

    def change_data_action(
        self,
        data_action_id: m.Id,
        body: m.DataActionBody,
    ) -> m.DataActionAnswer:
        """Replace a data action; answers to the old question count no more.

        Permission: `settings.write`.
        """
        answer: m.DataActionAnswer = self._api.call(
            "change_data_action", path={"data_action_id": data_action_id}, body=body
        )
        return answer

    def delete_data_action(
        self,
        data_action_id: m.Id,
    ) -> None:
        """Delete a data action that no rule uses and that owes nothing.

        Permission: `settings.write`.
        """
        self._api.call("delete_data_action", path={"data_action_id": data_action_id})

    def list_data_deliveries(
        self,
        data_action_id: m.Id,
        *,
        state: Literal["waiting", "done", "given_up"] | None = None,
        limit: int | None = None,
    ) -> Pages[m.ActionDeliveryAnswer]:
        """What rules have told by it, the newest first; done ones are kept for 30 days.

        Permission: `campaigns.read` or `settings.read`.
        """
        answer: Pages[m.ActionDeliveryAnswer] = self._api.pages(
            "list_data_deliveries",
            path={"data_action_id": data_action_id},
            query={"state": state, "limit": limit},
        )
        return answer

    def retry_data_delivery(
        self,
        data_action_id: m.Id,
        delivery_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> None:
        """Try a delivery again that was given up.

        Permission: `settings.write`.
        """
        self._api.call(
            "retry_data_delivery",
            path={"data_action_id": data_action_id, "delivery_id": delivery_id},
            key=idempotency_key,
        )


class AsyncDataActions:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_data_actions(
        self,
    ) -> AsyncPages[m.DataActionAnswer]:
        """Every data action, by name.

        Permission: `campaigns.read` or `settings.read`.
        """
        answer: AsyncPages[m.DataActionAnswer] = self._api.pages("list_data_actions")
        return answer

    async def add_data_action(
        self,
        body: m.DataActionBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.DataActionAnswer:
        """Add a data action.

        Permission: `settings.write`.
        """
        answer: m.DataActionAnswer = await self._api.call(
            "add_data_action", body=body, key=idempotency_key
        )
        return answer

    async def try_data_action(
        self,
        body: m.TryDataActionBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.TriedActionAnswer:
        """Ask once with these settings and values; nothing is kept.

        Permission: `settings.write`.
        """
        answer: m.TriedActionAnswer = await self._api.call(
            "try_data_action", body=body, key=idempotency_key
        )
        return answer

    async def get_data_action(
        self,
        data_action_id: m.Id,
    ) -> m.DataActionAnswer:
        """One data action.

        Permission: `campaigns.read` or `settings.read`.
        """
        answer: m.DataActionAnswer = await self._api.call(
            "get_data_action", path={"data_action_id": data_action_id}
        )
        return answer

    async def change_data_action(
        self,
        data_action_id: m.Id,
        body: m.DataActionBody,
    ) -> m.DataActionAnswer:
        """Replace a data action; answers to the old question count no more.

        Permission: `settings.write`.
        """
        answer: m.DataActionAnswer = await self._api.call(
            "change_data_action", path={"data_action_id": data_action_id}, body=body
        )
        return answer

    async def delete_data_action(
        self,
        data_action_id: m.Id,
    ) -> None:
        """Delete a data action that no rule uses and that owes nothing.

        Permission: `settings.write`.
        """
        await self._api.call("delete_data_action", path={"data_action_id": data_action_id})

    def list_data_deliveries(
        self,
        data_action_id: m.Id,
        *,
        state: Literal["waiting", "done", "given_up"] | None = None,
        limit: int | None = None,
    ) -> AsyncPages[m.ActionDeliveryAnswer]:
        """What rules have told by it, the newest first; done ones are kept for 30 days.

        Permission: `campaigns.read` or `settings.read`.
        """
        answer: AsyncPages[m.ActionDeliveryAnswer] = self._api.pages(
            "list_data_deliveries",
            path={"data_action_id": data_action_id},
            query={"state": state, "limit": limit},
        )
        return answer

    async def retry_data_delivery(
        self,
        data_action_id: m.Id,
        delivery_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> None:
        """Try a delivery again that was given up.

        Permission: `settings.write`.
        """
        await self._api.call(
            "retry_data_delivery",
            path={"data_action_id": data_action_id, "delivery_id": delivery_id},
            key=idempotency_key,
        )
