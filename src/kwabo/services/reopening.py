"""Contacts that were finished for something which is taken away: looked at again, at once.

They are asked about by all rules as ever; a campaign that is complete must be started again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kwabo.kernel.ids import IdFactory
from kwabo.services.unit_of_work import Stores


async def reopen(
    stores: Stores,
    ids: IdFactory,
    reasons: Sequence[str],
    numbers: Sequence[str],
    *,
    user_id: UUID | None,
    now: datetime,
) -> int:
    """How many courses are open again; the floor is told in the same transaction."""
    reopened = await stores.courses.reopen(reasons, numbers, now)
    if reopened:
        told = {str(campaign_id): count for campaign_id, count in reopened.items()}
        await stores.floor_commands.add(
            ids.new(), "courses.reopened", {"reopened": told}, user_id=user_id, at=now
        )
    return sum(reopened.values())
