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
import numpy.typing as npt
import soundfile

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
    """WAV, MP3, FLAC, Ogg (Vorbis, Opus), AIFF or AU to what the switch plays. Raises Invalid
    `AUDIO_…`.

    A WAV may hold A-law, mu-law or GSM, as telephone systems export it.
    """
    try:
        lasts = _seconds_of(audio)
    except _UNREADABLE as error:
        raise Invalid(
            "AUDIO_UNREADABLE",
            "This is no audio that can be read. Save it as WAV, MP3, FLAC or Ogg; a raw file"
            " (.alaw, .ulaw, .sln) does not say what it holds, so put it into a WAV.",
            field="file",
        ) from error
    _check_code(audio)
    if lasts > most_seconds:
        raise Invalid(
            "AUDIO_TOO_LONG",
            f"The recording lasts {lasts:.0f} seconds. Shorten it to {most_seconds:.0f}.",
            field="file",
            details={"seconds": f"{lasts:.0f}", "most": f"{most_seconds:.0f}"},
        )
    try:
        samples = _decoded(audio)
    except _UNREADABLE as error:
        raise Invalid(
            "AUDIO_DAMAGED",
            "The recording is damaged and cannot be read to its end. Save it anew.",
            field="file",
        ) from error
    if len(samples) / RATE < SHORTEST_SECONDS:
        raise Invalid(
            "AUDIO_TOO_SHORT",
            f"The recording is shorter than {SHORTEST_SECONDS} seconds. Record it anew.",
            field="file",
            details={"least": str(SHORTEST_SECONDS)},
        )
    if max(abs(int(samples.min())), abs(int(samples.max()))) < 100:
        raise Invalid(
            "AUDIO_SILENT", "Nothing can be heard in the recording. Record it anew.", field="file"
        )
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


_UNREADABLE = (miniaudio.MiniaudioError, soundfile.SoundFileError, ValueError)
_GSM = 0x0031
_READ_CODES = frozenset({0x0001, 0x0002, 0x0003, 0x0006, 0x0007, 0x0011, _GSM, 0xFFFE})
_NAMES = {0x0083: "G.729", 0x0064: "G.726", 0x0065: "G.722", 0x0055: "MP3"}


def _check_code(audio: bytes) -> None:
    """The decoder takes a WAV of a codec that it does not know for an empty one."""
    code = _code_of(audio)
    if code is not None and code not in _READ_CODES:
        codec = _NAMES.get(code, f"0x{code:04x}")
        raise Invalid(
            "AUDIO_CODEC",
            f"The WAV holds {codec}, which cannot be read. Save it with PCM, A-law or µ-law.",
            field="file",
            details={"codec": codec},
        )


def _code_of(audio: bytes) -> int | None:
    """By which code a WAV names its codec."""
    at = audio.find(b"fmt ", 12, 4096) if audio[:4] == b"RIFF" else -1
    return None if at < 0 else int.from_bytes(audio[at + 8 : at + 10], "little")


def _by_libsndfile(audio: bytes) -> bool:
    """Whether it is one of the kinds that the usual decoder does not read: voice notes (Opus), GSM,
    AIFF, AU."""
    opus = audio[:4] == b"OggS" and b"OpusHead" in audio[:128]
    return opus or audio[:4] in (b"FORM", b".snd") or _code_of(audio) == _GSM


def _seconds_of(audio: bytes) -> float:
    """Raises one of `_UNREADABLE`."""
    if _by_libsndfile(audio):
        with soundfile.SoundFile(io.BytesIO(audio)) as file:
            return float(file.frames / file.samplerate)
    return float(_about(audio).duration)


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


def _decoded(audio: bytes) -> npt.NDArray[np.int16]:
    """Mono at `RATE`. Raises one of `_UNREADABLE`."""
    wanted = miniaudio.SampleFormat.SIGNED16
    if not _by_libsndfile(audio):
        decoded = miniaudio.decode(audio, output_format=wanted, nchannels=1, sample_rate=RATE)
        return np.asarray(decoded.samples, dtype=np.int16)
    with soundfile.SoundFile(io.BytesIO(audio)) as file:
        frames = file.read(file.frames, dtype="int16", always_2d=True)  # no more than it says
        plain, channels, rate = frames.tobytes(), file.channels, file.samplerate
    mono = miniaudio.convert_frames(wanted, channels, rate, plain, wanted, 1, RATE)
    return np.frombuffer(bytes(mono), dtype=np.int16)


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
