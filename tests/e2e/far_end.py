"""The called person's ear: listens to the carrier lab's side of a call."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import uuid4

from ari_probe import AriProbe
from e2e.audio import Heard, read_recording
from kwabo.stack.stack import Stack


class FarEnd:
    """What reaches the person whom the campaign called."""

    def __init__(self, stack: Stack, probe: AriProbe) -> None:
        assert stack.lab is not None
        self._recordings = stack.folder / "lab" / "spool" / "recording"
        self._probe = probe

    async def channel(self, number: str) -> str:
        """The lab's channel of the call to this number."""
        _, channels = await self._probe.ask("GET", "/channels")
        found = []
        for channel in channels:
            _, answer = await self._probe.ask(
                "GET", f"/channels/{channel['id']}/variable?variable=LAB_NUMBER"
            )
            if answer.get("value") == number:
                found.append(channel["id"])
        assert len(found) == 1, channels
        return str(found[0])

    async def hears(self, channel_id: str, *, seconds: int = 3) -> Heard:
        """Record what arrives at the person for some seconds, and measure it."""
        return await asyncio.to_thread(read_recording, await self.record(channel_id, seconds))

    async def record(self, channel_id: str, seconds: int) -> Path:
        """What arrives at the person from now on, for some seconds: the file, once it is there."""
        snoop, name = f"ear-{uuid4().hex}", uuid4().hex
        status, answer = await self._probe.ask(
            "POST", f"/channels/{channel_id}/snoop/{snoop}?spy=in&app={self._probe.app}"
        )
        assert status == 200, answer
        await self._probe.event("StasisStart", snoop)
        status, answer = await self._probe.ask(
            "POST",
            f"/channels/{snoop}/record?name={name}&format=wav&maxDurationSeconds={seconds}",
        )
        assert status == 201, answer
        await self._probe.when(
            lambda event: (
                event["type"] == "RecordingFinished" and event["recording"]["name"] == name
            ),
            seconds=seconds + 30,
        )
        await self._probe.ask("DELETE", f"/channels/{snoop}")
        return self._file(name)

    async def keys(self, channel_id: str, count: int) -> str:
        """The first keys that reached the person, once there are so many."""

        def pressed() -> list[str]:
            return [
                event["digit"]
                for event in self._probe.events
                if event["type"] == "ChannelDtmfReceived" and event["channel"]["id"] == channel_id
            ]

        await self._probe.when(lambda _: len(pressed()) >= count, seconds=30)
        return "".join(pressed())

    async def hang_up(self, channel_id: str) -> None:
        """The person puts the telephone down."""
        status, answer = await self._probe.ask("DELETE", f"/channels/{channel_id}")
        assert status == 204, answer

    def _file(self, name: str) -> Path:
        return self._recordings / f"{name}.wav"
