"""Prompts: what callers are told, in several languages and media, and where recordings lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.speech.book import Voiced


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptVariant:
    """A version of a prompt in one language and medium; its words and its file never change."""

    variant_id: UUID
    prompt_id: UUID
    language: str
    medium: str  # recorded, speech, text
    version: int
    state: str  # draft, in_review, approved, retired
    words: str = ""  # what is said; '': nobody has written it down
    path: str | None = None  # of the recording
    seconds: float | None = None
    bytes: int | None = None
    file_name: str = ""  # as it was uploaded
    loudness: float | None = None  # dB below full scale; None: not measured
    warnings: tuple[str, ...] = ()  # domain/speech/levels.py
    note: str = ""  # why it was sent back
    created_by: UUID | None
    created_at: datetime
    submitted_by: UUID | None = None
    submitted_at: datetime | None = None
    decided_by: UUID | None = None  # approved it, or sent it back
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A prompt with those of its variants that are played or will be."""

    prompt_id: UUID
    key: str
    name: str
    description: str = ""  # what it says and when
    fragment: bool = False  # a piece of numbers and dates
    variants: tuple[PromptVariant, ...] = ()  # not the retired ones
    response_sets: tuple[str, ...] = ()  # names of those that play it
    created_by: UUID | None
    created_at: datetime

    @property
    def sound(self) -> PromptVariant | None:
        """The recording that is played where no language is known."""
        recorded = [one for one in self.variants if one.medium == "recorded"]
        return min(recorded, key=lambda one: (one.state != "approved", -one.version), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """Audio as the switch plays it: WAV, 8 kHz, one channel, 16 bits."""

    wav: bytes
    seconds: float
    loudness: float | None = None  # dB below full scale
    warnings: tuple[str, ...] = ()


class PromptStore(Protocol):
    """The prompts of the transaction's organisation."""

    async def add(self, prompt: Prompt) -> None:
        """Without its variants. Raises Conflict `NAME_TAKEN`, `KEY_TAKEN`."""
        ...

    async def get(self, prompt_id: UUID) -> Prompt | None: ...

    async def get_by_key(self, key: str) -> Prompt | None: ...

    async def get_for_change(self, prompt_id: UUID) -> Prompt | None:
        """Locked until the end of the transaction."""
        ...

    async def all(self, *, fragments: bool = False) -> Sequence[Prompt]:
        """By name; either the prompts or the fragments."""
        ...

    async def change(self, prompt: Prompt) -> None:
        """Its name, key and description. Raises Conflict `NAME_TAKEN`, `KEY_TAKEN`."""
        ...

    async def delete(self, prompt_id: UUID) -> None:
        """With all variants."""
        ...

    async def paths_of(self, prompt_id: UUID) -> Sequence[str]:
        """The files of all its recordings, retired ones too."""
        ...


class PromptVariantStore(Protocol):
    """The variants of the prompts of the transaction's organisation."""

    async def add(self, variant: PromptVariant) -> None: ...

    async def get_for_change(self, variant_id: UUID) -> PromptVariant | None:
        """Locked, with its prompt, until the end of the transaction."""
        ...

    async def get(self, variant_id: UUID) -> PromptVariant | None: ...

    async def versions(self, prompt_id: UUID) -> Sequence[PromptVariant]:
        """All, the newest first."""
        ...

    async def in_review(self) -> Sequence[tuple[Prompt, PromptVariant]]:
        """What waits for an approver, the oldest first."""
        ...

    async def change(self, variant: PromptVariant) -> None:
        """Its state and who decided."""
        ...

    async def delete(self, variant_id: UUID) -> None: ...

    async def voiced(self) -> dict[tuple[str, str], Voiced]:
        """All that is approved, by key and language."""
        ...


class PromptFiles(Protocol):
    """Files of prompts, where the switch reads them."""

    async def convert(
        self, audio: bytes, *, most_seconds: float, trim: bool = False, level: bool = False
    ) -> Sound:
        """What the switch can play. Raises Invalid `AUDIO_…`.

        `trim`: without the silence at both ends; `level`: as loud as the others.
        """
        ...

    async def save(self, prompt_id: UUID, sound: Sound) -> str:
        """The file's path. Raises Unavailable `DISK_FULL`."""
        ...

    async def read(self, path: str) -> bytes:
        """Raises NotFound `FILE_GONE`."""
        ...

    async def remove(self, path: str) -> None:
        """Remove the file; nothing happens when it is gone already."""
        ...
