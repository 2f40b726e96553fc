"""espeak-ng as a program of the machine, where it is installed: a last resort for French.

It is under the GPL, so it is only ever started, never linked.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Final

from kwabo.adapters.speech.child import run

_VOICES: Final = {"fr": ("fr",), "en": ("en-gb",)}
_WORDS_PER_MINUTE: Final = 150


class EspeakEngine:
    """See `ports.speech.SpeechEngine`."""

    name = "espeak"

    def voices(self) -> Mapping[str, tuple[str, ...]]:
        return _VOICES if shutil.which("espeak-ng") is not None else {}

    async def synthesise(self, text: str, language: str, *, voice: str, speed: float) -> bytes:
        pace = str(round(_WORDS_PER_MINUTE * speed))
        command = ("espeak-ng", "--stdin", "--stdout", "-v", voice, "-s", pace)
        return await run(command, text.encode(), self.name)
