"""Erasure of one person."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.organisations.asker import Asker

router = APIRouter(tags=["persons"])

Eraser = Annotated[Asker, requires("persons.erase")]


class RecordsLawAnswer(Answer):
    """A followed preset that demands call records for some years; a person decides."""

    preset_id: str
    years: int
    source: str


class ErasurePreviewAnswer(Answer):
    """What an erasure would take now. `counts` is empty while `hold` or `in_call` refuses it."""

    person_id: UUID
    numbers: list[str]
    counts: dict[str, int] = Field(description="Rows out of which something goes, by table.")
    files: int
    objected: bool = Field(description="The person has objected to calls: keep that.")
    dnc_list: str | None = Field(description="To which the numbers would go; null: there is none.")
    hold: str | None
    in_call: bool
    free_at: UtcTime | None
    laws: list[RecordsLawAnswer]


class ErasureBody(RequestBody):
    """Erase for good. `number_ending`: the last four digits of one of the person's numbers."""

    reason: Annotated[str, Field(max_length=1000)]
    number_ending: Annotated[str, Field(max_length=20)] = ""
    keep_do_not_call: bool = False


class ErasureAnswer(Answer):
    """That somebody was erased; never who it was."""

    erasure_id: UUID
    person_id: UUID
    user_id: UUID | None
    user_name: str | None
    reason: str
    keep_do_not_call: bool
    counts: dict[str, int]
    files: int
    erased_at: UtcTime
    digest: str


class ErasureReceiptAnswer(Answer):
    """What is handed out. Nothing in it is written in another way than its digest was made of."""

    erasure_id: str
    organisation: str
    person_id: str
    user_id: str | None
    reason: str
    keep_do_not_call: bool
    erased: dict[str, int] = Field(description="Rows out of which something went, by table.")
    files: int
    erased_at: str
    sha256: str = Field(description="Of the rest: JSON, keys sorted, no spaces, UTF-8.")


@router.get("/persons/{person_id}/erasure")
async def preview_erasure(
    person_id: UUID, asker: Eraser, services: TheServices, keep_do_not_call: bool = False
) -> ErasurePreviewAnswer:
    """What an erasure would take, counted; nothing is changed."""
    found = await services.erasure.preview(asker, person_id, keep=keep_do_not_call)
    return ErasurePreviewAnswer.model_validate(found)


@router.post("/persons/{person_id}/erasure", status_code=201)
async def erase_person(
    person_id: UUID, body: ErasureBody, asker: Eraser, services: TheServices
) -> ErasureAnswer:
    """Erase a person: contacts of every list, numbers, texts of calls. Counts stay."""
    done = await services.erasure.erase(
        asker,
        person_id,
        reason=body.reason,
        keep_do_not_call=body.keep_do_not_call,
        number_ending=body.number_ending,
    )
    return ErasureAnswer.model_validate(done.erasure)


@router.get("/erasures")
async def list_erasures(asker: Eraser, services: TheServices) -> ListAnswer[ErasureAnswer]:
    """The last 100, the newest first."""
    items = [ErasureAnswer.model_validate(one) for one in await services.erasure.newest(asker)]
    return ListAnswer(items=items, next_page_token=None, total=None)


@router.get("/erasures/{erasure_id}/receipt")
async def get_erasure_receipt(
    erasure_id: UUID, asker: Eraser, services: TheServices, response: Response
) -> ErasureReceiptAnswer:
    """What was erased, to hand out."""
    done = await services.erasure.receipt(asker, erasure_id)
    name = f"erasure-{done.erasure.erased_at:%Y-%m-%d}-{str(erasure_id)[-6:]}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return ErasureReceiptAnswer.model_validate(done.document, from_attributes=False)
