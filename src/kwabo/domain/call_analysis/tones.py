"""Which tones a recording holds: the network's three tones, busy, congestion, ringing, a voice.

Sound is cut into frames of 20 ms; a frame is a tone when most of its energy lies in one narrow
peak of its spectrum. Runs of frames of one pitch are compared with what ITU-T E.180 and the plans
of France and North America define. Numbers are samples from -1 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from kwabo.domain.call_analysis.network import Tone

Samples = npt.NDArray[np.float32]

FRAME_SECONDS = 0.02
_SPECTRUM = 1024  # points: 7.8 Hz apart at 8 kHz
_LOUD = 0.003  # root mean square below which a frame is silent
_PURE = 0.75  # share of the energy within the peaks of a tone
_SIT = ((880, 1020), (1340, 1460), (1740, 1860))  # Hz, in this order; 50 Hz of tolerance
_SIT_SECONDS = (0.2, 0.5)
_GAP_SECONDS = 0.1
_PROGRESS = (340, 640)  # Hz: where dial, ringing and busy tones lie


@dataclass(frozen=True, slots=True)
class _Run:
    pitch: float  # Hz; 0: silence; -1: sound without a pitch
    begin: float
    seconds: float


def tone_of(samples: Samples, rate: int) -> Tone:
    """What is heard most significantly: SIT before all else, then cadences, then any sound."""
    runs = _runs(samples, rate)
    if _has_sit(runs):
        return Tone.SIT
    cadence = [run for run in runs if _PROGRESS[0] <= run.pitch <= _PROGRESS[1]]
    voiced = sum(run.seconds for run in runs if run.pitch < 0)
    toned = sum(run.seconds for run in cadence)
    if voiced > 0.4 and voiced > toned:
        return Tone.VOICE
    lasting = [run for run in cadence if run.seconds >= 0.15]
    if lasting:
        typical = float(np.median([run.seconds for run in lasting]))
        if typical >= 0.8:
            return Tone.RINGBACK
        if len(lasting) >= 2:
            return Tone.CONGESTION if typical <= 0.33 else Tone.BUSY
    return Tone.VOICE if voiced > 0.4 else Tone.SILENCE


def _has_sit(runs: list[_Run]) -> bool:
    least, most = _SIT_SECONDS
    tones = [run for run in runs if run.pitch > 0 and least <= run.seconds <= most]
    for three in zip(tones, tones[1:], tones[2:], strict=False):
        right = all(low <= run.pitch <= high for run, (low, high) in zip(three, _SIT, strict=True))
        near = all(
            after.begin - (before.begin + before.seconds) <= _GAP_SECONDS
            for before, after in pairwise(three)
        )
        if right and near:
            return True
    return False


def _runs(samples: Samples, rate: int) -> list[_Run]:
    """Neighbouring frames of one pitch, told apart at 60 Hz; single odd frames are bridged."""
    pitches = _pitches(samples, rate)
    merged: list[list[float]] = []  # pitch, begin, end
    for number, pitch in enumerate(pitches):
        at = number * FRAME_SECONDS
        if merged and _same(merged[-1][0], pitch):
            merged[-1][2] = at + FRAME_SECONDS
        else:
            merged.append([pitch, at, at + FRAME_SECONDS])
    whole: list[_Run] = []
    for pitch, begin, end in merged:
        blip = end - begin <= FRAME_SECONDS * 1.5
        if blip and whole:
            last = whole[-1]
            whole[-1] = _Run(last.pitch, last.begin, end - last.begin)
        elif whole and _same(whole[-1].pitch, pitch):
            whole[-1] = _Run(whole[-1].pitch, whole[-1].begin, end - whole[-1].begin)
        else:
            whole.append(_Run(pitch, begin, end - begin))
    return whole


def _same(one: float, other: float) -> bool:
    if one <= 0 or other <= 0:
        return one == other
    return abs(one - other) <= 60


def _pitches(samples: Samples, rate: int) -> list[float]:
    size = int(rate * FRAME_SECONDS)
    count = len(samples) // size
    if count == 0:
        return []
    frames: Any = samples[: count * size].reshape(count, size).astype(np.float64)
    frames = frames - frames.mean(axis=1, keepdims=True)
    loud = np.sqrt((frames**2).mean(axis=1)) >= _LOUD
    power = np.abs(np.fft.rfft(frames * np.hanning(size), _SPECTRUM, axis=1)) ** 2
    step = rate / _SPECTRUM
    reach = max(1, round(75 / step))  # a Hann window of 20 ms spreads a tone over 100 Hz
    told = []
    for row, is_loud in zip(power, loud, strict=True):
        if not is_loud:
            told.append(0.0)
            continue
        total = float(row.sum())
        peak = int(row.argmax())
        first = _around(row, peak, reach)
        rest = row.copy()
        rest[max(0, peak - reach) : peak + reach + 1] = 0.0
        second = _around(rest, int(rest.argmax()), reach)  # two tones at once: American plans
        pure = first / total >= _PURE or (first + second) / total >= 0.93
        told.append(peak * step if pure else -1.0)
    return told


def _around(row: Any, peak: int, reach: int) -> float:
    return float(row[max(0, peak - reach) : peak + reach + 1].sum())
