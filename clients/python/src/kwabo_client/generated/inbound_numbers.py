"""Operations: inbound numbers."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class InboundNumbers:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_inbound_numbers(
        self,
    ) -> Pages[m.InboundNumberAnswer]:
        """Every number, in order.

        Permission: `settings.read` or `settings.write`.
        """
        answer: Pages[m.InboundNumberAnswer] = self._api.pages("list_inbound_numbers")
        return answer

    def add_inbound_number(
        self,
        body: m.InboundNumberBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.InboundNumberAnswer:
        """Add a number.

        Permission: `settings.write`.
        """
        answer: m.InboundNumberAnswer = self._api.call(
            "add_inbound_number", body=body, key=idempotency_key
        )
        return answer

    def get_inbound_number(
        self,
        inbound_number_id: m.Id,
    ) -> m.InboundNumberAnswer:
        """One number.

        Permission: `settings.read` or `settings.write`.
        """
        answer: m.InboundNumberAnswer = self._api.call(
            "get_inbound_number", path={"inbound_number_id": inbound_number_id}
        )
        return answer

    def change_inbound_number(
        self,
        inbound_number_id: m.Id,
        body: m.InboundNumberPatch,
    ) -> m.InboundNumberAnswer:
        """Change a number; it counts from the next call on.

        Permission: `settings.write`.
        """
        answer: m.InboundNumberAnswer = self._api.call(
            "change_inbound_number", path={"inbound_number_id": inbound_number_id}, body=body
        )
        return answer

    def delete_inbound_number(
        self,
        inbound_number_id: m.Id,
    ) -> None:
        """Take a number away: callers hear that it is unknown.

        Permission: `settings.write`.
        """
        self._api.call("delete_inbound_number", path={"inbound_number_id": inbound_number_id})


class AsyncInboundNumbers:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_inbound_numbers(
        self,
    ) -> AsyncPages[m.InboundNumberAnswer]:
        """Every number, in order.

        Permission: `settings.read` or `settings.write`.
        """
        answer: AsyncPages[m.InboundNumberAnswer] = self._api.pages("list_inbound_numbers")
        return answer

    async def add_inbound_number(
        self,
        body: m.InboundNumberBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.InboundNumberAnswer:
        """Add a number.

        Permission: `settings.write`.
        """
        answer: m.InboundNumberAnswer = await self._api.call(
            "add_inbound_number", body=body, key=idempotency_key
        )
        return answer

    async def get_inbound_number(
        self,
        inbound_number_id: m.Id,
    ) -> m.InboundNumberAnswer:
        """One number.

        Permission: `settings.read` or `settings.write`.
        """
        answer: m.InboundNumberAnswer = await self._api.call(
            "get_inbound_number", path={"inbound_number_id": inbound_number_id}
        )
        return answer

    async def change_inbound_number(
        self,
        inbound_number_id: m.Id,
        body: m.InboundNumberPatch,
    ) -> m.InboundNumberAnswer:
        """Change a number; it counts from the next call on.

        Permission: `settings.write`.
        """
        answer: m.InboundNumberAnswer = await self._api.call(
            "change_inbound_number", path={"inbound_number_id": inbound_number_id}, body=body
        )
        return answer

    async def delete_inbound_number(
        self,
        inbound_number_id: m.Id,
    ) -> None:
        """Take a number away: callers hear that it is unknown.

        Permission: `settings.write`.
        """
        await self._api.call("delete_inbound_number", path={"inbound_number_id": inbound_number_id})
