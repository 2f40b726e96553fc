"""Sounds that tests can tell apart: what a microphone says, and what a recording holds."""

from __future__ import annotations

import math
import struct
import wave
from dataclasses import dataclass
from pathlib import Path

VOICE_HZ = 700.0  # what the agent's microphone says, in bursts, as speech has them
_RATE = 48_000
_ON, _OFF = 0.35, 0.2  # seconds of a burst and of the silence after it


def write_voice(path: Path, *, seconds: float = 11.0) -> None:
    """A file for the browser's microphone: bursts of VOICE_HZ, repeated by the browser."""
    samples = bytearray()
    for index in range(int(seconds * _RATE)):
        at = index / _RATE
        inside = at % (_ON + _OFF)
        loud = 0.6 * min(1.0, inside / 0.02, (_ON - inside) / 0.02) if inside < _ON else 0.0
        samples += struct.pack("<h", int(32767 * loud * math.sin(2 * math.pi * VOICE_HZ * at)))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes(bytes(samples))


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What a recording holds. Levels are root mean squares of the full scale, 0 to 1."""

    seconds: float
    level: float
    voice: float  # the share of VOICE_HZ in it


def read_recording(path: Path) -> Heard:
    """Measure a recording of 16 bits, mono."""
    with wave.open(str(path), "rb") as file:
        rate = file.getframerate()
        raw = file.readframes(file.getnframes())
    samples = [value / 32768 for (value,) in struct.iter_unpack("<h", raw)]
    if not samples:
        return Heard(seconds=0.0, level=0.0, voice=0.0)
    block = rate // 20
    strengths = [
        _strength(samples[start : start + block], VOICE_HZ / rate)
        for start in range(0, len(samples) - block + 1, block)
    ]
    return Heard(
        seconds=len(samples) / rate,
        level=math.sqrt(sum(value * value for value in samples) / len(samples)),
        voice=math.sqrt(sum(value * value for value in strengths) / max(1, len(strengths))),
    )


def _strength(samples: list[float], cycles_per_sample: float) -> float:
    """The root mean square of one frequency in a block."""
    angle = 2 * math.pi * cycles_per_sample
    real = sum(value * math.cos(angle * index) for index, value in enumerate(samples))
    imaginary = sum(value * math.sin(angle * index) for index, value in enumerate(samples))
    return math.hypot(real, imaginary) * math.sqrt(2) / len(samples)
