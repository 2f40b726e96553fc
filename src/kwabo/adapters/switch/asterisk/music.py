"""Music that goes on around announcements: the switch's own, or given sounds over and over.

Asterisk stops a channel's own music for good when anything is played to it, and plays sounds one
after the other. So what music a channel should hear is kept here; given sounds are stopped before
an announcement, and either is started again when the last playback is over.

Sounds are asked for many times in a row as one playback, so that they go on without a gap, and for
a while without an engine. Its id is one of two that follow from the channel's: whoever meets the
channel later can stop it. What ends at once cannot be played; the switch's own music follows it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import structlog

from kwabo.adapters.switch.dial_string import MOST_MEDIA
from kwabo.kernel.clock import Clock
from kwabo.ports.switch import SwitchError, SwitchRefused

log = structlog.get_logger(__name__)

PREFIX = "music-"  # of the ids of such playbacks; the channel's id, `-` and 0 or 1 follow
REPEATS = 20  # of the sounds in one playback
AT_ONCE_SECONDS = 0.1  # sounds that are over sooner were not played


class Do(Protocol):
    """Asks the switch; raises SwitchError unless the answer is yes or one of `gone`."""

    async def __call__(
        self,
        method: str,
        path: str,
        *,
        what: str,
        body: Any = None,
        gone: tuple[int, ...] = (),
        again: bool = True,
    ) -> None: ...


@dataclass(slots=True)
class _Wanted:
    """What a channel should hear."""

    media: tuple[str, ...]  # none: the switch's own music
    since: float | None = None  # steady clock, since when the sounds play; None: they do not
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class MusicKeeper:
    """See the module.

    `plays` tells whether something else is played to a channel, `found` whether an earlier engine
    had the channel, and may have left sounds that play.
    """

    def __init__(
        self, do: Do, plays: Callable[[str], bool], found: Callable[[str], bool], clock: Clock
    ) -> None:
        self._do = do
        self._plays = plays
        self._found = found
        self._clock = clock
        self._wanted: dict[str, _Wanted] = {}  # by channel id
        self._turns: dict[str, int] = {}  # by channel id: which of the two ids was used last
        self._seen: set[str] = set()  # channels that were silenced once, if an engine had them
        self._doubtful: set[str] = set()  # channels of which it is not known what plays
        self._tasks: set[asyncio.Task[None]] = set()

    def connected(self) -> None:
        """Ends of playbacks may not have been told meanwhile."""
        for channel_id, wanted in self._wanted.items():
            if wanted.media:
                self._doubtful.add(channel_id)
                wanted.since = None
                self._later(self._again(channel_id, None))

    async def start(self, channel_id: str, media: Sequence[str]) -> None:
        """Have a channel hear it from now on, or when what plays now is over.

        What plays already goes on. Raises SwitchError.
        """
        wanted = self._wanted.setdefault(channel_id, _Wanted(tuple(media)))
        async with wanted.lock:
            if wanted.media == tuple(media) and wanted.since is not None:
                return
            await self._silence(channel_id, wanted)
            wanted.media = tuple(media)
            if self._plays(channel_id):
                return
            try:
                await self._begin(channel_id, wanted)
            except SwitchError:
                self._wanted.pop(channel_id, None)
                raise

    async def stop(self, channel_id: str) -> None:
        """End it. Raises SwitchError."""
        wanted = self._wanted.pop(channel_id, None) or _Wanted(())
        async with wanted.lock:
            await self._silence(channel_id, wanted)
            if not wanted.media:
                path = f"channels/{channel_id}/moh"
                await self._do("DELETE", path, what="CHANNEL", gone=(404, 409, 412))

    async def interrupt(self, channel_id: str) -> None:
        """Something else is about to be played: sounds make way. Raises SwitchError."""
        wanted = self._wanted.get(channel_id) or _Wanted(())
        async with wanted.lock:
            await self._silence(channel_id, wanted)

    def forget(self, channel_id: str) -> None:
        """The channel is gone."""
        self._wanted.pop(channel_id, None)
        self._turns.pop(channel_id, None)
        self._seen.discard(channel_id)
        self._doubtful.discard(channel_id)

    def played(self, channel_id: str) -> None:
        """A playback of something else is over, or was not begun."""
        if channel_id in self._wanted and not self._plays(channel_id):
            self._later(self._again(channel_id, None))

    def finished(self, playback: Mapping[str, Any]) -> bool:
        """Whether a playback that is over was music; it goes on unless it was to end."""
        playback_id = str(playback.get("id", ""))
        if not playback_id.startswith(PREFIX):
            return False
        channel_id, _, turn = playback_id.removeprefix(PREFIX).rpartition("-")
        wanted = self._wanted.get(channel_id)
        if wanted is not None and wanted.since is not None and turn == str(self._turns[channel_id]):
            failed = playback.get("state") == "failed"
            over = self._clock.monotonic() - wanted.since < AT_ONCE_SECONDS
            self._later(self._again(channel_id, wanted.since, heard=not (failed or over)))
        return True

    def close(self) -> None:
        """Stop what is under way."""
        for task in list(self._tasks):
            task.cancel()

    # ── At the switch ───────────────────────────────────────────────────────────────────────────

    async def _begin(self, channel_id: str, wanted: _Wanted) -> None:
        if not wanted.media:
            await self._do("POST", f"channels/{channel_id}/moh", what="CHANNEL")
            return
        turn = self._turns[channel_id] = 1 - self._turns.get(channel_id, 0)
        wanted.since = self._clock.monotonic()
        times = max(1, min(REPEATS, MOST_MEDIA // len(wanted.media)))
        path = f"channels/{channel_id}/play/{_id(channel_id, turn)}"
        body = {"media": list(wanted.media) * times}
        try:
            await self._do("POST", path, what="CHANNEL", body=body, again=False)
        except SwitchError:
            wanted.since = None
            self._doubtful.add(channel_id)
            raise

    async def _silence(self, channel_id: str, wanted: _Wanted) -> None:
        """Stop sounds: those that play, and those that an earlier engine may have left."""
        turns: tuple[int, ...] = ()
        if wanted.since is not None:
            turns, wanted.since = (self._turns[channel_id],), None
        left = channel_id not in self._seen and self._found(channel_id)
        if left or channel_id in self._doubtful:
            turns = (0, 1)
        self._doubtful.add(channel_id)
        for turn in turns:
            path = f"playbacks/{_id(channel_id, turn)}"
            try:
                await self._do("DELETE", path, what="PLAYBACK")
            except SwitchRefused as refused:
                if refused.code != "PLAYBACK_UNKNOWN":
                    raise
            else:
                self._turns[channel_id] = turn  # its end is told now: the other id is next
        self._doubtful.discard(channel_id)
        if left:
            self._seen.add(channel_id)

    async def _again(self, channel_id: str, since: float | None, *, heard: bool = True) -> None:
        """Begin again, unless something else plays or it was stopped or begun meanwhile."""
        if (wanted := self._wanted.get(channel_id)) is None:
            return
        async with wanted.lock:
            known = self._wanted.get(channel_id) is wanted and wanted.since == since
            if not known or self._plays(channel_id):
                return
            wanted.since = None  # what played has ended
            if not heard:
                log.warning("music cannot be played", channel_id=channel_id, media=wanted.media[0])
                wanted.media = ()
            with contextlib.suppress(SwitchError):
                await self._silence(channel_id, wanted)
                await self._begin(channel_id, wanted)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _id(channel_id: str, turn: int) -> str:
    return f"{PREFIX}{channel_id}-{turn}"
