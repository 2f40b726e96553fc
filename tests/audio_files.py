"""Sound made for tests."""

from __future__ import annotations

import io
import wave

import numpy as np
import numpy.typing as npt


def tones(
    *parts: tuple[float, float], rate: int = 8000, level: float = 0.3
) -> npt.NDArray[np.float32]:
    """One after the other: (Hz, seconds); 0 Hz is silence."""
    pieces = []
    for pitch, seconds in parts:
        moments = np.arange(round(rate * seconds)) / rate
        wanted = np.sin(2 * np.pi * pitch * moments) if pitch else np.zeros(len(moments))
        pieces.append(level * wanted)
    return np.concatenate(pieces).astype(np.float32)


def as_wav(
    samples: npt.NDArray[np.float32], rate: int = 8000, *, channels: int = 1, width: int = 2
) -> bytes:
    """PCM; every channel holds the same."""
    whole = np.clip(samples, -1, 1) * (2 ** (8 * width - 1) - 1)
    frames = np.repeat(whole.astype(f"<i{width}"), channels)
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(frames.tobytes())
    return target.getvalue()


def tone_wav(*, seconds: float, pitch: float = 600.0, rate: int = 8000) -> bytes:
    """One tone."""
    return as_wav(tones((pitch, seconds), rate=rate), rate)
