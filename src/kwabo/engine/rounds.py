"""Work that goes in rounds: every subject on its own, so that a slow one holds up no other.

A subject is never worked on twice at the same time in one process; one that gave nothing rests
before its next round. Over several processes the database decides who takes what.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Hashable, Sequence
from datetime import datetime
from typing import Final, Generic, TypeVar

import structlog

from kwabo.kernel.clock import Clock

ROUND_SECONDS: Final = 1.0
FORGET_EVERY_SECONDS: Final = 3600.0
Subject = TypeVar("Subject")

log = structlog.get_logger(__name__)


class Rounds(ABC, Generic[Subject]):
    """See the module."""

    name: str  # in the log: `<name>.round_failed`

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._busy: set[Hashable] = set()
        self._resting: dict[Hashable, float] = {}  # subject → steady clock
        self._forget_at = 0.0
        self.healthy = True  # the last look at the database went well
        self.healthy_since: datetime = clock.now()

    @abstractmethod
    async def subjects(self) -> Sequence[Subject]:
        """All there are."""

    @abstractmethod
    def key(self, subject: Subject) -> Hashable:
        """By which a subject is known."""

    @abstractmethod
    async def round(self, subject: Subject) -> int:
        """Work; how much was done."""

    @abstractmethod
    async def forget(self) -> None:
        """Once an hour: drop what nobody can use any more."""

    async def run(self) -> None:
        """Work until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                try:
                    for subject in await self.subjects():
                        if self._is_free(self.key(subject)):
                            tasks.create_task(self._guarded(subject))
                    await self._forget()
                except Exception:
                    self._note_health(False)
                    log.exception(f"{self.name}.look_failed")
                else:
                    self._note_health(True)
                await self._clock.sleep(ROUND_SECONDS)

    async def work_once(self) -> int:
        """One round of every subject; how much was done."""
        return sum([await self.round(subject) for subject in await self.subjects()])

    def rest(self, key: Hashable, seconds: float) -> None:
        """Leave a subject alone for so long."""
        self._resting[key] = self._clock.monotonic() + seconds

    def _is_free(self, key: Hashable) -> bool:
        return key not in self._busy and self._resting.get(key, 0.0) <= self._clock.monotonic()

    def _note_health(self, healthy: bool) -> None:
        if healthy != self.healthy:
            self.healthy, self.healthy_since = healthy, self._clock.now()

    async def _guarded(self, subject: Subject) -> None:
        key = self.key(subject)
        self._busy.add(key)
        try:
            await self.round(subject)
        except Exception:
            self._note_health(False)
            log.exception(f"{self.name}.round_failed", subject=str(key))
        finally:
            self._busy.discard(key)

    async def _forget(self) -> None:
        if self._clock.monotonic() >= self._forget_at:
            self._forget_at = self._clock.monotonic() + FORGET_EVERY_SECONDS
            await self.forget()
