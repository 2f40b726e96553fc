"""Operations: pause reasons."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class PauseReasons:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_pause_reasons(
        self,
    ) -> Pages[m.PauseReasonAnswer]:
        """Every reason, inactive ones too, in their order.

        Permission: `campaigns.read` or `live.read` or `settings.read`.
        """
        answer: Pages[m.PauseReasonAnswer] = self._api.pages("list_pause_reasons")
        return answer

    def add_pause_reason(
        self,
        body: m.PauseReasonBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.PauseReasonAnswer:
        """Add a reason.

        Permission: `settings.write`.
        """
        answer: m.PauseReasonAnswer = self._api.call(
            "add_pause_reason", body=body, key=idempotency_key
        )
        return answer

    def change_pause_reason(
        self,
        pause_reason_id: m.Id,
        body: m.PauseReasonPatch,
    ) -> m.PauseReasonAnswer:
        """Change a reason.

        Permission: `settings.write`.
        """
        answer: m.PauseReasonAnswer = self._api.call(
            "change_pause_reason", path={"pause_reason_id": pause_reason_id}, body=body
        )
        return answer


class AsyncPauseReasons:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_pause_reasons(
        self,
    ) -> AsyncPages[m.PauseReasonAnswer]:
        """Every reason, inactive ones too, in their order.

        Permission: `campaigns.read` or `live.read` or `settings.read`.
        """
        answer: AsyncPages[m.PauseReasonAnswer] = self._api.pages("list_pause_reasons")
        return answer

    async def add_pause_reason(
        self,
        body: m.PauseReasonBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.PauseReasonAnswer:
        """Add a reason.

        Permission: `settings.write`.
        """
        answer: m.PauseReasonAnswer = await self._api.call(
            "add_pause_reason", body=body, key=idempotency_key
        )
        return answer

    async def change_pause_reason(
        self,
        pause_reason_id: m.Id,
        body: m.PauseReasonPatch,
    ) -> m.PauseReasonAnswer:
        """Change a reason.

        Permission: `settings.write`.
        """
        answer: m.PauseReasonAnswer = await self._api.call(
            "change_pause_reason", path={"pause_reason_id": pause_reason_id}, body=body
        )
        return answer
