"""Does recycling plans whose time has come; any number of engines may run one."""

from __future__ import annotations

from typing import Final

import structlog

from kwabo.kernel.clock import Clock
from kwabo.services.recycling import RecyclingService

EVERY_SECONDS: Final = 15.0
log = structlog.get_logger(__name__)


class Recycler:
    """See the module."""

    def __init__(self, service: RecyclingService, clock: Clock) -> None:
        self._service = service
        self._clock = clock

    async def run(self) -> None:
        """Go on until cancelled; a failure is logged and tried again at the next look."""
        while True:
            try:
                done = await self._service.run_due()
            except Exception:
                log.exception("recycling failed")
            else:
                if done:
                    log.info("recycling done", plans=done)
            await self._clock.sleep(EVERY_SECONDS)
