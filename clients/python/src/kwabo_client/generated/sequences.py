"""Operations: sequences."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class Sequences:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_sequences(
        self,
        *,
        campaign_id: m.Id | None = None,
    ) -> Pages[m.SequenceAnswer]:
        """Every sequence by name, or those in which a campaign has a place.

        Permission: `campaigns.read`.
        """
        answer: Pages[m.SequenceAnswer] = self._api.pages(
            "list_sequences", query={"campaign_id": campaign_id}
        )
        return answer

    def add_sequence(
        self,
        body: m.SequenceBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.SequenceAnswer:
        """Add a sequence.

        Permission: `campaigns.write`.
        """
        answer: m.SequenceAnswer = self._api.call("add_sequence", body=body, key=idempotency_key)
        return answer

    def get_sequence(
        self,
        sequence_id: m.Id,
    ) -> m.SequenceAnswer:
        """One sequence.

        Permission: `campaigns.read`.
        """
        answer: m.SequenceAnswer = self._api.call("get_sequence", path={"sequence_id": sequence_id})
        return answer

    def change_sequence(
        self,
        sequence_id: m.Id,
        body: m.SequencePatch,
    ) -> m.SequenceAnswer:
        """Change a sequence; its campaigns only while it is off.

        Permission: `campaigns.write`.
        """
        answer: m.SequenceAnswer = self._api.call(
            "change_sequence", path={"sequence_id": sequence_id}, body=body
        )
        return answer

    def delete_sequence(
        self,
        sequence_id: m.Id,
    ) -> None:
        """Delete a sequence that is off; its campaigns stay.

        Permission: `campaigns.write`.
        """
        self._api.call("delete_sequence", path={"sequence_id": sequence_id})

    def start_sequence(
        self,
        sequence_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.SequenceAnswer:
        """Turn it on: it goes on where it was, or begins again.

        Permission: `campaigns.run`.
        """
        answer: m.SequenceAnswer = self._api.call(
            "start_sequence", path={"sequence_id": sequence_id}, key=idempotency_key
        )
        return answer

    def stop_sequence(
        self,
        sequence_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.SequenceAnswer:
        """Turn it off; the campaign whose turn it is pauses.

        Permission: `campaigns.run`.
        """
        answer: m.SequenceAnswer = self._api.call(
            "stop_sequence", path={"sequence_id": sequence_id}, key=idempotency_key
        )
        return answer


class AsyncSequences:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_sequences(
        self,
        *,
        campaign_id: m.Id | None = None,
    ) -> AsyncPages[m.SequenceAnswer]:
        """Every sequence by name, or those in which a campaign has a place.

        Permission: `campaigns.read`.
        """
        answer: AsyncPages[m.SequenceAnswer] = self._api.pages(
            "list_sequences", query={"campaign_id": campaign_id}
        )
        return answer

    async def add_sequence(
        self,
        body: m.SequenceBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.SequenceAnswer:
        """Add a sequence.

        Permission: `campaigns.write`.
        """
        answer: m.SequenceAnswer = await self._api.call(
            "add_sequence", body=body, key=idempotency_key
        )
        return answer

    async def get_sequence(
        self,
        sequence_id: m.Id,
    ) -> m.SequenceAnswer:
        """One sequence.

        Permission: `campaigns.read`.
        """
        answer: m.SequenceAnswer = await self._api.call(
            "get_sequence", path={"sequence_id": sequence_id}
        )
        return answer

    async def change_sequence(
        self,
        sequence_id: m.Id,
        body: m.SequencePatch,
    ) -> m.SequenceAnswer:
        """Change a sequence; its campaigns only while it is off.

        Permission: `campaigns.write`.
        """
        answer: m.SequenceAnswer = await self._api.call(
            "change_sequence", path={"sequence_id": sequence_id}, body=body
        )
        return answer

    async def delete_sequence(
        self,
        sequence_id: m.Id,
    ) -> None:
        """Delete a sequence that is off; its campaigns stay.

        Permission: `campaigns.write`.
        """
        await self._api.call("delete_sequence", path={"sequence_id": sequence_id})

    async def start_sequence(
        self,
        sequence_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.SequenceAnswer:
        """Turn it on: it goes on where it was, or begins again.

        Permission: `campaigns.run`.
        """
        answer: m.SequenceAnswer = await self._api.call(
            "start_sequence", path={"sequence_id": sequence_id}, key=idempotency_key
        )
        return answer

    async def stop_sequence(
        self,
        sequence_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.SequenceAnswer:
        """Turn it off; the campaign whose turn it is pauses.

        Permission: `campaigns.run`.
        """
        answer: m.SequenceAnswer = await self._api.call(
            "stop_sequence", path={"sequence_id": sequence_id}, key=idempotency_key
        )
        return answer
