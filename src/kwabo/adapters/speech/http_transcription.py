"""Any server with OpenAI's `/audio/transcriptions`, local or hosted."""

from __future__ import annotations

import json
from typing import Final

from kwabo.domain.outgoing.requests import OutgoingRequest
from kwabo.kernel.errors import Unavailable
from kwabo.ports.outgoing import OutgoingClient

_SECONDS: Final = 120.0
_LONGEST_TEXT: Final = 10_000
# Part of the requests' form; no recording of ours holds it: its samples would have to spell it.
_BOUNDARY: Final = "kwabo-6f1d2c9b84e7435da0c1b7f3"


class HttpTranscriber:
    """See `ports.transcription.Transcriber`."""

    def __init__(self, client: OutgoingClient, *, url: str, model: str, api_key: str) -> None:
        self._client = client
        self._url = f"{url.rstrip('/')}/audio/transcriptions"
        self._model = model
        self._api_key = api_key

    async def transcribe(self, audio: bytes, language: str) -> str:
        fields = {"model": self._model, "response_format": "json"}
        if language:
            fields["language"] = language
        headers = {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}
        if self._api_key:
            headers["Authorization"] = f"Bearer {self._api_key}"
        sent = await self._client.send(
            OutgoingRequest(
                method="POST",
                url=self._url,
                raw=_form(fields, audio),
                headers=headers,
                timeout_seconds=_SECONDS,
            )
        )
        if sent.failure or sent.status != 200:
            raise _failed(sent.failure or f"HTTP {sent.status}")
        try:
            text = json.loads(sent.body)["text"]
        except (ValueError, KeyError, TypeError):
            raise _failed("the answer has no text") from None
        return " ".join(str(text).split())[:_LONGEST_TEXT]


def _form(fields: dict[str, str], audio: bytes) -> bytes:
    begin = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="'
    parts = [f'{begin}{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    head = f'{begin}file"; filename="message.wav"\r\nContent-Type: audio/wav\r\n\r\n'
    return b"".join([*parts, head.encode(), audio, f"\r\n--{_BOUNDARY}--\r\n".encode()])


def _failed(why: str) -> Unavailable:
    return Unavailable(
        "TRANSCRIPTION_FAILED", f"The transcription server did not answer well: {why}."
    )
