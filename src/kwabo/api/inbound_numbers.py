"""Numbers on which the organisation is called."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody
from kwabo.domain.organisations.asker import Asker

router = APIRouter(tags=["inbound numbers"])

Reader = Annotated[Asker, requires("settings.read", "settings.write")]
Writer = Annotated[Asker, requires("settings.write")]


class InboundNumberAnswer(Answer):
    """A number, and what answers it."""

    inbound_number_id: UUID
    number: str
    label: str
    flow_id: UUID
    campaign_id: UUID
    active: bool
    version: int
    created_at: datetime
    updated_at: datetime


class InboundNumberBody(RequestBody):
    """A number to be added; `number` in any usual form."""

    number: str
    label: str = ""
    flow_id: UUID
    campaign_id: UUID
    active: bool = True


class InboundNumberPatch(RequestBody):
    """What to change; a field that is missing stays. `version`: the one that was read."""

    version: int
    number: str | None = None
    label: str | None = None
    flow_id: UUID | None = None
    campaign_id: UUID | None = None
    active: bool | None = None


@router.get("/inbound-numbers")
async def list_inbound_numbers(
    asker: Reader, services: TheServices
) -> ListAnswer[InboundNumberAnswer]:
    """Every number, in order."""
    found = await services.inbound_numbers.all(asker)
    items = [InboundNumberAnswer.model_validate(one) for one in found]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.post("/inbound-numbers", status_code=201)
async def add_inbound_number(
    body: InboundNumberBody, asker: Writer, services: TheServices
) -> InboundNumberAnswer:
    """Add a number."""
    made = await services.inbound_numbers.add(asker, **body.model_dump())
    return InboundNumberAnswer.model_validate(made)


@router.get("/inbound-numbers/{inbound_number_id}")
async def get_inbound_number(
    inbound_number_id: UUID, asker: Reader, services: TheServices
) -> InboundNumberAnswer:
    """One number."""
    return InboundNumberAnswer.model_validate(
        await services.inbound_numbers.get(asker, inbound_number_id)
    )


@router.patch("/inbound-numbers/{inbound_number_id}")
async def change_inbound_number(
    inbound_number_id: UUID, body: InboundNumberPatch, asker: Writer, services: TheServices
) -> InboundNumberAnswer:
    """Change a number; it counts from the next call on."""
    changes = body.model_dump(exclude_unset=True, exclude={"version"})
    wanted = {name: value for name, value in changes.items() if value is not None}
    changed = await services.inbound_numbers.change(asker, inbound_number_id, body.version, wanted)
    return InboundNumberAnswer.model_validate(changed)


@router.delete("/inbound-numbers/{inbound_number_id}", status_code=204)
async def delete_inbound_number(
    inbound_number_id: UUID, asker: Writer, services: TheServices
) -> None:
    """Take a number away: callers hear that it is unknown."""
    await services.inbound_numbers.delete(asker, inbound_number_id)
