"""Prompts and their variants as the API tells them."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import Field

from kwabo.api.models import Answer, UtcTime
from kwabo.ports.prompts import Prompt, PromptVariant


class PromptVariantAnswer(Answer):
    """A version of a prompt in one language and medium."""

    variant_id: UUID
    prompt_id: UUID
    language: str
    medium: Literal["recorded", "speech", "text"]
    version: int
    state: Literal["draft", "in_review", "approved", "retired"]
    words: str
    seconds: float | None
    file_name: str
    loudness: float | None = Field(description="dB below full scale, of what is loud in it.")
    warnings: list[str] = Field(
        description="TOO_QUIET, TOO_LOUD, CLIPPED, SILENT_START, SILENT_END."
    )
    note: str = Field(description="Why it was sent back.")
    created_by: UUID | None
    created_at: UtcTime
    submitted_at: UtcTime | None
    decided_by: UUID | None
    decided_at: UtcTime | None


class PromptAnswer(Answer):
    """A prompt."""

    prompt_id: UUID
    key: str
    name: str
    description: str
    seconds: float
    bytes: int
    file_name: str
    response_sets: list[str]
    variants: list[PromptVariantAnswer]
    created_at: UtcTime


class ReviewAnswer(Answer):
    """A variant that waits for an approver."""

    prompt_id: UUID
    key: str
    name: str
    description: str
    variant: PromptVariantAnswer


def variant_answer(variant: PromptVariant) -> PromptVariantAnswer:
    """The variant without where its file lies."""
    return PromptVariantAnswer.model_validate(variant)


def prompt_answer(prompt: Prompt) -> PromptAnswer:
    """The prompt; its sound is the recording that is played where no language is known."""
    sound = prompt.sound
    return PromptAnswer(
        prompt_id=prompt.prompt_id,
        key=prompt.key,
        name=prompt.name,
        description=prompt.description,
        seconds=(sound.seconds if sound else None) or 0.0,
        bytes=(sound.bytes if sound else None) or 0,
        file_name=sound.file_name if sound else "",
        response_sets=list(prompt.response_sets),
        variants=[variant_answer(one) for one in prompt.variants],
        created_at=prompt.created_at,
    )
