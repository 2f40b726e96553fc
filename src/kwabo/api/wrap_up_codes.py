"""Wrap-up codes: what an agent says came of a conversation."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody
from kwabo.domain.organisations.asker import Asker

router = APIRouter(tags=["wrap-up codes"])

Reader = Annotated[Asker, requires("settings.read", "campaigns.read", "reports.read")]
Writer = Annotated[Asker, requires("settings.write")]
Texts = Annotated[tuple[str, ...], Field(max_length=100)]
Position = Annotated[int, Field(ge=0, le=10_000)]


class WrapUpCodeAnswer(Answer):
    """A wrap-up code."""

    wrap_up_code_id: UUID
    name: str
    name_en: str
    flags: list[str]
    required_fields: list[str]
    position: int
    active: bool
    mapped: bool


class WrapUpCodeBody(RequestBody):
    """A wrap-up code to be added."""

    name: str
    name_en: str = ""
    flags: Texts = ()
    required_fields: Texts = ()
    position: Position = 0
    active: bool = True
    mapped: bool = True


class WrapUpCodePatch(RequestBody):
    """What to change; a field that is missing stays."""

    name: str | None = None
    name_en: str | None = None
    flags: Texts | None = None
    required_fields: Texts | None = None
    position: Position | None = None
    active: bool | None = None
    mapped: bool | None = None


@router.get("/wrap-up-codes")
async def list_wrap_up_codes(asker: Reader, services: TheServices) -> ListAnswer[WrapUpCodeAnswer]:
    """Every code, inactive ones too, in their order."""
    codes = [WrapUpCodeAnswer.model_validate(c) for c in await services.wrap_up_codes.all(asker)]
    return ListAnswer(items=codes, next_page_token=None, total=len(codes))


@router.post("/wrap-up-codes", status_code=201)
async def add_wrap_up_code(
    body: WrapUpCodeBody, asker: Writer, services: TheServices
) -> WrapUpCodeAnswer:
    """Add a code."""
    code = await services.wrap_up_codes.add(asker, body.model_dump())
    return WrapUpCodeAnswer.model_validate(code)


@router.get("/wrap-up-codes/{wrap_up_code_id}")
async def get_wrap_up_code(
    wrap_up_code_id: UUID, asker: Reader, services: TheServices
) -> WrapUpCodeAnswer:
    """One code."""
    code = await services.wrap_up_codes.get(asker, wrap_up_code_id)
    return WrapUpCodeAnswer.model_validate(code)


@router.patch("/wrap-up-codes/{wrap_up_code_id}")
async def change_wrap_up_code(
    wrap_up_code_id: UUID, body: WrapUpCodePatch, asker: Writer, services: TheServices
) -> WrapUpCodeAnswer:
    """Change a code; outcomes already given keep it."""
    code = await services.wrap_up_codes.change(asker, wrap_up_code_id, body.changes())
    return WrapUpCodeAnswer.model_validate(code)
