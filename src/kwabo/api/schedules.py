"""Schedules of campaigns and sequences, and what happened by itself."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.campaigns.schedules import written_schedule
from kwabo.domain.organisations.asker import Asker
from kwabo.services.pages import MAX_LIMIT
from kwabo.services.schedules import Planned, Subject

router = APIRouter(tags=["schedules"])

Reader = Annotated[Asker, requires("campaigns.read")]
Writer = Annotated[Asker, requires("campaigns.write")]
ClockTime = Annotated[str, Field(pattern=r"^\d\d:\d\d$", examples=["08:00", "24:00"])]


class SpanBody(RequestBody):
    """Hours of a day, on the clock of the schedule's zone; the end of the day is 24:00."""

    start: ClockTime
    until: ClockTime


class IntervalBody(SpanBody):
    """Hours on some days of the week: 1 Monday … 7 Sunday."""

    weekdays: Annotated[tuple[int, ...], Field(max_length=7)]


class ExceptionBody(RequestBody):
    """Dates with other hours; without spans they are closed."""

    first: date
    last: date | None = None
    spans: Annotated[tuple[SpanBody, ...], Field(max_length=20)] = ()
    name: Annotated[str, Field(max_length=100)] = ""


class ScheduleSettingsBody(RequestBody):
    """What a schedule says."""

    time_zone: Annotated[str, Field(max_length=100)]
    intervals: tuple[IntervalBody, ...]
    exceptions: tuple[ExceptionBody, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    active: bool = True


class ScheduleBody(ScheduleSettingsBody):
    """A schedule; `version` is that of the one it replaces."""

    version: int | None = None


class SpanAnswer(Answer):
    """Hours of a day."""

    start: str
    until: str


class IntervalAnswer(SpanAnswer):
    """Hours on some days of the week."""

    weekdays: list[int]


class ExceptionAnswer(Answer):
    """Dates with other hours."""

    first: date
    last: date
    spans: list[SpanAnswer]
    name: str


class ScheduleAnswer(Answer):
    """A schedule, as of now."""

    schedule_id: UUID
    campaign_id: UUID | None
    sequence_id: UUID | None
    name: str
    active: bool
    time_zone: str
    intervals: list[IntervalAnswer]
    exceptions: list[ExceptionAnswer]
    starts_on: date | None
    ends_on: date | None
    open_now: bool
    next_change_at: UtcTime | None
    next_change: str | None
    code: str
    version: int

    @classmethod
    def of(cls, planned: Planned) -> ScheduleAnswer:
        """The answer for a schedule."""
        kept = planned.kept
        values: dict[str, Any] = {
            name: getattr(kept if hasattr(kept, name) else planned, name)
            for name in cls.model_fields
            if hasattr(kept, name) or hasattr(planned, name)
        }
        return cls.model_validate(values | written_schedule(kept.schedule))


class SubjectScheduleAnswer(Answer):
    """The schedule of a campaign or sequence, if it has one."""

    schedule: ScheduleAnswer | None

    @classmethod
    def of(cls, planned: Planned | None) -> SubjectScheduleAnswer:
        """The answer for a campaign or sequence."""
        return cls(schedule=None if planned is None else ScheduleAnswer.of(planned))


class FiringAnswer(Answer):
    """One thing that happened by itself."""

    firing_id: int
    at: UtcTime
    source: str
    source_id: UUID
    campaign_id: UUID | None
    sequence_id: UUID | None
    action: str
    code: str
    details: dict[str, Any]


@router.get("/campaign-schedules")
async def list_schedules(asker: Reader, services: TheServices) -> ListAnswer[ScheduleAnswer]:
    """Every schedule, by the name of its campaign or sequence."""
    items = [ScheduleAnswer.of(planned) for planned in await services.schedules.all(asker)]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.get("/campaigns/{campaign_id}/schedule")
async def get_campaign_schedule(
    campaign_id: UUID, asker: Reader, services: TheServices
) -> SubjectScheduleAnswer:
    """When the campaign starts and pauses by itself."""
    return SubjectScheduleAnswer.of(
        await services.schedules.get(asker, Subject(campaign_id=campaign_id))
    )


@router.put("/campaigns/{campaign_id}/schedule")
async def put_campaign_schedule(
    campaign_id: UUID, body: ScheduleBody, asker: Writer, services: TheServices
) -> ScheduleAnswer:
    """Give the campaign a schedule; what it says now is done at once."""
    return await _put(Subject(campaign_id=campaign_id), body, asker, services)


@router.delete("/campaigns/{campaign_id}/schedule", status_code=204)
async def delete_campaign_schedule(campaign_id: UUID, asker: Writer, services: TheServices) -> None:
    """Take the schedule away; the campaign stays as it is."""
    await services.schedules.delete(asker, Subject(campaign_id=campaign_id))


@router.get("/campaign-sequences/{sequence_id}/schedule")
async def get_sequence_schedule(
    sequence_id: UUID, asker: Reader, services: TheServices
) -> SubjectScheduleAnswer:
    """When the sequence runs by itself."""
    return SubjectScheduleAnswer.of(
        await services.schedules.get(asker, Subject(sequence_id=sequence_id))
    )


@router.put("/campaign-sequences/{sequence_id}/schedule")
async def put_sequence_schedule(
    sequence_id: UUID, body: ScheduleBody, asker: Writer, services: TheServices
) -> ScheduleAnswer:
    """Give the sequence a schedule; what it says now is done at once."""
    return await _put(Subject(sequence_id=sequence_id), body, asker, services)


@router.delete("/campaign-sequences/{sequence_id}/schedule", status_code=204)
async def delete_sequence_schedule(sequence_id: UUID, asker: Writer, services: TheServices) -> None:
    """Take the schedule away; the sequence stays as it is."""
    await services.schedules.delete(asker, Subject(sequence_id=sequence_id))


@router.get("/timetable-firings")
async def list_firings(
    asker: Reader,
    services: TheServices,
    source_id: UUID | None = None,
    campaign_id: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[FiringAnswer]:
    """What schedules, sequences and campaign rules did, the newest first."""
    page = await services.schedules.firings(
        asker, source_id=source_id, campaign_id=campaign_id, limit=limit, token=page_token
    )
    items = [FiringAnswer.model_validate(firing) for firing in page.items]
    return ListAnswer(items=items, next_page_token=page.next_page_token, total=page.total)


async def _put(
    subject: Subject, body: ScheduleBody, asker: Asker, services: TheServices
) -> ScheduleAnswer:
    values = body.model_dump()
    active, version = values.pop("active"), values.pop("version")
    planned = await services.schedules.put(
        asker, subject, document=values, active=active, version=version
    )
    return ScheduleAnswer.of(planned)
