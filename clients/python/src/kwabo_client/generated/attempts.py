"""Operations: attempts."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncDownload, AsyncPages, Download, Pages


class Attempts:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_attempts(
        self,
        campaign_id: m.Id,
        *,
        from_: m.Instant | None = None,
        until: m.Instant | None = None,
        result: str | None = None,
        agent_user_id: m.Id | None = None,
        limit: int | None = None,
    ) -> Pages[m.AttemptRow]:
        """A campaign's attempts, the newest first.

        Permission: `campaigns.read` or `reports.read`.
        """
        answer: Pages[m.AttemptRow] = self._api.pages(
            "list_attempts",
            path={"campaign_id": campaign_id},
            query={
                "from": from_,
                "until": until,
                "result": result,
                "agent_user_id": agent_user_id,
                "limit": limit,
            },
        )
        return answer

    def get_attempt(
        self,
        attempt_id: m.Id,
    ) -> m.AttemptDetailAnswer:
        """One attempt.

        Permission: `campaigns.read` or `reports.read`.
        """
        answer: m.AttemptDetailAnswer = self._api.call(
            "get_attempt", path={"attempt_id": attempt_id}
        )
        return answer

    def attempt_recording(
        self,
        attempt_id: m.Id,
        recording: str,
    ) -> Download:
        """What a flow recorded of the call (WAV, 8 kHz), in parts where `Range` asks for one; an agent
        hears those of the own calls. The listening is noted.

        Permission: `agent.desktop` or `contacts.read`.
        """
        answer: Download = self._api.download(
            "attempt_recording", path={"attempt_id": attempt_id, "recording": recording}
        )
        return answer

    def contact_history(
        self,
        contact_id: m.Id,
    ) -> list[m.AttemptRow]:
        """A contact's attempts over all campaigns, the newest first; at most 500.

        Permission: `contacts.read`.
        """
        answer: list[m.AttemptRow] = self._api.call(
            "contact_history", path={"contact_id": contact_id}
        )
        return answer


class AsyncAttempts:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_attempts(
        self,
        campaign_id: m.Id,
        *,
        from_: m.Instant | None = None,
        until: m.Instant | None = None,
        result: str | None = None,
        agent_user_id: m.Id | None = None,
        limit: int | None = None,
    ) -> AsyncPages[m.AttemptRow]:
        """A campaign's attempts, the newest first.

        Permission: `campaigns.read` or `reports.read`.
        """
        answer: AsyncPages[m.AttemptRow] = self._api.pages(
            "list_attempts",
            path={"campaign_id": campaign_id},
            query={
                "from": from_,
                "until": until,
                "result": result,
                "agent_user_id": agent_user_id,
                "limit": limit,
            },
        )
        return answer

    async def get_attempt(
        self,
        attempt_id: m.Id,
    ) -> m.AttemptDetailAnswer:
        """One attempt.

        Permission: `campaigns.read` or `reports.read`.
        """
        answer: m.AttemptDetailAnswer = await self._api.call(
            "get_attempt", path={"attempt_id": attempt_id}
        )
        return answer

    def attempt_recording(
        self,
        attempt_id: m.Id,
        recording: str,
    ) -> AsyncDownload:
        """What a flow recorded of the call (WAV, 8 kHz), in parts where `Range` asks for one; an agent
        hears those of the own calls. The listening is noted.

        Permission: `agent.desktop` or `contacts.read`.
        """
        answer: AsyncDownload = self._api.download(
            "attempt_recording", path={"attempt_id": attempt_id, "recording": recording}
        )
        return answer

    async def contact_history(
        self,
        contact_id: m.Id,
    ) -> list[m.AttemptRow]:
        """A contact's attempts over all campaigns, the newest first; at most 500.

        Permission: `contacts.read`.
        """
        answer: list[m.AttemptRow] = await self._api.call(
            "contact_history", path={"contact_id": contact_id}
        )
        return answer
