"""Operations: call results."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from typing import Literal

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncDownload, Download


class CallResults:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def call_results(
        self,
        *,
        first_day: m.Day,
        last_day: m.Day,
        by: Literal[
            "number_range", "trunk", "campaign", "hour", "weekday_hour", "range_hour", "day"
        ]
        | None = None,
        campaign_id: m.Id | None = None,
        trunk_id: m.Id | None = None,
    ) -> m.CallResultsAnswer:
        """Sums over the calls of a period; days and hours are those of the organisation's zone.

        Permission: `reports.read`.
        """
        answer: m.CallResultsAnswer = self._api.call(
            "call_results",
            query={
                "first_day": first_day,
                "last_day": last_day,
                "by": by,
                "campaign_id": campaign_id,
                "trunk_id": trunk_id,
            },
        )
        return answer

    def export_call_results(
        self,
        *,
        first_day: m.Day,
        last_day: m.Day,
        by: Literal[
            "number_range", "trunk", "campaign", "hour", "weekday_hour", "range_hour", "day"
        ]
        | None = None,
        campaign_id: m.Id | None = None,
        trunk_id: m.Id | None = None,
    ) -> Download:
        """The same as a CSV file.

        Permission: `reports.read`.
        """
        answer: Download = self._api.download(
            "export_call_results",
            query={
                "first_day": first_day,
                "last_day": last_day,
                "by": by,
                "campaign_id": campaign_id,
                "trunk_id": trunk_id,
            },
        )
        return answer

    def early_media(
        self,
        attempt_id: m.Id,
    ) -> Download:
        """What the network played before the end of an unanswered call, where it was kept (WAV).

        Permission: `reports.read`.
        """
        answer: Download = self._api.download("early_media", path={"attempt_id": attempt_id})
        return answer


class AsyncCallResults:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    async def call_results(
        self,
        *,
        first_day: m.Day,
        last_day: m.Day,
        by: Literal[
            "number_range", "trunk", "campaign", "hour", "weekday_hour", "range_hour", "day"
        ]
        | None = None,
        campaign_id: m.Id | None = None,
        trunk_id: m.Id | None = None,
    ) -> m.CallResultsAnswer:
        """Sums over the calls of a period; days and hours are those of the organisation's zone.

        Permission: `reports.read`.
        """
        answer: m.CallResultsAnswer = await self._api.call(
            "call_results",
            query={
                "first_day": first_day,
                "last_day": last_day,
                "by": by,
                "campaign_id": campaign_id,
                "trunk_id": trunk_id,
            },
        )
        return answer

    def export_call_results(
        self,
        *,
        first_day: m.Day,
        last_day: m.Day,
        by: Literal[
            "number_range", "trunk", "campaign", "hour", "weekday_hour", "range_hour", "day"
        ]
        | None = None,
        campaign_id: m.Id | None = None,
        trunk_id: m.Id | None = None,
    ) -> AsyncDownload:
        """The same as a CSV file.

        Permission: `reports.read`.
        """
        answer: AsyncDownload = self._api.download(
            "export_call_results",
            query={
                "first_day": first_day,
                "last_day": last_day,
                "by": by,
                "campaign_id": campaign_id,
                "trunk_id": trunk_id,
            },
        )
        return answer

    def early_media(
        self,
        attempt_id: m.Id,
    ) -> AsyncDownload:
        """What the network played before the end of an unanswered call, where it was kept (WAV).

        Permission: `reports.read`.
        """
        answer: AsyncDownload = self._api.download("early_media", path={"attempt_id": attempt_id})
        return answer
