"""Prompts: recorded words that the switch plays, and where their files lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A prompt; its file never changes."""

    prompt_id: UUID
    name: str
    path: str
    seconds: float
    bytes: int
    file_name: str  # as it was uploaded
    response_sets: tuple[str, ...] = ()  # names of those that play it
    created_by: UUID | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """Audio as the switch plays it: WAV, 8 kHz, one channel, 16 bits."""

    wav: bytes
    seconds: float


class PromptStore(Protocol):
    """The prompts of the transaction's organisation."""

    async def add(self, prompt: Prompt) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def get(self, prompt_id: UUID) -> Prompt | None: ...

    async def get_for_change(self, prompt_id: UUID) -> Prompt | None:
        """Locked until the end of the transaction."""
        ...

    async def all(self) -> Sequence[Prompt]:
        """By name."""
        ...

    async def rename(self, prompt_id: UUID, name: str) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def delete(self, prompt_id: UUID) -> None: ...


class PromptFiles(Protocol):
    """Files of prompts, where the switch reads them."""

    async def convert(self, audio: bytes, *, most_seconds: float) -> Sound:
        """What the switch can play. Raises Invalid `AUDIO_…`."""
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


def media_of(path: str) -> str:
    """What the switch is asked to play: it finds the format by itself."""
    return f"sound:{path.removesuffix('.wav')}"
