"""How loud a recording is, and making it as loud as the others.

Loudness is the level of what is loud in it: the mean power of the half of its 20 ms frames that are
loudest among those above silence, in dB below full scale. A pause or a slow beginning does not make
a recording quieter. Thresholds are this product's own, for speech on a telephone line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]

RATE: Final = 8000
TARGET_DB: Final = -20.0  # what recordings and synthesised words are brought to
QUIET_DB: Final = -32.0
LOUD_DB: Final = -10.0
PEAK_DB: Final = -1.0  # gain stops here, so that nothing is clipped by it
MARGIN_SECONDS: Final = 0.08  # of silence that is kept at both ends
LONG_SILENCE_SECONDS: Final = 0.6
_FRAME: Final = 160
_SILENCE_DB: Final = -48.0
_CLIPPED: Final = 32700
_CLIPPED_SHARE: Final = 0.001

TOO_QUIET: Final = "TOO_QUIET"
TOO_LOUD: Final = "TOO_LOUD"
CLIPPED: Final = "CLIPPED"
SILENT_START: Final = "SILENT_START"
SILENT_END: Final = "SILENT_END"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What was measured."""

    loudness_db: float
    peak_db: float
    start_seconds: float  # silence before the first sound
    end_seconds: float  # silence after the last
    warnings: tuple[str, ...]


def measure(samples: Samples) -> Level:
    """Of a recording with at least one frame."""
    frames = _frame_db(samples)
    loud = np.flatnonzero(frames > _SILENCE_DB)
    peak = int(np.abs(samples.astype(np.int32)).max(initial=0))
    if loud.size == 0:
        start = end = len(samples) / RATE
        loudness = float(frames.max(initial=-96.0))
    else:
        start = loud[0] * _FRAME / RATE
        end = max(0.0, len(samples) / RATE - (loud[-1] + 1) * _FRAME / RATE)
        loudest = np.sort(frames[loud])[loud.size // 2 :]
        loudness = float(10 * np.log10(np.mean(10 ** (loudest / 10))))
    clipped = float(np.mean(np.abs(samples.astype(np.int32)) >= _CLIPPED)) if len(samples) else 0.0
    warnings = [
        warning
        for warning, is_so in (
            (TOO_QUIET, loudness < QUIET_DB),
            (TOO_LOUD, loudness > LOUD_DB),
            (CLIPPED, clipped > _CLIPPED_SHARE),
            (SILENT_START, start > LONG_SILENCE_SECONDS),
            (SILENT_END, end > LONG_SILENCE_SECONDS),
        )
        if is_so
    ]
    return Level(
        loudness_db=round(loudness, 1),
        peak_db=round(_db(peak), 1),
        start_seconds=round(float(start), 3),
        end_seconds=round(float(end), 3),
        warnings=tuple(warnings),
    )


def trimmed(samples: Samples) -> Samples:
    """Without the silence at both ends, but a margin."""
    level = measure(samples)
    margin = int(MARGIN_SECONDS * RATE)
    start = max(0, int(level.start_seconds * RATE) - margin)
    end = len(samples) - max(0, int(level.end_seconds * RATE) - margin)
    return samples[start:end] if end > start else samples


def levelled(samples: Samples) -> Samples:
    """As loud as the others: brought to the target, less where a peak would be clipped."""
    level = measure(samples)
    gain = min(TARGET_DB - level.loudness_db, PEAK_DB - level.peak_db)
    louder = samples.astype(np.float64) * 10 ** (gain / 20)
    return np.clip(np.round(louder), -32768, 32767).astype(np.int16)


def _frame_db(samples: Samples) -> NDArray[np.float64]:
    whole = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME).astype(np.float64)
    power = np.mean(whole**2, axis=1)
    decibels: NDArray[np.float64] = 10 * np.log10(np.maximum(power, 1e-3) / 32768.0**2)
    return decibels


def _db(amplitude: float) -> float:
    return 20 * float(np.log10(max(amplitude, 1) / 32768))
