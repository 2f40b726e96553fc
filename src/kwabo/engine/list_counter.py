"""Counts lists for their health pages, in the background and without locking anything."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import structlog

from kwabo.domain.contacts.list_health import health_of
from kwabo.engine.leased_work import LeasedWork
from kwabo.kernel.clock import Clock
from kwabo.services.unit_of_work import UnitOfWork

LEASE_SECONDS: Final = 300.0  # longer than the largest list takes
log = structlog.get_logger(__name__)


class ListCounter(LeasedWork):
    """See the module."""

    name = "list_health"

    def __init__(self, unit_of_work: UnitOfWork, *, clock: Clock, worker: str) -> None:
        super().__init__(clock)
        self._unit_of_work = unit_of_work
        self._worker = worker

    async def work_once(self) -> bool:
        """Count every list that somebody waits for."""
        async with self._unit_of_work.begin_outside() as stores:
            wanted = await stores.list_health.wanted()
        worked = False
        for contact_list_id, organisation_id in wanted:
            worked = await self._count(contact_list_id, organisation_id) or worked
        return worked

    async def _count(self, contact_list_id: UUID, organisation_id: UUID) -> bool:
        async with self._unit_of_work.begin(organisation_id) as stores:
            if not await stores.list_health.claim(contact_list_id, self._worker, LEASE_SECONDS):
                return False
        began = self._clock.monotonic()
        counts, error = None, None
        try:
            async with self._unit_of_work.begin(organisation_id) as stores:
                counted = await stores.list_health.count(contact_list_id)
            counts = health_of(counted)
        except Exception as failure:
            log.exception("list_health.failed", contact_list_id=str(contact_list_id))
            error = type(failure).__name__
        async with self._unit_of_work.begin(organisation_id) as stores:
            await stores.list_health.keep(
                contact_list_id,
                self._worker,
                counts=counts,
                seconds=self._clock.monotonic() - began,
                error=error,
                now=self._clock.now(),
            )
        return True
