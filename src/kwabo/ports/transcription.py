"""Speech made into text by another program."""

from __future__ import annotations

from typing import Protocol


class Transcriber(Protocol):
    """What understands speech."""

    async def transcribe(self, audio: bytes, language: str) -> str:
        """The words of a WAV; '': none. `language`: spoken, as far as is known; '': unknown.

        Raises Unavailable `TRANSCRIPTION_FAILED`: it may do better later.
        """
        ...
