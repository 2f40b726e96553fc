"""Queues: groups of agents who share conversations."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody
from kwabo.domain.organisations.asker import Asker

router = APIRouter(tags=["queues"])

Reader = Annotated[
    Asker, requires("queues.write", "campaigns.read", "settings.read", "users.read", "live.read")
]
Writer = Annotated[Asker, requires("queues.write")]
MemberIds = Annotated[tuple[UUID, ...], Field(max_length=5000)]


class QueueAnswer(Answer):
    """A queue."""

    queue_id: UUID
    name: str
    member_user_ids: list[UUID]


class QueueBody(RequestBody):
    """A queue to be added."""

    name: str
    member_user_ids: MemberIds = ()


class QueuePatch(RequestBody):
    """What to change; a field that is missing stays."""

    name: str | None = None
    member_user_ids: MemberIds | None = None


@router.get("/queues")
async def list_queues(asker: Reader, services: TheServices) -> ListAnswer[QueueAnswer]:
    """Every queue, by name."""
    queues = [QueueAnswer.model_validate(queue) for queue in await services.queues.all(asker)]
    return ListAnswer(items=queues, next_page_token=None, total=len(queues))


@router.post("/queues", status_code=201)
async def add_queue(body: QueueBody, asker: Writer, services: TheServices) -> QueueAnswer:
    """Add a queue."""
    queue = await services.queues.add(asker, body.name, body.member_user_ids)
    return QueueAnswer.model_validate(queue)


@router.get("/queues/{queue_id}")
async def get_queue(queue_id: UUID, asker: Reader, services: TheServices) -> QueueAnswer:
    """One queue."""
    return QueueAnswer.model_validate(await services.queues.get(asker, queue_id))


@router.patch("/queues/{queue_id}")
async def change_queue(
    queue_id: UUID, body: QueuePatch, asker: Writer, services: TheServices
) -> QueueAnswer:
    """Change a queue's name or members."""
    queue = await services.queues.change(
        asker, queue_id, name=body.name, member_user_ids=body.member_user_ids
    )
    return QueueAnswer.model_validate(queue)


@router.delete("/queues/{queue_id}", status_code=204)
async def delete_queue(queue_id: UUID, asker: Writer, services: TheServices) -> None:
    """Delete a queue that no campaign uses."""
    await services.queues.delete(asker, queue_id)
