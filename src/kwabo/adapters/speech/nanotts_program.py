"""The child of `nanotts`: what to say as JSON on its input, a WAV on its output.

It is run as a file, so that it imports nothing of the program.
"""

from __future__ import annotations

import json
import sys
import wave

RATE = 16_000


def main() -> None:
    """Speak once."""
    from py_nanotts import NanoTTS

    asked = json.load(sys.stdin)
    pcm = NanoTTS().speak(asked["text"], voice=asked["voice"], speed=asked["speed"])
    with wave.open(sys.stdout.buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.setnframes(len(pcm) // 2)
        file.writeframesraw(pcm)


if __name__ == "__main__":
    main()
