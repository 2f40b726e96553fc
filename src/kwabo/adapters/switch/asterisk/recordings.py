"""Recordings of what callers say: ended at the switch, fetched from there, and kept in a folder.

At the switch a recording's name says whose it is (`stored_as`), so that one that ended while no
engine listened is found, fetched and told by the next one. The switch keeps its copy a while after
it was told: an engine that dies before it has written what it was told leaves it to the next one.
"""

from __future__ import annotations

import asyncio
import io
import wave
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import structlog

from kwabo.adapters.switch.asterisk.client import AriClient, AriNoAnswer, AriNotSent
from kwabo.kernel.clock import Clock
from kwabo.ports.switch import RecordingEnded, SwitchEvent

log = structlog.get_logger(__name__)

PREFIX = "kept"
_BETWEEN = "~"  # not part of any id
FETCHED_WITHIN_SECONDS = 20.0
KEPT_SECONDS = 60.0  # at the switch, from the telling on; far longer than a floor takes to write it


def stored_as(application: str, channel_id: str, recording_name: str) -> str:
    """A recording's name at the switch."""
    return _BETWEEN.join((PREFIX, application, channel_id, recording_name))


class Recorder:
    """See the module. One for each application's connection."""

    def __init__(
        self,
        client: AriClient,
        application: str,
        clock: Clock,
        tell: Callable[[SwitchEvent], None],
        folder: Path | None,
        most_bytes: int,
    ) -> None:
        self._client = client
        self._application = application
        self._clock = clock
        self._tell = tell
        self._folder = folder
        self._most_bytes = most_bytes
        self._live: dict[str, str] = {}  # recording name → name at the switch
        self._fetching: set[str] = set()  # names at the switch
        self._told: dict[str, float] = {}  # name at the switch → when, by the steady clock
        self._tasks: set[asyncio.Task[None]] = set()

    def close(self) -> None:
        """Stop what is under way; what was not fetched is found by the next engine."""
        for task in list(self._tasks):
            task.cancel()

    def begin(self, channel_id: str, recording_name: str) -> str:
        """A recording is about to be asked for; its name at the switch."""
        stored = stored_as(self._application, channel_id, recording_name)
        self._live[recording_name] = stored
        return stored

    def refused(self, stored: str) -> None:
        """The switch records nothing."""
        self._live.pop(_parts(stored)[1], None)

    def stored_name(self, recording_name: str) -> str | None:
        """Its name at the switch while it is going on, as far as is known."""
        return self._live.get(recording_name)

    def recorded(self, stored: str) -> None:
        """A recording is over, or failed."""
        if self._mine(stored) and stored not in self._fetching and stored not in self._told:
            self._fetching.add(stored)
            self._later(lambda: self._keep(stored))

    async def look(self) -> frozenset[str]:
        """The names of recordings that go on, or have ended and are still to be told.

        What ended without a word to this engine is fetched and told; nothing where nobody answers.
        """
        try:
            return frozenset(await self._look())
        except (AriNotSent, AriNoAnswer) as error:
            log.warning("recordings not looked for", reason=str(error))
            return frozenset()

    def _mine(self, stored: str) -> bool:
        return stored.startswith(f"{PREFIX}{_BETWEEN}{self._application}{_BETWEEN}")

    async def _look(self) -> set[str]:
        found: set[str] = set()
        answer = await self._client.ask("GET", "recordings/stored")
        listed = answer.body if answer.ok and isinstance(answer.body, list) else []
        for stored in (str(one.get("name", "")) for one in listed):
            if not self._mine(stored):
                continue
            if stored in self._told:
                await self._let_go(stored)
                continue
            name = _parts(stored)[1]
            found.add(name)
            if stored in self._fetching:
                continue
            live = await self._client.ask("GET", f"recordings/live/{stored}")
            if live.ok:
                self._live.setdefault(name, stored)
            elif live.status == 404:
                self.recorded(stored)
        return found

    async def _let_go(self, stored: str) -> None:
        """Remove the switch's copy of a recording that was told long enough ago."""
        if self._clock.monotonic() - self._told[stored] >= KEPT_SECONDS:
            await self._client.ask("DELETE", f"recordings/stored/{stored}")
            del self._told[stored]

    async def _keep(self, stored: str) -> None:
        channel_id, recording_name = _parts(stored)
        seconds, path = 0.0, None
        try:
            async with asyncio.timeout(FETCHED_WITHIN_SECONDS):
                audio = await self._client.fetch(f"recordings/stored/{stored}/file")
                seconds = _length(audio)
                path = await asyncio.to_thread(self._write, f"{recording_name}.wav", audio)
                self._told[stored] = self._clock.monotonic()
        except (TimeoutError, AriNotSent, AriNoAnswer, OSError, ValueError, wave.Error) as error:
            reason = str(error) or type(error).__name__
            log.warning("recording not kept", recording=recording_name, reason=reason)
        finally:
            self._live.pop(recording_name, None)
            self._fetching.discard(stored)
        self._tell(
            RecordingEnded(
                recording_name=recording_name,
                channel_id=channel_id,
                at=self._clock.now(),
                seconds=seconds,
                path=path,
            )
        )

    def _write(self, name: str, audio: bytes) -> str | None:
        """The file's path; None when nothing is kept, or the folder is full."""
        if self._folder is None:
            return None
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = sum(one.stat().st_size for one in self._folder.iterdir() if one.is_file())
        if held + len(audio) > self._most_bytes:
            log.warning("recording not kept: the folder is full", bytes=held)
            return None
        path = self._folder / name
        path.write_bytes(audio)
        return str(path)

    def _later(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        async def quietly() -> None:
            try:
                await work()
            except (AriNotSent, AriNoAnswer) as error:
                log.warning("recordings not looked for", reason=str(error))

        task = asyncio.get_running_loop().create_task(quietly())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _parts(stored: str) -> tuple[str, str]:
    """The channel's id and the recording's name."""
    channel_id, _, recording_name = stored.split(_BETWEEN, 2)[2].partition(_BETWEEN)
    return channel_id, recording_name


def _length(audio: bytes) -> float:
    """Seconds. Raises wave.Error when it is no WAV."""
    with wave.open(io.BytesIO(audio)) as file:
        return float(file.getnframes() / file.getframerate())
