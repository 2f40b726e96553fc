"""Music that goes on around announcements.

Asterisk stops a channel's music for good when anything is played to it. So what music a channel
should hear is kept here, and started again when the last playback is over.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from kwabo.adapters.switch.asterisk.client import AriClient, AriNoAnswer, AriNotSent


class MusicKeeper:
    """See the module. `plays` tells whether something is being played to a channel."""

    def __init__(self, client: AriClient, plays: Callable[[str], bool]) -> None:
        self._client = client
        self._plays = plays
        self._wanted: dict[str, str] = {}  # channel id → class
        self._tasks: set[asyncio.Task[None]] = set()

    def waits(self, channel_id: str, music_class: str) -> bool:
        """Whether music begins only when what plays now is over; it will then by itself."""
        if self._plays(channel_id):
            self._wanted[channel_id] = music_class
            return True
        return False

    def started(self, channel_id: str, music_class: str) -> None:
        """Music plays from now on."""
        self._wanted[channel_id] = music_class

    def forget(self, channel_id: str) -> None:
        """No music is wanted there any more."""
        self._wanted.pop(channel_id, None)

    def played(self, channel_id: str) -> None:
        """A playback is over."""
        if channel_id in self._wanted and not self._plays(channel_id):
            task = asyncio.get_running_loop().create_task(self._again(channel_id))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def close(self) -> None:
        """Stop what is under way."""
        for task in list(self._tasks):
            task.cancel()

    async def _again(self, channel_id: str) -> None:
        if self._plays(channel_id) or (music_class := self._wanted.get(channel_id)) is None:
            return
        query = {"mohClass": music_class} if music_class else None
        path = f"channels/{channel_id}/moh"
        with contextlib.suppress(AriNotSent, AriNoAnswer):
            await self._client.ask("POST", path, query=query)
            if channel_id not in self._wanted:  # it was stopped meanwhile
                await self._client.ask("DELETE", path)
