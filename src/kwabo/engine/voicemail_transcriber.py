"""Makes the recordings of voicemail into text, one at a time in each process.

A message is taken for some minutes before it is sent, so that no other process sends it too. What
fails is tried again later and given up after some tries: the recording is there in any case.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog

from kwabo.engine.leased_work import LeasedWork
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import KwaboError
from kwabo.ports.prompts import PromptFiles
from kwabo.ports.transcription import Transcriber
from kwabo.services.unit_of_work import UnitOfWork

LEASE: Final = timedelta(minutes=5)  # above the time that a request may take
MOST_TRIES: Final = 5
FIRST_WAIT: Final = timedelta(minutes=1)  # doubled with every try
log = structlog.get_logger(__name__)


class VoicemailTranscriber(LeasedWork):
    """See the module."""

    name = "transcriptions"

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        transcriber: Transcriber,
        files: PromptFiles,
        clock: Clock,
    ) -> None:
        super().__init__(clock)
        self._unit_of_work = unit_of_work
        self._transcriber = transcriber
        self._files = files

    async def work_once(self) -> bool:
        """One message of each organisation; False when none waits."""
        async with self._unit_of_work.begin_outside() as stores:
            organisation_ids = await stores.organisations.all_ids()
        worked = False
        for organisation_id in organisation_ids:
            worked = await self._one(organisation_id) or worked
        return worked

    async def _one(self, organisation_id: UUID) -> bool:
        now = self._clock.now()
        async with self._unit_of_work.begin(organisation_id) as stores:
            found = await stores.voicemails.take_to_transcribe(now, now + LEASE)
        if found is None:
            return False
        try:
            audio = await self._files.read(found.path)
            text = await self._transcriber.transcribe(audio, found.language)
        except KwaboError as error:
            log.warning("a voicemail was not transcribed", code=error.code, tries=found.tries)
            wait = FIRST_WAIT * 2 ** (found.tries - 1)
            next_at = self._clock.now() + wait if found.tries < MOST_TRIES else None
            async with self._unit_of_work.begin(organisation_id) as stores:
                await stores.voicemails.not_transcribed(found.voicemail_id, next_at)
            return True
        async with self._unit_of_work.begin(organisation_id) as stores:
            await stores.voicemails.transcribed(found.voicemail_id, text)
        return True
