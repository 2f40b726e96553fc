"""How far a campaign is."""

from __future__ import annotations

from uuid import UUID

from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.errors import NotFound
from kwabo.ports.progress import Progress
from kwabo.services.unit_of_work import UnitOfWork


class ProgressService:
    """Counts, at the moment they are asked for."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def progress(self, asker: Asker, campaign_id: UUID) -> Progress:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            progress = await stores.progress.progress(campaign_id)
        if progress is None:
            raise NotFound("NOT_FOUND", "There is no such campaign.")
        return progress
