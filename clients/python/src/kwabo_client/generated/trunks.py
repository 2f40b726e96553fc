"""Operations: trunks."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class Trunks:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_trunks(
        self,
    ) -> Pages[m.TrunkAnswer]:
        """Every trunk, by name.

        Permission: `campaigns.read` or `settings.read`.
        """
        answer: Pages[m.TrunkAnswer] = self._api.pages("list_trunks")
        return answer

    def add_trunk(
        self,
        body: m.TrunkBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.TrunkAnswer:
        """Add a trunk that the switch knows.

        Permission: `settings.write`.
        """
        answer: m.TrunkAnswer = self._api.call("add_trunk", body=body, key=idempotency_key)
        return answer

    def get_trunk(
        self,
        trunk_id: m.Id,
    ) -> m.TrunkAnswer:
        """One trunk.

        Permission: `campaigns.read` or `settings.read`.
        """
        answer: m.TrunkAnswer = self._api.call("get_trunk", path={"trunk_id": trunk_id})
        return answer

    def change_trunk(
        self,
        trunk_id: m.Id,
        body: m.TrunkPatch,
    ) -> m.TrunkAnswer:
        """Change a trunk; a null `attempt_header` removes it.

        Permission: `settings.write`.
        """
        answer: m.TrunkAnswer = self._api.call(
            "change_trunk", path={"trunk_id": trunk_id}, body=body
        )
        return answer


class AsyncTrunks:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_trunks(
        self,
    ) -> AsyncPages[m.TrunkAnswer]:
        """Every trunk, by name.

        Permission: `campaigns.read` or `settings.read`.
        """
        answer: AsyncPages[m.TrunkAnswer] = self._api.pages("list_trunks")
        return answer

    async def add_trunk(
        self,
        body: m.TrunkBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.TrunkAnswer:
        """Add a trunk that the switch knows.

        Permission: `settings.write`.
        """
        answer: m.TrunkAnswer = await self._api.call("add_trunk", body=body, key=idempotency_key)
        return answer

    async def get_trunk(
        self,
        trunk_id: m.Id,
    ) -> m.TrunkAnswer:
        """One trunk.

        Permission: `campaigns.read` or `settings.read`.
        """
        answer: m.TrunkAnswer = await self._api.call("get_trunk", path={"trunk_id": trunk_id})
        return answer

    async def change_trunk(
        self,
        trunk_id: m.Id,
        body: m.TrunkPatch,
    ) -> m.TrunkAnswer:
        """Change a trunk; a null `attempt_header` removes it.

        Permission: `settings.write`.
        """
        answer: m.TrunkAnswer = await self._api.call(
            "change_trunk", path={"trunk_id": trunk_id}, body=body
        )
        return answer
