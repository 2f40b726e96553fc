"""Text to speech: words in, audio as the switch plays it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineState:
    """How an engine fares."""

    name: str
    status: str  # ok, unavailable (not on this machine), failing
    languages: tuple[str, ...] = ()
    message: str = ""  # what is wrong and what to do


class SpeechEngine(Protocol):
    """One way to synthesise."""

    @property
    def name(self) -> str: ...

    def voices(self) -> Mapping[str, tuple[str, ...]]:
        """The voices of each language, the first being taken when none is asked for.

        Empty: the engine is not on this machine.
        """
        ...

    async def synthesise(self, text: str, language: str, *, voice: str, speed: float) -> bytes:
        """A WAV of any rate. Raises Unavailable `SPEECH_FAILED`."""
        ...


class Speech(Protocol):
    """Whatever engines there are, with a cache before them."""

    def languages(self) -> frozenset[str]:
        """What can be said."""
        ...

    def engines(self) -> tuple[EngineState, ...]: ...

    async def synthesise(
        self, text: str, language: str, *, voice: str = "", speed: float = 1.0
    ) -> bytes:
        """WAV, 8 kHz, one channel, as loud as recordings are made.

        Raises Invalid `SPEECH_TEXT`, `SPEECH_LANGUAGE`; Unavailable `SPEECH_FAILED`.
        """
        ...

    async def file(self, text: str, language: str, *, voice: str = "", speed: float = 1.0) -> str:
        """The same as a file that the switch can read. Raises as `synthesise`."""
        ...
