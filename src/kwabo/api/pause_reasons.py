"""Pause reasons: why an agent takes no conversations for a while."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody
from kwabo.domain.organisations.asker import Asker

router = APIRouter(tags=["pause reasons"])

Reader = Annotated[Asker, requires("settings.read", "live.read", "campaigns.read")]
Writer = Annotated[Asker, requires("settings.write")]
Position = Annotated[int, Field(ge=0, le=10_000)]


class PauseReasonAnswer(Answer):
    """A pause reason."""

    pause_reason_id: UUID
    name: str
    name_en: str
    position: int
    active: bool


class PauseReasonBody(RequestBody):
    """A pause reason to be added."""

    name: str
    name_en: str = ""
    position: Position = 0
    active: bool = True


class PauseReasonPatch(RequestBody):
    """What to change; a field that is missing stays."""

    name: str | None = None
    name_en: str | None = None
    position: Position | None = None
    active: bool | None = None


@router.get("/pause-reasons")
async def list_pause_reasons(asker: Reader, services: TheServices) -> ListAnswer[PauseReasonAnswer]:
    """Every reason, inactive ones too, in their order."""
    found = [PauseReasonAnswer.model_validate(r) for r in await services.pause_reasons.all(asker)]
    return ListAnswer(items=found, next_page_token=None, total=len(found))


@router.post("/pause-reasons", status_code=201)
async def add_pause_reason(
    body: PauseReasonBody, asker: Writer, services: TheServices
) -> PauseReasonAnswer:
    """Add a reason."""
    reason = await services.pause_reasons.add(asker, body.model_dump())
    return PauseReasonAnswer.model_validate(reason)


@router.patch("/pause-reasons/{pause_reason_id}")
async def change_pause_reason(
    pause_reason_id: UUID, body: PauseReasonPatch, asker: Writer, services: TheServices
) -> PauseReasonAnswer:
    """Change a reason."""
    reason = await services.pause_reasons.change(asker, pause_reason_id, body.changes())
    return PauseReasonAnswer.model_validate(reason)
