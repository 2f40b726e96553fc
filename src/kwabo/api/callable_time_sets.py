"""Callable time sets: when people may be called."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field, PlainSerializer
from starlette.requests import Request

from kwabo.api.access import TheServices, requires
from kwabo.api.errors import language_of
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.compliance.callable_time_set import (
    CallableTimeRules,
    DateException,
    HolidayRule,
    Slot,
    WeekSlot,
    Window,
    clock_text,
    read_clock,
)
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.callable_time_sets import NamedCallableTimeSet
from kwabo.services.callable_time_sets import MOST_PREVIEW_DAYS

router = APIRouter(tags=["callable time sets"])

Reader = Annotated[Asker, requires("campaigns.read", "campaigns.write", "settings.read")]
Writer = Annotated[Asker, requires("campaigns.write")]

# A time of the local day; 24:00 is its end.
Clock = Annotated[
    str,
    Field(
        pattern=r"^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?|24:00(?::00)?)$",
        examples=["08:00", "12:30:15", "24:00"],
    ),
]
WrittenClock = Annotated[int, PlainSerializer(clock_text, return_type=str)]
Whole = Annotated[int, Field(ge=0, le=10_000)]
Name = Annotated[str, Field(max_length=200)]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$", examples=["BJ"])]


class SlotBody(RequestBody):
    """A piece of a day."""

    start: Clock
    until: Clock

    def times(self) -> dict[str, int]:
        """Both in seconds of the day."""
        return {"start": read_clock(self.start) or 0, "until": read_clock(self.until) or 0}


class WeekSlotBody(SlotBody):
    """A slot of a day of the week: 1 Monday … 7 Sunday."""

    weekday: Whole


class WindowBody(RequestBody):
    """The week of a time zone, of all other numbers (`mapped`), or of numbers without a zone."""

    kind: Literal["mapped", "zone", "unmapped"]
    time_zone: Annotated[str | None, Field(max_length=100)] = None
    slots: Annotated[tuple[WeekSlotBody, ...], Field(max_length=1000)] = ()


class DateExceptionBody(RequestBody):
    """A date with other slots, or closed; without a year it is every year's."""

    month: Whole
    day: Whole
    year: Whole | None = None
    name: Name = ""
    slots: Annotated[tuple[SlotBody, ...], Field(max_length=100)] = ()


class HolidayBody(RequestBody):
    """The public holidays of a country are closed, for everyone or for its own numbers."""

    country: Annotated[str, Field(max_length=10)]
    subdivision: Annotated[str | None, Field(max_length=100)] = None
    applies_to: Literal["everyone", "own_numbers"] = "everyone"


Windows = Annotated[tuple[WindowBody, ...], Field(max_length=1000)]
Exceptions = Annotated[tuple[DateExceptionBody, ...], Field(max_length=1000)]
Holidays = Annotated[tuple[HolidayBody, ...], Field(max_length=1000)]


class RulesBody(RequestBody):
    """All that a set says."""

    windows: Windows
    exceptions: Exceptions = ()
    holidays: Holidays = ()


class CallableTimeSetBody(RulesBody):
    """A set to be added."""

    name: Name


class CallableTimeSetPatch(RequestBody):
    """What to change; a part that is given replaces the whole part."""

    version: int
    name: Name | None = None
    windows: Windows | None = None
    exceptions: Exceptions | None = None
    holidays: Holidays | None = None


class PreviewBody(RulesBody):
    """Rules to look at, and for which numbers."""

    time_zone: Annotated[str | None, Field(max_length=100)] = None  # None: nobody knows it
    country: Country | None = None  # whose numbers: for holidays of own numbers
    begin: Annotated[date | None, Field(ge=date(1971, 1, 1), le=date(2200, 1, 1))] = None
    days: Annotated[int, Field(ge=1, le=MOST_PREVIEW_DAYS)] = 14


class SlotAnswer(Answer):
    """A piece of a day."""

    start: WrittenClock
    until: WrittenClock


class WeekSlotAnswer(SlotAnswer):
    """A slot of a day of the week."""

    weekday: int


class WindowAnswer(Answer):
    """The week of some time zones."""

    kind: str
    time_zone: str | None
    slots: list[WeekSlotAnswer]


class DateExceptionAnswer(Answer):
    """A date with other slots, or closed."""

    month: int
    day: int
    year: int | None
    name: str
    slots: list[SlotAnswer]


class HolidayAnswer(Answer):
    """The public holidays of a country are closed."""

    country: str
    subdivision: str | None
    applies_to: str


class CallableTimeSetAnswer(Answer):
    """A set."""

    callable_time_set_id: UUID
    name: str
    windows: list[WindowAnswer]
    exceptions: list[DateExceptionAnswer]
    holidays: list[HolidayAnswer]
    campaigns: list[str]  # names of those that use it
    version: int
    created_at: UtcTime
    updated_at: UtcTime

    @classmethod
    def of(cls, named: NamedCallableTimeSet) -> CallableTimeSetAnswer:
        """The answer for a set."""
        return cls.model_validate(
            {
                name: getattr(named if hasattr(named, name) else named.rules, name)
                for name in cls.model_fields
            }
        )


class PreviewDayAnswer(Answer):
    """A local day."""

    date: date
    code: str
    name: str
    slots: list[SlotAnswer]
    clock_changes: bool


class HoursPreviewAnswer(Answer):
    """Whether it is open now, when it opens, and the days to come."""

    time_zone: str | None
    open: bool
    opens_at: UtcTime | None
    days: list[PreviewDayAnswer]


class HolidayCountryAnswer(Answer):
    """A country whose public holidays are known."""

    country: str
    subdivisions: list[str]


class PublicHolidayAnswer(Answer):
    """A public holiday."""

    date: date
    name: str


def _windows(bodies: Windows) -> tuple[Window, ...]:
    return tuple(
        Window(
            kind=body.kind,
            time_zone=body.time_zone,
            slots=tuple(WeekSlot(weekday=slot.weekday, **slot.times()) for slot in body.slots),
        )
        for body in bodies
    )


def _exceptions(bodies: Exceptions) -> tuple[DateException, ...]:
    return tuple(
        DateException(
            month=body.month,
            day=body.day,
            year=body.year,
            name=body.name,
            slots=tuple(Slot(**slot.times()) for slot in body.slots),
        )
        for body in bodies
    )


def _holidays(bodies: Holidays) -> tuple[HolidayRule, ...]:
    return tuple(
        HolidayRule(
            country=body.country, subdivision=body.subdivision or None, applies_to=body.applies_to
        )
        for body in bodies
    )


def _rules(body: RulesBody) -> CallableTimeRules:
    return CallableTimeRules(
        windows=_windows(body.windows),
        exceptions=_exceptions(body.exceptions),
        holidays=_holidays(body.holidays),
    )


@router.get("/callable-time-sets")
async def list_callable_time_sets(
    asker: Reader, services: TheServices
) -> ListAnswer[CallableTimeSetAnswer]:
    """Every set, by name."""
    sets = [CallableTimeSetAnswer.of(one) for one in await services.callable_time_sets.all(asker)]
    return ListAnswer(items=sets, next_page_token=None, total=len(sets))


@router.post("/callable-time-sets", status_code=201)
async def add_callable_time_set(
    body: CallableTimeSetBody, asker: Writer, services: TheServices
) -> CallableTimeSetAnswer:
    """Add a set."""
    made = await services.callable_time_sets.add(asker, body.name, _rules(body))
    return CallableTimeSetAnswer.of(made)


@router.post("/callable-time-sets/preview")
async def preview_callable_time_set(
    body: PreviewBody, asker: Reader, services: TheServices, request: Request
) -> HoursPreviewAnswer:
    """The days to come of a set that need not be kept yet."""
    found = services.callable_time_sets.preview(
        _rules(body),
        time_zone=body.time_zone,
        country=body.country,
        begin=body.begin,
        days=body.days,
        language=language_of(request),
    )
    return HoursPreviewAnswer.model_validate(found)


@router.get("/callable-time-sets/{callable_time_set_id}")
async def get_callable_time_set(
    callable_time_set_id: UUID, asker: Reader, services: TheServices
) -> CallableTimeSetAnswer:
    """One set."""
    return CallableTimeSetAnswer.of(
        await services.callable_time_sets.get(asker, callable_time_set_id)
    )


@router.patch("/callable-time-sets/{callable_time_set_id}")
async def change_callable_time_set(
    callable_time_set_id: UUID, body: CallableTimeSetPatch, asker: Writer, services: TheServices
) -> CallableTimeSetAnswer:
    """Change a set; it counts for running campaigns at once."""
    rules: dict[str, Any] = {}
    if body.windows is not None:
        rules["windows"] = _windows(body.windows)
    if body.exceptions is not None:
        rules["exceptions"] = _exceptions(body.exceptions)
    if body.holidays is not None:
        rules["holidays"] = _holidays(body.holidays)
    changed = await services.callable_time_sets.change(
        asker, callable_time_set_id, body.version, name=body.name, rules=rules
    )
    return CallableTimeSetAnswer.of(changed)


@router.delete("/callable-time-sets/{callable_time_set_id}", status_code=204)
async def delete_callable_time_set(
    callable_time_set_id: UUID, asker: Writer, services: TheServices
) -> None:
    """Delete a set that no campaign keeps to."""
    await services.callable_time_sets.delete(asker, callable_time_set_id)


@router.get("/holiday-countries")
async def list_holiday_countries(
    asker: Reader, services: TheServices
) -> ListAnswer[HolidayCountryAnswer]:
    """Countries whose public holidays are known."""
    known = services.callable_time_sets.holiday_countries()
    items = [HolidayCountryAnswer.model_validate(one) for one in known]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.get("/public-holidays")
async def list_public_holidays(
    asker: Reader,
    services: TheServices,
    request: Request,
    country: Annotated[str, Query(max_length=10)],
    year: Annotated[int, Query(ge=1971, le=2200)],
    subdivision: Annotated[str | None, Query(max_length=100)] = None,
) -> ListAnswer[PublicHolidayAnswer]:
    """The public holidays of a country in a year."""
    found = services.callable_time_sets.holidays(country, subdivision, year, language_of(request))
    items = [PublicHolidayAnswer(date=on, name=name) for on, name in found.items()]
    return ListAnswer(items=items, next_page_token=None, total=len(items))
