"""What text-to-speech sounds like, and which engines there are."""

from __future__ import annotations

from kwabo.ports.speech import EngineState, Speech


class SpeechService:
    """See the module."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech

    def engines(self) -> tuple[EngineState, ...]:
        """In the order in which they are asked."""
        return self._speech.engines()

    async def sample(self, text: str, language: str, *, voice: str, speed: float) -> bytes:
        """A WAV. Raises Invalid `SPEECH_TEXT`, `SPEECH_LANGUAGE`; Unavailable `SPEECH_FAILED`."""
        return await self._speech.synthesise(text, language, voice=voice, speed=speed)
