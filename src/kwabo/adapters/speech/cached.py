"""The engines of this machine in their order, with a folder of what they have said before.

A file's name is the hash of everything that decides its sound. The folder has a limit; what was
asked for longest ago goes first, but nothing younger than an hour, since a call may be playing it.
"""

from __future__ import annotations

import asyncio
import errno
import hashlib
import json
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final
from weakref import WeakValueDictionary

from kwabo.kernel.errors import Invalid, KwaboError, Unavailable
from kwabo.ports.prompts import Sound
from kwabo.ports.speech import EngineState, SpeechEngine

LONGEST_TEXT: Final = 2000
_FASTEST, _SLOWEST = 2.0, 0.5
_AT_ONCE: Final = 2
_PLAYING_SECONDS: Final = 3600.0
_VERSION: Final = 1  # of the conversion: another one makes other files


class CachedSpeech:
    """See `ports.speech.Speech`.

    `convert` makes an engine's WAV into what the switch plays, as loud as recordings.
    """

    def __init__(
        self,
        engines: Sequence[SpeechEngine],
        folder: Path,
        *,
        most_bytes: int,
        convert: Callable[[bytes], Awaitable[Sound]],
    ) -> None:
        self._engines = engines
        self._folder = folder.resolve()
        self._most_bytes = most_bytes
        self._convert = convert
        self._making: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._failures: dict[str, str] = {}

    def languages(self) -> frozenset[str]:
        return frozenset(language for engine in self._engines for language in engine.voices())

    def engines(self) -> tuple[EngineState, ...]:
        return tuple(self._state(engine) for engine in self._engines)

    async def synthesise(
        self, text: str, language: str, *, voice: str = "", speed: float = 1.0
    ) -> bytes:
        path = await self.file(text, language, voice=voice, speed=speed)
        return await asyncio.to_thread(Path(path).read_bytes)

    async def file(self, text: str, language: str, *, voice: str = "", speed: float = 1.0) -> str:
        text = " ".join(text.split())
        if not 0 < len(text) <= LONGEST_TEXT:
            raise Invalid(
                "SPEECH_TEXT",
                f"Give a text of 1 to {LONGEST_TEXT} characters.",
                field="text",
                details={"most": LONGEST_TEXT},
            )
        speed = round(min(max(speed, _SLOWEST), _FASTEST), 2)
        engines = [engine for engine in self._engines if language in engine.voices()]
        if not engines:
            raise Invalid(
                "SPEECH_LANGUAGE",
                f"No text-to-speech engine on this machine has this language ({language}). "
                "Record the prompt instead.",
                field="language",
                details={"language": language},
            )
        refused: KwaboError | None = None
        for engine in engines:
            known = engine.voices()[language]
            chosen = voice if voice in known else known[0]
            try:
                return await self._kept(engine, text, language, chosen, speed)
            except Unavailable as error:
                if error.code != "SPEECH_FAILED":
                    raise
                refused = error
        assert refused is not None
        raise refused

    async def _kept(
        self, engine: SpeechEngine, text: str, language: str, voice: str, speed: float
    ) -> str:
        asked = json.dumps([_VERSION, engine.name, voice, language, speed, text])
        name = hashlib.sha256(asked.encode()).hexdigest()
        path = self._folder / f"{name}.wav"
        lock = self._making.setdefault(name, asyncio.Lock())
        async with lock:
            if await asyncio.to_thread(_touched, path):
                return str(path)
            async with self._slots:
                wav = await self._made(engine, text, language, voice, speed)
            try:
                await asyncio.to_thread(_keep, path, wav, self._most_bytes)
            except OSError as error:
                if error.errno in (errno.ENOSPC, errno.EDQUOT):
                    raise Unavailable(
                        "DISK_FULL", "The server's disk is full. Free space on it, then try again."
                    ) from error
                raise
        return str(path)

    async def _made(
        self, engine: SpeechEngine, text: str, language: str, voice: str, speed: float
    ) -> bytes:
        try:
            spoken = await engine.synthesise(text, language, voice=voice, speed=speed)
            sound = await self._convert(spoken)
        except Unavailable as error:
            self._failures[engine.name] = error.message
            raise
        except Invalid as error:
            self._failures[engine.name] = error.message
            raise Unavailable(
                "SPEECH_FAILED",
                f"The speech engine {engine.name} gave audio that cannot be used. {error.message}",
                details={"engine": engine.name, "why": error.code},
            ) from error
        self._failures.pop(engine.name, None)
        return sound.wav

    def _state(self, engine: SpeechEngine) -> EngineState:
        languages = tuple(sorted(engine.voices()))
        failure = self._failures.get(engine.name, "")
        status = "unavailable" if not languages else "failing" if failure else "ok"
        return EngineState(name=engine.name, status=status, languages=languages, message=failure)


def _touched(path: Path) -> bool:
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _keep(path: Path, wav: bytes, most_bytes: int) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _make_room(path.parent, most_bytes - len(wav))
    part = path.with_suffix(f".{os.getpid()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(wav)
        part.replace(path)  # whoever reads it sees all of it or nothing
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _make_room(folder: Path, most_bytes: int) -> None:
    files = sorted(
        ((file.stat().st_mtime, file.stat().st_size, file) for file in folder.glob("*.wav")),
        key=lambda one: one[0],
    )
    total = sum(size for _, size, _ in files)
    now = time.time()
    for at, size, file in files:
        if total <= most_bytes or now - at < _PLAYING_SECONDS:
            return
        file.unlink(missing_ok=True)
        total -= size
