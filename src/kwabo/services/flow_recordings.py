"""What callers have said to flows that recorded it: for supervisors and the call's agent."""

from __future__ import annotations

from uuid import UUID

from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import NotFound
from kwabo.ports.prompts import PromptFiles
from kwabo.services.unit_of_work import UnitOfWork


class FlowRecordingService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, files: PromptFiles, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._files = files
        self._clock = clock

    async def audio(self, asker: Asker, attempt_id: UUID, recording: str) -> bytes:
        """As WAV; the listening is noted. Raises NotFound (`NOT_FOUND`, `FILE_GONE`)."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            attempt = await stores.attempts.get(attempt_id)
            heard = attempt is not None and (
                asker.may("contacts.read") or attempt.agent_user_id == asker.user_id
            )
            found = [
                one
                for one in (await stores.attempts.recordings(attempt_id) if heard else ())
                if one.recording == recording
            ]
            if not found:
                raise NotFound("NOT_FOUND", "There is no such recording of this call.")
            audio = await self._files.read(found[0].path)
            await stores.audit.record(
                "flow_recording.listened",
                actor_user_id=asker.user_id,
                subject_kind="attempt",
                subject_id=attempt_id,
                at=self._clock.now(),
                details={"variable": found[0].variable},
            )
        return audio
