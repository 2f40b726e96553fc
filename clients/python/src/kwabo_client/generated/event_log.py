"""Operations: event log."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncDownload, AsyncPages, Download, Pages


class EventLog:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_event_log(
        self,
        *,
        level: list[m.Level] | None = None,
        category: list[m.Category] | None = None,
        campaign_id: m.Id | None = None,
        contact_list_id: m.Id | None = None,
        trunk_id: m.Id | None = None,
        from_: m.Instant | None = None,
        until: m.Instant | None = None,
        search: str | None = None,
        unseen: bool | None = None,
        limit: int | None = None,
    ) -> Pages[m.EventAnswer]:
        """What happened, the newest first. What repeats within an hour is one event with a count.

        Permission: `campaigns.read`.
        """
        answer: Pages[m.EventAnswer] = self._api.pages(
            "list_event_log",
            query={
                "level": level,
                "category": category,
                "campaign_id": campaign_id,
                "contact_list_id": contact_list_id,
                "trunk_id": trunk_id,
                "from": from_,
                "until": until,
                "search": search,
                "unseen": unseen,
                "limit": limit,
            },
        )
        return answer

    def count_unseen_events(
        self,
    ) -> m.UnseenAnswer:
        """How many warnings and errors nobody has taken note of.

        Permission: `campaigns.read`.
        """
        answer: m.UnseenAnswer = self._api.call("count_unseen_events")
        return answer

    def mark_events_seen(
        self,
        body: m.SeenBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.SeenAnswer:
        """Take note for everybody. What happens again later is new again.

        Permission: `campaigns.run`.
        """
        answer: m.SeenAnswer = self._api.call("mark_events_seen", body=body, key=idempotency_key)
        return answer

    def export_event_log(
        self,
        *,
        level: list[m.Level] | None = None,
        category: list[m.Category] | None = None,
        campaign_id: m.Id | None = None,
        contact_list_id: m.Id | None = None,
        trunk_id: m.Id | None = None,
        from_: m.Instant | None = None,
        until: m.Instant | None = None,
        search: str | None = None,
        unseen: bool | None = None,
        limit: int | None = None,
    ) -> Download:
        """The same events as CSV, streamed, up to 100,000.

        Permission: `campaigns.read`.
        """
        answer: Download = self._api.download(
            "export_event_log",
            query={
                "level": level,
                "category": category,
                "campaign_id": campaign_id,
                "contact_list_id": contact_list_id,
                "trunk_id": trunk_id,
                "from": from_,
                "until": until,
                "search": search,
                "unseen": unseen,
                "limit": limit,
            },
        )
        return answer


class AsyncEventLog:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_event_log(
        self,
        *,
        level: list[m.Level] | None = None,
        category: list[m.Category] | None = None,
        campaign_id: m.Id | None = None,
        contact_list_id: m.Id | None = None,
        trunk_id: m.Id | None = None,
        from_: m.Instant | None = None,
        until: m.Instant | None = None,
        search: str | None = None,
        unseen: bool | None = None,
        limit: int | None = None,
    ) -> AsyncPages[m.EventAnswer]:
        """What happened, the newest first. What repeats within an hour is one event with a count.

        Permission: `campaigns.read`.
        """
        answer: AsyncPages[m.EventAnswer] = self._api.pages(
            "list_event_log",
            query={
                "level": level,
                "category": category,
                "campaign_id": campaign_id,
                "contact_list_id": contact_list_id,
                "trunk_id": trunk_id,
                "from": from_,
                "until": until,
                "search": search,
                "unseen": unseen,
                "limit": limit,
            },
        )
        return answer

    async def count_unseen_events(
        self,
    ) -> m.UnseenAnswer:
        """How many warnings and errors nobody has taken note of.

        Permission: `campaigns.read`.
        """
        answer: m.UnseenAnswer = await self._api.call("count_unseen_events")
        return answer

    async def mark_events_seen(
        self,
        body: m.SeenBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.SeenAnswer:
        """Take note for everybody. What happens again later is new again.

        Permission: `campaigns.run`.
        """
        answer: m.SeenAnswer = await self._api.call(
            "mark_events_seen", body=body, key=idempotency_key
        )
        return answer

    def export_event_log(
        self,
        *,
        level: list[m.Level] | None = None,
        category: list[m.Category] | None = None,
        campaign_id: m.Id | None = None,
        contact_list_id: m.Id | None = None,
        trunk_id: m.Id | None = None,
        from_: m.Instant | None = None,
        until: m.Instant | None = None,
        search: str | None = None,
        unseen: bool | None = None,
        limit: int | None = None,
    ) -> AsyncDownload:
        """The same events as CSV, streamed, up to 100,000.

        Permission: `campaigns.read`.
        """
        answer: AsyncDownload = self._api.download(
            "export_event_log",
            query={
                "level": level,
                "category": category,
                "campaign_id": campaign_id,
                "contact_list_id": contact_list_id,
                "trunk_id": trunk_id,
                "from": from_,
                "until": until,
                "search": search,
                "unseen": unseen,
                "limit": limit,
            },
        )
        return answer
