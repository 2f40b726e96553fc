"""List health: kept counts with their age; old ones are made anew when somebody looks."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.ports.list_health import ListHealth
from kwabo.services.contact_lists import found_list
from kwabo.services.unit_of_work import UnitOfWork

FRESH_FOR: Final = timedelta(minutes=15)


class ListHealthService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def get(self, asker: Asker, contact_list_id: UUID) -> ListHealth:
        """What is kept; counting begins when it is old or missing. Raises NotFound."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found_list(await stores.contact_lists.get(contact_list_id))
            found = await stores.list_health.get(contact_list_id)
            fresh = found and found.counted_at and now - found.counted_at < FRESH_FOR
            if found is not None and (fresh or found.wanted_at is not None or found.error):
                return found
            await stores.list_health.want(contact_list_id, now)
            wanted = await stores.list_health.get(contact_list_id)
        assert wanted is not None
        return wanted

    async def refresh(self, asker: Asker, contact_list_id: UUID) -> ListHealth:
        """Have it counted anew. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found_list(await stores.contact_lists.get(contact_list_id))
            await stores.list_health.want(contact_list_id, self._clock.now())
            wanted = await stores.list_health.get(contact_list_id)
        assert wanted is not None
        return wanted
