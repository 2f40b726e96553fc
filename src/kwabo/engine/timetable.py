"""Does what is due by itself: schedules, sequences, campaign rules.

Any number of engine processes may run one; the lock of each row that is due decides who does it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import structlog

from kwabo.kernel.clock import Clock
from kwabo.services.timetable import TimetableService

POLL_SECONDS: Final = 1.0
log = structlog.get_logger(__name__)


class Timetable:
    """See the module."""

    def __init__(self, service: TimetableService, clock: Clock) -> None:
        self._service = service
        self._clock = clock
        self.healthy = True  # the last look at the database went well
        self.healthy_since: datetime = clock.now()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            healthy = await self.work_once()
            if healthy != self.healthy:
                self.healthy, self.healthy_since = healthy, self._clock.now()
            await self._clock.sleep(POLL_SECONDS)

    async def work_once(self) -> bool:
        """Do what is due in every organisation; False when something failed.

        What fails in one organisation does not hold up the others.
        """
        healthy = True
        try:
            organisations = await self._service.organisations_due()
        except Exception:
            log.exception("timetable.look_failed")
            return False
        for organisation_id in organisations:
            try:
                await self._service.work(organisation_id)
            except Exception:
                log.exception("timetable.failed", organisation_id=str(organisation_id))
                healthy = False
        return healthy
