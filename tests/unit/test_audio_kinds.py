"""Recordings of the kinds that people send become what the switch plays."""

from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile

from audio_files import found_in, sweep, tones
from kwabo.adapters.prompt_files import convert
from kwabo.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("kind", "codec", "rate", "channels"),
    [
        ("OGG", "OPUS", 48000, 1),  # a voice note
        ("OGG", "OPUS", 16000, 2),
        ("OGG", "VORBIS", 44100, 2),
        ("WAV", "GSM610", 8000, 1),  # as exchanges export it
        ("AIFF", "PCM_16", 44100, 2),
        ("AU", "ULAW", 8000, 1),
    ],
)
def test_what_people_send_is_read_as_it_sounds(
    kind: str, codec: str, rate: int, channels: int
) -> None:
    said = sweep(2.0, 500.0, 1500.0)
    moments = np.arange(2 * rate) * (8000 / rate)
    heard_there = np.interp(moments, np.arange(len(said)), said)
    file = io.BytesIO()
    frames = np.repeat(heard_there[:, None], channels, axis=1)
    soundfile.write(file, frames, rate, format=kind, subtype=codec)
    sound = convert(file.getvalue(), 60)
    assert sound.seconds == pytest.approx(2.0, abs=0.05)
    heard = np.frombuffer(sound.wav[44:], dtype="<i2").astype(np.float32) / 32768
    assert found_in(heard, said[800:-800])[0] > 0.9


def test_a_voice_note_that_was_cut_off_is_not_taken_for_a_whole_one() -> None:
    file = io.BytesIO()
    said = tones((600, 3.0), rate=48000)
    soundfile.write(file, said, 48000, format="OGG", subtype="OPUS")
    whole = file.getvalue()
    assert convert(whole, 60).seconds == pytest.approx(3.0, abs=0.05)
    with pytest.raises(Invalid, match="no audio that can be read"):
        convert(whole[:60], 60)
    with pytest.raises(Invalid, match="Shorten"):
        convert(whole, 2)
