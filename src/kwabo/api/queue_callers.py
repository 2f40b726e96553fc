"""Callers who wait in a queue, and moving them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.routing.eligibility import Passed

router = APIRouter(tags=["queues"])

Watcher = Annotated[Asker, requires("live.read")]
Mover = Annotated[Asker, requires("queues.write")]


class WhyNobody(StrEnum):
    """Why nobody has taken a caller yet; '': somebody will at once."""

    SOON = ""
    NO_AGENTS = "NO_AGENTS"
    ALL_BUSY = "ALL_BUSY"
    NOBODY_FITS = "NOBODY_FITS"


class PassedAgentAnswer(Answer):
    """A ready agent of the queue who does not get the call."""

    user_id: UUID
    display_name: str
    code: Passed
    sentence: str


class QueueCallerAnswer(Answer):
    """A caller who waits; `skills` are ids of skills, or `language:xx`."""

    attempt_id: UUID
    number: str
    position: int
    since: str
    priority: int
    skills: list[str]
    reason: WhyNobody
    passed: list[PassedAgentAnswer]


class QueueCallerPatch(RequestBody):
    """Another queue, another priority, or both."""

    to_queue_id: UUID | None = None
    priority: int | None = None


@router.get("/queues/{queue_id}/callers")
async def list_queue_callers(
    queue_id: UUID, asker: Watcher, services: TheServices
) -> ListAnswer[QueueCallerAnswer]:
    """Who waits in the queue, the next first, and why nobody has taken them yet."""
    callers = await services.queue_callers.all(asker, queue_id)
    items = [QueueCallerAnswer.model_validate(one) for one in callers]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.patch("/queues/{queue_id}/callers/{attempt_id}", status_code=204)
async def change_queue_caller(
    queue_id: UUID,
    attempt_id: UUID,
    body: QueueCallerPatch,
    asker: Mover,
    services: TheServices,
) -> None:
    """Give a caller who waits another queue or another priority."""
    await services.queue_callers.change(
        asker, queue_id, attempt_id, to_queue_id=body.to_queue_id, priority=body.priority
    )
