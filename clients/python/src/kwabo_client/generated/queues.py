"""Operations: queues."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class Queues:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_queues(
        self,
    ) -> Pages[m.QueueAnswer]:
        """Every queue, by name.

        Permission: `campaigns.read` or `live.read` or `queues.write` or `settings.read` or `users.read`.
        """
        answer: Pages[m.QueueAnswer] = self._api.pages("list_queues")
        return answer

    def add_queue(
        self,
        body: m.QueueBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.QueueAnswer:
        """Add a queue.

        Permission: `queues.write`.
        """
        answer: m.QueueAnswer = self._api.call("add_queue", body=body, key=idempotency_key)
        return answer

    def get_queue(
        self,
        queue_id: m.Id,
    ) -> m.QueueAnswer:
        """One queue.

        Permission: `campaigns.read` or `live.read` or `queues.write` or `settings.read` or `users.read`.
        """
        answer: m.QueueAnswer = self._api.call("get_queue", path={"queue_id": queue_id})
        return answer

    def change_queue(
        self,
        queue_id: m.Id,
        body: m.QueuePatch,
    ) -> m.QueueAnswer:
        """Change a queue's name or members.

        Permission: `queues.write`.
        """
        answer: m.QueueAnswer = self._api.call(
            "change_queue", path={"queue_id": queue_id}, body=body
        )
        return answer

    def delete_queue(
        self,
        queue_id: m.Id,
    ) -> None:
        """Delete a queue that no campaign uses.

        Permission: `queues.write`.
        """
        self._api.call("delete_queue", path={"queue_id": queue_id})

    def get_queue_routing(
        self,
        queue_id: m.Id,
    ) -> m.QueueRoutingAnswer:
        """How the queue finds agents.

        Permission: `campaigns.read` or `live.read` or `queues.write` or `settings.read` or `users.read`.
        """
        answer: m.QueueRoutingAnswer = self._api.call(
            "get_queue_routing", path={"queue_id": queue_id}
        )
        return answer

    def set_queue_routing(
        self,
        queue_id: m.Id,
        body: m.QueueRoutingBody,
    ) -> m.QueueRoutingAnswer:
        """Set all of it.

        Permission: `queues.write`.
        """
        answer: m.QueueRoutingAnswer = self._api.call(
            "set_queue_routing", path={"queue_id": queue_id}, body=body
        )
        return answer

    def explain_queue(
        self,
        queue_id: m.Id,
        *,
        need: list[str] | None = None,
        segment: str | None = None,
        priority: int | None = None,
        waited_seconds: int | None = None,
    ) -> m.RoutingTriedAnswer:
        """Which agent would get a caller with these needs now, and why.

        Permission: `live.read` or `queues.write`.
        """
        answer: m.RoutingTriedAnswer = self._api.call(
            "explain_queue",
            path={"queue_id": queue_id},
            query={
                "need": need,
                "segment": segment,
                "priority": priority,
                "waited_seconds": waited_seconds,
            },
        )
        return answer

    def list_queue_figures(
        self,
    ) -> Pages[m.QueueFiguresAnswer]:
        """Every queue with its figures, by name.

        Permission: `live.read`.
        """
        answer: Pages[m.QueueFiguresAnswer] = self._api.pages("list_queue_figures")
        return answer

    def list_queue_callers(
        self,
        queue_id: m.Id,
    ) -> Pages[m.QueueCallerAnswer]:
        """Who waits in the queue, the next first, and why nobody has taken them yet.

        Permission: `live.read`.
        """
        answer: Pages[m.QueueCallerAnswer] = self._api.pages(
            "list_queue_callers", path={"queue_id": queue_id}
        )
        return answer

    def change_queue_caller(
        self,
        queue_id: m.Id,
        attempt_id: m.Id,
        body: m.QueueCallerPatch,
    ) -> None:
        """Give a caller who waits another queue or another priority.

        Permission: `queues.write`.
        """
        self._api.call(
            "change_queue_caller", path={"queue_id": queue_id, "attempt_id": attempt_id}, body=body
        )

    def alert_figures(
        self,
        *,
        first_day: m.Day,
        last_day: m.Day,
        queue_id: m.Id | None = None,
    ) -> m.AlertPeriodAnswer:
        """How often agents were asked, took, refused and did not answer, in queues that ask.

        Permission: `live.read` or `reports.read`.
        """
        answer: m.AlertPeriodAnswer = self._api.call(
            "alert_figures",
            query={"first_day": first_day, "last_day": last_day, "queue_id": queue_id},
        )
        return answer


class AsyncQueues:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_queues(
        self,
    ) -> AsyncPages[m.QueueAnswer]:
        """Every queue, by name.

        Permission: `campaigns.read` or `live.read` or `queues.write` or `settings.read` or `users.read`.
        """
        answer: AsyncPages[m.QueueAnswer] = self._api.pages("list_queues")
        return answer

    async def add_queue(
        self,
        body: m.QueueBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.QueueAnswer:
        """Add a queue.

        Permission: `queues.write`.
        """
        answer: m.QueueAnswer = await self._api.call("add_queue", body=body, key=idempotency_key)
        return answer

    async def get_queue(
        self,
        queue_id: m.Id,
    ) -> m.QueueAnswer:
        """One queue.

        Permission: `campaigns.read` or `live.read` or `queues.write` or `settings.read` or `users.read`.
        """
        answer: m.QueueAnswer = await self._api.call("get_queue", path={"queue_id": queue_id})
        return answer

    async def change_queue(
        self,
        queue_id: m.Id,
        body: m.QueuePatch,
    ) -> m.QueueAnswer:
        """Change a queue's name or members.

        Permission: `queues.write`.
        """
        answer: m.QueueAnswer = await self._api.call(
            "change_queue", path={"queue_id": queue_id}, body=body
        )
        return answer

    async def delete_queue(
        self,
        queue_id: m.Id,
    ) -> None:
        """Delete a queue that no campaign uses.

        Permission: `queues.write`.
        """
        await self._api.call("delete_queue", path={"queue_id": queue_id})

    async def get_queue_routing(
        self,
        queue_id: m.Id,
    ) -> m.QueueRoutingAnswer:
        """How the queue finds agents.

        Permission: `campaigns.read` or `live.read` or `queues.write` or `settings.read` or `users.read`.
        """
        answer: m.QueueRoutingAnswer = await self._api.call(
            "get_queue_routing", path={"queue_id": queue_id}
        )
        return answer

    async def set_queue_routing(
        self,
        queue_id: m.Id,
        body: m.QueueRoutingBody,
    ) -> m.QueueRoutingAnswer:
        """Set all of it.

        Permission: `queues.write`.
        """
        answer: m.QueueRoutingAnswer = await self._api.call(
            "set_queue_routing", path={"queue_id": queue_id}, body=body
        )
        return answer

    async def explain_queue(
        self,
        queue_id: m.Id,
        *,
        need: list[str] | None = None,
        segment: str | None = None,
        priority: int | None = None,
        waited_seconds: int | None = None,
    ) -> m.RoutingTriedAnswer:
        """Which agent would get a caller with these needs now, and why.

        Permission: `live.read` or `queues.write`.
        """
        answer: m.RoutingTriedAnswer = await self._api.call(
            "explain_queue",
            path={"queue_id": queue_id},
            query={
                "need": need,
                "segment": segment,
                "priority": priority,
                "waited_seconds": waited_seconds,
            },
        )
        return answer

    def list_queue_figures(
        self,
    ) -> AsyncPages[m.QueueFiguresAnswer]:
        """Every queue with its figures, by name.

        Permission: `live.read`.
        """
        answer: AsyncPages[m.QueueFiguresAnswer] = self._api.pages("list_queue_figures")
        return answer

    def list_queue_callers(
        self,
        queue_id: m.Id,
    ) -> AsyncPages[m.QueueCallerAnswer]:
        """Who waits in the queue, the next first, and why nobody has taken them yet.

        Permission: `live.read`.
        """
        answer: AsyncPages[m.QueueCallerAnswer] = self._api.pages(
            "list_queue_callers", path={"queue_id": queue_id}
        )
        return answer

    async def change_queue_caller(
        self,
        queue_id: m.Id,
        attempt_id: m.Id,
        body: m.QueueCallerPatch,
    ) -> None:
        """Give a caller who waits another queue or another priority.

        Permission: `queues.write`.
        """
        await self._api.call(
            "change_queue_caller", path={"queue_id": queue_id, "attempt_id": attempt_id}, body=body
        )

    async def alert_figures(
        self,
        *,
        first_day: m.Day,
        last_day: m.Day,
        queue_id: m.Id | None = None,
    ) -> m.AlertPeriodAnswer:
        """How often agents were asked, took, refused and did not answer, in queues that ask.

        Permission: `live.read` or `reports.read`.
        """
        answer: m.AlertPeriodAnswer = await self._api.call(
            "alert_figures",
            query={"first_day": first_day, "last_day": last_day, "queue_id": queue_id},
        )
        return answer
