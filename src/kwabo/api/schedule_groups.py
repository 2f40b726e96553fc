"""Schedule groups: by which hours flows are open, and the emergency switch."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.organisations.asker import Asker
from kwabo.services.opening_hours import GroupNow

router = APIRouter(tags=["schedule groups"])

Reader = Annotated[Asker, requires("incidents.read", "flows.read", "settings.read")]
Writer = Annotated[Asker, requires("settings.write")]
Switcher = Annotated[Asker, requires("incidents.write")]
Zone = Annotated[str, Field(max_length=100, examples=["Africa/Porto-Novo"])]


class ScheduleGroupAnswer(Answer):
    """A group, and what it says now."""

    schedule_group_id: UUID
    name: str
    callable_time_set_id: UUID
    time_zone: str
    flows: list[str]  # names of those that ask it
    state: str  # open, closed, holiday, emergency
    holiday: str  # its name
    opens_at: UtcTime | None  # of one that is not open; null: never
    version: int
    created_at: UtcTime
    updated_at: UtcTime

    @classmethod
    def of(cls, found: GroupNow) -> ScheduleGroupAnswer:
        """The answer for a group."""
        own = ("state", "holiday", "opens_at")
        values = {n: getattr(found.group, n) for n in cls.model_fields if n not in own}
        now = found.opening
        return cls(**values, state=now.state, holiday=now.name, opens_at=now.opens_at)


class ScheduleGroupBody(RequestBody):
    """A group to be added: a callable time set by the clock of a zone."""

    name: str
    callable_time_set_id: UUID
    time_zone: Zone


class ScheduleGroupPatch(RequestBody):
    """What to change; a field that is missing stays."""

    version: int
    name: str | None = None
    callable_time_set_id: UUID | None = None
    time_zone: Zone | None = None


class EmergencyAnswer(Answer):
    """A switch that is on."""

    emergency_id: UUID
    schedule_group_id: UUID | None  # null: all groups
    schedule_group_name: str | None
    reason: str
    started_at: UtcTime
    started_by_name: str | None
    until: UtcTime


class EmergencyBody(RequestBody):
    """Why, and when it ends by itself."""

    reason: Annotated[str, Field(max_length=1000)]
    until: UtcTime


@router.get("/schedule-groups")
async def list_schedule_groups(
    asker: Reader, services: TheServices
) -> ListAnswer[ScheduleGroupAnswer]:
    """Every group with its state now, by name."""
    found = [ScheduleGroupAnswer.of(one) for one in await services.opening_hours.all(asker)]
    return ListAnswer(items=found, next_page_token=None, total=len(found))


@router.post("/schedule-groups", status_code=201)
async def add_schedule_group(
    body: ScheduleGroupBody, asker: Writer, services: TheServices
) -> ScheduleGroupAnswer:
    """Add a group."""
    return ScheduleGroupAnswer.of(await services.opening_hours.add(asker, body.model_dump()))


@router.get("/schedule-groups/{schedule_group_id}")
async def get_schedule_group(
    schedule_group_id: UUID, asker: Reader, services: TheServices
) -> ScheduleGroupAnswer:
    """One group with its state now."""
    return ScheduleGroupAnswer.of(await services.opening_hours.get(asker, schedule_group_id))


@router.patch("/schedule-groups/{schedule_group_id}")
async def change_schedule_group(
    schedule_group_id: UUID, body: ScheduleGroupPatch, asker: Writer, services: TheServices
) -> ScheduleGroupAnswer:
    """Change a group; it counts for the next call that asks."""
    values = body.changes()
    version = values.pop("version")
    changed = await services.opening_hours.change(asker, schedule_group_id, version, values)
    return ScheduleGroupAnswer.of(changed)


@router.delete("/schedule-groups/{schedule_group_id}", status_code=204)
async def delete_schedule_group(
    schedule_group_id: UUID, asker: Writer, services: TheServices
) -> None:
    """Delete a group that no flow asks."""
    await services.opening_hours.delete(asker, schedule_group_id)


@router.get("/emergencies")
async def list_emergencies(asker: Reader, services: TheServices) -> ListAnswer[EmergencyAnswer]:
    """The emergency switches that are on, the oldest first."""
    found = await services.opening_hours.emergencies(asker)
    items = [EmergencyAnswer.model_validate(one) for one in found]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.put("/schedule-groups/{schedule_group_id}/emergency", status_code=204)
async def turn_on_emergency(
    schedule_group_id: UUID, body: EmergencyBody, asker: Switcher, services: TheServices
) -> None:
    """Put a group out of its hours; one that is on is replaced."""
    await services.opening_hours.turn_on(asker, schedule_group_id, body.reason, body.until)


@router.delete("/schedule-groups/{schedule_group_id}/emergency", status_code=204)
async def turn_off_emergency(
    schedule_group_id: UUID, asker: Switcher, services: TheServices
) -> None:
    """Back to its hours. Nothing happens when it is off."""
    await services.opening_hours.turn_off(asker, schedule_group_id)


@router.put("/emergency", status_code=204)
async def turn_on_emergency_of_all(
    body: EmergencyBody, asker: Switcher, services: TheServices
) -> None:
    """Put all groups out of their hours; one that is on is replaced."""
    await services.opening_hours.turn_on(asker, None, body.reason, body.until)


@router.delete("/emergency", status_code=204)
async def turn_off_emergency_of_all(asker: Switcher, services: TheServices) -> None:
    """All groups back to their hours, but those with an emergency of their own."""
    await services.opening_hours.turn_off(asker, None)
