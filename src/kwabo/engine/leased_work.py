"""Work that waits in the database, taken up by whichever process comes first.

A part says what it does in `work_once`; this runs it again and again and knows whether the last
look at the database went well.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Final

import structlog

from kwabo.kernel.clock import Clock

POLL_SECONDS: Final = 1.0
log = structlog.get_logger(__name__)


class LeasedWork(ABC):
    """See the module. `name` stands in the log."""

    name: str

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.healthy = True
        self.healthy_since: datetime = clock.now()

    @abstractmethod
    async def work_once(self) -> bool:
        """Do what waits now; False when there was nothing."""

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            try:
                worked = await self.work_once()
            except Exception:
                self._note_health(False)
                log.exception("work.look_failed", work=self.name)
                worked = False
            else:
                self._note_health(True)
            if not worked:
                await self._clock.sleep(POLL_SECONDS)

    def _note_health(self, healthy: bool) -> None:
        if healthy != self.healthy:
            self.healthy, self.healthy_since = healthy, self._clock.now()
