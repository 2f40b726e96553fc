"""The proof of a call: who called whom, when, by which law, on what consent, what was played."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kwabo.domain.compliance.preset import Preset, preset_of
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import NotFound
from kwabo.ports.attempts import Attempt
from kwabo.ports.compliance import CallLaw
from kwabo.ports.consents import Consent
from kwabo.services.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CallProof:
    """All that is kept of one call."""

    organisation: str
    made_at: datetime  # of this document
    attempt: Attempt
    law: CallLaw
    preset: Preset  # as the program has it now; its version may be a later one
    consent: Consent | None


class ProofService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def of_attempt(self, asker: Asker, attempt_id: UUID) -> CallProof:
        """Raises NotFound. That it was made is kept in the audit log."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            attempt = await stores.attempts.get(attempt_id)
            law = await stores.compliance.call_law(attempt_id)
            if attempt is None or law is None:
                raise NotFound("NOT_FOUND", "There is no such call.")
            consent = None
            if law.consent_id is not None:
                consent = await stores.consents.get(law.consent_id)
            organisation = await stores.organisations.get()
            await stores.audit.record(
                "attempt.proof_read",
                actor_user_id=asker.user_id,
                subject_kind="attempt",
                subject_id=attempt_id,
                at=now,
                details={},
            )
        return CallProof(
            organisation=organisation.name if organisation else "",
            made_at=now,
            attempt=attempt,
            law=law,
            preset=preset_of(law.preset_id),
            consent=consent,
        )
