"""Sound made for tests."""

from __future__ import annotations

import io
import struct
import wave
from pathlib import Path

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


def read_wav(path: Path) -> npt.NDArray[np.float32]:
    """The samples of a mono WAV of 16 bits, -1 to 1."""
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        frames = file.readframes(file.getnframes())
    return np.frombuffer(frames, "<i2").astype(np.float32) / 32768


def sweep(seconds: float, lowest: float, highest: float) -> npt.NDArray[np.float32]:
    """A tone that rises, or falls: it is like itself at one place only."""
    moments = np.arange(round(8000 * seconds)) / 8000
    rise = (highest - lowest) / seconds
    turns = lowest * moments + rise * moments**2 / 2
    return (0.4 * np.sin(2 * np.pi * turns)).astype(np.float32)


def found_in(
    heard: npt.NDArray[np.float32], wanted: npt.NDArray[np.float32]
) -> tuple[float, float]:
    """How like `wanted` the likest stretch of `heard` is (1: the same), and at which second.

    The median over pieces of 0.1 s of the normalised cross-correlation, each near the place where
    the others put it: a packet that comes late moves what follows, and is no other sound. Both have
    8000 samples a second.
    """
    lacks = len(wanted) - len(heard)
    if lacks > _PIECE:
        return 0.0, 0.0
    if lacks > 0:  # a call that ends with the sound lacks a packet of it
        heard = np.pad(heard, (0, lacks))
    starts = range(0, len(wanted) - _PIECE + 1, _PIECE)
    likeness = [_likeness(heard, wanted[start : start + _PIECE]) for start in starts]
    moved = [int(np.argmax(one)) - start for one, start in zip(likeness, starts, strict=True)]
    begins = max(int(np.median(moved)), 0)
    near = [
        one[max(begins + start - _NEAR, 0) : begins + start + _NEAR].max(initial=0.0)
        for one, start in zip(likeness, starts, strict=True)
    ]
    return float(np.median(near)), begins / 8000


_PIECE = 800  # samples
_NEAR = 2400


def _likeness(
    heard: npt.NDArray[np.float32], piece: npt.NDArray[np.float32]
) -> npt.NDArray[np.float64]:
    """At each place of `heard`."""
    size = 1 << (len(heard) + len(piece)).bit_length()
    product = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(piece, size)), size)
    places = len(heard) - len(piece) + 1
    energy = np.concatenate([[0.0], np.cumsum(heard.astype(np.float64) ** 2)])
    around = energy[len(piece) :][:places] - energy[:places]
    scale = np.sqrt(np.maximum(around, 1e-2) * float(np.sum(piece.astype(np.float64) ** 2)))
    found: npt.NDArray[np.float64] = np.abs(product[:places]) / scale
    return found


def wav_of_code(code: int, frames: bytes, sample_bytes: int, rate: int = 8000) -> bytes:
    """A mono WAV that says it holds this code: 6 A-law, 7 mu-law, 0x31 GSM, 0x83 G.729."""
    about = struct.pack(
        "<HHIIHHH", code, 1, rate, rate * sample_bytes, sample_bytes, 8 * sample_bytes, 0
    )
    parts = [(b"fmt ", about), (b"fact", struct.pack("<I", len(frames))), (b"data", frames)]
    body = b"WAVE" + b"".join(name + struct.pack("<I", len(part)) + part for name, part in parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def a_law(samples: npt.NDArray[np.float32]) -> bytes:
    """ITU-T G.711, A-law: without a header."""
    whole = np.clip(samples * 4096, -4095, 4095).astype(np.int64)
    sizes = np.abs(whole) - (whole < 0)
    segments = np.maximum(0, np.floor(np.log2(np.maximum(sizes, 1))).astype(np.int64) - 4)
    steps = (sizes >> np.maximum(segments, 1)) & 15
    signs = np.where(whole >= 0, 0x80, 0)
    return bytes(((signs | segments << 4 | steps) ^ 0x55).astype(np.uint8))


def mu_law(samples: npt.NDArray[np.float32]) -> bytes:
    """ITU-T G.711, mu-law: without a header."""
    whole = np.clip(samples * 8192, -8158, 8158).astype(np.int64)
    sizes = np.abs(whole) + 33
    segments = np.floor(np.log2(sizes)).astype(np.int64) - 5
    steps = (sizes >> (segments + 1)) & 15
    signs = np.where(whole < 0, 0x80, 0)
    return bytes((~(signs | segments << 4 | steps) & 0xFF).astype(np.uint8))
