"""Computes what-ifs, one after the other, in a process that it starts for each.

Any number of engine processes may run one. Each what-if has one worker at a time, under a lease
that is renewed twice a second; then the progress is told and a cancellation seen. One whose worker
was killed is begun again when the lease has lapsed, at most `MOST_TRIES` times in all.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Final
from uuid import UUID

import structlog

from kwabo.kernel.clock import Clock
from kwabo.ports.what_ifs import SimulationDied, SimulationRefused, Simulations, WhatIf
from kwabo.services.unit_of_work import UnitOfWork
from kwabo.services.what_if_basis import Basis

LEASE_SECONDS: Final = 15.0
POLL_SECONDS: Final = 1.0
HOLD_SECONDS: Final = 0.5
MOST_TRIES: Final = 3

log = structlog.get_logger(__name__)


class LostWhatIf(Exception):
    """The what-if was cancelled or deleted, or another worker has it."""


class WhatIfRunner:
    """See the module. `worker` names this process among all that share the database."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        simulations: Simulations,
        clock: Clock,
        worker: str,
        lease_seconds: float = LEASE_SECONDS,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._simulations = simulations
        self._clock = clock
        self._worker = worker
        self._lease_seconds = lease_seconds
        self._progress = 0.0
        self.healthy = True  # the last look at the database went well
        self.healthy_since: datetime = clock.now()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            try:
                worked = await self.work_once()
            except Exception:
                self._note_health(False)
                log.exception("what_if.look_failed")
                worked = False
            else:
                self._note_health(True)
            if not worked:
                await self._clock.sleep(POLL_SECONDS)

    def _note_health(self, healthy: bool) -> None:
        if healthy != self.healthy:
            self.healthy, self.healthy_since = healthy, self._clock.now()

    async def work_once(self) -> bool:
        """Compute every what-if that waits now; False when there was none to be had."""
        async with self._unit_of_work.begin_outside() as stores:
            waiting = await stores.what_ifs.waiting()
        worked = False
        for what_if_id, organisation_id in waiting:
            worked = await self._claim_and_run(what_if_id, organisation_id) or worked
        return worked

    async def _claim_and_run(self, what_if_id: UUID, organisation_id: UUID) -> bool:
        async with self._unit_of_work.begin(organisation_id) as stores:
            record = await stores.what_ifs.claim(
                what_if_id, self._worker, self._lease_seconds, self._clock.now()
            )
        if record is None:
            return False
        log.info("what_if.begun", what_if_id=str(what_if_id), tries=record.tries)
        try:
            if record.tries > MOST_TRIES:
                await self._fail(record, "WHAT_IF_DIED", _DIED)
            else:
                await self._compute(record)
        except LostWhatIf:
            log.info("what_if.given_up", what_if_id=str(what_if_id))
        except SimulationRefused as error:
            await self._fail(record, error.code, error.message)
        except SimulationDied as error:
            log.warning("what_if.died", what_if_id=str(what_if_id), reason=str(error))
            await self._fail(record, "WHAT_IF_DIED", _DIED)
        except Exception:  # whatever it is, the next what-if is not to suffer from it
            log.exception("what_if.failed", what_if_id=str(what_if_id))
            await self._fail(record, "WHAT_IF_FAILED", _FAILED)
        return True

    async def _compute(self, record: WhatIf) -> None:
        self._progress = 0.0
        basis = Basis(self._unit_of_work, record, self._clock.now())
        try:
            async with asyncio.TaskGroup() as tasks:
                holding = tasks.create_task(self._hold(record))
                result = await self._simulations.run(basis.parts(), self._note_progress)
                holding.cancel()
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None
        async with self._unit_of_work.begin(record.organisation_id) as stores:
            done = await stores.what_ifs.finish(
                record.what_if_id, self._worker, result=result, now=self._clock.now()
            )
        if not done:
            raise LostWhatIf
        log.info("what_if.completed", what_if_id=str(record.what_if_id))

    def _note_progress(self, progress: float) -> None:
        self._progress = min(1.0, max(self._progress, progress))

    async def _hold(self, record: WhatIf) -> None:
        while True:
            await self._clock.sleep(HOLD_SECONDS)
            async with self._unit_of_work.begin(record.organisation_id) as stores:
                held = await stores.what_ifs.hold(
                    record.what_if_id, self._worker, self._lease_seconds, self._progress
                )
            if not held:
                raise LostWhatIf

    async def _fail(self, record: WhatIf, code: str, error: str) -> None:
        async with self._unit_of_work.begin(record.organisation_id) as stores:
            await stores.what_ifs.finish(
                record.what_if_id,
                self._worker,
                result=None,
                code=code,
                error=error,
                now=self._clock.now(),
            )


_DIED: Final = (
    "The process that computed this has ended before its time, perhaps for want of memory. Try "
    "again with fewer agents or runs; the server's log names the cause."
)
_FAILED: Final = "The simulation failed. Try again; the server's log names the cause."
