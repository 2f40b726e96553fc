"""Prompts: recorded words that the switch plays."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.requests import Request

from kwabo.api.access import TheServices, requires
from kwabo.api.downloads import WAV_FILE
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.api.multipart import UploadForm, upload_schema
from kwabo.domain.organisations.asker import Asker

router = APIRouter(tags=["prompts"])

Reader = Annotated[Asker, requires("campaigns.read")]
Writer = Annotated[Asker, requires("campaigns.write")]
_UPLOAD = upload_schema(name={"type": "string"})


class PromptAnswer(Answer):
    """A prompt."""

    prompt_id: UUID
    name: str
    seconds: float
    bytes: int
    file_name: str
    response_sets: list[str]
    created_at: UtcTime


class PromptPatch(RequestBody):
    """The prompt's new name; its sound never changes."""

    name: str


@router.get("/prompts")
async def list_prompts(asker: Reader, services: TheServices) -> ListAnswer[PromptAnswer]:
    """Every prompt, by name."""
    items = [PromptAnswer.model_validate(one) for one in await services.prompts.all(asker)]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.post("/prompts", status_code=201, openapi_extra=_UPLOAD)
async def add_prompt(request: Request, asker: Writer, services: TheServices) -> PromptAnswer:
    """Upload WAV, MP3, FLAC or Ogg Vorbis; `name` stands before the file in the form."""
    form = UploadForm(request)
    await form.open()
    prompt = await services.prompts.add(
        asker, form.fields.get("name", ""), form.file_name, form.chunks()
    )
    return PromptAnswer.model_validate(prompt)


@router.get("/prompts/{prompt_id}")
async def get_prompt(prompt_id: UUID, asker: Reader, services: TheServices) -> PromptAnswer:
    """One prompt."""
    return PromptAnswer.model_validate(await services.prompts.get(asker, prompt_id))


@router.get("/prompts/{prompt_id}/audio", response_class=Response, responses=WAV_FILE)
async def prompt_audio(prompt_id: UUID, asker: Reader, services: TheServices) -> Response:
    """The sound as the switch plays it (WAV, 8 kHz)."""
    audio = await services.prompts.audio(asker, prompt_id)
    headers = {"Cache-Control": "private, max-age=86400"}
    return Response(audio, media_type="audio/wav", headers=headers)


@router.patch("/prompts/{prompt_id}")
async def rename_prompt(
    prompt_id: UUID, body: PromptPatch, asker: Writer, services: TheServices
) -> PromptAnswer:
    """Give the prompt another name."""
    return PromptAnswer.model_validate(await services.prompts.rename(asker, prompt_id, body.name))


@router.delete("/prompts/{prompt_id}", status_code=204)
async def delete_prompt(prompt_id: UUID, asker: Writer, services: TheServices) -> None:
    """Delete a prompt that no response set plays."""
    await services.prompts.delete(asker, prompt_id)
