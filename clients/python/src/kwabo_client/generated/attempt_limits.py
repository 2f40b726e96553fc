"""Operations: attempt limits."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class AttemptLimits:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_attempt_limits(
        self,
    ) -> Pages[m.AttemptLimitAnswer]:
        """Every limit, the organisation's first, by name.

        Permission: `campaigns.read` or `settings.read`.
        """
        answer: Pages[m.AttemptLimitAnswer] = self._api.pages("list_attempt_limits")
        return answer

    def add_attempt_limit(
        self,
        body: m.AttemptLimitBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AttemptLimitAnswer:
        """Add a limit; one of the organisation holds for every campaign at once.

        Permission: `settings.write`.
        """
        answer: m.AttemptLimitAnswer = self._api.call(
            "add_attempt_limit", body=body, key=idempotency_key
        )
        return answer

    def change_attempt_limit(
        self,
        attempt_limit_id: m.Id,
        body: m.AttemptLimitPatch,
    ) -> m.AttemptLimitAnswer:
        """Change a limit; calls that are in progress are not touched.

        Permission: `settings.write`.
        """
        answer: m.AttemptLimitAnswer = self._api.call(
            "change_attempt_limit", path={"attempt_limit_id": attempt_limit_id}, body=body
        )
        return answer

    def delete_attempt_limit(
        self,
        attempt_limit_id: m.Id,
    ) -> None:
        """Delete a limit that no campaign names.

        Permission: `settings.write`.
        """
        self._api.call("delete_attempt_limit", path={"attempt_limit_id": attempt_limit_id})


class AsyncAttemptLimits:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_attempt_limits(
        self,
    ) -> AsyncPages[m.AttemptLimitAnswer]:
        """Every limit, the organisation's first, by name.

        Permission: `campaigns.read` or `settings.read`.
        """
        answer: AsyncPages[m.AttemptLimitAnswer] = self._api.pages("list_attempt_limits")
        return answer

    async def add_attempt_limit(
        self,
        body: m.AttemptLimitBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AttemptLimitAnswer:
        """Add a limit; one of the organisation holds for every campaign at once.

        Permission: `settings.write`.
        """
        answer: m.AttemptLimitAnswer = await self._api.call(
            "add_attempt_limit", body=body, key=idempotency_key
        )
        return answer

    async def change_attempt_limit(
        self,
        attempt_limit_id: m.Id,
        body: m.AttemptLimitPatch,
    ) -> m.AttemptLimitAnswer:
        """Change a limit; calls that are in progress are not touched.

        Permission: `settings.write`.
        """
        answer: m.AttemptLimitAnswer = await self._api.call(
            "change_attempt_limit", path={"attempt_limit_id": attempt_limit_id}, body=body
        )
        return answer

    async def delete_attempt_limit(
        self,
        attempt_limit_id: m.Id,
    ) -> None:
        """Delete a limit that no campaign names.

        Permission: `settings.write`.
        """
        await self._api.call("delete_attempt_limit", path={"attempt_limit_id": attempt_limit_id})
