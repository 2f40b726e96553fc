"""Operations: voicemail."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from typing import Literal

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncDownload, AsyncPages, Download, Pages


class Voicemail:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_voicemails(
        self,
        *,
        state: Literal["new", "heard", "undone", "done"] | None = None,
        queue_id: m.Id | None = None,
        campaign_id: m.Id | None = None,
        owner_user_id: m.Id | None = None,
        from_at: m.Instant | None = None,
        until_at: m.Instant | None = None,
        limit: int | None = None,
    ) -> Pages[m.VoicemailAnswer]:
        """The newest first: of all queues with `voicemails.handle`, else of one's own.

        Permission: `agent.desktop` or `voicemails.handle`.
        """
        answer: Pages[m.VoicemailAnswer] = self._api.pages(
            "list_voicemails",
            query={
                "state": state,
                "queue_id": queue_id,
                "campaign_id": campaign_id,
                "owner_user_id": owner_user_id,
                "from_at": from_at,
                "until_at": until_at,
                "limit": limit,
            },
        )
        return answer

    def count_voicemails(
        self,
    ) -> m.VoicemailCountsAnswer:
        """How many wait.

        Permission: `agent.desktop` or `voicemails.handle`.
        """
        answer: m.VoicemailCountsAnswer = self._api.call("count_voicemails")
        return answer

    def get_voicemail(
        self,
        voicemail_id: m.Id,
    ) -> m.VoicemailAnswer:
        """One message.

        Permission: `agent.desktop` or `voicemails.handle`.
        """
        answer: m.VoicemailAnswer = self._api.call(
            "get_voicemail", path={"voicemail_id": voicemail_id}
        )
        return answer

    def voicemail_audio(
        self,
        voicemail_id: m.Id,
    ) -> Download:
        """The recording (WAV, 8 kHz), in parts where `Range` asks for one. The message counts as heard,
        and the listening is noted.

        Permission: `agent.desktop` or `voicemails.handle`.
        """
        answer: Download = self._api.download(
            "voicemail_audio", path={"voicemail_id": voicemail_id}
        )
        return answer

    def take_voicemail(
        self,
        voicemail_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.VoicemailAnswer:
        """Deal with it oneself.

        Permission: `agent.desktop` or `voicemails.handle`.
        """
        answer: m.VoicemailAnswer = self._api.call(
            "take_voicemail", path={"voicemail_id": voicemail_id}, key=idempotency_key
        )
        return answer

    def assign_voicemail(
        self,
        voicemail_id: m.Id,
        body: m.VoicemailAssignBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.VoicemailAnswer:
        """Give it to somebody, or to anyone.

        Permission: `agent.desktop` or `voicemails.handle`.
        """
        answer: m.VoicemailAnswer = self._api.call(
            "assign_voicemail", path={"voicemail_id": voicemail_id}, body=body, key=idempotency_key
        )
        return answer

    def finish_voicemail(
        self,
        voicemail_id: m.Id,
        body: m.VoicemailDoneBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.VoicemailAnswer:
        """It has been dealt with.

        Permission: `agent.desktop` or `voicemails.handle`.
        """
        answer: m.VoicemailAnswer = self._api.call(
            "finish_voicemail", path={"voicemail_id": voicemail_id}, body=body, key=idempotency_key
        )
        return answer

    def reopen_voicemail(
        self,
        voicemail_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.VoicemailAnswer:
        """It has to be dealt with again.

        Permission: `agent.desktop` or `voicemails.handle`.
        """
        answer: m.VoicemailAnswer = self._api.call(
            "reopen_voicemail", path={"voicemail_id": voicemail_id}, key=idempotency_key
        )
        return answer

    def call_voicemail_back(
        self,
        voicemail_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.VoicemailAnswer:
        """Have the caller called for oneself: a callback, due at once or as soon as rules allow it.

        Permission: `agent.desktop` or `voicemails.handle`.
        """
        answer: m.VoicemailAnswer = self._api.call(
            "call_voicemail_back", path={"voicemail_id": voicemail_id}, key=idempotency_key
        )
        return answer


class AsyncVoicemail:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_voicemails(
        self,
        *,
        state: Literal["new", "heard", "undone", "done"] | None = None,
        queue_id: m.Id | None = None,
        campaign_id: m.Id | None = None,
        owner_user_id: m.Id | None = None,
        from_at: m.Instant | None = None,
        until_at: m.Instant | None = None,
        limit: int | None = None,
    ) -> AsyncPages[m.VoicemailAnswer]:
        """The newest first: of all queues with `voicemails.handle`, else of one's own.

        Permission: `agent.desktop` or `voicemails.handle`.
        """
        answer: AsyncPages[m.VoicemailAnswer] = self._api.pages(
            "list_voicemails",
            query={
                "state": state,
                "queue_id": queue_id,
                "campaign_id": campaign_id,
                "owner_user_id": owner_user_id,
                "from_at": from_at,
                "until_at": until_at,
                "limit": limit,
            },
        )
        return answer

    async def count_voicemails(
        self,
    ) -> m.VoicemailCountsAnswer:
        """How many wait.

        Permission: `agent.desktop` or `voicemails.handle`.
        """
        answer: m.VoicemailCountsAnswer = await self._api.call("count_voicemails")
        return answer

    async def get_voicemail(
        self,
        voicemail_id: m.Id,
    ) -> m.VoicemailAnswer:
        """One message.

        Permission: `agent.desktop` or `voicemails.handle`.
        """
        answer: m.VoicemailAnswer = await self._api.call(
            "get_voicemail", path={"voicemail_id": voicemail_id}
        )
        return answer

    def voicemail_audio(
        self,
        voicemail_id: m.Id,
    ) -> AsyncDownload:
        """The recording (WAV, 8 kHz), in parts where `Range` asks for one. The message counts as heard,
        and the listening is noted.

        Permission: `agent.desktop` or `voicemails.handle`.
        """
        answer: AsyncDownload = self._api.download(
            "voicemail_audio", path={"voicemail_id": voicemail_id}
        )
        return answer

    async def take_voicemail(
        self,
        voicemail_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.VoicemailAnswer:
        """Deal with it oneself.

        Permission: `agent.desktop` or `voicemails.handle`.
        """
        answer: m.VoicemailAnswer = await self._api.call(
            "take_voicemail", path={"voicemail_id": voicemail_id}, key=idempotency_key
        )
        return answer

    async def assign_voicemail(
        self,
        voicemail_id: m.Id,
        body: m.VoicemailAssignBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.VoicemailAnswer:
        """Give it to somebody, or to anyone.

        Permission: `agent.desktop` or `voicemails.handle`.
        """
        answer: m.VoicemailAnswer = await self._api.call(
            "assign_voicemail", path={"voicemail_id": voicemail_id}, body=body, key=idempotency_key
        )
        return answer

    async def finish_voicemail(
        self,
        voicemail_id: m.Id,
        body: m.VoicemailDoneBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.VoicemailAnswer:
        """It has been dealt with.

        Permission: `agent.desktop` or `voicemails.handle`.
        """
        answer: m.VoicemailAnswer = await self._api.call(
            "finish_voicemail", path={"voicemail_id": voicemail_id}, body=body, key=idempotency_key
        )
        return answer

    async def reopen_voicemail(
        self,
        voicemail_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.VoicemailAnswer:
        """It has to be dealt with again.

        Permission: `agent.desktop` or `voicemails.handle`.
        """
        answer: m.VoicemailAnswer = await self._api.call(
            "reopen_voicemail", path={"voicemail_id": voicemail_id}, key=idempotency_key
        )
        return answer

    async def call_voicemail_back(
        self,
        voicemail_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.VoicemailAnswer:
        """Have the caller called for oneself: a callback, due at once or as soon as rules allow it.

        Permission: `agent.desktop` or `voicemails.handle`.
        """
        answer: m.VoicemailAnswer = await self._api.call(
            "call_voicemail_back", path={"voicemail_id": voicemail_id}, key=idempotency_key
        )
        return answer
