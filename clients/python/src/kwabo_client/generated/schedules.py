"""Operations: schedules."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class Schedules:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_schedules(
        self,
    ) -> Pages[m.ScheduleAnswer]:
        """Every schedule, by the name of its campaign or sequence.

        Permission: `campaigns.read`.
        """
        answer: Pages[m.ScheduleAnswer] = self._api.pages("list_schedules")
        return answer

    def get_campaign_schedule(
        self,
        campaign_id: m.Id,
    ) -> m.SubjectScheduleAnswer:
        """When the campaign starts and pauses by itself.

        Permission: `campaigns.read`.
        """
        answer: m.SubjectScheduleAnswer = self._api.call(
            "get_campaign_schedule", path={"campaign_id": campaign_id}
        )
        return answer

    def put_campaign_schedule(
        self,
        campaign_id: m.Id,
        body: m.ScheduleBody,
    ) -> m.ScheduleAnswer:
        """Give the campaign a schedule; what it says now is done at once.

        Permission: `campaigns.write`.
        """
        answer: m.ScheduleAnswer = self._api.call(
            "put_campaign_schedule", path={"campaign_id": campaign_id}, body=body
        )
        return answer

    def delete_campaign_schedule(
        self,
        campaign_id: m.Id,
    ) -> None:
        """Take the schedule away; the campaign stays as it is.

        Permission: `campaigns.write`.
        """
        self._api.call("delete_campaign_schedule", path={"campaign_id": campaign_id})

    def get_sequence_schedule(
        self,
        sequence_id: m.Id,
    ) -> m.SubjectScheduleAnswer:
        """When the sequence runs by itself.

        Permission: `campaigns.read`.
        """
        answer: m.SubjectScheduleAnswer = self._api.call(
            "get_sequence_schedule", path={"sequence_id": sequence_id}
        )
        return answer

    def put_sequence_schedule(
        self,
        sequence_id: m.Id,
        body: m.ScheduleBody,
    ) -> m.ScheduleAnswer:
        """Give the sequence a schedule; what it says now is done at once.

        Permission: `campaigns.write`.
        """
        answer: m.ScheduleAnswer = self._api.call(
            "put_sequence_schedule", path={"sequence_id": sequence_id}, body=body
        )
        return answer

    def delete_sequence_schedule(
        self,
        sequence_id: m.Id,
    ) -> None:
        """Take the schedule away; the sequence stays as it is.

        Permission: `campaigns.write`.
        """
        self._api.call("delete_sequence_schedule", path={"sequence_id": sequence_id})

    def list_firings(
        self,
        *,
        source_id: m.Id | None = None,
        campaign_id: m.Id | None = None,
        limit: int | None = None,
    ) -> Pages[m.FiringAnswer]:
        """What schedules, sequences and campaign rules did, the newest first.

        Permission: `campaigns.read`.
        """
        answer: Pages[m.FiringAnswer] = self._api.pages(
            "list_firings",
            query={"source_id": source_id, "campaign_id": campaign_id, "limit": limit},
        )
        return answer


class AsyncSchedules:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_schedules(
        self,
    ) -> AsyncPages[m.ScheduleAnswer]:
        """Every schedule, by the name of its campaign or sequence.

        Permission: `campaigns.read`.
        """
        answer: AsyncPages[m.ScheduleAnswer] = self._api.pages("list_schedules")
        return answer

    async def get_campaign_schedule(
        self,
        campaign_id: m.Id,
    ) -> m.SubjectScheduleAnswer:
        """When the campaign starts and pauses by itself.

        Permission: `campaigns.read`.
        """
        answer: m.SubjectScheduleAnswer = await self._api.call(
            "get_campaign_schedule", path={"campaign_id": campaign_id}
        )
        return answer

    async def put_campaign_schedule(
        self,
        campaign_id: m.Id,
        body: m.ScheduleBody,
    ) -> m.ScheduleAnswer:
        """Give the campaign a schedule; what it says now is done at once.

        Permission: `campaigns.write`.
        """
        answer: m.ScheduleAnswer = await self._api.call(
            "put_campaign_schedule", path={"campaign_id": campaign_id}, body=body
        )
        return answer

    async def delete_campaign_schedule(
        self,
        campaign_id: m.Id,
    ) -> None:
        """Take the schedule away; the campaign stays as it is.

        Permission: `campaigns.write`.
        """
        await self._api.call("delete_campaign_schedule", path={"campaign_id": campaign_id})

    async def get_sequence_schedule(
        self,
        sequence_id: m.Id,
    ) -> m.SubjectScheduleAnswer:
        """When the sequence runs by itself.

        Permission: `campaigns.read`.
        """
        answer: m.SubjectScheduleAnswer = await self._api.call(
            "get_sequence_schedule", path={"sequence_id": sequence_id}
        )
        return answer

    async def put_sequence_schedule(
        self,
        sequence_id: m.Id,
        body: m.ScheduleBody,
    ) -> m.ScheduleAnswer:
        """Give the sequence a schedule; what it says now is done at once.

        Permission: `campaigns.write`.
        """
        answer: m.ScheduleAnswer = await self._api.call(
            "put_sequence_schedule", path={"sequence_id": sequence_id}, body=body
        )
        return answer

    async def delete_sequence_schedule(
        self,
        sequence_id: m.Id,
    ) -> None:
        """Take the schedule away; the sequence stays as it is.

        Permission: `campaigns.write`.
        """
        await self._api.call("delete_sequence_schedule", path={"sequence_id": sequence_id})

    def list_firings(
        self,
        *,
        source_id: m.Id | None = None,
        campaign_id: m.Id | None = None,
        limit: int | None = None,
    ) -> AsyncPages[m.FiringAnswer]:
        """What schedules, sequences and campaign rules did, the newest first.

        Permission: `campaigns.read`.
        """
        answer: AsyncPages[m.FiringAnswer] = self._api.pages(
            "list_firings",
            query={"source_id": source_id, "campaign_id": campaign_id, "limit": limit},
        )
        return answer
