"""Listening to what a network plays before any answer.

Asterisk has no dialplan before the answer of a call that ARI starts, so nothing of its own can
listen there. What it can do: a snoop channel hears what the called side sends, also before the
answer, and can be recorded from the moment at which it is in the application. The recording ends
with the call; then it is fetched, classified, and kept or forgotten.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import wave
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import structlog

from kwabo.adapters.switch.asterisk.client import AriClient, AriNoAnswer, AriNotSent
from kwabo.domain.call_analysis.tones import tone_of
from kwabo.ports.switch import ChannelEnded, EarlyMedia, Originate

log = structlog.get_logger(__name__)

PREFIX = "early-"  # of the ids of snoop channels and recordings; the call's id follows
ENTERED_WITHIN_SECONDS = 2.0  # the snoop channel is in the application
FETCHED_WITHIN_SECONDS = 3.0  # after the end of the call
SHORTEST_SECONDS = 0.3  # of a recording that says anything
LEFT_OVER_AFTER = timedelta(hours=1)  # longer than any call rings


@dataclass(slots=True)
class _Listening:
    """To one call."""

    seconds: int
    kept: bool
    entered: asyncio.Event = field(default_factory=asyncio.Event)
    started: bool = False
    recording: bool = False
    finished: asyncio.Event = field(default_factory=asyncio.Event)


class EarlyMediaEar:
    """See the module. One for each application's connection."""

    def __init__(
        self, client: AriClient, application: str, folder: Path | None, most_bytes: int
    ) -> None:
        self._client = client
        self._application = application
        self._folder = folder  # None: nothing is kept
        self._most_bytes = most_bytes
        self._calls: dict[str, _Listening] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def ask(self, call: Originate) -> None:
        """A call is about to be started."""
        if call.early_media_seconds > 0:
            self._calls[call.channel_id] = _Listening(
                call.early_media_seconds, call.early_media_kept
            )

    def forget(self, channel_id: str) -> None:
        """There is no such call, or it was answered."""
        self._calls.pop(channel_id, None)

    async def remove_left_over(self, now: datetime) -> int:
        """Remove recordings of engines that died before they fetched them; how many.

        Asterisk does not tell how old a recording is, but the id of its call does. Those of all
        applications: none of them fetches one so long after its call began.
        """
        answer = await self._client.ask("GET", "recordings/stored")
        listed = answer.body if answer.ok and isinstance(answer.body, list) else []
        removed = 0
        for name in (str(one.get("name", "")) for one in listed):
            begun = _begun(name)
            if begun is not None and now - begun > LEFT_OVER_AFTER:
                gone = await self._client.ask("DELETE", f"recordings/stored/{name}")
                removed += gone.ok
        return removed

    def close(self) -> None:
        """Stop what is under way."""
        for task in list(self._tasks):
            task.cancel()

    # ── Events ──────────────────────────────────────────────────────────────────────────────────

    def progress(self, channel_id: str) -> None:
        """The network sends sound before any answer."""
        listening = self._calls.get(channel_id)
        if listening is not None and not listening.started:
            listening.started = True
            self._later(self._record(channel_id, listening))

    def answered(self, channel_id: str) -> None:
        """What comes now is the answer: that is not recorded here."""
        listening = self._calls.pop(channel_id, None)
        if listening is not None and listening.started:
            self._later(self._stop(channel_id))

    def entered(self, snoop_id: str) -> None:
        """A snoop channel is in the application."""
        if listening := self._calls.get(snoop_id.removeprefix(PREFIX)):
            listening.entered.set()

    def recorded(self, name: str) -> None:
        """A recording is complete, or failed."""
        if listening := self._calls.get(name.removeprefix(PREFIX)):
            listening.finished.set()

    def ended(self, event: ChannelEnded, tell: Callable[[ChannelEnded], None]) -> bool:
        """Whether the end of this call is told later by `tell`, with what was heard before it."""
        listening = self._calls.get(event.channel_id)
        if listening is None or not listening.recording or event.early_media is None:
            self._calls.pop(event.channel_id, None)
            return False
        self._later(self._tell(event, event.early_media, listening, tell))
        return True

    # ── Requests ────────────────────────────────────────────────────────────────────────────────

    async def _record(self, channel_id: str, listening: _Listening) -> None:
        snoop_id = f"{PREFIX}{channel_id}"
        query = {"spy": "in", "app": self._application}
        answer = await self._client.ask(
            "POST", f"channels/{channel_id}/snoop/{snoop_id}", query=query
        )
        if not answer.ok:
            return  # the call was over before
        await asyncio.wait_for(listening.entered.wait(), ENTERED_WITHIN_SECONDS)
        query = {
            "name": snoop_id,
            "format": "wav",
            "maxDurationSeconds": str(listening.seconds),
            "ifExists": "overwrite",
        }
        answer = await self._client.ask("POST", f"channels/{snoop_id}/record", query=query)
        listening.recording = answer.ok
        if answer.ok:
            await listening.finished.wait()
        await self._client.ask("DELETE", f"channels/{snoop_id}")

    async def _stop(self, channel_id: str) -> None:
        await self._client.ask("DELETE", f"channels/{PREFIX}{channel_id}")
        await self._client.ask("DELETE", f"recordings/stored/{PREFIX}{channel_id}")

    async def _tell(
        self,
        event: ChannelEnded,
        early: EarlyMedia,
        listening: _Listening,
        tell: Callable[[ChannelEnded], None],
    ) -> None:
        try:
            async with asyncio.timeout(FETCHED_WITHIN_SECONDS):
                await listening.finished.wait()
                early = await self._heard(event.channel_id, early, listening)
        except (TimeoutError, AriNotSent, AriNoAnswer, OSError, ValueError, wave.Error) as error:
            log.warning("early media not classified", reason=str(error) or type(error).__name__)
        finally:
            self._calls.pop(event.channel_id, None)
            tell(replace(event, early_media=early))

    async def _heard(self, channel_id: str, early: EarlyMedia, listening: _Listening) -> EarlyMedia:
        name = f"{PREFIX}{channel_id}"
        audio = await self._client.fetch(f"recordings/stored/{name}/file")
        await self._client.ask("DELETE", f"recordings/stored/{name}")
        with wave.open(io.BytesIO(audio)) as file:
            rate, count = file.getframerate(), file.getnframes()
            samples = np.frombuffer(file.readframes(count), "<i2").astype(np.float32)
            samples /= 32768
        seconds = len(samples) / rate
        if seconds < SHORTEST_SECONDS:
            return early
        path = None
        if listening.kept and self._folder is not None:
            path = await asyncio.to_thread(self._keep, self._folder, name, audio)
        return replace(early, tone=str(tone_of(samples, rate)), path=path, recorded_seconds=seconds)

    def _keep(self, folder: Path, name: str, audio: bytes) -> str | None:
        """The file's path; None when the folder is full."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = sum(one.stat().st_size for one in folder.iterdir() if one.is_file())
        if held + len(audio) > self._most_bytes:
            log.warning("early media not kept: the folder is full", bytes=held)
            return None
        path = folder / f"{name}.wav"
        path.write_bytes(audio)
        return str(path)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(_quietly(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _begun(name: str) -> datetime | None:
    """When the call of this recording was begun; None: it is no recording of early media."""
    try:
        call_id = UUID(name.removeprefix(PREFIX))
    except ValueError:
        return None
    if not name.startswith(PREFIX) or call_id.version != 7:
        return None
    return datetime.fromtimestamp((call_id.int >> 80) / 1000, UTC)


async def _quietly(work: Coroutine[Any, Any, None]) -> None:
    """A call is never worth less for what could not be heard."""
    with contextlib.suppress(TimeoutError, AriNotSent, AriNoAnswer):
        await work
