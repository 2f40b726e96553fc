"""Operations: response sets."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class ResponseSets:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def possible_reactions(
        self,
    ) -> Pages[m.PossibleAnswer]:
        """Every call analysis result with the reactions that it allows.

        Permission: `campaigns.read`.
        """
        answer: Pages[m.PossibleAnswer] = self._api.pages("possible_reactions")
        return answer

    def list_response_sets(
        self,
    ) -> Pages[m.ResponseSetAnswer]:
        """Every response set, by name.

        Permission: `campaigns.read`.
        """
        answer: Pages[m.ResponseSetAnswer] = self._api.pages("list_response_sets")
        return answer

    def add_response_set(
        self,
        body: m.ResponseSetBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ResponseSetAnswer:
        """Add a response set; no campaign uses it yet.

        Permission: `campaigns.write`.
        """
        answer: m.ResponseSetAnswer = self._api.call(
            "add_response_set", body=body, key=idempotency_key
        )
        return answer

    def get_response_set(
        self,
        response_set_id: m.Id,
    ) -> m.ResponseSetAnswer:
        """One response set.

        Permission: `campaigns.read`.
        """
        answer: m.ResponseSetAnswer = self._api.call(
            "get_response_set", path={"response_set_id": response_set_id}
        )
        return answer

    def change_response_set(
        self,
        response_set_id: m.Id,
        body: m.ResponseSetPatch,
    ) -> m.ResponseSetAnswer:
        """Change a response set; its campaigns react so from the next answer on.

        Permission: `campaigns.write`.
        """
        answer: m.ResponseSetAnswer = self._api.call(
            "change_response_set", path={"response_set_id": response_set_id}, body=body
        )
        return answer

    def delete_response_set(
        self,
        response_set_id: m.Id,
    ) -> None:
        """Delete a response set that no campaign uses.

        Permission: `campaigns.write`.
        """
        self._api.call("delete_response_set", path={"response_set_id": response_set_id})


class AsyncResponseSets:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def possible_reactions(
        self,
    ) -> AsyncPages[m.PossibleAnswer]:
        """Every call analysis result with the reactions that it allows.

        Permission: `campaigns.read`.
        """
        answer: AsyncPages[m.PossibleAnswer] = self._api.pages("possible_reactions")
        return answer

    def list_response_sets(
        self,
    ) -> AsyncPages[m.ResponseSetAnswer]:
        """Every response set, by name.

        Permission: `campaigns.read`.
        """
        answer: AsyncPages[m.ResponseSetAnswer] = self._api.pages("list_response_sets")
        return answer

    async def add_response_set(
        self,
        body: m.ResponseSetBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ResponseSetAnswer:
        """Add a response set; no campaign uses it yet.

        Permission: `campaigns.write`.
        """
        answer: m.ResponseSetAnswer = await self._api.call(
            "add_response_set", body=body, key=idempotency_key
        )
        return answer

    async def get_response_set(
        self,
        response_set_id: m.Id,
    ) -> m.ResponseSetAnswer:
        """One response set.

        Permission: `campaigns.read`.
        """
        answer: m.ResponseSetAnswer = await self._api.call(
            "get_response_set", path={"response_set_id": response_set_id}
        )
        return answer

    async def change_response_set(
        self,
        response_set_id: m.Id,
        body: m.ResponseSetPatch,
    ) -> m.ResponseSetAnswer:
        """Change a response set; its campaigns react so from the next answer on.

        Permission: `campaigns.write`.
        """
        answer: m.ResponseSetAnswer = await self._api.call(
            "change_response_set", path={"response_set_id": response_set_id}, body=body
        )
        return answer

    async def delete_response_set(
        self,
        response_set_id: m.Id,
    ) -> None:
        """Delete a response set that no campaign uses.

        Permission: `campaigns.write`.
        """
        await self._api.call("delete_response_set", path={"response_set_id": response_set_id})
