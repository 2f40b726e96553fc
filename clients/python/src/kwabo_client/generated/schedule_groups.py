"""Operations: schedule groups."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class ScheduleGroups:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_schedule_groups(
        self,
    ) -> Pages[m.ScheduleGroupAnswer]:
        """Every group with its state now, by name.

        Permission: `flows.read` or `incidents.read` or `settings.read`.
        """
        answer: Pages[m.ScheduleGroupAnswer] = self._api.pages("list_schedule_groups")
        return answer

    def add_schedule_group(
        self,
        body: m.ScheduleGroupBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ScheduleGroupAnswer:
        """Add a group.

        Permission: `settings.write`.
        """
        answer: m.ScheduleGroupAnswer = self._api.call(
            "add_schedule_group", body=body, key=idempotency_key
        )
        return answer

    def get_schedule_group(
        self,
        schedule_group_id: m.Id,
    ) -> m.ScheduleGroupAnswer:
        """One group with its state now.

        Permission: `flows.read` or `incidents.read` or `settings.read`.
        """
        answer: m.ScheduleGroupAnswer = self._api.call(
            "get_schedule_group", path={"schedule_group_id": schedule_group_id}
        )
        return answer

    def change_schedule_group(
        self,
        schedule_group_id: m.Id,
        body: m.ScheduleGroupPatch,
    ) -> m.ScheduleGroupAnswer:
        """Change a group; it counts for the next call that asks.

        Permission: `settings.write`.
        """
        answer: m.ScheduleGroupAnswer = self._api.call(
            "change_schedule_group", path={"schedule_group_id": schedule_group_id}, body=body
        )
        return answer

    def delete_schedule_group(
        self,
        schedule_group_id: m.Id,
    ) -> None:
        """Delete a group that no flow asks.

        Permission: `settings.write`.
        """
        self._api.call("delete_schedule_group", path={"schedule_group_id": schedule_group_id})

    def list_emergencies(
        self,
    ) -> Pages[m.EmergencyAnswer]:
        """The emergency switches that are on, the oldest first.

        Permission: `flows.read` or `incidents.read` or `settings.read`.
        """
        answer: Pages[m.EmergencyAnswer] = self._api.pages("list_emergencies")
        return answer

    def turn_on_emergency(
        self,
        schedule_group_id: m.Id,
        body: m.EmergencyBody,
    ) -> None:
        """Put a group out of its hours; one that is on is replaced.

        Permission: `incidents.write`.
        """
        self._api.call(
            "turn_on_emergency", path={"schedule_group_id": schedule_group_id}, body=body
        )

    def turn_off_emergency(
        self,
        schedule_group_id: m.Id,
    ) -> None:
        """Back to its hours. Nothing happens when it is off.

        Permission: `incidents.write`.
        """
        self._api.call("turn_off_emergency", path={"schedule_group_id": schedule_group_id})

    def turn_on_emergency_of_all(
        self,
        body: m.EmergencyBody,
    ) -> None:
        """Put all groups out of their hours; one that is on is replaced.

        Permission: `incidents.write`.
        """
        self._api.call("turn_on_emergency_of_all", body=body)

    def turn_off_emergency_of_all(
        self,
    ) -> None:
        """All groups back to their hours, but those with an emergency of their own.

        Permission: `incidents.write`.
        """
        self._api.call("turn_off_emergency_of_all")


class AsyncScheduleGroups:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_schedule_groups(
        self,
    ) -> AsyncPages[m.ScheduleGroupAnswer]:
        """Every group with its state now, by name.

        Permission: `flows.read` or `incidents.read` or `settings.read`.
        """
        answer: AsyncPages[m.ScheduleGroupAnswer] = self._api.pages("list_schedule_groups")
        return answer

    async def add_schedule_group(
        self,
        body: m.ScheduleGroupBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ScheduleGroupAnswer:
        """Add a group.

        Permission: `settings.write`.
        """
        answer: m.ScheduleGroupAnswer = await self._api.call(
            "add_schedule_group", body=body, key=idempotency_key
        )
        return answer

    async def get_schedule_group(
        self,
        schedule_group_id: m.Id,
    ) -> m.ScheduleGroupAnswer:
        """One group with its state now.

        Permission: `flows.read` or `incidents.read` or `settings.read`.
        """
        answer: m.ScheduleGroupAnswer = await self._api.call(
            "get_schedule_group", path={"schedule_group_id": schedule_group_id}
        )
        return answer

    async def change_schedule_group(
        self,
        schedule_group_id: m.Id,
        body: m.ScheduleGroupPatch,
    ) -> m.ScheduleGroupAnswer:
        """Change a group; it counts for the next call that asks.

        Permission: `settings.write`.
        """
        answer: m.ScheduleGroupAnswer = await self._api.call(
            "change_schedule_group", path={"schedule_group_id": schedule_group_id}, body=body
        )
        return answer

    async def delete_schedule_group(
        self,
        schedule_group_id: m.Id,
    ) -> None:
        """Delete a group that no flow asks.

        Permission: `settings.write`.
        """
        await self._api.call("delete_schedule_group", path={"schedule_group_id": schedule_group_id})

    def list_emergencies(
        self,
    ) -> AsyncPages[m.EmergencyAnswer]:
        """The emergency switches that are on, the oldest first.

        Permission: `flows.read` or `incidents.read` or `settings.read`.
        """
        answer: AsyncPages[m.EmergencyAnswer] = self._api.pages("list_emergencies")
        return answer

    async def turn_on_emergency(
        self,
        schedule_group_id: m.Id,
        body: m.EmergencyBody,
    ) -> None:
        """Put a group out of its hours; one that is on is replaced.

        Permission: `incidents.write`.
        """
        await self._api.call(
            "turn_on_emergency", path={"schedule_group_id": schedule_group_id}, body=body
        )

    async def turn_off_emergency(
        self,
        schedule_group_id: m.Id,
    ) -> None:
        """Back to its hours. Nothing happens when it is off.

        Permission: `incidents.write`.
        """
        await self._api.call("turn_off_emergency", path={"schedule_group_id": schedule_group_id})

    async def turn_on_emergency_of_all(
        self,
        body: m.EmergencyBody,
    ) -> None:
        """Put all groups out of their hours; one that is on is replaced.

        Permission: `incidents.write`.
        """
        await self._api.call("turn_on_emergency_of_all", body=body)

    async def turn_off_emergency_of_all(
        self,
    ) -> None:
        """All groups back to their hours, but those with an emergency of their own.

        Permission: `incidents.write`.
        """
        await self._api.call("turn_off_emergency_of_all")
