"""Once an hour, what has run out is removed; once a minute, callbacks whose time is over end.

Twice a minute the lines of counts are folded together: a centre's calls add some thousands in
between, which is what a reader of a count sums up at most.
"""

from __future__ import annotations

from typing import Final

import structlog

from kwabo.kernel.clock import Clock
from kwabo.services.call_results import CallResultService
from kwabo.services.callbacks import CallbackService
from kwabo.services.retention import RetentionService
from kwabo.services.upkeep import UpkeepService
from kwabo.services.voicemails import VoicemailService

EVERY_SECONDS: Final = 3600.0
CALLBACKS_EVERY_SECONDS: Final = 60.0
COUNTS_EVERY_SECONDS: Final = 30.0
RETENTION_EVERY_SECONDS: Final = 1800.0  # it is due once a day for each organisation
log = structlog.get_logger(__name__)


class Upkeep:
    """See the module."""

    def __init__(
        self,
        service: UpkeepService,
        callbacks: CallbackService,
        call_results: CallResultService,
        retention: RetentionService,
        voicemails: VoicemailService,
        clock: Clock,
    ) -> None:
        self._service = service
        self._call_results = call_results
        self._retention = retention
        self._voicemails = voicemails
        self._callbacks = callbacks
        self._clock = clock
        self.retention_failed = False  # the last try ended in an error

    async def end_callbacks(self) -> None:
        """Go on until cancelled; a failure is logged and tried again a minute later."""
        while True:
            try:
                ended = await self._callbacks.end_overdue()
            except Exception:
                log.exception("callbacks were not ended")
            else:
                if ended:
                    log.info("callbacks have ended without a call", number=ended)
            await self._clock.sleep(CALLBACKS_EVERY_SECONDS)

    async def fold_counts(self) -> None:
        """Go on until cancelled; a failure is logged and tried again half a minute later."""
        while True:
            try:
                await self._service.fold_counts()
            except Exception:
                log.exception("counts were not folded")
            await self._clock.sleep(COUNTS_EVERY_SECONDS)

    async def keep_to_retention(self) -> None:
        """Go on until cancelled; a failure is logged and tried again an hour later."""
        while True:
            await self._clock.sleep(RETENTION_EVERY_SECONDS)
            try:
                removed = await self._retention.run_due()
            except Exception:
                self.retention_failed = True
                log.exception("old data was not removed")
            else:
                self.retention_failed = False
                if removed:
                    log.info("old data was removed", rows=removed)

    async def retention(self) -> tuple[str, str]:
        """How the removal of old data fares, for operators: a status and a sentence."""
        last = await self._retention.last()
        said = (
            "no removal yet"
            if last is None
            else f"last removal {last.at:%Y-%m-%dT%H:%M:%SZ}, {last.rows} rows"
        )
        if last is not None and last.unfinished:
            said += f", {last.unfinished} not ended"
        if self.retention_failed:
            return "degraded", f"{said}; the last try failed: see `old data was not removed`"
        if last is not None and last.problems:
            return "degraded", f"{said}; given up until the next night: {', '.join(last.problems)}"
        return "ok", said

    async def run(self) -> None:
        """Go on until cancelled; a failure is logged and tried again an hour later."""
        while True:
            try:
                forgotten = await self._service.forget_expired()
                recordings = await self._call_results.upkeep()
                voicemails = await self._voicemails.remove_files()
            except Exception:
                log.exception("upkeep failed")
            else:
                log.info(
                    "upkeep done",
                    sessions=forgotten.sessions,
                    login_attempts=forgotten.login_attempts,
                    idempotency_keys=forgotten.idempotency_keys,
                    early_media_recordings=recordings,
                    voicemail_recordings=voicemails,
                )
            await self._clock.sleep(EVERY_SECONDS)
