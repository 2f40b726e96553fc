"""Variants of prompts: their sound and their review."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from kwabo.api.access import TheServices, requires
from kwabo.api.downloads import WAV_FILE
from kwabo.api.models import ListAnswer, RequestBody
from kwabo.api.prompt_models import PromptVariantAnswer, ReviewAnswer, variant_answer
from kwabo.domain.organisations.asker import Asker

router = APIRouter(tags=["prompts"])

Reader = Annotated[Asker, requires("prompts.read", "campaigns.read")]
Writer = Annotated[Asker, requires("prompts.write")]
Approver = Annotated[Asker, requires("prompts.approve")]


class SentBack(RequestBody):
    """What should be better."""

    note: str


@router.get("/prompt-reviews")
async def list_prompt_reviews(asker: Reader, services: TheServices) -> ListAnswer[ReviewAnswer]:
    """What waits for an approver, the oldest first."""
    items = [
        ReviewAnswer(
            prompt_id=prompt.prompt_id,
            key=prompt.key,
            name=prompt.name,
            description=prompt.description,
            variant=variant_answer(variant),
        )
        for prompt, variant in await services.prompt_variants.in_review(asker)
    ]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.get(
    "/prompt-variants/{prompt_variant_id}/audio", response_class=Response, responses=WAV_FILE
)
async def prompt_variant_audio(
    prompt_variant_id: UUID, asker: Reader, services: TheServices
) -> Response:
    """The sound of a recording (WAV, 8 kHz)."""
    audio = await services.prompt_variants.audio(asker, prompt_variant_id)
    headers = {"Cache-Control": "private, max-age=86400"}
    return Response(audio, media_type="audio/wav", headers=headers)


@router.post("/prompt-variants/{prompt_variant_id}/submit")
async def submit_prompt_variant(
    prompt_variant_id: UUID, asker: Writer, services: TheServices
) -> PromptVariantAnswer:
    """Ask for its approval."""
    return variant_answer(await services.prompt_variants.submit(asker, prompt_variant_id))


@router.post("/prompt-variants/{prompt_variant_id}/approve")
async def approve_prompt_variant(
    prompt_variant_id: UUID, asker: Approver, services: TheServices
) -> PromptVariantAnswer:
    """Approve it: it takes the place of the version that was played until now."""
    return variant_answer(await services.prompt_variants.approve(asker, prompt_variant_id))


@router.post("/prompt-variants/{prompt_variant_id}/send-back")
async def send_back_prompt_variant(
    prompt_variant_id: UUID, body: SentBack, asker: Approver, services: TheServices
) -> PromptVariantAnswer:
    """Send it back, with what should be better."""
    variant = await services.prompt_variants.send_back(asker, prompt_variant_id, body.note)
    return variant_answer(variant)


@router.delete("/prompt-variants/{prompt_variant_id}", status_code=204)
async def delete_prompt_variant(
    prompt_variant_id: UUID, asker: Writer, services: TheServices
) -> None:
    """Throw a draft away."""
    await services.prompt_variants.delete(asker, prompt_variant_id)
