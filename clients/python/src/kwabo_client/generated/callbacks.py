"""Operations: callbacks."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from typing import Literal

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class Callbacks:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_callbacks(
        self,
        *,
        view: Literal["waiting", "due", "missed", "done", "cancelled"] | None = None,
        campaign_id: m.Id | None = None,
        owner_user_id: m.Id | None = None,
        anyones: bool | None = None,
        due_from: m.Instant | None = None,
        due_until: m.Instant | None = None,
        limit: int | None = None,
    ) -> Pages[m.CallbackAnswer]:
        """Waiting ones the earliest first, so the overdue lead; ended ones the newest first.

        Permission: `campaigns.read`.
        """
        answer: Pages[m.CallbackAnswer] = self._api.pages(
            "list_callbacks",
            query={
                "view": view,
                "campaign_id": campaign_id,
                "owner_user_id": owner_user_id,
                "anyones": anyones,
                "due_from": due_from,
                "due_until": due_until,
                "limit": limit,
            },
        )
        return answer

    def count_callbacks(
        self,
    ) -> m.CallbackCountsAnswer:
        """How many wait, are due, are overdue, and were missed.

        Permission: `campaigns.read`.
        """
        answer: m.CallbackCountsAnswer = self._api.call("count_callbacks")
        return answer

    def get_callback(
        self,
        callback_id: m.Id,
    ) -> m.CallbackAnswer:
        """One callback.

        Permission: `campaigns.read`.
        """
        answer: m.CallbackAnswer = self._api.call("get_callback", path={"callback_id": callback_id})
        return answer

    def check_callback(
        self,
        callback_id: m.Id,
        *,
        due_at: m.Instant | None = None,
    ) -> m.LawfulTimeAnswer:
        """Whether it could be made then, else at its own time; and the next time.

        Permission: `campaigns.read`.
        """
        answer: m.LawfulTimeAnswer = self._api.call(
            "check_callback", path={"callback_id": callback_id}, query={"due_at": due_at}
        )
        return answer

    def reassign_callback(
        self,
        callback_id: m.Id,
        body: m.ReassignBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.CallbackAnswer:
        """Give it to an agent, or to anyone.

        Permission: `campaigns.run`.
        """
        answer: m.CallbackAnswer = self._api.call(
            "reassign_callback", path={"callback_id": callback_id}, body=body, key=idempotency_key
        )
        return answer

    def take_over_callback(
        self,
        callback_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.CallbackAnswer:
        """Make it one's own; one must be an agent, too.

        Permission: `campaigns.run`.
        """
        answer: m.CallbackAnswer = self._api.call(
            "take_over_callback", path={"callback_id": callback_id}, key=idempotency_key
        )
        return answer

    def reschedule_callback(
        self,
        callback_id: m.Id,
        body: m.RescheduleBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.CallbackAnswer:
        """Another time; a missed or expired one waits again.

        Permission: `campaigns.run`.
        """
        answer: m.CallbackAnswer = self._api.call(
            "reschedule_callback", path={"callback_id": callback_id}, body=body, key=idempotency_key
        )
        return answer

    def cancel_callback(
        self,
        callback_id: m.Id,
        body: m.CancelBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.CallbackAnswer:
        """Nobody calls.

        Permission: `campaigns.run`.
        """
        answer: m.CallbackAnswer = self._api.call(
            "cancel_callback", path={"callback_id": callback_id}, body=body, key=idempotency_key
        )
        return answer

    def agent_callbacks(
        self,
    ) -> list[m.CallbackAnswer]:
        """Open ones: the asker's own, and anyone's of the asker's campaigns; then the asker's missed
        ones of the last seven days.

        Permission: `agent.desktop`.
        """
        answer: list[m.CallbackAnswer] = self._api.call("agent_callbacks")
        return answer

    def agent_callback_check(
        self,
        *,
        attempt_id: m.Id,
        due_at: m.Instant,
        number: str | None = None,
    ) -> m.LawfulTimeAnswer:
        """Whether the contact of one's own call could be called then; else the next time.

        Permission: `agent.desktop`.
        """
        answer: m.LawfulTimeAnswer = self._api.call(
            "agent_callback_check",
            query={"attempt_id": attempt_id, "due_at": due_at, "number": number},
        )
        return answer

    def agent_reschedule_callback(
        self,
        callback_id: m.Id,
        body: m.RescheduleBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.CallbackAnswer:
        """Another time for a callback of one's own.

        Permission: `agent.desktop`.
        """
        answer: m.CallbackAnswer = self._api.call(
            "agent_reschedule_callback",
            path={"callback_id": callback_id},
            body=body,
            key=idempotency_key,
        )
        return answer

    def agent_cancel_callback(
        self,
        callback_id: m.Id,
        body: m.CancelBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.CallbackAnswer:
        """Cancel a callback of one's own.

        Permission: `agent.desktop`.
        """
        answer: m.CallbackAnswer = self._api.call(
            "agent_cancel_callback",
            path={"callback_id": callback_id},
            body=body,
            key=idempotency_key,
        )
        return answer


class AsyncCallbacks:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_callbacks(
        self,
        *,
        view: Literal["waiting", "due", "missed", "done", "cancelled"] | None = None,
        campaign_id: m.Id | None = None,
        owner_user_id: m.Id | None = None,
        anyones: bool | None = None,
        due_from: m.Instant | None = None,
        due_until: m.Instant | None = None,
        limit: int | None = None,
    ) -> AsyncPages[m.CallbackAnswer]:
        """Waiting ones the earliest first, so the overdue lead; ended ones the newest first.

        Permission: `campaigns.read`.
        """
        answer: AsyncPages[m.CallbackAnswer] = self._api.pages(
            "list_callbacks",
            query={
                "view": view,
                "campaign_id": campaign_id,
                "owner_user_id": owner_user_id,
                "anyones": anyones,
                "due_from": due_from,
                "due_until": due_until,
                "limit": limit,
            },
        )
        return answer

    async def count_callbacks(
        self,
    ) -> m.CallbackCountsAnswer:
        """How many wait, are due, are overdue, and were missed.

        Permission: `campaigns.read`.
        """
        answer: m.CallbackCountsAnswer = await self._api.call("count_callbacks")
        return answer

    async def get_callback(
        self,
        callback_id: m.Id,
    ) -> m.CallbackAnswer:
        """One callback.

        Permission: `campaigns.read`.
        """
        answer: m.CallbackAnswer = await self._api.call(
            "get_callback", path={"callback_id": callback_id}
        )
        return answer

    async def check_callback(
        self,
        callback_id: m.Id,
        *,
        due_at: m.Instant | None = None,
    ) -> m.LawfulTimeAnswer:
        """Whether it could be made then, else at its own time; and the next time.

        Permission: `campaigns.read`.
        """
        answer: m.LawfulTimeAnswer = await self._api.call(
            "check_callback", path={"callback_id": callback_id}, query={"due_at": due_at}
        )
        return answer

    async def reassign_callback(
        self,
        callback_id: m.Id,
        body: m.ReassignBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.CallbackAnswer:
        """Give it to an agent, or to anyone.

        Permission: `campaigns.run`.
        """
        answer: m.CallbackAnswer = await self._api.call(
            "reassign_callback", path={"callback_id": callback_id}, body=body, key=idempotency_key
        )
        return answer

    async def take_over_callback(
        self,
        callback_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.CallbackAnswer:
        """Make it one's own; one must be an agent, too.

        Permission: `campaigns.run`.
        """
        answer: m.CallbackAnswer = await self._api.call(
            "take_over_callback", path={"callback_id": callback_id}, key=idempotency_key
        )
        return answer

    async def reschedule_callback(
        self,
        callback_id: m.Id,
        body: m.RescheduleBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.CallbackAnswer:
        """Another time; a missed or expired one waits again.

        Permission: `campaigns.run`.
        """
        answer: m.CallbackAnswer = await self._api.call(
            "reschedule_callback", path={"callback_id": callback_id}, body=body, key=idempotency_key
        )
        return answer

    async def cancel_callback(
        self,
        callback_id: m.Id,
        body: m.CancelBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.CallbackAnswer:
        """Nobody calls.

        Permission: `campaigns.run`.
        """
        answer: m.CallbackAnswer = await self._api.call(
            "cancel_callback", path={"callback_id": callback_id}, body=body, key=idempotency_key
        )
        return answer

    async def agent_callbacks(
        self,
    ) -> list[m.CallbackAnswer]:
        """Open ones: the asker's own, and anyone's of the asker's campaigns; then the asker's missed
        ones of the last seven days.

        Permission: `agent.desktop`.
        """
        answer: list[m.CallbackAnswer] = await self._api.call("agent_callbacks")
        return answer

    async def agent_callback_check(
        self,
        *,
        attempt_id: m.Id,
        due_at: m.Instant,
        number: str | None = None,
    ) -> m.LawfulTimeAnswer:
        """Whether the contact of one's own call could be called then; else the next time.

        Permission: `agent.desktop`.
        """
        answer: m.LawfulTimeAnswer = await self._api.call(
            "agent_callback_check",
            query={"attempt_id": attempt_id, "due_at": due_at, "number": number},
        )
        return answer

    async def agent_reschedule_callback(
        self,
        callback_id: m.Id,
        body: m.RescheduleBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.CallbackAnswer:
        """Another time for a callback of one's own.

        Permission: `agent.desktop`.
        """
        answer: m.CallbackAnswer = await self._api.call(
            "agent_reschedule_callback",
            path={"callback_id": callback_id},
            body=body,
            key=idempotency_key,
        )
        return answer

    async def agent_cancel_callback(
        self,
        callback_id: m.Id,
        body: m.CancelBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.CallbackAnswer:
        """Cancel a callback of one's own.

        Permission: `agent.desktop`.
        """
        answer: m.CallbackAnswer = await self._api.call(
            "agent_cancel_callback",
            path={"callback_id": callback_id},
            body=body,
            key=idempotency_key,
        )
        return answer
