"""SVOX Pico through py-nanotts: French and English, on this machine, without a network.

The library holds the interpreter while it speaks, so it runs in a process of its own: the floor's
thread never waits for it, and what breaks in it breaks there only.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kwabo.adapters.speech.child import run

_VOICES: Final = {"fr": ("fr-FR",), "en": ("en-GB", "en-US")}
_PROGRAM: Final = Path(__file__).with_name("nanotts_program.py")


class NanoTtsEngine:
    """See `ports.speech.SpeechEngine`."""

    name = "nanotts"

    def voices(self) -> Mapping[str, tuple[str, ...]]:
        return _VOICES if importlib.util.find_spec("py_nanotts") is not None else {}

    async def synthesise(self, text: str, language: str, *, voice: str, speed: float) -> bytes:
        asked = json.dumps({"text": text, "voice": voice, "speed": speed}).encode()
        return await run((sys.executable, "-I", str(_PROGRAM)), asked, self.name)
