"""Live views: a snapshot, then the events after it, to everyone who watches.

One reader for each floor that is watched reads new events once and hands them to all its watchers.
A hint of the database wakes it; without one it looks every second. A watcher that falls too far
behind, and everybody when events are missing, is told to begin again with a new snapshot.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from kwabo.domain.organisations.asker import Asker
from kwabo.domain.reporting.live_snapshot import Audience, LiveEvent, LiveSnapshot
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Unavailable
from kwabo.ports.live import LiveStore

LOOK_EVERY_SECONDS: Final = 1.0
EVENTS_AT_ONCE: Final = 500
LONGEST_BACKLOG: Final = 5_000  # events a slow watcher may be behind


class BeginAgain(Exception):
    """Events were lost for this watcher: take a new snapshot."""


class Watch:
    """One watcher: a snapshot, and the events that follow it."""

    def __init__(self, audience: Audience) -> None:
        self.audience = audience
        self.position = 0  # of the newest event that was handed out, or of the snapshot
        self._backlog: list[LiveEvent] = []
        self._told = asyncio.Event()
        self._lost = False

    async def next(self) -> Sequence[LiveEvent]:
        """Wait for events; those that are for this audience, which may be none of them.

        `position` tells how far it has come. Raises BeginAgain.
        """
        await self._told.wait()
        self._told.clear()
        if self._lost:
            raise BeginAgain
        events, self._backlog = self._backlog, []
        events = [event for event in events if event.position > self.position]
        if events:
            self.position = events[-1].position
        parts = [(event, self.audience.part_of_view(event.entity, event.data)) for event in events]
        return [replace(event, data=part) for event, part in parts if part is not None]

    def hand(self, events: Sequence[LiveEvent]) -> None:
        """Have events handed out."""
        self._backlog.extend(events)
        if len(self._backlog) > LONGEST_BACKLOG:
            self.lose()
        self._told.set()

    def lose(self) -> None:
        """Have the watcher begin again."""
        self._lost = True
        self._backlog = []
        self._told.set()


@dataclass(slots=True)
class _Feed:
    """The events of one organisation's floor."""

    position: int
    floor_id: str = ""
    hinted: bool = True
    watches: list[Watch] = field(default_factory=list)


class LiveService:
    """See the module. `run` must run while anybody watches."""

    def __init__(self, live: LiveStore, clock: Clock) -> None:
        self._live = live
        self._clock = clock
        self._feeds: dict[UUID, _Feed] = {}
        self._wake = asyncio.Event()

    async def run(self) -> None:
        """Read events and hand them out, until cancelled."""
        stop_listening = await self._live.on_hint(self._hint)
        try:
            while True:
                try:
                    # Not asyncio.wait_for: before Python 3.12 it can swallow a cancellation.
                    async with asyncio.timeout(LOOK_EVERY_SECONDS):
                        await self._wake.wait()
                except TimeoutError:
                    self._hint("")
                self._wake.clear()
                await self._look()
        finally:
            stop_listening()

    async def watch(self, asker: Asker) -> tuple[Watch, LiveSnapshot]:
        """Begin to watch; end with `leave`. Raises Forbidden."""
        asker.must_have("live.read", "agent.desktop")
        audience = Audience(user_id=asker.user_id, sees_all=asker.may("live.read"))
        watch = Watch(audience)
        await self._join(asker.organisation_id, watch)
        try:
            snapshot = await self._live.snapshot(asker.organisation_id, self._clock.now())
        except BaseException:
            self.leave(asker, watch)
            raise
        watch.position = snapshot.position
        return watch, audience.part_of(snapshot)

    def leave(self, asker: Asker, watch: Watch) -> None:
        """End a watch."""
        feed = self._feeds.get(asker.organisation_id)
        if feed is None or watch not in feed.watches:
            return
        feed.watches.remove(watch)
        if not feed.watches:
            del self._feeds[asker.organisation_id]

    async def _join(self, organisation_id: UUID, watch: Watch) -> None:
        """Before the snapshot is taken, so that no event falls between the two."""
        if organisation_id not in self._feeds:
            floor_id = await self._live.floor_id(organisation_id)
            position = await self._live.position(organisation_id)
            self._feeds.setdefault(
                organisation_id, _Feed(position=position, floor_id=str(floor_id or ""))
            )
        self._feeds[organisation_id].watches.append(watch)

    def _hint(self, floor_id: str) -> None:
        for feed in self._feeds.values():
            if not floor_id or feed.floor_id == floor_id:
                feed.hinted = True
        self._wake.set()

    async def _look(self) -> None:
        hinted = [(key, feed) for key, feed in self._feeds.items() if feed.hinted]
        if not hinted:
            return
        async with asyncio.TaskGroup() as tasks:
            for organisation_id, feed in hinted:
                feed.hinted = False
                tasks.create_task(self._read_or_try_later(organisation_id, feed))

    async def _read_or_try_later(self, organisation_id: UUID, feed: _Feed) -> None:
        """Without the database watchers wait; the next look reads what they missed."""
        with contextlib.suppress(Unavailable):
            await self._read(organisation_id, feed)

    async def _read(self, organisation_id: UUID, feed: _Feed) -> None:
        while True:
            events = await self._live.events(
                organisation_id, after=feed.position, limit=EVENTS_AT_ONCE
            )
            if not events:
                return
            if events[0].position != feed.position + 1:  # older ones have been removed
                for watch in feed.watches:
                    watch.lose()
            else:
                for watch in feed.watches:
                    watch.hand(events)
            feed.position = events[-1].position
            if len(events) < EVENTS_AT_ONCE:
                return
