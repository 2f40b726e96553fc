"""Settings as a document: the one transaction in which it is applied, and the audit of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.services.unit_of_work import UnitOfWork


class SettingsDocumentService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    def joined(self, asker: Asker) -> AbstractAsyncContextManager[UnitOfWork]:
        """Where services on it do all they do in one transaction: see UnitOfWork."""
        return self._unit_of_work.begin_joined(asker.organisation_id)

    async def exported(self, asker: Asker, counts: Mapping[str, int]) -> None:
        """Somebody took all settings away."""
        await self._audit(asker, "settings_document.exported", {"counts": dict(counts)})

    async def applied(self, asker: Asker, details: Mapping[str, Any]) -> None:
        """A document was applied; what changed is in the lines of the things themselves too."""
        await self._audit(asker, "settings_document.applied", details)

    async def _audit(self, asker: Asker, act: str, details: Mapping[str, Any]) -> None:
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await stores.audit.record(
                act,
                actor_user_id=asker.user_id,
                subject_kind="organisation",
                subject_id=asker.organisation_id,
                at=self._clock.now(),
                details=dict(details),
            )
