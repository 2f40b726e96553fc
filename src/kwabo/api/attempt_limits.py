"""Attempt limits: how often a contact, a number or a person may be tried."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field, PlainSerializer

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.attempt_limits import KeptLimit

router = APIRouter(tags=["attempt limits"])

Reader = Annotated[Asker, requires("campaigns.read", "settings.read")]
Writer = Annotated[Asker, requires("settings.write")]
Per = Literal["contact", "number", "person"]
Scope = Literal["campaign", "organisation"]
Reset = Literal["never", "days", "hours"]
Counted = Literal["dialled", "alerted", "answered", "unanswered"]
Whole = Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000)]
LocalTime = Annotated[time, PlainSerializer(lambda at: f"{at:%H:%M}", return_type=str)]


class AttemptLimitAnswer(Answer):
    """An attempt limit."""

    attempt_limit_id: UUID
    name: str
    per: str
    scope: str
    most: int
    reset: str
    days: int
    hours: int
    reset_at: LocalTime
    time_zone: str
    counted: str
    channels: list[str]
    version: int
    updated_at: UtcTime

    @classmethod
    def of(cls, kept: KeptLimit) -> AttemptLimitAnswer:
        """The answer for a limit."""
        return cls.model_validate(
            {
                name: getattr(kept if hasattr(kept, name) else kept.limit, name)
                for name in cls.model_fields
            }
        )


class AttemptLimitBody(RequestBody):
    """A limit to be added; without a zone it has the organisation's."""

    name: str
    per: Per
    scope: Scope
    most: Whole
    reset: Reset
    days: Whole = 1
    hours: Whole = 24
    reset_at: time = time(0)
    time_zone: Annotated[str | None, Field(max_length=100)] = None
    counted: Counted = "alerted"


class AttemptLimitPatch(RequestBody):
    """What to change; a field that is missing stays."""

    version: int
    name: str | None = None
    per: Per | None = None
    scope: Scope | None = None
    most: Whole | None = None
    reset: Reset | None = None
    days: Whole | None = None
    hours: Whole | None = None
    reset_at: time | None = None
    time_zone: Annotated[str | None, Field(max_length=100)] = None
    counted: Counted | None = None


@router.get("/attempt-limits")
async def list_attempt_limits(
    asker: Reader, services: TheServices
) -> ListAnswer[AttemptLimitAnswer]:
    """Every limit, the organisation's first, by name."""
    limits = [AttemptLimitAnswer.of(one) for one in await services.attempt_limits.all(asker)]
    return ListAnswer(items=limits, next_page_token=None, total=len(limits))


@router.post("/attempt-limits", status_code=201)
async def add_attempt_limit(
    body: AttemptLimitBody, asker: Writer, services: TheServices
) -> AttemptLimitAnswer:
    """Add a limit; one of the organisation holds for every campaign at once."""
    return AttemptLimitAnswer.of(await services.attempt_limits.add(asker, body.model_dump()))


@router.patch("/attempt-limits/{attempt_limit_id}")
async def change_attempt_limit(
    attempt_limit_id: UUID, body: AttemptLimitPatch, asker: Writer, services: TheServices
) -> AttemptLimitAnswer:
    """Change a limit; calls that are in progress are not touched."""
    values = body.changes()
    version = values.pop("version")
    return AttemptLimitAnswer.of(
        await services.attempt_limits.change(asker, attempt_limit_id, version, values)
    )


@router.delete("/attempt-limits/{attempt_limit_id}", status_code=204)
async def delete_attempt_limit(
    attempt_limit_id: UUID, asker: Writer, services: TheServices
) -> None:
    """Delete a limit that no campaign names."""
    await services.attempt_limits.delete(asker, attempt_limit_id)
