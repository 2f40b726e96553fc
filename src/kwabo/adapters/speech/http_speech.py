"""Any server with OpenAI's `/audio/speech`, local or hosted, asked for WAV."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from kwabo.adapters.speech.child import failed
from kwabo.domain.outgoing.requests import OutgoingRequest
from kwabo.ports.outgoing import OutgoingClient

MOST_BYTES: Final = 20_000_000
_SECONDS: Final = 30.0


class HttpSpeechEngine:
    """See `ports.speech.SpeechEngine`.

    `voices` are those of the server by language: it cannot be asked for them.
    """

    name = "http"

    def __init__(
        self,
        client: OutgoingClient,
        *,
        url: str,
        model: str,
        api_key: str,
        voices: Mapping[str, str],
    ) -> None:
        self._client = client
        self._url = f"{url.rstrip('/')}/audio/speech"
        self._model = model
        self._api_key = api_key
        self._voices = {language: (voice,) for language, voice in voices.items()}

    def voices(self) -> Mapping[str, tuple[str, ...]]:
        return self._voices

    async def synthesise(self, text: str, language: str, *, voice: str, speed: float) -> bytes:
        headers = {"Content-Type": "application/json"}
        if self._api_key:
            headers["Authorization"] = f"Bearer {self._api_key}"
        asked = {
            "model": self._model,
            "input": text,
            "voice": voice,
            "speed": speed,
            "response_format": "wav",
        }
        sent = await self._client.send(
            OutgoingRequest(
                method="POST",
                url=self._url,
                body=json.dumps(asked),
                headers=headers,
                timeout_seconds=_SECONDS,
            )
        )
        if sent.failure or sent.status != 200 or sent.body[:4] != b"RIFF":
            raise failed(self.name, sent.failure or f"HTTP {sent.status}, not a WAV")
        return sent.body
