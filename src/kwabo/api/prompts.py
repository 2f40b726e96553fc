"""Prompts: what callers are told."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response
from starlette.requests import Request

from kwabo.api.access import TheServices, requires
from kwabo.api.downloads import WAV_FILE
from kwabo.api.models import Answer, ListAnswer, RequestBody
from kwabo.api.multipart import UploadForm, upload_schema
from kwabo.api.prompt_models import (
    PromptAnswer,
    PromptVariantAnswer,
    prompt_answer,
    variant_answer,
)
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.speech.review import Medium
from kwabo.services.prompt_variants import Take

router = APIRouter(tags=["prompts"])

Reader = Annotated[Asker, requires("prompts.read", "campaigns.read")]
Writer = Annotated[Asker, requires("prompts.write")]
TAKE_FIELDS = {
    "language": {"type": "string"},
    "words": {"type": "string"},
    "trim": {"type": "string"},
    "level": {"type": "string"},
}
_UPLOAD = upload_schema(name={"type": "string"})
_RECORDING = upload_schema(**TAKE_FIELDS)


class NewPrompt(RequestBody):
    """A prompt without any words yet."""

    key: str
    name: str
    description: str = ""


class PromptPatch(RequestBody):
    """What is changed of a prompt; what is left out stays."""

    name: str | None = None
    key: str | None = None
    description: str | None = None


class NewWords(RequestBody):
    """Words for a text-to-speech engine, or of a message; {names} are filled in."""

    language: str
    medium: Literal["speech", "text"]
    words: str


class MissingAnswer(Answer):
    """What cannot be heard in a language: a prompt, or a kind of value."""

    language: str
    prompt: str
    kind: str
    count: int
    examples: list[str]


@router.get("/prompts")
async def list_prompts(asker: Reader, services: TheServices) -> ListAnswer[PromptAnswer]:
    """Every prompt, by name."""
    items = [prompt_answer(one) for one in await services.prompts.all(asker)]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.post("/prompts", status_code=201, openapi_extra=_UPLOAD)
async def add_prompt(request: Request, asker: Writer, services: TheServices) -> PromptAnswer:
    """Upload WAV, MP3, FLAC, Ogg, AIFF or AU; `name` stands before the file in the form."""
    form = UploadForm(request)
    await form.open()
    prompt = await services.prompts.add(
        asker, form.fields.get("name", ""), form.file_name, form.chunks()
    )
    return prompt_answer(prompt)


@router.post("/prompts/new", status_code=201)
async def new_prompt(body: NewPrompt, asker: Writer, services: TheServices) -> PromptAnswer:
    """Make a prompt that is recorded or written afterwards."""
    prompt = await services.prompts.make(
        asker, key=body.key, name=body.name, description=body.description
    )
    return prompt_answer(prompt)


@router.get("/prompts/{prompt_id}")
async def get_prompt(prompt_id: UUID, asker: Reader, services: TheServices) -> PromptAnswer:
    """One prompt."""
    return prompt_answer(await services.prompts.get(asker, prompt_id))


@router.get("/prompts/{prompt_id}/audio", response_class=Response, responses=WAV_FILE)
async def prompt_audio(prompt_id: UUID, asker: Reader, services: TheServices) -> Response:
    """The sound as the switch plays it where no language is known (WAV, 8 kHz)."""
    audio = await services.prompts.audio(asker, prompt_id)
    return Response(audio, media_type="audio/wav", headers={"Cache-Control": "private, no-cache"})


@router.patch("/prompts/{prompt_id}")
async def change_prompt(
    prompt_id: UUID, body: PromptPatch, asker: Writer, services: TheServices
) -> PromptAnswer:
    """Give the prompt another name, key or description."""
    prompt = await services.prompts.change(
        asker, prompt_id, name=body.name, key=body.key, description=body.description
    )
    return prompt_answer(prompt)


@router.delete("/prompts/{prompt_id}", status_code=204)
async def delete_prompt(prompt_id: UUID, asker: Writer, services: TheServices) -> None:
    """Delete a prompt that no response set plays."""
    await services.prompts.delete(asker, prompt_id)


@router.get("/prompts/{prompt_id}/variants")
async def list_prompt_variants(
    prompt_id: UUID, asker: Reader, services: TheServices
) -> ListAnswer[PromptVariantAnswer]:
    """All versions of its variants, the newest first."""
    found = await services.prompt_variants.versions(asker, prompt_id)
    items = [variant_answer(one) for one in found]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.post("/prompts/{prompt_id}/recordings", status_code=201, openapi_extra=_RECORDING)
async def record_prompt(
    prompt_id: UUID, request: Request, asker: Writer, services: TheServices
) -> PromptVariantAnswer:
    """Upload a recording in a language: the next version, as a draft.

    `trim` and `level` are `true` to take the silence off both ends and to make it as loud as the
    others. The fields stand before the file.
    """
    form = UploadForm(request)
    await form.open()
    take = take_of(form)
    variant = await services.prompt_variants.record(asker, prompt_id, take, form.chunks())
    return variant_answer(variant)


@router.post("/prompts/{prompt_id}/words", status_code=201)
async def write_prompt(
    prompt_id: UUID, body: NewWords, asker: Writer, services: TheServices
) -> PromptVariantAnswer:
    """Write what is said by an engine or in a message: the next version, as a draft."""
    variant = await services.prompt_variants.write(
        asker, prompt_id, language=body.language, medium=Medium(body.medium), words=body.words
    )
    return variant_answer(variant)


@router.get("/missing-prompts")
async def list_missing_prompts(
    asker: Reader,
    services: TheServices,
    language: Annotated[list[str] | None, Query()] = None,
) -> ListAnswer[MissingAnswer]:
    """What cannot be heard, by language; without `language`, of those that are used."""
    found = await services.prompts.missing(asker, language or ())
    items = [MissingAnswer.model_validate(one) for one in found]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


def take_of(form: UploadForm) -> Take:
    """The form's fields about a recording."""
    return Take(
        language=form.fields.get("language", ""),
        words=form.fields.get("words", ""),
        file_name=form.file_name,
        trim=form.fields.get("trim") == "true",
        level=form.fields.get("level") == "true",
    )
