"""Prompts in a folder that the switch reads, and uploaded audio made into what it plays.

A telephone line carries 300 to 3400 Hz at 8000 samples a second; more is not kept.
"""

from __future__ import annotations

import asyncio
import errno
import io
import os
import wave
from pathlib import Path
from uuid import UUID

import miniaudio
import numpy as np

from kwabo.domain.speech.levels import RATE, levelled, measure, trimmed
from kwabo.kernel.errors import Invalid, NotFound, Unavailable
from kwabo.ports.prompts import Sound

SHORTEST_SECONDS = 0.2


class FolderPromptFiles:
    """See `ports.prompts.PromptFiles`. The folder is made when it is missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    async def convert(
        self, audio: bytes, *, most_seconds: float, trim: bool = False, level: bool = False
    ) -> Sound:
        return await asyncio.to_thread(convert, audio, most_seconds, trim=trim, level=level)

    async def save(self, prompt_id: UUID, sound: Sound) -> str:
        path = self._folder / f"{prompt_id}.wav"
        try:
            await asyncio.to_thread(_write, path, sound.wav)
        except OSError as error:
            await self.remove(str(path))
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise Unavailable(
                    "DISK_FULL", "The server's disk is full. Free space on it, then upload again."
                ) from error
            raise
        return str(path)

    async def read(self, path: str) -> bytes:
        try:
            return await asyncio.to_thread(Path(path).read_bytes)
        except FileNotFoundError as error:
            raise NotFound("FILE_GONE", "The prompt's file is gone. Upload it again.") from error

    async def remove(self, path: str) -> None:
        await asyncio.to_thread(Path(path).unlink, missing_ok=True)


def convert(audio: bytes, most_seconds: float, *, trim: bool = False, level: bool = False) -> Sound:
    """WAV, MP3, FLAC or Ogg Vorbis to what the switch plays. Raises Invalid `AUDIO_…`.

    A WAV may hold A-law or mu-law, as telephone systems export it.
    """
    try:
        about = _about(audio)
    except (miniaudio.MiniaudioError, ValueError) as error:
        raise Invalid(
            "AUDIO_UNREADABLE",
            "This is no audio that can be read. Save it as WAV, MP3, FLAC or Ogg Vorbis; a raw file"
            " (.alaw, .ulaw, .sln) does not say what it holds, so put it into a WAV.",
            field="file",
        ) from error
    _check_code(audio)
    if about.duration > most_seconds:
        raise Invalid(
            "AUDIO_TOO_LONG",
            f"The recording lasts {about.duration:.0f} seconds. Shorten it to {most_seconds:.0f}.",
            field="file",
            details={"seconds": f"{about.duration:.0f}", "most": f"{most_seconds:.0f}"},
        )
    try:
        decoded = miniaudio.decode(
            audio, output_format=miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=RATE
        )
    except miniaudio.MiniaudioError as error:
        raise Invalid(
            "AUDIO_DAMAGED",
            "The recording is damaged and cannot be read to its end. Save it anew.",
            field="file",
        ) from error
    seconds = len(decoded.samples) / RATE
    if seconds < SHORTEST_SECONDS:
        raise Invalid(
            "AUDIO_TOO_SHORT",
            f"The recording is shorter than {SHORTEST_SECONDS} seconds. Record it anew.",
            field="file",
            details={"least": str(SHORTEST_SECONDS)},
        )
    if max(abs(min(decoded.samples)), abs(max(decoded.samples))) < 100:
        raise Invalid(
            "AUDIO_SILENT", "Nothing can be heard in the recording. Record it anew.", field="file"
        )
    samples = np.asarray(decoded.samples, dtype=np.int16)
    if trim:
        samples = trimmed(samples)
    if level:
        samples = levelled(samples)
    measured = measure(samples)
    return Sound(
        wav=_wav(samples.tobytes()),
        seconds=len(samples) / RATE,
        loudness=measured.loudness_db,
        warnings=measured.warnings,
    )


_READ_CODES = frozenset({0x0001, 0x0002, 0x0003, 0x0006, 0x0007, 0x0011, 0xFFFE})
_NAMES = {0x0031: "GSM 6.10", 0x0083: "G.729", 0x0064: "G.726", 0x0065: "G.722", 0x0055: "MP3"}


def _check_code(audio: bytes) -> None:
    """The decoder takes a WAV of a codec that it does not know for an empty one."""
    at = audio.find(b"fmt ", 12, 4096) if audio[:4] == b"RIFF" else -1
    if at < 0:
        return
    code = int.from_bytes(audio[at + 8 : at + 10], "little")
    if code not in _READ_CODES:
        codec = _NAMES.get(code, f"0x{code:04x}")
        raise Invalid(
            "AUDIO_CODEC",
            f"The WAV holds {codec}, which cannot be read. Save it with PCM, A-law or µ-law.",
            field="file",
            details={"codec": codec},
        )


def _about(audio: bytes) -> miniaudio.SoundFileInfo:
    if audio[:4] == b"RIFF":
        return miniaudio.wav_get_info(audio)
    if audio[:4] == b"fLaC":
        return miniaudio.flac_get_info(audio)
    if audio[:4] == b"OggS":
        return miniaudio.vorbis_get_info(audio)
    if audio[:3] == b"ID3" or (len(audio) > 2 and audio[0] == 0xFF and audio[1] & 0xE0 == 0xE0):
        return miniaudio.mp3_get_info(audio)
    raise ValueError("no known beginning")


def _wav(frames: bytes) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(frames)
    return target.getvalue()


def _write(path: Path, wav: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(wav)
        file.flush()
        os.fsync(file.fileno())
