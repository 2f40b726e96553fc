"""Operations: messages."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from typing import Literal

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class Messages:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_messages(
        self,
        *,
        state: Literal["waiting", "sent", "failed"] | None = None,
        recipient: str | None = None,
        limit: int | None = None,
    ) -> Pages[m.MessageAnswer]:
        """The newest first; of one recipient if one is given.

        Permission: `messages.read`.
        """
        answer: Pages[m.MessageAnswer] = self._api.pages(
            "list_messages", query={"state": state, "recipient": recipient, "limit": limit}
        )
        return answer

    def send_failed_messages_again(
        self,
        *,
        idempotency_key: str | None = None,
    ) -> m.MessagesSentAgainAnswer:
        """Send all messages that failed again; numbers on a DNC list are still left out.

        Permission: `messages.write`.
        """
        answer: m.MessagesSentAgainAnswer = self._api.call(
            "send_failed_messages_again", key=idempotency_key
        )
        return answer

    def send_message_again(
        self,
        message_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.MessageAnswer:
        """Send a message that failed again.

        Permission: `messages.write`.
        """
        answer: m.MessageAnswer = self._api.call(
            "send_message_again", path={"message_id": message_id}, key=idempotency_key
        )
        return answer


class AsyncMessages:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_messages(
        self,
        *,
        state: Literal["waiting", "sent", "failed"] | None = None,
        recipient: str | None = None,
        limit: int | None = None,
    ) -> AsyncPages[m.MessageAnswer]:
        """The newest first; of one recipient if one is given.

        Permission: `messages.read`.
        """
        answer: AsyncPages[m.MessageAnswer] = self._api.pages(
            "list_messages", query={"state": state, "recipient": recipient, "limit": limit}
        )
        return answer

    async def send_failed_messages_again(
        self,
        *,
        idempotency_key: str | None = None,
    ) -> m.MessagesSentAgainAnswer:
        """Send all messages that failed again; numbers on a DNC list are still left out.

        Permission: `messages.write`.
        """
        answer: m.MessagesSentAgainAnswer = await self._api.call(
            "send_failed_messages_again", key=idempotency_key
        )
        return answer

    async def send_message_again(
        self,
        message_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.MessageAnswer:
        """Send a message that failed again.

        Permission: `messages.write`.
        """
        answer: m.MessageAnswer = await self._api.call(
            "send_message_again", path={"message_id": message_id}, key=idempotency_key
        )
        return answer
