"""Recycling: finished contacts of a campaign become open again."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field, PlainSerializer

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.campaigns.recycling import RecycleChoice, RecycleTimes
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.recycling import RecyclePlan

router = APIRouter(tags=["campaigns"])

Reader = Annotated[Asker, requires("campaigns.read")]
Runner = Annotated[Asker, requires("campaigns.run")]
Whole = Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000)]
LocalTime = Annotated[time, PlainSerializer(lambda at: f"{at:%H:%M}", return_type=str)]


class ChoiceBody(RequestBody):
    """Finished contacts to which one of these applies."""

    results: Annotated[tuple[str, ...], Field(max_length=30)] = ()
    wrap_up_code_ids: Annotated[tuple[UUID, ...], Field(max_length=500)] = ()
    used_up: bool = False
    unreached: bool = False
    reset_counters: bool = True
    after_seconds: Whole = 0

    def choice(self) -> RecycleChoice:
        """As the domain has it."""
        return RecycleChoice(**{name: getattr(self, name) for name in ChoiceBody.model_fields})


class RecycleBody(ChoiceBody):
    """Recycle now, or only count."""

    dry_run: bool = False


class RecycleAnswer(Answer):
    """What became of the contacts."""

    matching: int
    recycled: int
    used_up: int


class RecyclePlanBody(ChoiceBody):
    """Recycle at a time of day on some days of the week."""

    weekdays: Annotated[tuple[int, ...], Field(max_length=7)]
    at: time
    time_zone: Annotated[str, Field(max_length=100)]
    start: bool = True
    times_left: Whole | None = None


class RecyclePlanAnswer(Answer):
    """A plan."""

    recycle_plan_id: UUID
    campaign_id: UUID
    weekdays: list[int]
    at: LocalTime
    time_zone: str
    results: list[str]
    wrap_up_code_ids: list[UUID]
    used_up: bool
    unreached: bool
    reset_counters: bool
    after_seconds: int
    start: bool
    times_left: int | None
    next_at: UtcTime | None
    last_at: UtcTime | None
    last_recycled: int | None

    @classmethod
    def of(cls, plan: RecyclePlan) -> RecyclePlanAnswer:
        """The answer for a plan."""
        values: dict[str, Any] = {}
        for name in cls.model_fields:
            for holder in (plan, plan.times, plan.choice):
                if hasattr(holder, name):
                    values[name] = getattr(holder, name)
                    break
        return cls.model_validate(values)


@router.post("/campaigns/{campaign_id}/recycle")
async def recycle_campaign(
    campaign_id: UUID, body: RecycleBody, asker: Runner, services: TheServices
) -> RecycleAnswer:
    """Open finished contacts again; a dry run only counts them."""
    return RecycleAnswer.model_validate(
        await services.recycling.recycle(asker, campaign_id, body.choice(), dry_run=body.dry_run)
    )


@router.get("/campaigns/{campaign_id}/recycle-plans")
async def list_recycle_plans(
    campaign_id: UUID, asker: Reader, services: TheServices
) -> ListAnswer[RecyclePlanAnswer]:
    """The campaign's plans."""
    plans = [
        RecyclePlanAnswer.of(one) for one in await services.recycling.plans(asker, campaign_id)
    ]
    return ListAnswer(items=plans, next_page_token=None, total=len(plans))


@router.post("/campaigns/{campaign_id}/recycle-plans", status_code=201)
async def add_recycle_plan(
    campaign_id: UUID, body: RecyclePlanBody, asker: Runner, services: TheServices
) -> RecyclePlanAnswer:
    """Recycle at set times."""
    times = RecycleTimes(weekdays=body.weekdays, at=body.at, time_zone=body.time_zone)
    return RecyclePlanAnswer.of(
        await services.recycling.add_plan(
            asker,
            campaign_id,
            times=times,
            choice=body.choice(),
            start=body.start,
            times_left=body.times_left,
        )
    )


@router.delete("/campaigns/{campaign_id}/recycle-plans/{recycle_plan_id}", status_code=204)
async def delete_recycle_plan(
    campaign_id: UUID, recycle_plan_id: UUID, asker: Runner, services: TheServices
) -> None:
    """Recycle at these times no more."""
    await services.recycling.remove_plan(asker, campaign_id, recycle_plan_id)
